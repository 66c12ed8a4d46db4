# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which figures there are to look at: approved tables, those that ship, and the made-up ones to try with."""

from __future__ import annotations

from decimal import Decimal

from overens.rules.effects.trial import trial
from overens.rules.statistics.table import COUNTRY, StatisticsTable
from overens.statistics import reading

Values = dict[tuple[str, int], int | Decimal | None]


def table(code: str) -> StatisticsTable:
    """Raises KeyError."""
    return trial()[code] if code in trial() else reading.table(code)


def is_made_up(code: str) -> bool:
    """Whether a table was made up to try with; whoever shows it says so."""
    return code in trial()


def outcomes() -> dict[str, tuple[str, str]]:
    """Swedish and English title by code of the tables with regions and more than one year, made-up ones last."""
    known = {
        each.code: (each.title, each.title_en)
        for each in reading.tables()
        if each.level == "region" and len({year for time in each.times if (year := year_of(time))}) > 1
    }
    return known | {code: (each.title, each.title_en) for code, each in trial().items()}


def table_of(kpi: str) -> StatisticsTable | None:
    """The last approved table of a key figure of Kolada."""
    found = reading.approved().filter(subject=f"kolada/{kpi}").first()
    return reading.as_table(found) if found else None


def with_tables() -> set[str]:
    """Key figures of Kolada that there is an approved table of: asked every day, so all at once."""
    subjects = reading.approved().filter(subject__startswith="kolada/").values_list("subject", flat=True)
    return {subject.removeprefix("kolada/") for subject in subjects}


def by_year(of: StatisticsTable, sex: str = "") -> Values:
    """Values by region and year, as published. None where the source says that there is none."""
    return {
        (cell.unit, year): value
        for cell, value in of.values.items()
        if cell.sex == sex and not cell.age and cell.unit != COUNTRY and (year := year_of(cell.time))
    }


def year_of(time: str) -> int | None:
    """2018 of "2018", None of quarters, months and days: they are no whole year."""
    return int(time) if len(time) == 4 and time.isdigit() else None
