# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which differences the estimate is made of: Callaway and Sant'Anna's, of those that have not begun yet.

The estimate of a group that began in year g, in year t, is its change since g−1 less the same change of the units that
had not begun by t (Callaway and Sant'Anna 2021, "Difference-in-differences with multiple time periods", without
covariates). So each estimate is a sum of the values times weights that only the starting years decide, and what a
permutation of the starting years would have given is the same weights on the values of other units. The library
estimates; these weights are held against it (overens/rules/effects/estimating.py).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from overens.rules.effects.panel import Panel

Array = npt.NDArray[np.float64]


def values_of(panel: Panel) -> Array:
    """Units by years."""
    return np.array(panel.values, dtype=float).reshape(len(panel.units), len(panel.years))


def weights(panel: Panel, first: int, last: int | None = None) -> Array | None:
    """Weights of the average over the regions and the years that are ``first`` to ``last`` years after the start
    (negative: before it; last left out: all that follow). None where there is nothing to compare with.
    """
    place = {year: at for at, year in enumerate(panel.years)}
    total, found = 0, np.zeros((len(panel.units), len(panel.years)))
    for start in panel.cohorts:
        own = np.array([each == start for each in panel.starts], dtype=bool)
        size, base = int(own.sum()), place.get(start - 1)
        for year in panel.years:
            others = _compared(panel, start, year)
            after = year - start
            if base is None or after < first or (last is not None and after > last) or not others.any():
                continue
            total += size
            for units, sign in ((own, 1.0), (others, -size / others.sum())):
                found[units, place[year]] += sign
                found[units, base] -= sign
    return found / total if total else None


def overall(panel: Panel) -> Array | None:
    """Weights of the average over all regions and years with the measure."""
    return weights(panel, 0)


def afters(panel: Panel) -> tuple[int, ...]:
    """Years after the start for which there is an estimate; −1 is what the others are compared with."""
    possible = sorted({year - start for start in panel.cohorts for year in panel.years})
    return tuple(after for after in possible if after != -1 and weights(panel, after, after) is not None)


def rests_on(panel: Panel, after: int) -> int:
    """How many units with the measure an estimate is of."""
    return sum(
        len(units)
        for start, units in panel.cohorts.items()
        if {start - 1, start + after} <= set(panel.years) and _compared(panel, start, start + after).any()
    )


def with_measure(panel: Panel, first: int = 0, last: int | None = None) -> Array:
    """1 where a unit is ``first`` to ``last`` years after its start; else 0. Units by years."""
    return np.array(
        [
            [float(start is not None and first <= year - start and (last is None or year - start <= last))
             for year in panel.years]
            for start in panel.starts
        ]
    ).reshape(len(panel.units), len(panel.years))  # fmt: skip


def without_effect(panel: Panel) -> Array:
    """The values less what was estimated for each year after the start: what chance is read from."""
    values = values_of(panel)
    found = values.copy()
    for after in afters(panel):
        if after >= 0 and (each := weights(panel, after, after)) is not None:
            found -= (each * values).sum() * with_measure(panel, after, after)
    return found


def _compared(panel: Panel, start: int, year: int) -> npt.NDArray[np.bool_]:
    """The units that the group of a start is compared with in a year: not begun by then, nor the group's own."""
    until = max(year, start)
    return np.array([each is None or each > until for each in panel.starts], dtype=bool)
