# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A fair scale for maps: classes as even in number as round limits let them be, the same for every map that is laid
beside another.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from fractions import Fraction

CLASSES = 5
STEPS = (Fraction(1), Fraction(1, 2), Fraction(1, 5))
SLACK = 0.06  # of the values: so far from its quantile a limit may lie for the sake of a rounder number


def limits(values: Iterable[float], classes: int = CLASSES) -> tuple[float, ...]:
    """The lower ends of the classes after the first, rising: quantiles of all values together, rounded.

    A limit lies between two neighbouring values, so equal values are never split and every class has a value in it.
    Fewer classes where there are too few different values; none where all are equal.
    """
    known = sorted(value for value in values if math.isfinite(value))
    different = sorted(set(known))
    classes = min(classes, len(different))
    below = [bisect_left(known, value) for value in different]
    found: list[float] = []
    last = 0
    for cut in range(1, classes):
        wanted = len(known) * cut / classes
        places = range(last + 1, len(different) - (classes - 1 - cut))
        far = {place: abs(below[place] - wanted) for place in places}
        nearest = min(far.values())
        near = [place for place in places if far[place] <= max(nearest, SLACK * len(known))]
        between = {place: _roundest(different[place - 1], different[place]) for place in near}
        last = max(near, key=lambda place: (between[place][1], -far[place], -place))
        found.append(between[last][0])
    return tuple(found)


def _roundest(below: float, at_most: float) -> tuple[float, Fraction]:
    """The roundest number above one value and at most another, and of what it is a multiple."""
    low, high = Fraction(below), Fraction(at_most)
    size = Fraction(10) ** (math.floor(math.log10(max(abs(below), abs(at_most)))) + 1)
    for _ in range(20):
        for step in (size * part for part in STEPS):
            first = (low // step + 1) * step
            if first <= high and float(first) > below:
                return float(first), step
        size /= 10
    return at_most, Fraction(0)


def class_of(value: float, limits: Sequence[float]) -> int:
    """The number of its class, from 0."""
    return sum(1 for limit in limits if value >= limit)


def uncertain(low: float, high: float, limits: Sequence[float]) -> bool:
    """Whether its interval spans more than two classes: chance alone could have put it in another part of the scale."""
    return class_of(high, limits) - class_of(low, limits) >= 2
