# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The whole-number weights that printed amounts imply, with how sure that is.

A share of A kronor rounded to the krona lets a weight p out of a total T be only where p/T is within half a krona of
the amount: a span of T/A. Where that is much below 1, most totals leave some row without a whole number in its span, so
that the total shows; and at that total each row has one whole number. (2018 report, Bilaga 2: 17 kronor a head.)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import comb, log10
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from overens.rules.reproducing.roundings import unit_of
from overens.rules.reproducing.table import Column

Rounding = Literal["nearest", "down", "up"]
# How far below and above an exact share, in half units, the printed amount may be; the end above is not included.
_REACH: Mapping[Rounding, tuple[int, int]] = {"nearest": (1, 1), "down": (0, 2), "up": (2, 0)}
# Totals that the population of Sweden has had since 1998 or may soon have.
POPULATION = range(8_800_000, 11_200_001)
LARGEST_SIMPLE = 200_000
# Rows that all totals are tried with before the few that are left are tried with all rows.
SIEVE = 12
KEPT = 2_000
# Above this a number is no longer exact in 64 bits.
_EXACT = 2**62
# Fewer totals than this would do as well by chance: then it is no chance.
SURE = 1e-3

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Weight:
    """The whole numbers from ``low`` to ``high`` give the printed amounts. low > high: none does."""

    low: int
    high: int

    @property
    def only(self) -> int | None:
        return self.low if self.low == self.high else None


@dataclass(frozen=True)
class Implied:
    """``by_chance``: how many of the totals tried would be expected to fit as many rows if there were nothing in it.

    ``fitting``: rows that have a whole number at this total; ``runner_up``: the most that a total not next to it has
    (None where the total was given). ``adds_up``: each row has one number only, but ``off``, and they add up to the
    total, which nothing assumed. ``off``: rows without; where it is the largest alone, ``rest`` is what is left for it.
    """

    total: int
    given: bool
    rounding: Rounding
    weights: Mapping[str, Weight]
    fitting: int
    runner_up: int | None
    by_chance: float
    off: tuple[str, ...]
    adds_up: bool
    rest: int | None

    @property
    def sure(self) -> bool:
        """The total follows from the amounts, or is given, and each row has one number."""
        single = all(weight.only is not None for code, weight in self.weights.items() if code not in self.off)
        return single and self.by_chance < SURE and len(self.off) <= 1


@dataclass(frozen=True)
class _Row:
    """``code``: amounts in half units with the pot of each column, twice over."""

    code: str
    amounts: tuple[tuple[int, int, int], ...]


def implied(
    columns: Sequence[tuple[Column, int]], total: int | None = None, totals: range = POPULATION
) -> Implied | None:
    """The weights behind columns that are shared out by the same ones. columns: each with its pot in kronor.

    total: of all weights, where it is known; else looked for among ``totals``. None where the amounts are too coarse to
    tell one total from another, or too large to be computed with.
    """
    rows = _rows(columns)
    if not rows:
        return None
    if total is not None:
        return _at(rows, total, "nearest", None, 0.0, given=True)
    width = min(_width(columns) * totals[-1], 1.0)
    if width > 0.9 or max(a for row in rows for a, _, _ in row.amounts) * totals[-1] > _EXACT:
        return None
    return _best(rows, totals, width)


def simplest(columns: Sequence[tuple[Column, int]]) -> Implied | None:
    """The smallest whole numbers whose shares are the amounts, such as points or counts; None where a total so small
    would do by chance.
    """
    rows = _rows(columns)
    width = _width(columns)
    largest = min(LARGEST_SIMPLE, int(0.5 / width)) if rows else 0
    if largest < 1 or max(a for row in rows for a, _, _ in row.amounts) * largest > _EXACT:
        return None
    totals = np.arange(1, largest + 1, dtype=np.int64)
    for row in rows:
        low, high = _spans(row, totals, "nearest")
        totals = totals[low <= high]
    if not totals.size:
        return None
    total = int(totals[0])
    chance = sum((width * t) ** len(rows) for t in range(1, total + 1))
    return _at(rows, total, "nearest", None, chance) if chance < SURE else None


def _rows(columns: Sequence[tuple[Column, int]]) -> list[_Row]:
    """In halves of each column's unit, so that half a unit is whole."""
    found: dict[str, list[tuple[int, int, int]]] = {}
    for column, pot in columns:
        step = unit(column)
        for code, value in column.values.items():
            found.setdefault(code, []).append((2 * value, step, 2 * pot))
    rows = [_Row(code, tuple(amounts)) for code, amounts in sorted(found.items())]
    return sorted(rows, key=lambda row: row.amounts[0][0]) if all(pot > 0 for _, pot in columns) else []


