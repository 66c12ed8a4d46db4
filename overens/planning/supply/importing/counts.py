# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whole persons by sex and age, for each occupation, region, year and sector that a table has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np

from overens.planning.supply.problem import AGES, Whole


class Place(NamedTuple):
    """What a table replaces as a whole. ``occupation`` is a code of ours, ``region`` two digits, ``sector`` one of
    ``problem.SECTORS``.
    """

    occupation: str
    region: str
    year: int
    sector: str


# Persons[S, A] of each place.
Counts = Mapping[Place, Whole]


def persons(counts: Counts) -> int:
    return int(sum(int(each.sum()) for each in counts.values()))


def last_year(counts: Counts) -> int | None:
    return max((place.year for place in counts), default=None)


def of_years(counts: Counts, years: Iterable[int]) -> Counts:
    chosen = set(years)
    return {place: each for place, each in counts.items() if place.year in chosen}


def as_values(counts: Counts) -> dict[str, Any]:
    """As JSON keeps them: by ``occupation/region/year/sector`` a list of ages for women and one for men."""
    return {
        f"{place.occupation}/{place.region}/{place.year}/{place.sector}": each.tolist()
        for place, each in sorted(counts.items())
    }


def from_values(values: Mapping[str, Any]) -> dict[Place, Whole]:
    """The counts again. Raises ValueError on what :func:`as_values` did not write."""
    found = {}
    for key, lists in values.items():
        occupation, region, year, sector = key.split("/")
        each = np.array(lists, dtype=np.int64)
        if each.shape != (2, AGES):
            raise ValueError(key)
        found[Place(occupation, region, int(year), sector)] = each
    return found
