# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Counts per 100 000 inhabitants, with what chance alone may do to them.

A count of independent events varies like a Poisson variable. Its exact interval is Garwood's (Biometrika 28, 1936, pp.
437-442), by quantiles of chi-square: never narrower than it says, which a normal approximation is where counts are
small. Whether two rates differ is asked of their counts given the sum of them, which is then binomial (Przyborowski and
Wilenski, Biometrika 31, 1940, pp. 313-323), with the smaller tail doubled: exact too, and never surer than it says.

The interval tells of how far the number may vary, not of what was left out of a report. That those who begin a post do
so independently of each other is assumed; posts that a region opens a dozen at a time vary more than this.
"""

from __future__ import annotations

from dataclasses import dataclass

from scipy import special

PER = 100_000
LEVEL = 0.95


@dataclass(frozen=True)
class Rate:
    """Per 100 000, from ``low`` to ``high`` at 95 percent."""

    value: float
    low: float
    high: float


def rate(count: int, inhabitants: int, level: float = LEVEL) -> Rate:
    """Raises ValueError for a negative count or nobody to count among."""
    if count < 0 or inhabitants <= 0:
        raise ValueError(f"A rate of {count} among {inhabitants}")
    beyond = (1 - level) / 2
    # Half a chi-square of twice as many degrees of freedom is a gamma, whose quantiles these are.
    low = special.gammaincinv(count, beyond) if count else 0.0
    high = special.gammainccinv(count + 1, beyond)
    per = PER / inhabitants
    return Rate(count * per, float(low) * per, float(high) * per)


def differ(one: tuple[int, int], other: tuple[int, int], level: float = LEVEL) -> bool:
    """Whether two rates, each a count and its inhabitants, are further apart than chance would have them."""
    (count, among), (others, within) = one, other
    both, share = count + others, among / (among + within)
    at_most = special.bdtr(count, both, share)
    at_least = special.bdtrc(count - 1, both, share) if count else 1.0
    return bool(2 * min(at_most, at_least) < 1 - level)


def written(number: float) -> str:
    """A rate as it is kept: one decimal, more than which no count of persons bears."""
    return f"{number:.1f}"
