# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Held against years that the projection did not know: how often its intervals hold what came.

With real tables of several years it starts from an earlier one and is held against the later. With made-up data the
history is drawn from the model itself, with values of the parameters that the projection does not know: that tests the
machinery, not the assumptions (docs/supply-uncertainty.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from overens.planning.supply.building import gathering
from overens.planning.supply.engines import Progress, by_run, problem_of
from overens.planning.supply.problem import Floats
from overens.planning.supply.projection import band
from overens.planning.supply.reference import Data
from overens.planning.supply.scenario import Scenario

# How many intervals are drawn to see what so many runs hold.
TRIALS = 2_000


def meant(runs: int) -> float:
    """What share of what comes an interval of so many runs holds on average, if what comes is drawn as they are: 0.9
    of many runs, less of few, since the outermost runs lie inside what is possible. Of a normal distribution, by
    simulation with a fixed seed, to a hundredth.
    """
    found = band(np.random.default_rng(0).normal(size=(runs, TRIALS)))
    return float(np.mean(stats.norm.cdf(found.high) - stats.norm.cdf(found.low)))


@dataclass(frozen=True)
class Horizon:
    """How a projection did some years ahead. ``cells``: occupation × region with a count (× history, where there are
    several); ``inside``: how many of them lay in the interval; ``low``–``high``: 90 % interval of that share if cells
    were independent, which they are not (one parameter moves many): the true one is wider. ``bias``: how much too high
    (above 0) the middle was, as a share of all who were counted.
    """

    years: int
    cells: int
    inside: int
    low: float
    high: float
    bias: float

    @property
    def share(self) -> float:
        return self.inside / self.cells if self.cells else float("nan")


@dataclass(frozen=True)
class Backtest:
    """``horizons``: 1, 2, … years ahead, then ``all_years`` together. ``machinery``: the history was made up."""

    horizons: tuple[Horizon, ...]
    all_years: Horizon
    machinery: bool


def coverage(projected: NDArray[Any], observed: NDArray[Any], machinery: bool = False) -> Backtest:
    """projected[N, Y + 1, O, R]: the runs; observed[M, Y + 1, O, R]: one history or several, NaN where nobody counted.

    The first year is what both start from, and is not tested. Raises ValueError where there is nothing to test.
    """
    interval = band(projected[:, 1:])
    seen = np.asarray(observed, dtype=float)[:, 1:]
    if not (seen == seen).any():
        raise ValueError("no later year has been counted")
    known = seen == seen
    inside = (seen >= interval.low) & (seen <= interval.high)
    over = np.where(known, interval.middle - seen, 0.0)
    counted = np.where(known, seen, 0.0)

    def horizon(years: int, at: slice) -> Horizon:
        cells, within = int(known[:, at].sum()), int(inside[:, at].sum())
        low, high = stats.binomtest(within, cells).proportion_ci(0.9) if cells else (np.nan, np.nan)
        total = counted[:, at].sum()
        return Horizon(
            years, cells, within, float(low), float(high), float(over[:, at].sum() / total) if total else 0.0
        )

    ahead = seen.shape[1]
    each = tuple(horizon(years, slice(years - 1, years)) for years in range(1, ahead + 1))
    return Backtest(each, horizon(ahead, slice(None)), machinery)


def of_itself(
    scenario: Scenario,
    data: Data,
    working: NDArray[Any],
    *,
    histories: int = 10,
    seed: int | None = None,
    workers: int = 1,
    progress: Progress | None = None,
) -> Backtest:
    """Against histories that the model makes with other draws: a test of the machinery.

    working[N, Y + 1, O, R]: persons at work in the runs of the same scenario and data with this seed.
    """
    seed = scenario.seed if seed is None else seed
    other = (seed + 1) % 2**63
    truth = by_run(partial(problem_of, scenario, data, other), histories, other, workers=workers, progress=progress)
    return coverage(working, truth.working, machinery=True)


def counted(scenario: Scenario, first: Data, later: Mapping[int, Data], working: Floats) -> Floats:
    """What was counted, [1, Y + 1, O, R], to be held against persons at work of a scenario that starts from ``first``.

    later: tables by year. A table counts the employed, a projection those at work: so what is compared is how the count
    has grown, from those at work at the start, ``working``[O, R]. Made-up cells are not counted.
    """
    gather = gathering(scenario, first)
    observed = np.full((1, scenario.years + 1, *working.shape), np.nan)
    observed[0, 0] = working
    start = first.counts.sum((2, 3)) @ gather
    for year, data in later.items():
        if 0 < year - scenario.first_year <= scenario.years:
            real = ~((data.synthetic | first.synthetic) @ gather).astype(bool) & (start > 0)
            grown = np.divide(data.counts.sum((2, 3)) @ gather, start, out=np.ones_like(start), where=start > 0)
            observed[0, year - scenario.first_year] = np.where(real, working * grown, np.nan)
    return observed
