# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What chance alone would give: the starting years dealt out among the regions in other ways.

Were the measure without effect, any other dealing would have given an estimate of the same kind; how unusual the real
one is among them is its p-value (Fisher's randomisation test). The interval holds every constant effect that the test
does not reject at five per cent. Whole series are moved, so values that hang together over time keep doing so, and
nothing is assumed of how they vary. Assumed: without the measure the regions' series would be exchangeable.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from overens.rules.effects.comparing import Array

Orders = npt.NDArray[np.int64]
LEVEL = 0.05
DEALT = 4999  # other dealings that are tried
# Values without the estimated effect vary less than values without the true one: with what bench/effects.py measured,
# what is said to be found four times in five is.
_SHRUNK = 1.1
_Z80 = 0.8416212335729143  # the standard normal's 80th percentile


@dataclass(frozen=True)
class Interval:
    """An estimate with its 95 per cent interval and p-value. None: the interval has no end on that side."""

    estimate: float
    low: float | None
    high: float | None
    p: float


def orders(units: int, seed: int, dealt: int = DEALT) -> Orders:
    """Dealings of units to places, by a seed; the real one is the first."""
    rng = np.random.default_rng(seed)
    shuffled = rng.permuted(np.tile(np.arange(units), (dealt, 1)), axis=1)
    return np.vstack([np.arange(units), shuffled])


def dealt(weights: Array, values: Array, ways: Orders) -> Array:
    """The estimate for each dealing, the real one first."""
    products = weights @ values.T
    return np.asarray(products[np.arange(len(values)), ways].sum(axis=1))


def interval(weights: Array, values: Array, shape: Array, ways: Orders) -> Interval:
    """The estimate, and the constant effects that are not rejected.

    shape: how much of the effect each value would hold (1 where the unit has the measure). For a dealing whose
    estimate is a − τb when an effect τ is taken away, |a − τb| ≥ |estimate − τ| holds between two values of τ that
    are solved for exactly; how many dealings reach a τ is its p-value.
    """
    a, b = dealt(weights, values, ways), dealt(weights, shape, ways)
    estimate = float(a[0])
    p = float(np.mean(np.abs(a) >= abs(estimate) - 1e-12 * (1 + abs(estimate))))
    open_ended = np.abs(b) >= 1 - 1e-9
    safe = np.where(open_ended, 0.0, b)
    ends = np.stack([(estimate + a) / (1 + safe), (estimate - a) / (1 - safe)])
    lows = np.where(open_ended, -np.inf, ends.min(axis=0))
    highs = np.where(open_ended, np.inf, ends.max(axis=0))
    low, high = _end(-lows), _end(highs)
    return Interval(estimate, None if low is None else -low, high, p)


def _end(reaches: Array) -> float | None:
    """The largest τ that more than five per cent of the dealings reach."""
    ordered = np.sort(reaches)[::-1]
    found = float(ordered[int(np.floor(LEVEL * len(ordered)))])
    return found if np.isfinite(found) else None


def smallest_found(weights: Array, values: Array, ways: Orders) -> float:
    """The smallest true effect that is found four times in five, from how much chance gives.

    values: without the effect that was estimated. Counts an effect as found when it is outside what 95 per cent of the
    dealings give.
    """
    null = dealt(weights, values, ways)[1:]
    null = null - null.mean()
    return _SHRUNK * float(np.quantile(np.abs(null), 1 - LEVEL) + _Z80 * null.std())
