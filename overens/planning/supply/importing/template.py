# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tables that are read in without anybody saying how: an empty one to fill in, and what a version holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from overens.planning.supply.importing.counts import Counts
from overens.planning.supply.problem import OLDEST, SEXES, YOUNGEST, Occupation

Line = Sequence[object]
# Where the spans of the empty table begin; the last has no end.
FIRST = (YOUNGEST, 25, 30, 35, 40, 45, 50, 55, 60, 65)
WORDS = {"k": "Kvinnor", "m": "Män"}


def blank(occupations: Sequence[Occupation]) -> list[Line]:
    """One row for each occupation; a column for each sex and span of ages. A row that is left empty is not read."""
    spans = [*(f"{first}-{after - 1}" for first, after in pairwise(FIRST)), f"{FIRST[-1]}+"]
    heads = ["Yrkeskod", "Yrke", "Motsvarar AID", *(f"{WORDS[sex]} {ages}" for sex in SEXES for ages in spans)]
    rows = [[each.code, each.title, " ".join(each.aid), *[None] * (len(heads) - 3)] for each in occupations]
    return [heads, *rows]


HEADS = ("Yrkeskod", "Yrke", "Region", "År", "Sektor", "Kön", "Ålder", "Antal")


def rows(counts: Counts, titles: Mapping[str, str]) -> Iterator[Line]:
    """Below :data:`HEADS`: a row for each sex and year of age with anybody in it, the first at least of each place.

    titles: of occupations, by code.
    """
    for place, persons in sorted(counts.items()):
        for s, sex in enumerate(SEXES):
            for age in range(YOUNGEST, OLDEST + 1):
                number = int(persons[s, age - YOUNGEST])
                if number or (s, age) == (0, YOUNGEST):
                    yield (place.occupation, titles.get(place.occupation, ""), place.region, place.year, place.sector,
                           sex, age, number)  # fmt: skip
