# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A made-up table to try with: two outcomes for the 21 regions, of which one was given a known effect of measures that
begin in different years. Every page that shows it says that it is made up.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

from overens.rules.statistics.table import Cell, StatisticsTable

SHIPPED = Path(__file__).parents[2] / "reference" / "effects" / "trial.csv"
OUTCOME, PLACEBO = "ovning-sjukfranvaro", "ovning-heltid"
TRUE_EFFECT = Decimal("-0.8")  # percentage points, put into the first of them from the first year with the measure
_MADE_UP = "Påhittade tal, gjorda med en känd effekt"
_TITLES = {
    OUTCOME: ("Övning: sjukfrånvaro (påhittade tal)", "Exercise: sick leave (made-up figures)"),
    PLACEBO: ("Övning: heltidsanställda (påhittade tal)", "Exercise: full-time staff (made-up figures)"),
}


@cache
def trial() -> Mapping[str, StatisticsTable]:
    """By code."""
    return {
        code: StatisticsTable(
            code=code,
            title=title,
            title_en=title_en,
            measure="per cent",
            level="region",
            source=_MADE_UP,
            values={Cell(row["code"], row["year"]): Decimal(row[code]) for row in _rows()},
        )
        for code, (title, title_en) in _TITLES.items()
    }


@cache
def trial_starts() -> Mapping[str, int | None]:
    """The first year with the made-up measure, by region."""
    return {row["code"]: int(row["start"]) if row["start"] else None for row in _rows()}


def _rows() -> list[dict[str, str]]:
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
