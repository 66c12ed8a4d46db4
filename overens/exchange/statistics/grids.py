# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Any table file as a grid of cells: CSV in the usual dialects and alphabets, Excel, json-stat2, Kolada's replies.

What stands above a table (a title, a date) is passed over; a heading of two lines, as where "Kvinnor" stands over its
ages, is put together. What a reader of the same file might miss is said, with row and cell.
"""

from __future__ import annotations

import codecs
import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import islice

from overens.exchange.ledger_table.sheet import Cell, Line, cell_name, opened
from overens.exchange.noting import Notes
from overens.exchange.statistics import format_of, jsonstat, kolada
from overens.exchange.statistics.common import json_of
from overens.rules.findings import Finding, Refused
from overens.rules.statistics.grid import Grid, GridCell, GridRow

# How far down a heading is looked for.
HEADING_WITHIN = 40
# A whole country by occupation, single year of age, sex and sector has some half a million.
MOST_ROWS = 1_000_000
VALUE = "value"
UTF16 = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def read(content: bytes, name: str = "") -> tuple[Grid | None, tuple[Finding, ...]]:
    """The grid of a file, and what is to be said of how it was read; None, with an error, where it has none."""
    notes = Notes(name)
    text, encoding = _as_utf8(content)
    try:
        form = format_of(text)
        grid: Grid | None
        if form == "jsonstat":
            grid = _jsonstat(text)
        elif form == "kolada":
            grid = _kolada(text)
        else:
            grid = _sheet(text, notes, encoding)
    except Refused as refusal:
        return None, refusal.findings
    if grid is not None and not grid.rows:
        notes.add("error", "staff-no-rows")
    if grid is not None and len(grid.rows) > MOST_ROWS:
        notes.add("error", "staff-rows", count=len(grid.rows), most=MOST_ROWS)
    found = notes.findings
    return (None if any(each.level == "error" for each in found) else grid), found


def _as_utf8(content: bytes) -> tuple[bytes, str]:
    """UTF-16, which Excel calls "Unicode text", as UTF-8, with its name; all else as it is."""
    codec = next((codec for bom, codec in UTF16.items() if content.startswith(bom)), "")
    if not codec and len(content) > 3 and content[:64:2].count(0) + content[1:64:2].count(0) > 16:
        codec = "utf-16-le" if content[1:64:2].count(0) > content[:64:2].count(0) else "utf-16-be"
    if not codec or content.startswith(b"PK"):
        return content, ""
    return content.decode(codec, "replace").encode(), "UTF-16"


def _sheet(content: bytes, notes: Notes, encoding: str) -> Grid | None:
    sheet = opened(content, notes)
    if sheet is None:
        return None
    top = list(islice(sheet.lines(), HEADING_WITHIN + 2))
    at = _heading_at(top)
    if at is None:
        notes.add("error", "staff-no-heading")
        return None
    words, last = _heading(top, at, notes)
    heads = _all_different(words)
    rows = []
    for line in sheet.lines():
        if line.number > last and any(_plain(cell) != "" for cell in line.cells):
            cells = [_plain(cell) for cell in line.cells]
            if any(cell != "" for cell in cells[len(heads) :]):
                notes.add(
                    "error", "table-too-wide", line.number, cell_name(line.number, len(heads)), columns=len(heads)
                )
            rows.append(GridRow(line.number, (*cells[: len(heads)], *[""] * (len(heads) - len(cells)))))
            if len(rows) > MOST_ROWS:
                break
    about = dict(sheet.about) | {"heading": str(top[at].number)} | ({"encoding": encoding} if encoding else {})
    return Grid(sheet.format, heads, tuple(rows), about=about)


def _filled(line: Line) -> list[int]:
    return [at for at, cell in enumerate(line.cells) if _plain(cell) != ""]


def _heading_at(lines: Sequence[Line]) -> int | None:
    """The first line with more than one text and no more numbers than texts, that has a line below it."""
    for at, line in enumerate(lines[:-1][:HEADING_WITHIN]):
        filled = _filled(line)
        texts = [cell for cell in filled if isinstance(line.cells[cell], str) and not _is_number(line.cells[cell])]
        if len(filled) > 1 and texts and _filled(lines[at + 1]):
            return at
    return None


def _is_number(cell: Cell) -> bool:
    return not isinstance(cell, str) or cell.replace(" ", "").replace(",", "").replace(".", "").isdecimal()


def _heading(lines: Sequence[Line], at: int, notes: Notes) -> tuple[list[str], int]:
    """The words over each column, and the number of the last line of the heading."""
    first, second = lines[at], lines[at + 1]
    width = max(len(first.cells), _width(second))
    upper = [str(_plain(cell)) for cell in first.cells] + [""] * (width - len(first.cells))
    lower = [str(_plain(cell)) for cell in second.cells] + [""] * (width - len(second.cells))
    gaps = [n for n in range(width) if not upper[n] and n and any(upper[:n])]
    # The line below names what stands under a word that reaches over several columns, and nothing beside them.
    spanned = {n for gap in gaps for n in (gap, gap - 1)}
    names = {n for n in range(width) if lower[n]}
    if not gaps or not names or not set(gaps) <= names or not names <= spanned | _reached(upper, gaps):
        return upper[: _width(first)], first.number
    notes.add("note", "staff-heading-two-lines", first.number)
    words, over = [], ""
    for n in range(width):
        over = upper[n] or over
        words.append(f"{over} {lower[n]}".strip() if n in names else upper[n])
    return words, second.number


def _reached(upper: Sequence[str], gaps: Sequence[int]) -> set[int]:
    """The columns whose upper word reaches over a gap to its right."""
    found = set()
    for gap in gaps:
        n = gap
        while n and not upper[n]:
            n -= 1
        found.add(n)
    return found


def _width(line: Line) -> int:
    return max(_filled(line), default=-1) + 1


def _all_different(words: Iterable[str]) -> tuple[str, ...]:
    """Words over columns; one that is missing or the same as another's gets its column's letter."""
    listed = [" ".join(word.split()) for word in words]
    count = Counter(listed)
    return tuple(
        word if word and count[word] == 1 else f"{word} [{cell_name(0, at)[:-1]}]".strip()
        for at, word in enumerate(listed)
    )


def _plain(cell: Cell) -> GridCell:
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() else Decimal(repr(cell))
    return "" if cell is None else cell.isoformat() if isinstance(cell, dt.date) else cell


def _jsonstat(content: bytes) -> Grid:
    """A column for each dimension, with its codes, and one with the values."""
    dimensions, values = jsonstat.cells(json_of(content))
    heads = _all_different([*(each.label for each in dimensions), VALUE])
    labels = {head: each.labels for head, each in zip(heads, dimensions, strict=False)}
    rows = tuple(GridRow(number, (*codes, _value(value))) for number, (codes, value) in enumerate(values, start=1))
    return Grid("jsonstat", heads, rows, labels)


def _kolada(content: bytes) -> Grid:
    heads = ("kpi", "place", "time", "sex", VALUE)
    rows = [
        GridRow(
            number, (kpi, place[2:] if len(place) == 4 and place.startswith("00") else place, time, sex, _value(value))
        )
        for number, (kpi, place, time, sex, value) in enumerate(kolada.figures(json_of(content)), start=1)
    ]
    titles = {kpi: row["title"] for kpi, row in kolada.kpis().items()}
    return Grid("kolada", heads, tuple(rows), {"kpi": titles})


def _value(value: int | Decimal | None) -> GridCell:
    """What a source has no value for is written as Statistics Sweden writes it."""
    return ".." if value is None else value
