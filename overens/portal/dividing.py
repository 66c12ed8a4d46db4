# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What years are made comparable by: the inhabitants of a year, and the prices of one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from overens.rules.statistics.table import StatisticsTable
from overens.rules.years import prices
from overens.statistics import reading

PERSONS = "persons"


@dataclass(frozen=True)
class Inhabitants:
    """Persons by region at a day, from the table of that code."""

    table: StatisticsTable
    day: dt.date
    persons: Mapping[str, int | Decimal | None]


def inhabitants(years: Iterable[int]) -> dict[int, Inhabitants]:
    """For each year the newest known population of the regions at or before its end; a year without one is left out.

    Of two tables of one day the one that was approved last is taken, and any before one that ships.
    """
    known: dict[dt.date, tuple[str, str]] = {}
    for table in reading.tables():
        if table.measure == PERSONS and table.level == "region":
            for time in table.times:
                if day := _day(time):
                    known.setdefault(day, (table.code, time))
    read: dict[dt.date, Inhabitants] = {}
    found: dict[int, Inhabitants] = {}
    for year in sorted(set(years)):
        day = max((each for each in known if each <= dt.date(year, 12, 31)), default=None)
        if day is None:
            continue
        if day not in read:
            code, time = known[day]
            figures = reading.table(code, [time])
            read[day] = Inhabitants(figures, day, figures.column(time))
        found[year] = read[day]
    return found


def price_index() -> StatisticsTable:
    """The approved price index, else the one that ships."""
    try:
        return reading.table(prices.CODE)
    except KeyError:
        return prices.shipped()


def _day(time: str) -> dt.date | None:
    """The day that a population is of; of a year its last."""
    if len(time) == 4 and time.isdigit():
        return dt.date(int(time), 12, 31)
    try:
        return dt.date.fromisoformat(time)
    except ValueError:  # a month or a quarter: another one's population
        return None