def unit(column: Column) -> int:
    """Kronor that the column's amounts are whole multiples of."""
    return max(column.unit, unit_of(column.values))


def _width(columns: Sequence[tuple[Column, int]]) -> float:
    """How wide a row's span is for each one of the total, in the column that says most."""
    return min((unit(column) / pot for column, pot in columns if pot), default=1.0)


def _spans(row: _Row, totals: Numbers, rounding: Rounding) -> tuple[Numbers, Numbers]:
    """The least and the greatest whole weight at each total."""
    below, above = _REACH[rounding]
    lows, highs = [], []
    for amount, step, pot in row.amounts:
        low, high = amount - step * below, amount + step * above
        if rounding == "up":  # the end below is not included, the one above is
            lows.append(low * totals // pot + 1)
            highs.append(high * totals // pot)
        else:
            lows.append(-(-low * totals // pot))
            highs.append(-(-high * totals // pot) - 1)
    return np.maximum.reduce(lows), np.minimum.reduce(highs)


def _best(rows: list[_Row], totals: range, width: float) -> Implied | None:
    found: list[Implied] = []
    every = np.arange(totals.start, totals.stop, dtype=np.int64)
    for rounding in _REACH:
        sieve = rows[: len(rows) - 1][:: max(1, (len(rows) - 1) // SIEVE)][:SIEVE]
        fits = _fitting(sieve, every, rounding)
        few = min(KEPT, every.size)
        kept = np.sort(np.argpartition(fits, every.size - few)[every.size - few :])
        whole = _fitting(rows, every[kept], rounding)
        at = int(np.argmax(whole))
        total = int(every[kept][at])
        # The totals next to the right one do nearly as well, since most spans still hold the same number.
        near = np.abs(every[kept] - total) <= 10 / width
        far = whole[~near]
        fitting, runner_up = int(whole[at]), int(far.max()) if far.size else 0
        chance = len(totals) * sum(_binomial(len(rows), k, width) for k in range(fitting, len(rows) + 1))
        found.append(_at(rows, total, rounding, runner_up, chance))
        if chance < SURE and fitting >= len(rows) - 1:
            break
    best = min(found, key=lambda each: each.by_chance)
    return best if best.by_chance < SURE else None


def _fitting(rows: Sequence[_Row], totals: Numbers, rounding: Rounding) -> Numbers:
    count: Numbers = np.zeros(totals.size, dtype=np.int64)
    for row in rows:
        low, high = _spans(row, totals, rounding)
        count += low <= high
    return count


def _binomial(rows: int, hits: int, width: float) -> float:
    return float(10 ** (log10(comb(rows, hits)) + hits * log10(width) + (rows - hits) * log10(1 - width)))


def _at(
    rows: Sequence[_Row], total: int, rounding: Rounding, runner_up: int | None, by_chance: float, given: bool = False
) -> Implied:
    weights = dict(_weights(rows, total, rounding))
    off = tuple(code for code, weight in sorted(weights.items()) if weight.low > weight.high)
    single = {code: weight.only for code, weight in weights.items() if code not in off}
    numbers = [number for number in single.values() if number is not None]
    whole = len(numbers) == len(single)
    rest = total - sum(numbers) if off == (rows[-1].code,) and whole else None
    return Implied(
        total=total,
        given=given,
        rounding=rounding,
        weights=dict(sorted(weights.items())),
        fitting=len(weights) - len(off),
        runner_up=runner_up,
        by_chance=by_chance,
        off=off,
        adds_up=not off and whole and sum(numbers) == total,
        rest=rest,
    )


def _weights(rows: Sequence[_Row], total: int, rounding: Rounding) -> Iterator[tuple[str, Weight]]:
    """In Python's own integers, which have no largest."""
    below, above = _REACH[rounding]
    for row in rows:
        lows, highs = [], []
        for amount, step, pot in row.amounts:
            low, high = (amount - step * below) * total, (amount + step * above) * total
            up = rounding == "up"
            lows.append(low // pot + 1 if up else -(-low // pot))
            highs.append(high // pot if up else -(-high // pot) - 1)
        yield row.code, Weight(max(0, *lows), min(highs))
