# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What tables of need hold (who there are, how much care they use, how much time each use takes), and what ships with
them laid over it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np

from overens.planning.supply.care import EVERYBODY, NeedData
from overens.planning.supply.population import ALL_AGES, Population, a_year
from overens.planning.supply.problem import SEXES, Floats

Part = Literal["population", "use", "minutes"]
PARTS: tuple[Part, ...] = ("population", "use", "minutes")


@dataclass(frozen=True)
class NeedTables:
    """``population``: persons [S, A] at the turn of a year, by region and year. ``use``: uses a year of an inhabitant
    [S, A], by care. ``minutes``: by care and occupation. Ages are 0 to 100, the last with all who are older.
    """

    population: Mapping[tuple[str, int], Floats] = field(default_factory=dict)
    use: Mapping[str, Floats] = field(default_factory=dict)
    minutes: Mapping[tuple[str, str], float] = field(default_factory=dict)

    def over(self, earlier: NeedTables) -> NeedTables:
        """These, and what an earlier version had of what they do not have."""
        return NeedTables(
            {**earlier.population, **self.population},
            {**earlier.use, **self.use},
            {**earlier.minutes, **self.minutes},
        )

    @property
    def parts(self) -> tuple[Part, ...]:
        """Those with anything in them."""
        return tuple(part for part in PARTS if getattr(self, part))


def as_values(tables: NeedTables) -> dict[str, Any]:
    """As JSON keeps them."""
    return {
        "population": {f"{region}/{year}": rows.tolist() for (region, year), rows in sorted(tables.population.items())},
        "use": {care: rows.tolist() for care, rows in sorted(tables.use.items())},
        "minutes": {f"{care}/{occupation}": each for (care, occupation), each in sorted(tables.minutes.items())},
    }


def from_values(values: Mapping[str, Any]) -> NeedTables:
    """The tables again; raises ValueError on what :func:`as_values` did not write."""
    population, minutes = {}, {}
    for key, rows in values.get("population", {}).items():
        region, year = key.split("/")
        population[region, int(year)] = _by_age(key, rows)
    for key, each in values.get("minutes", {}).items():
        care, occupation = key.split("/")
        minutes[care, occupation] = float(each)
    return NeedTables(population, {key: _by_age(key, rows) for key, rows in values.get("use", {}).items()}, minutes)


def _by_age(key: str, rows: Any) -> Floats:
    found = np.array(rows, dtype=float)
    if found.shape != (len(SEXES), ALL_AGES):
        raise ValueError(key)
    return found


def laid(need: NeedData, tables: NeedTables, code: str) -> NeedData:
    """What ships, with the tables in place of what they have. A part is made up until the tables have all of it: every
    region, every kind of care, every time that ships.
    """
    codes = [each.code for each in need.care]
    use = need.use.copy()
    for care, rows in tables.use.items():
        if care in codes:
            use[codes.index(care)] = rows
    whole = {
        "population": {region for region, _year in tables.population} >= set(need.population.regions),
        "use": set(tables.use) >= set(codes) - {EVERYBODY},
        "minutes": set(tables.minutes) >= {key for key in need.minutes if key[0] != EVERYBODY},
    }
    return replace(
        need,
        code=code,
        population=_peopled(need.population, tables.population),
        use=use,
        minutes={**need.minutes, **tables.minutes},
        synthetic=need.synthetic - {part for part, covered in whole.items() if covered},
    )


def _peopled(shipped: Population, tables: Mapping[tuple[str, int], Floats]) -> Population:
    """Of each region its own tables in their years; what ships before the first, and after each the people of the year
    before a year older, as many moving as have moved. The others carry on so from the last year that ships.
    """
    years = [year for region, year in tables if region in shipped.regions]
    last = max([shipped.last, *years])
    # A table of before what ships has nothing before it: its people carry on from it.
    known = np.zeros((last - shipped.first + 1, *shipped.known.shape[1:]))
    known[: len(shipped.known)] = shipped.known
    for at, region in enumerate(shipped.regions):
        own = sorted(year for there, year in tables if there == region)
        rows = {max(year, shipped.first): tables[region, year] for year in own}
        begun = min(rows, default=shipped.last + 1)
        for year in range(begun, last + 1):
            if year in rows:
                known[year - shipped.first, at] = rows[year]
            else:
                before = known[year - 1 - shipped.first, at : at + 1]
                stayed = a_year(before, 1 - shipped.dying, shipped.births)[0]
                known[year - shipped.first, at] = stayed + shipped.moves[at] * shipped.shape
    return replace(shipped, known=known)


@dataclass(frozen=True)
class NeedChange:
    """A figure of a part now and with the tables: inhabitants of a region (``what``) in the tables' last year; uses a
    year of an inhabitant, by care; minutes of all occupations for a use, by care.
    """

    part: Part
    what: str
    before: float
    now: float


def changes(tables: NeedTables, need: NeedData) -> tuple[NeedChange, ...]:
    """What the tables change of what is used now, part by part."""
    return (*_people(tables, need), *_use(tables, need), *_time(tables, need))


def _people(tables: NeedTables, need: NeedData) -> Iterator[NeedChange]:
    population = need.population
    for region in sorted({region for region, _year in tables.population} & set(population.regions)):
        year = max(year for there, year in tables.population if there == region)
        at = min(max(year, population.first), population.last) - population.first
        before = population.known[at, population.regions.index(region)].sum()
        yield NeedChange("population", region, float(before), float(tables.population[region, year].sum()))


def _use(tables: NeedTables, need: NeedData) -> Iterator[NeedChange]:
    people = need.population.known[-1].sum(0)
    for at, care in enumerate(need.care):
        if care.code in tables.use:
            before, now = ((each * people).sum() / people.sum() for each in (need.use[at], tables.use[care.code]))
            yield NeedChange("use", care.code, float(before), float(now))


def _time(tables: NeedTables, need: NeedData) -> Iterator[NeedChange]:
    after = {**need.minutes, **tables.minutes}
    for care in dict.fromkeys(care for care, _occupation in sorted(tables.minutes)):
        before, now = (sum(each for (of, _o), each in held.items() if of == care) for held in (need.minutes, after))
        yield NeedChange("minutes", care, float(before), float(now))
