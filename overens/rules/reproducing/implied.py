# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The whole-number weights that printed amounts imply, with how sure that is.

A share of A kronor rounded to the krona lets a weight p out of a total T be only where p/T is within half a krona of
the amount: a span of T/A. Where that is much below 1, most totals leave some row without a whole number in its span, so
that the total shows; and at that total each row has one whole number. Points and counts are found the same way, since a
small total that fits is the least likely to do so by chance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import xlog1py, xlogy
from scipy.stats import binom

from overens.rules.reproducing.roundings import unit_of
from overens.rules.reproducing.table import Column

Rounding = Literal["nearest", "down", "up"]
# How far below and above an exact share, in half units, the printed amount may be; the end above is not included.
_REACH: Mapping[Rounding, tuple[int, int]] = {"nearest": (1, 1), "down": (0, 2), "up": (2, 0)}
# Up to what the population of Sweden may soon be.
LARGEST_TOTAL = 11_200_000
# Points and counts, not persons.
LARGEST_SIMPLE = 200_000
# Of so many rows one may be rounded otherwise or misprinted, and one in any case.
ROWS_FOR_ONE = 10
# Above this a number is no longer exact in 64 bits.
_EXACT = 2**62
_CHUNK = 1_000_000
# All totals are tried with so many rows; those that they leave, with all.
_SIEVE = 20
# Fewer totals than this would do as well by chance: then it is no chance.
SURE = 1e-3

Numbers = NDArray[np.int64]
Chances = NDArray[np.floating[Any]]


@dataclass(frozen=True)
class Weight:
    """The whole numbers from ``low`` to ``high`` give the printed amounts."""

    low: int
    high: int

    @property
    def only(self) -> int | None:
        return self.low if self.low == self.high else None


@dataclass(frozen=True)
class Implied:
    """``by_chance``: how many totals up to this one would be expected to fit as many rows if there were nothing in it.

    ``off``: rows that have no whole number at this total; their weight is the nearest. ``adds_up``: each row has one
    number, and they add up to the total, which nothing asked for.
    """

    total: int
    rounding: Rounding
    weights: Mapping[str, Weight]
    off: tuple[str, ...]
    by_chance: float

    @property
    def fitting(self) -> int:
        return len(self.weights) - len(self.off)

    @property
    def adds_up(self) -> bool:
        only = [weight.only for weight in self.weights.values()]
        return None not in only and sum(number or 0 for number in only) == self.total

    @property
    def sure(self) -> bool:
        """Each row has one number, and that they add up says that also those of the rows that are off are right."""
        return self.adds_up and self.by_chance < SURE


@dataclass(frozen=True)
class _Row:
    """``amounts``: twice the kronor, kronor of a unit, and twice the pot, of each column."""

    code: str
    amounts: tuple[tuple[int, int, int], ...]


def implied(columns: Sequence[tuple[Column, int]], largest: int = LARGEST_TOTAL) -> Implied | None:
    """The weights behind columns that are shared out by the same ones. columns: each with its pot in kronor.

    Their total is looked for up to ``largest``. None where no total fits, or so many would that it says nothing.
    """
    rows = _rows(columns)
    if len(rows) < 2:
        return None
    found = []
    for rounding in _REACH:
        best = _best(rows, largest, rounding, _width(columns))
        found += [best] if best and best.by_chance < SURE else []
        if found:
            break
    return found[0] if found else None


def unit(column: Column) -> int:
    """Kronor that the column's amounts are whole multiples of."""
    return max(column.unit, unit_of(column.values))


def _rows(columns: Sequence[tuple[Column, int]]) -> list[_Row]:
    """Those with an amount, the smallest first: the largest may have taken a rest."""
    found: dict[str, list[tuple[int, int, int]]] = {}
    for column, pot in columns:
        for code, value in column.values.items():
            found.setdefault(code, []).append((2 * value, unit(column), 2 * pot))
    rows = [_Row(code, tuple(amounts)) for code, amounts in sorted(found.items()) if any(a for a, _, _ in amounts)]
    return sorted(rows, key=lambda row: row.amounts[0][0]) if all(pot > 0 for _, pot in columns) else []


def _width(columns: Sequence[tuple[Column, int]]) -> float:
    """How wide a row's span is for each one of the total, in the column that says most."""
    return min(unit(column) / pot for column, pot in columns)


def _best(rows: Sequence[_Row], largest: int, rounding: Rounding, width: float) -> Implied | None:
    """The total that is the least likely to fit as many rows as it does."""
    most = max(a for row in rows for a, _, _ in row.amounts)
    last = min(largest, _EXACT // most, int(0.9 / width))
    allowed = max(1, len(rows) // ROWS_FOR_ONE)
    if last < 1:
        return None
    edges = [*range(1, last + 1, _CHUNK), last + 1]
    few = rows[-_SIEVE - 1 : -1]  # not the largest, which may have taken a rest
    sieved = [
        _fitting(few, np.arange(*ends, dtype=np.int64), rounding, max(1, len(few) // ROWS_FOR_ONE))[0]
        for ends in pairwise(edges)
    ]
    totals, misses = _fitting(rows, np.concatenate(sieved), rounding, allowed)
    if not totals.size:
        return None
    chances = np.log(totals) + _tail(len(rows), len(rows) - misses, totals * width)
    at = int(np.argmin(chances))
    return _at(rows, int(totals[at]), rounding, exp(chances[at]))


def _fitting(rows: Sequence[_Row], totals: Numbers, rounding: Rounding, allowed: int) -> tuple[Numbers, Numbers]:
    """The totals that leave at most so many rows without a whole number, and how many each does."""
    misses: Numbers = np.zeros(totals.size, dtype=np.int64)
    for row in rows:
        low, high = _spans(row, totals, rounding)
        misses += low > high
        few = misses <= allowed
        totals, misses = totals[few], misses[few]
    return totals, misses


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


def _tail(rows: int, fitting: Numbers, width: Chances) -> Chances:
    """The logarithm of the chance that at least so many rows fit, each by itself with this chance."""
    chances: Chances = np.where(
        fitting == rows,
        xlogy(rows, width),
        np.maximum(binom.logsf(fitting - 1, rows, width), xlogy(fitting, width) + xlog1py(rows - fitting, -width)),
    )
    return chances


def _at(rows: Sequence[_Row], total: int, rounding: Rounding, by_chance: float) -> Implied:
    weights = dict(sorted(_weights(rows, total, rounding)))
    off = tuple(code for code, weight in weights.items() if weight.low > weight.high)
    amounts = {row.code: row.amounts[0] for row in rows}
    for code in off:
        amount, _, pot = amounts[code]
        nearest = (2 * amount * total + pot) // (2 * pot)
        weights[code] = Weight(nearest, nearest)
    return Implied(total, rounding, weights, off, by_chance)


def _weights(rows: Sequence[_Row], total: int, rounding: Rounding) -> Iterator[tuple[str, Weight]]:
    for row in rows:
        low, high = _spans(row, np.array([total], dtype=np.int64), rounding)
        yield row.code, Weight(max(0, int(low[0])), int(high[0]))
