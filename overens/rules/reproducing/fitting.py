# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A number that is not printed, from the amounts: where most rows agree on it, so that a misprint does not hide it."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import ceil, floor

Span = tuple[Fraction, Fraction]
LARGEST_STEP = 10**15


def agreed(spans: Iterable[Span]) -> tuple[Span, int]:
    """Where most of the spans (ends included) overlap, or all of those but one, and how many do at most: the one may
    have taken the rest of the rounding. Raises ValueError where there are none.
    """
    ends = sorted((value, at) for low, high in spans for value, at in ((low, 0), (high, 1)))
    if not ends:
        raise ValueError("no spans")
    counts = []
    now = 0
    for _, closing in ends:
        now += -1 if closing else 1
        counts.append(now)
    most = max(counts)
    first = last = counts.index(most)
    while first and counts[first - 1] >= max(most - 1, 1):
        first -= 1
    while counts[last] >= max(most - 1, 1):
        last += 1
    return (ends[first][0], ends[last][0]), most


def roundest(span: Span) -> int | None:
    """The whole number in the span that ends in most noughts, nearest its middle; None where there is no whole one."""
    low, high = ceil(span[0]), floor(span[1])
    if low > high:
        return None
    step = 1
    while -(-low // (step * 10)) * (step * 10) <= high and step < LARGEST_STEP:
        step *= 10
    middle = round(Fraction(low + high, 2 * step)) * step
    return min(max(middle, -(-low // step) * step), high // step * step)
