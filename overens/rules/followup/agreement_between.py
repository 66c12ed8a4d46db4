# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How far two coders agree, over what chance would give.

Sources (assumed, as textbooks state them; not among the project's own): J. Cohen, "A Coefficient of Agreement for
Nominal Scales", Educational and Psychological Measurement 20 (1960), pp. 37–46; K. Krippendorff, "Computing
Krippendorff's Alpha-Reliability" (2011), whose worked examples are the tests. The interval is a percentile bootstrap
over units.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from fractions import Fraction
from typing import NamedTuple

Value = Hashable | None
# What the coders say of each unit; None: nothing.
Unit = Sequence[Value]
Coefficient = Callable[[Sequence[Unit]], Fraction | None]


def raw(units: Sequence[Unit]) -> Fraction | None:
    """The share of units of which both coders say the same; None where there is no unit that both have coded."""
    both = _both(units)
    return Fraction(sum(one == other for one, other in both), len(both)) if both else None


def kappa(units: Sequence[Unit]) -> Fraction | None:
    """Cohen's kappa of two coders: (observed - expected) / (1 - expected), where what is expected follows from how
    often each coder uses each value. None where it is not defined: no units, or both say one and the same of all.
    """
    both = _both(units)
    if not both:
        return None
    observed = Fraction(sum(one == other for one, other in both), len(both))
    first, second = Counter(one for one, _ in both), Counter(other for _, other in both)
    expected = sum((Fraction(first[value] * second[value], len(both) ** 2) for value in first), Fraction(0))
    return None if expected == 1 else (observed - expected) / (1 - expected)


def alpha(units: Sequence[Unit]) -> Fraction | None:
    """Krippendorff's alpha for nominal values, any number of coders, units with missing values included.

    1 - observed disagreement / expected disagreement, from the matrix of coincidences. None where it is not defined:
    fewer than two values that can be paired, or only one value used.
    """
    coincidences: Counter[tuple[Value, Value]] = Counter()
    weighted: dict[tuple[Value, Value], Fraction] = {}
    totals: dict[Value, Fraction] = {}
    for unit in units:
        said = [value for value in unit if value is not None]
        if len(said) < 2:
            continue
        coincidences.clear()
        for at, one in enumerate(said):
            for other in said[:at] + said[at + 1 :]:
                coincidences[one, other] += 1
        for pair, count in coincidences.items():
            share = Fraction(count, len(said) - 1)
            weighted[pair] = weighted.get(pair, Fraction(0)) + share
            totals[pair[0]] = totals.get(pair[0], Fraction(0)) + share
    size = sum(totals.values(), Fraction(0))
    observed = sum((share for (one, other), share in weighted.items() if one != other), Fraction(0))
    expected = size**2 - sum((total**2 for total in totals.values()), Fraction(0))
    return None if expected == 0 else 1 - (size - 1) * observed / expected


class Interval(NamedTuple):
    """Where the coefficient lies in 95 of 100 samples drawn anew from the units; drawn had it defined."""

    low: Fraction
    high: Fraction
    drawn: int


def interval(units: Sequence[Unit], of: Coefficient, seed: str, times: int = 1000) -> Interval | None:
    """The 95 per cent bootstrap interval of a coefficient. The same units and seed give the same interval.

    None where fewer than ten units, or where half of the samples leave it undefined: it would say nothing.
    """
    if len(units) < 10:
        return None
    draw = random.Random(seed)  # noqa: S311 - a seed that is recorded, so that it can be drawn again
    found = sorted(value for _ in range(times) if (value := of([draw.choice(units) for _ in units])) is not None)
    if len(found) * 2 < times:
        return None
    return Interval(found[int(len(found) * 0.025)], found[min(int(len(found) * 0.975), len(found) - 1)], len(found))


def _both(units: Sequence[Unit]) -> list[tuple[Value, Value]]:
    """The units that two coders have coded, as pairs."""
    return [(unit[0], unit[1]) for unit in units if len(unit) == 2 and unit[0] is not None and unit[1] is not None]
