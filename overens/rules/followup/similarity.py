# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which regions are like which, and in what: near in size, and in what they have reported.

Each trait is put in a scale where it can be compared (sizes by their logarithm), and a difference is told in standard
deviations of all regions. Their weighted mean is the distance; a trait that only one of the two has counts as one
deviation. Traits and weights are our choice (assumed): no source says what makes regions comparable.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import pstdev

# Traits whose ratio says more than their difference.
RATIOS = frozenset(("population", "measures"))
# Size counts as much as a handful of the others.
WEIGHTS = {"population": 4}
UNKNOWN = 1.0
# Within so many standard deviations two regions are alike in a trait.
ALIKE = 0.5


@dataclass(frozen=True)
class Trait:
    """One trait of two regions: both values, and how far they are from each other in standard deviations."""

    name: str
    own: float
    others: float
    apart: float

    @property
    def alike(self) -> bool:
        return self.apart <= ALIKE


@dataclass(frozen=True)
class Neighbour:
    """A region beside the one that was asked for. ``missing``: traits that one of them lacks, or both."""

    region: str
    distance: float
    traits: Sequence[Trait]
    missing: Sequence[str]


Values = Mapping[str, Mapping[str, float | None]]


def neighbours(region: str, values: Values) -> list[Neighbour]:
    """The other regions, the most alike first. values: by region and trait; None where it is not known.

    A region without a trait in common is not among them. Raises KeyError for a region that has no values.
    """
    own = values[region]
    spread = _spreads(values)
    found = []
    for other, theirs in values.items():
        if other == region:
            continue
        traits, missing = [], []
        for name, value in own.items():
            against = theirs.get(name)
            if value is None or against is None:
                missing.append(name)
                continue
            apart = abs(_scaled(name, value) - _scaled(name, against))
            traits.append(Trait(name, value, against, apart / spread[name] if spread[name] else 0.0))
        if traits:
            one_has = [name for name in missing if (own.get(name) is None) != (theirs.get(name) is None)]
            parts = [(WEIGHTS.get(each.name, 1), each.apart) for each in traits]
            parts += [(WEIGHTS.get(name, 1), UNKNOWN) for name in one_has]
            distance = sum(weight * apart for weight, apart in parts) / sum(weight for weight, _apart in parts)
            found.append(Neighbour(other, distance, traits, missing))
    return sorted(found, key=lambda each: (each.distance, each.region))


def _spreads(values: Values) -> dict[str, float]:
    names = {name for traits in values.values() for name in traits}
    spreads = {}
    for name in names:
        known = [_scaled(name, value) for traits in values.values() if (value := traits.get(name)) is not None]
        spreads[name] = pstdev(known) if len(known) > 1 else 0.0
    return spreads


def _scaled(name: str, value: float) -> float:
    return math.log(max(value, 0.5)) if name in RATIOS else value
