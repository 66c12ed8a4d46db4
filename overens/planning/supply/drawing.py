# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is not known, drawn: a value for each parameter in each run (docs/supply-uncertainty.md).

A parameter's draw hangs on its id, the seed and the number of the run, and on nothing else. So it is the same in every
scenario, in whatever order parameters stand and on any worker: what differs between two scenarios is what they do
(common random numbers).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from math import exp, inf, log, sqrt

from scipy import optimize, special

from overens.planning.supply.scenario import Parameter

# Nine tenths of what a parameter may be lie between its low and its high.
TAIL = 0.05
_Z = float(special.ndtri(1 - TAIL))
# What a figure of a unit can be. The tail of a distribution may go beyond it; months are no fewer than a day.
SHARES, CHANGE = ("share", "share a year"), "change a year"
A_DAY = 1 / 30


def central(parameters: Iterable[Parameter]) -> dict[str, float]:
    """The central value of each, by id."""
    return {each.id: float(each.value) for each in parameters}


def drawn(parameters: Iterable[Parameter], seed: int, run: int) -> dict[str, float]:
    """A value of each for one run, by id: the end of what its unit can be where the tail goes beyond it, which
    :func:`beyond` counts.
    """
    return {each.id: _within(each, quantile(each, uniform(each.id, seed, run))) for each in parameters}


def beyond(parameters: Iterable[Parameter], seed: int, runs: int) -> dict[str, int]:
    """By id, in how many of the runs a draw went beyond what the parameter can be, where it ever did."""
    found: dict[str, int] = {}
    for each in parameters:
        chances = [uniform(each.id, seed, run) for run in range(runs)] if each.shape != "fixed" else []
        # A higher chance never gives less: where the least and the most are within, all are.
        if chances and any(not _is_within(each, quantile(each, ends)) for ends in (min(chances), max(chances))):
            found[each.id] = sum(not _is_within(each, quantile(each, chance)) for chance in chances)
    return found


def possible(parameter: Parameter) -> tuple[float, float]:
    """The least and the most that a parameter can be, by its unit."""
    if parameter.unit in (*SHARES, CHANGE):
        return (-1.0 if parameter.unit == CHANGE else 0.0), 1.0
    return (A_DAY if parameter.unit == "months" else 0.0), inf


def _within(parameter: Parameter, value: float) -> float:
    least, most = possible(parameter)
    return min(max(value, least), most)


def _is_within(parameter: Parameter, value: float) -> bool:
    return value == _within(parameter, value)


def uniform(id: str, seed: int, run: int) -> float:
    """The chance that a parameter meets in a run: within (0, 1), in steps of 2⁻⁵³, by BLAKE2b of what it hangs on."""
    digest = blake2b(f"{seed}/{run}/{id}".encode(), digest_size=8).digest()
    return ((int.from_bytes(digest, "big") >> 11) + 0.5) / 2**53


def quantile(parameter: Parameter, chance: float) -> float:
    """The value that a parameter is below with this probability. 0 and 1 give the ends of what it may be.

    Raises ValueError where low and high are no interval of the shape (docs/supply-uncertainty.md says which are).
    """
    value = float(parameter.value)
    if parameter.shape == "fixed" or parameter.low is None or parameter.high is None:
        return value
    low, high = float(parameter.low), float(parameter.high)
    if not low <= value <= high or low == high:
        raise ValueError(f"{parameter.id}: {low} ≤ {value} ≤ {high} is no interval")
    if (parameter.shape == "log-normal" and low <= 0) or (parameter.shape == "beta" and not 0 < low < high < 1):
        raise ValueError(f"{parameter.id}: {low}–{high} is no interval of the shape {parameter.shape}")
    match parameter.shape:
        case "normal":
            return _two_halves(value, low, high, chance)
        case "log-normal":
            return exp(_two_halves(log(value), log(low), log(high), chance)) if chance > 0 else 0.0
        case "beta":
            return float(special.betaincinv(*_beta(low, high), chance))
        case "triangular":
            return _triangular(value, *_ends(value, low, high), chance)
        case "uniform":
            outside = (high - low) * TAIL / (1 - 2 * TAIL)
            return low - outside + chance * (high - low + 2 * outside)


def _two_halves(value: float, low: float, high: float, chance: float) -> float:
    """A normal distribution around its median, each half with the spread of its own side."""
    z = float(special.ndtri(chance))
    spread = value - low if z < 0 else high - value
    return value + z * spread / _Z if spread else value


@cache
def _beta(low: float, high: float) -> tuple[float, float]:
    """The one beta distribution that has these as its 5 and 95 %: for each b there is one a that fits the low."""

    def a_of(log_b: float) -> float:
        return float(special.btdtria(TAIL, exp(log_b), low))

    def missing(log_b: float) -> float:
        return float(special.betainc(a_of(log_b), exp(log_b), high)) - (1 - TAIL)

    log_b = optimize.brentq(missing, log(1e-3), log(1e8), xtol=1e-12)
    return a_of(log_b), exp(log_b)


@cache
def _ends(mode: float, low: float, high: float) -> tuple[float, float]:
    """The least and the most of the triangle with this top that has these as its 5 and 95 %."""
    left, right = mode - low, high - mode
    before = (-inf, -inf)
    while abs(left - before[0]) + abs(right - before[1]) > 1e-13 * (high - low):
        before = left, right
        width = left + right
        left, right = mode - low + sqrt(TAIL * width * left), high - mode + sqrt(TAIL * width * right)
    return mode - left, mode + right


def _triangular(mode: float, least: float, most: float, chance: float) -> float:
    width = most - least
    if chance * width < mode - least:
        return least + sqrt(chance * width * (mode - least))
    return most - sqrt((1 - chance) * width * (most - mode))
