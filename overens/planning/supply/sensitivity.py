# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which parameter to measure better: the gap with each of them at its low and its high, the others as they are
(docs/supply-uncertainty.md).

By the expectation, not by runs: chance among persons is not what a better figure would take away. A scenario for one's
own region (the rest of the country gathered) is many times quicker than one for all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from overens.planning.supply import cohort
from overens.planning.supply.assumed import parameters
from overens.planning.supply.building import build
from overens.planning.supply.drawing import TAIL, drawn, quantile
from overens.planning.supply.problem import Floats
from overens.planning.supply.projection import chosen
from overens.planning.supply.reference import Data
from overens.planning.supply.scenario import Parameter, Scenario

# Nine tenths of a normal distribution span so many standard deviations.
SPREADS = 2 * 1.6449
# Called with how many computations are done, of how many. It may raise, which ends the work.
Progress: TypeAlias = Callable[[int, int], object]


@dataclass(frozen=True)
class Row:
    """The gap in hours at each turn of a year [Y + 1] with the parameter at its low and at its high; ``ends``: that of
    the last year at both, in persons who work full time, by occupation [O]; ``share``: of the variance of that gap, if
    what parameters do simply added up (all shares sum to 1, or to 0 where nothing does anything).
    """

    parameter: Parameter
    low: Floats
    high: Floats
    ends: tuple[Floats, Floats]
    share: float


@dataclass(frozen=True)
class Sensitivity:
    """``rows``: the parameter that matters most first. ``expected``: the gap in hours [Y + 1] at the central values;
    ``full_time``: that of the last year in persons who work full time, by occupation [O]. ``linear``: the variance of
    the last year's gap (hours²) that the rows come to; ``drawn``: that of runs in which all are drawn together, from
    which it differs by what does not add up, and by there being few runs; NaN without runs. ``together``: the last
    year's gap of each of those runs in persons who work full time [N, O].
    """

    rows: tuple[Row, ...]
    expected: Floats
    full_time: Floats
    linear: float
    drawn: float
    together: Floats


def sensitivity(
    scenario: Scenario,
    data: Data,
    *,
    occupations: Sequence[int] | None = None,
    regions: Sequence[int] | None = None,
    runs: int = 30,
    seed: int | None = None,
    progress: Progress | None = None,
) -> Sensitivity:
    """Of the gap of these occupations and regions of the problem together, by index; None: all.

    runs: with all parameters drawn, at least two, or none. Raises ValueError where a parameter's interval is none.
    """
    uncertain = [each for each in parameters(scenario, data) if quantile(each, TAIL) != quantile(each, 1 - TAIL)]
    total, done = 1 + 2 * len(uncertain) + runs, 0

    def computed(values: dict[str, float]) -> tuple[Floats, Floats]:
        """The gap in hours at each turn of a year, and that of the last in persons who work full time [O]."""
        nonlocal done
        problem = build(scenario, data, values)
        missing = (problem.need - cohort.expected(problem).hours)[:: problem.steps]
        full_time = np.array([each.full_time for each in problem.occupations])[:, None]
        done += 1
        if progress:
            progress(done, total)
        last = missing[-1] / full_time
        return chosen(missing, occupations, regions), (last if regions is None else last[:, list(regions)]).sum(-1)

    expected, full_time = computed({})
    ends = [
        (each, computed({each.id: quantile(each, TAIL)}), computed({each.id: quantile(each, 1 - TAIL)}))
        for each in uncertain
    ]
    variances = [float(((high[0][-1] - low[0][-1]) / SPREADS) ** 2) for _, low, high in ends]
    linear = sum(variances)
    rows = [
        Row(each, low[0], high[0], (low[1], high[1]), variance / linear if linear else 0.0)
        for (each, low, high), variance in zip(ends, variances, strict=True)
    ]
    seed = scenario.seed if seed is None else seed
    together = [computed(drawn(uncertain, seed, run)) for run in range(runs)]
    return Sensitivity(
        rows=tuple(sorted(rows, key=lambda row: (-row.share, row.parameter.id))),
        expected=expected,
        full_time=full_time,
        linear=linear,
        drawn=float(np.var([hours[-1] for hours, _persons in together], ddof=1)) if runs > 1 else float("nan"),
        together=np.array([persons for _hours, persons in together]).reshape(runs, -1),
    )
