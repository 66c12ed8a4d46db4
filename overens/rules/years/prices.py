# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Money in the prices of one year.

Source: SCB, Konsumentprisindex (1980=100), fastställda tal, annual averages, as the table stood in the spring of 2024.
That the consumer price index is the right deflator for grants to care is our choice (assumed): an index of the regions'
own costs would be another. An approved table by the same code takes its place.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

from overens.rules.statistics.table import COUNTRY, Cell, StatisticsTable

CODE = "kpi"
SHIPPED = Path(__file__).parents[2] / "reference" / "prices" / "kpi.csv"


@cache
def shipped() -> StatisticsTable:
    """Annual averages of the consumer price index, 1980=100."""
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        values = {Cell(COUNTRY, row["year"]): Decimal(row["index"]) for row in csv.DictReader(file)}
    return StatisticsTable(
        code=CODE,
        title="Konsumentprisindex, årsmedelvärden (1980=100)",
        title_en="Consumer price index, annual averages (1980=100)",
        measure="index",
        level="region",
        source="SCB, Konsumentprisindex (1980=100), fastställda tal, kolumnen Årsmedel, läst som den stod våren 2024",
        values=values,
        note="Att just detta index används är vårt antagande.",
        note_en="That this index is used is our assumption.",
        names={COUNTRY: "Riket"},
    )


def years(index: StatisticsTable) -> tuple[int, ...]:
    """The years that the index has a figure for."""
    return tuple(int(cell.time) for cell, value in sorted(index.values.items()) if cell.unit == COUNTRY and value)


def factor(index: StatisticsTable, year: int, base: int) -> Fraction | None:
    """What a krona of ``year`` is multiplied by to be one of ``base``; None where the index lacks either."""
    then, now = (index.values.get(Cell(COUNTRY, str(each))) for each in (year, base))
    return Fraction(now) / Fraction(then) if then and now else None
