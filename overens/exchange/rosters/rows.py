# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rows by column, as CSV or as JSON (a list of objects): the form of all files between us and the system that pays.

CSV is read between commas, semicolons or tabs, whichever the head has most of, and written between semicolons.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from overens.exchange.noting import Notes
from overens.rules.cells import FORMULA

T = TypeVar("T")
# No unit has more; beyond this it is another file.
MOST = 200_000
ESCAPED = (*FORMULA, "'")
Row = Mapping[str, str]


def as_csv(columns: Sequence[str], rows: Iterable[Row]) -> str:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_escaped(row.get(each, "")) for each in columns] for row in rows)
    return file.getvalue()


def as_json(columns: Sequence[str], rows: Iterable[Row]) -> str:
    """An object on each line."""
    lines = (json.dumps({each: row.get(each, "") for each in columns}, ensure_ascii=False) for row in rows)
    return "[\n" + ",\n".join(lines) + "\n]\n"


def read(
    text: str, needed: Collection[str], notes: Notes, columns: Mapping[str, str] | None = None
) -> list[tuple[int, dict[str, str]]]:
    """(line, row) of all rows; in JSON the line is the number of the object. What is wrong is noted.

    needed: the columns that must be there. columns: what the file calls those that we call something else.
    """
    text = text.removeprefix("\ufeff")
    read = _json(text, notes) if text.lstrip().startswith("[") else _csv(text, notes)
    ours = {theirs: name for name, theirs in (columns or {}).items()}
    rows = [(line, {ours.get(name, name): value for name, value in row.items()}) for line, row in read]
    if not rows:
        if not notes.findings:
            notes.add("error", "rota-rows-none")
        return []
    lacking = [(line, row) for line, row in rows if not row.keys() >= {*needed}]
    for line, row in lacking:
        missing = [name for name in needed if name not in row]
        notes.add("error", "rota-rows-columns", line, missing=missing, found=[*row][:30])
        if len(lacking) == len(rows):  # the head of a CSV, or another kind of file
            break
    return [] if lacking else rows


def value(
    row: Row, line: int, column: str, make: Callable[[str], T], what: str, notes: Notes, otherwise: T | None = None
) -> T | None:
    """A cell made into something; ``otherwise`` where it is empty. None, and noted, where it cannot be made."""
    text = row.get(column, "").strip()
    if not text and otherwise is not None:
        return otherwise
    try:
        return make(text)
    except (ValueError, ArithmeticError):
        notes.add("error", "rota-rows-value", line, column, value=text[:60], what=what)
        return None


def name(text: str) -> str:
    """Something by its name, which is not nothing; for :func:`value`."""
    if not text:
        raise ValueError(text)
    return text


def _csv(text: str, notes: Notes) -> list[tuple[int, dict[str, str]]]:
    head = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(";,\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    names: list[str] = []
    rows: list[tuple[int, dict[str, str]]] = []
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if not names:
                names = [cell.strip() for cell in cells]
                if twice := sorted({name for name in names if name and names.count(name) > 1}):
                    notes.add("error", "rota-rows-column-twice", reader.line_num, names=twice)
                    return []
            elif len(cells) != len(names):
                notes.add("error", "rota-rows-cells", reader.line_num, found=len(cells), right=len(names))
            elif len(rows) == MOST:
                notes.add("error", "rota-rows-many", reader.line_num, most=MOST)
                break
            else:
                rows.append((reader.line_num, dict(zip(names, map(_plain, cells), strict=True))))
    except csv.Error as problem:
        notes.add("error", "rota-rows-csv", reader.line_num, message=str(problem))
    return rows


def _escaped(cell: str) -> str:
    """With an apostrophe where a spreadsheet would take text for a formula, so that :func:`_plain` undoes it."""
    return f"'{cell}" if cell.startswith(ESCAPED) else cell


def _plain(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(ESCAPED) else cell


def _json(text: str, notes: Notes) -> list[tuple[int, dict[str, str]]]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as problem:
        notes.add("error", "rota-rows-json", message=str(problem)[:200])
        return []
    rows = []
    for number, each in enumerate(found[:MOST], start=1):
        if not isinstance(each, dict) or any(isinstance(cell, dict | list) for cell in each.values()):
            notes.add("error", "rota-rows-object", number)
        else:
            rows.append((number, {str(key): "" if cell is None else str(cell) for key, cell in each.items()}))
    if len(found) > MOST:
        notes.add("error", "rota-rows-many", MOST, most=MOST)
    return rows
