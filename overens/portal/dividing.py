# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What years are made comparable by: the inhabitants of a year, and the prices of one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, partial

from overens.rules.agreement import Agreement, said
from overens.rules.statistics.shipped import shipped
from overens.rules.statistics.table import StatisticsTable
from overens.rules.years import prices
from overens.statistics import reading
from overens.statistics.reading import Described

PERSONS = "persons"


@dataclass(frozen=True)
class Inhabitants:
    """Persons by region at a day, from a table or from an agreement that prints them (``title``)."""

    title: str
    title_en: str
    day: dt.date
    persons: Mapping[str, int | Decimal | None]


# A day, and what reads the population of it: None where it does not tell of all regions. A table has many days, and
# the years asked for need few of them.
_Candidate = tuple[dt.date, Callable[[], Inhabitants | None]]


def inhabitants(years: Iterable[int], regions: Collection[str], known: Iterable[Agreement]) -> dict[int, Inhabitants]:
    """For each year the newest population at or before its end that tells of all these regions; a year without one is
    left out. known: agreements whose printed weights are a population, which stand in where no table tells of all.
    """
    candidates = sorted([*_printed(known, regions), *_of_tables(regions)], key=lambda each: each[0])
    found = {}
    for year in set(years):
        before = (read for day, read in reversed(candidates) if day <= dt.date(year, 12, 31))
        if newest := next((each for read in before if (each := read())), None):
            found[year] = newest
    return found


def _of_tables(regions: Collection[str]) -> Iterator[_Candidate]:
    """Last approved last, so that of two tables of one day that one is taken."""
    for described in reversed(reading.tables()):
        if described.measure == PERSONS and described.level == "region":
            for time in described.times:
                if day := _day(time):
                    yield day, cache(partial(_of_table, described, time, day, regions))


def _of_table(described: Described, time: str, day: dt.date, regions: Collection[str]) -> Inhabitants | None:
    persons = reading.table(described.code, [time]).column(time)
    if not all(persons.get(code) for code in regions):
        return None
    return Inhabitants(described.title, described.title_en or described.title, day, persons)


def _printed(known: Iterable[Agreement], regions: Collection[str]) -> Iterator[_Candidate]:
    days = {code: _day(table.times[-1]) for code, table in shipped().items() if table.times}
    for agreement in known:
        day = days.get(agreement.population.series) if agreement.population else None
        for pot in agreement.pots:
            recipients = agreement.group(pot.recipients).recipients
            persons = {each.organisation: each.weight for each in recipients}
            if day and pot.by_population and all(persons.get(code) for code in regions):
                titles = agreement.short_title, said(agreement, "short_title", "en")
                yield day, partial(Inhabitants, *titles, day, persons)
                break


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
