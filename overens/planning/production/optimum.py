# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The plan that costs the least and keeps all limits from a week on; what is missing for there to be one; and the
earliest week from which they can be kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from overens.planning.production.earning import Pays
from overens.planning.production.flow import Floats, Flow, Missing, Plan
from overens.planning.production.formulation import formulate, late_price, passed_on, rounding
from overens.planning.program import solve as solve_program

# Patients too late that are none.
NONE = 1e-4


def solve(
    flow: Flow,
    seconds: float = 60,
    seed: int = 0,
    progress: Callable[[int, int], object] | None = None,
    stop: Callable[[], bool] | None = None,
    pays: Sequence[Pays] = (),
) -> Plan:
    """The best plan found within ``seconds``, and the bound that no plan passes. Where none keeps all limits, that in
    which patients are late for the fewest weeks.

    progress, stop and what is raised: as of :func:`overens.planning.program.solve`.
    """
    program, columns, rows = formulate(flow, pays)
    found = solve_program(program, seconds, seed, progress, stop, rounding(flow, program, columns))
    at = found.values
    return Plan(
        begun=_positive(at[columns.own] + at[columns.bought]),
        bought=_positive(at[columns.bought]),
        ordinary=_positive(at[columns.ordinary]),
        overtime=_positive(at[columns.overtime]),
        hired=_positive(at[columns.hired]),
        opened=_positive(at[columns.opened].round()),
        late=_late(flow, at[columns.waiting], at[columns.own] + at[columns.bought]),
        earned=float(at[columns.earned].sum()),
        objective=found.objective,
        lower_bound=found.lower_bound,
        late_price=late_price(flow),
        worth=_positive(-found.reduced[columns.ordinary]),
        room_worth=_positive(-found.prices[rows.rooms]).max(2, initial=0.0),
        bed_worth=_positive(-found.prices[rows.beds]),
        stopped_early=found.stopped_early,
    )


def missing(flow: Flow, seconds: float = 60, seed: int = 0, pays: Sequence[Pays] = ()) -> Missing:
    program, columns, _ = formulate(flow, pays, missing=True)
    at = solve_program(program, seconds, seed).values
    return Missing(
        hours=_positive(at[columns.hours]),
        room_hours=_positive(at[columns.room_hours]),
        bed_days=_positive(at[columns.bed_days]),
        late=_positive(at[columns.late]),
    )


def earliest(flow: Flow, seconds: float = 60, seed: int = 0) -> int | None:
    """With what there is, the first week (0 … W) from whose beginning all limits can be kept; None: not by the end.

    seconds: of each of the questions, which halve what is left of the weeks.
    """
    first, last = 0, flow.weeks + 1
    while first < last:
        middle = (first + last) // 2
        if middle > flow.weeks or _can(replace(flow, by=middle), seconds, seed):
            last = middle
        else:
            first = middle + 1
    return first if first <= flow.weeks else None


def _can(flow: Flow, seconds: float, seed: int) -> bool:
    program, columns, _ = formulate(flow)
    counted = np.zeros(program.width)
    counted[columns.late[max(flow.by - 1, 0) :]] = 1.0
    program.cost = [counted]
    return solve_program(program, seconds, seed).objective < NONE


def _late(flow: Flow, waiting: Floats, begun: Floats) -> Floats:
    """In all weeks, those too before there is a limit to keep."""
    joined = flow.referred.copy()
    for source, target, share, after in passed_on(flow):
        joined[after:, target] += share * begun[: max(flow.weeks - after, 0), source]
    # By the week they joined: those at the start, who have waited longest, first.
    longest = flow.waiting.shape[2]
    came = np.concatenate([np.moveaxis(flow.waiting[:, :, ::-1], 2, 0).astype(float), joined])
    through = np.concatenate([np.zeros((1, *came.shape[1:])), came.cumsum(0)])
    late = np.zeros_like(waiting)
    for step, kind in zip(*np.nonzero(np.isfinite(flow.limit)), strict=True):
        week = longest + np.arange(flow.weeks) + 1
        first = np.maximum(week - int(flow.limit[step, kind]), 0)
        recent = through[week, step, kind] - through[first, step, kind]
        late[:, step, kind] = _positive(waiting[:, step, kind] - recent)
    return late


def _positive(values: ArrayLike) -> Floats:
    """What rounding has left below nought is nought."""
    return np.asarray(np.maximum(values, 0.0), float)
