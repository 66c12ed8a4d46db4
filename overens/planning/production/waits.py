# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a simulation measures: who came, who began and after how long, who still waits, and what was used.

Axes as in :mod:`overens.planning.production.flow`: ``W`` week, ``N`` step, ``K`` priority, ``L`` whole weeks waited
(the last one: so many or more), and before them ``R`` run where many runs are kept.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from overens.planning.production.flow import Floats

Counted: TypeAlias = NDArray[np.int32]
# What an interval leaves out below and above, in per cent.
LOW, MIDDLE, HIGH = 5, 50, 95


@dataclass(frozen=True)
class Waits:
    """One run: patients, whole ones. In a week, [W, N, K]: referred from outside, joined (became ready for the step,
    the referred among them), begun (the bought among them), bought, left the list, and begun within the limit.
    waited[W, N, K, L]: the begun by how long they had waited; days[W, N, K]: the sum of the days they had.
    waiting[W + 1, N, K, L] and late[W + 1, N, K]: who waits at the beginning of each week and at the end, and of them
    who has waited longer than the limit. done[W]: those who had their last step.
    used[W, C] and room_used[W, M]: hours; bed_days_used[W, B]; there, room_there, bed_days_there: of so many.
    under_way: those who at the end have had a step and are not yet ready for the next.
    """

    referred: Counted
    joined: Counted
    begun: Counted
    bought: Counted
    left: Counted
    within: Counted
    waited: Counted
    days: Floats
    waiting: Counted
    late: Counted
    done: Counted
    used: Floats
    there: Floats
    room_used: Floats
    room_there: Floats
    bed_days_used: Floats
    bed_days_there: Floats
    under_way: int


@dataclass(frozen=True)
class Runs:
    """Many runs: of each what :class:`Waits` has by week, with the run as the first axis, [R, W, N, K] and so on;
    on_list[R, W + 1, N, K]: all who wait. Of all runs together the means waited[W, N, K, L] and
    waiting[W + 1, N, K, L].
    """

    referred: Counted
    joined: Counted
    begun: Counted
    bought: Counted
    left: Counted
    within: Counted
    days: Floats
    late: Counted
    on_list: Counted
    done: Counted
    used: Floats
    room_used: Floats
    bed_days_used: Floats
    there: Floats
    room_there: Floats
    bed_days_there: Floats
    waited: Floats
    waiting: Floats


@dataclass(frozen=True)
class Band:
    """Where nine tenths of the runs lie, and the middle one: each of the shape of one run."""

    low: Floats
    middle: Floats
    high: Floats


def band(by_run: NDArray[Any]) -> Band:
    """The 5, 50 and 95 % of the runs (axis 0), straight between neighbours. A sum or a share is to be made within each
    run first. Runs that have none (nan: nobody began) are left out. Raises ValueError when there are no runs.
    """
    if not len(by_run):
        raise ValueError("no runs")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # nan where no run has any, which is what is said
        low, middle, high = np.nanpercentile(by_run, (LOW, MIDDLE, HIGH), axis=0)
    return Band(low, middle, high)


def share(part: NDArray[Any], whole: NDArray[Any]) -> Floats:
    """Of the begun those within the limit, or the like; nan where there are none."""
    shares: Floats = np.divide(part, whole, out=np.full(np.shape(whole), np.nan), where=whole > 0)
    return shares


def weeks_waited(by_weeks: NDArray[Any], portion: float) -> Floats:
    """Within how many whole weeks this portion of those counted have waited: [..., L] as [...]; nan where none are."""
    upto, everybody = by_weeks.cumsum(-1), by_weeks.sum(-1)
    return np.where(everybody > 0, (upto >= portion * everybody[..., None]).argmax(-1).astype(float), np.nan)
