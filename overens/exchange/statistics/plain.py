# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A plain table: CSV with the columns code, time, value, and where they are needed sex (k, m) and age. A file without
times is of the one that is asked for.

Commas, semicolons or tabs between; decimals with a point or a comma; no value: empty, or the marks .. and . as in
Statistics Sweden's tables.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from overens.exchange import encoding
from overens.exchange.statistics.common import age_of, exact, level_of, refuse_twice
from overens.rules.findings import refuse
from overens.rules.statistics.asked import Asked, Read
from overens.rules.statistics.table import Cell, Column, StatisticsTable, Value, columns_of

NEEDED = ("code", "time", "value")
OPTIONAL = ("sex", "age")
NAME = "name"
SEXES = {"": "", "k": "k", "m": "m", "1": "m", "2": "k", "1+2": "", "t": ""}
NO_VALUE = {"", "..", "."}
SPACES = str.maketrans("", "", "  \N{NARROW NO-BREAK SPACE}")


def read(replies: Sequence[bytes], asked: Asked) -> Read:
    """Raises Refused with the line: ``statistics-csv-columns``, ``statistics-csv-…``, ``statistics-twice``,
    ``statistics-empty``.
    """
    values: dict[Cell, Value] = {}
    names: dict[str, str] = {}
    for content in replies:
        _read(content, values, names, asked.times[0] if len(asked.times) == 1 else None)
    if not values:
        refuse("statistics-empty", "file", known=[])
    columns = columns_of(values)
    table = StatisticsTable(
        code="",
        title=asked.title,
        title_en=asked.title,
        measure=asked.measure or "number",
        level=level_of(columns.units),
        source=asked.source or "not stated",
        values=columns,
        names=names,
    )
    return Read(table, f"file/{asked.title}", "")


def _read(content: bytes, values: dict[Cell, Value], names: dict[str, str], time: str | None) -> None:
    found = encoding.detect(content, encoding.WINDOWS)
    text = content.decode("utf-8-sig" if found.bom else "utf-8" if found.codec == "ascii" else found.codec, "replace")
    head = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=head.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    heads = [str(name).strip().casefold() for name in rows.fieldnames or ()]
    needed = [name for name in NEEDED if name != "time" or time is None]
    if not set(needed) <= set(heads) or len(set(heads)) != len(heads):
        refuse("statistics-csv-columns", "file", needed=needed, optional=list(OPTIONAL), found=heads[:12])
    rows.fieldnames = heads
    try:
        for row in rows:
            line = rows.line_num
            if None in row or None in row.values():
                refuse("statistics-csv-cells", "file", line=line)
            said = {name: text.strip() for name, text in row.items()}
            sex, age = SEXES.get(said.get("sex", "").casefold()), age_of(said.get("age", ""))
            if sex is None:
                refuse("statistics-csv-sex", "file", line=line, text=said["sex"])
            if age is None:
                refuse("statistics-csv-age", "file", line=line, text=said["age"])
            cell = Cell(said["code"], said.get("time") or time or "", sex, age)
            value = _number(said["value"], line)
            if cell in values:
                refuse_twice(cell.unit, Column(cell.time, cell.sex, cell.age))
            values[cell] = value
            if said.get(NAME):
                names[cell.unit] = said[NAME]
    except csv.Error:
        refuse("statistics-csv-cells", "file", line=rows.line_num)


def _number(text: str, line: int) -> Value:
    if text in NO_VALUE:
        return None
    try:
        number = Decimal(text.translate(SPACES).replace(",", "."))
        if not number.is_finite():
            raise InvalidOperation
        return exact(number)
    except InvalidOperation:
        refuse("statistics-csv-number", "file", line=line, text=text[:40])
