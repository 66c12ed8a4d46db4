# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tables of need that are read in without anybody saying how: empty ones to fill in, and what a version holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np

from overens.planning.supply.care import EVERYBODY, NeedData
from overens.planning.supply.importing.need_tables import NeedTables, Part
from overens.planning.supply.importing.template import Line
from overens.planning.supply.population import ALL_AGES
from overens.planning.supply.problem import SEXES, Floats, Occupation

HEADS: Mapping[Part, tuple[str, ...]] = {
    "population": ("Region", "År", "Kön", "Ålder", "Folkmängd"),
    "use": ("Vårdkod", "Namn", "Enhet", "Kön", "Ålder", "Användning per invånare och år"),
    "minutes": ("Vårdkod", "Namn", "Yrkeskod", "Benämning", "Minuter per användning"),
}
# Where the spans of the empty table of use begin; the last has no end.
FIRST = (0, 5, 15, 25, 35, 45, 55, 65, 75, 80, 85, 90)


def blank(part: Part, need: NeedData, occupations: Sequence[Occupation], region: str, year: int) -> list[Line]:
    """The table of a part with its last column empty. region: whose inhabitants; "" for those of every region."""
    return [HEADS[part], *_blank(part, need, occupations, region, year)]


def _blank(part: Part, need: NeedData, occupations: Sequence[Occupation], region: str, year: int) -> Iterator[Line]:
    care = [each for each in need.care if each.code != EVERYBODY]
    if part == "population":
        for code in (region,) if region else need.population.regions:
            for sex in SEXES:
                for age in range(ALL_AGES):
                    yield (code, year, sex, _open(age), None)
    elif part == "use":
        for each in care:
            for sex in SEXES:
                for first, after in zip(FIRST, (*FIRST[1:], None), strict=True):
                    ages = f"{first}+" if after is None else f"{first}-{after - 1}"
                    yield (each.code, each.title, each.unit, sex, ages, None)
    else:
        for each in care:
            for occupation in occupations:
                if (each.code, occupation.code) in need.minutes:
                    yield (each.code, each.title, occupation.code, occupation.title, None)


def rows(part: Part, tables: NeedTables, need: NeedData, occupations: Sequence[Occupation]) -> Iterator[Line]:
    """What there is of a part, below its :data:`HEADS`."""
    care = {each.code: each for each in need.care}
    titles = {each.code: each.title for each in occupations}
    if part == "population":
        for (region, year), people in sorted(tables.population.items()):
            for sex, first, last, figure in _by_age(people, spans=False):
                yield (region, year, sex, _said(first, last), round(figure))
    elif part == "use":
        for code, uses in sorted(tables.use.items()):
            for sex, first, last, figure in _by_age(uses, spans=True):
                yield (code, care[code].title, care[code].unit, sex, _said(first, last), figure)
    else:
        for (code, occupation), each in sorted(tables.minutes.items()):
            yield (code, care[code].title, occupation, titles[occupation], each)


def _by_age(table: Floats, spans: bool) -> Iterator[tuple[str, int, int, float]]:
    """Sex, first and last age and their figure; ages in a row with the same figure together where ``spans``."""
    for sex, figures in zip(SEXES, table, strict=True):
        cuts = [0, *(np.flatnonzero(np.diff(figures)) + 1 if spans else range(1, ALL_AGES)), ALL_AGES]
        for first, after in pairwise(cuts):
            yield sex, int(first), int(after) - 1, float(figures[first])


def _said(first: int, last: int) -> str:
    return f"{first}+" if last == ALL_AGES - 1 else str(first) if first == last else f"{first}-{last}"


def _open(age: int) -> str:
    return _said(age, age)
