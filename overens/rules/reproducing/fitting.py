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
    """Where most of the spans (ends included) overlap, and how many do. Raises ValueError where there are none."""
    ends = sorted((value, at) for low, high in spans for value, at in ((low, 0), (high, 1)))
    if not ends:
        raise ValueError("no spans")
    most = now = 0
    best = (ends[0][0], ends[0][0])
    for place, (value, closing) in enumerate(ends):
        if closing:
            now -= 1
            continue
        now += 1
        if now > most:
            most = now
            best = (value, ends[place + 1][0])
    return best, most


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
