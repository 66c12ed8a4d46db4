# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A table file as lines of cells, whatever it was: CSV in any of the usual dialects, or an Excel workbook."""

from __future__ import annotations

import csv
import datetime as dt
import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from overens.exchange.encoding import WINDOWS, Encoding, detect, lines
from overens.exchange.ledger_table.workbook import is_old_excel, is_zip, open_workbook
from overens.exchange.noting import Notes

Cell = str | int | float | dt.date | None
LARGEST = 1 << 29
DELIMITERS = {";": "semicolon", "\t": "tab", "|": "bar", ",": "comma"}
LOOKED_AT = 60
SHOWN = 80


class Line(NamedTuple):
    """``number``: of the line in the file, or of the row in the sheet, from 1."""

    number: int
    cells: list[Cell]


@dataclass
class Sheet:
    """``lines()`` goes through the table from its beginning, as often as it is asked. ``about``: how the file was read,
    by name, for people to see.
    """

    format: str
    lines: Callable[[], Iterator[Line]]
    about: dict[str, str] = field(default_factory=dict)


def opened(content: bytes, notes: Notes) -> Sheet | None:
    """The table of a file; None, with an error in the notes, where it has none that can be read."""
    if len(content) > LARGEST:
        notes.add("error", "ledger-too-large", size=len(content) >> 20, largest=LARGEST >> 20)
        return None
    if is_old_excel(content):
        notes.add("error", "table-old-excel")
        return None
    if is_zip(content):
        book = open_workbook(content, notes)
        if book is None:
            return None
        return Sheet("xlsx", lambda: itertools.starmap(Line, book.rows()), {"sheet": book.name})
    if b"\0" in content[:4096] or not content.strip():
        notes.add("error", "ledger-not-text")
        return None
    encoding = detect(content, WINDOWS)
    if encoding.mixed is not None:
        notes.add("warning", "ledger-encoding-mixed", encoding.mixed, encoding=encoding.name)
    delimiter = _delimiter(content, encoding)
    return Sheet(
        "csv",
        lambda: _csv(content, encoding, delimiter, notes),
        {"encoding": encoding.name, "delimiter": DELIMITERS[delimiter]},
    )


def cell_name(line: int, column: int) -> str:
    """``B17``: column 1 (from 0) of line 17, as a spreadsheet calls it."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{line}"


def _csv(content: bytes, encoding: Encoding, delimiter: str, notes: Notes) -> Iterator[Line]:
    def readable() -> Iterator[str]:
        for number, line in enumerate(lines(content, encoding), 1):
            if "\ufffd" in line:
                notes.add("error", "ledger-undecodable", number, shown=line.strip()[:SHOWN])
            yield line

    reader = csv.reader(readable(), delimiter=delimiter)
    try:
        for row in reader:
            yield Line(reader.line_num, list(row))
    except csv.Error as problem:
        notes.add("error", "table-csv", reader.line_num, problem=str(problem)[:100])


def _delimiter(content: bytes, encoding: Encoding) -> str:
    """The one that parts the first lines most evenly; the usual Swedish one where none does."""
    head = list(itertools.islice(lines(content[: 1 << 16], encoding), LOOKED_AT))

    def score(delimiter: str) -> int:
        widths = Counter(len(row) for row in csv.reader(head, delimiter=delimiter) if len(row) > 1)
        return max((width * width * count for width, count in widths.items()), default=0)

    return max(DELIMITERS, key=score)
