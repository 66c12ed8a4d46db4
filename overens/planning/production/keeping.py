# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which limits a plan keeps for its expected patients, but chance does not keep for most of the whole ones."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from overens.planning.production.flow import Floats, Flow, Plan
from overens.planning.production.problem import week_text
from overens.planning.production.waits import Runs
from overens.rules.findings import Finding, Where

# Where fewer are within their limit, it is said (assumed).
FEW = 0.9
# Of a patient too late in the plan, so much is none.
SMALL = 0.05


def findings(flow: Flow, plan: Plan, runs: Runs) -> Iterator[Finding]:
    """``production-plan-kept-by-few``: for each step and priority whose limit the plan keeps, where the share within
    it is below nine tenths: of those begun from the week on from which limits shall be kept, and those who are late in
    the end, in all runs. The likely cause is what the step takes of which most is used.
    """
    weeks = slice(flow.by, None)
    kept = plan.late[max(flow.by - 1, 0) :].max(0, initial=0.0) <= SMALL
    within = runs.within[:, weeks].sum((0, 1))
    everybody = runs.begun[:, weeks].sum((0, 1)) + runs.late[:, -1].sum(0)
    few = np.isfinite(flow.limit) & kept & (within < FEW * everybody)
    if not few.any() or flow.by >= flow.weeks:
        return
    used = _used(flow, runs)
    for step, kind in zip(*np.nonzero(few), strict=True):
        share, of, what = max(
            (float(shares[at]), of, names[at])
            for of, names, takes, shares in used
            for at in np.flatnonzero(takes[step])
        )
        yield Finding(
            "production-plan-kept-by-few",
            "warning",
            {
                "step": f"{flow.steps[step].service}.{flow.steps[step].step}", "priority": flow.priorities[kind],
                "percent": int(100 * within[step, kind] / everybody[step, kind]), "limit": int(flow.limit[step, kind]),
                "first": week_text(flow.monday(flow.by)), "what": what, "used": min(round(100 * share), 100), "of": of,
            },
            Where(key="begun"),
        )  # fmt: skip


def _used(flow: Flow, runs: Runs) -> tuple[tuple[str, tuple[str, ...], Floats, Floats], ...]:
    """Of hours, rooms and beds: their names, what each step takes, and the share used of what there is in all runs and
    weeks. Beds are used as a plan counts them: those that stand empty over a night and a weekend cannot be.
    """
    own = (runs.begun - runs.bought).mean(0).sum((0, 2))
    beds = own @ flow.planned_bed_days * (1 - flow.margin)
    return (
        ("production-of-hours", flow.competences, flow.minutes, _share(runs.used.mean(0).sum(0), runs.there)),
        ("production-of-rooms", flow.rooms, flow.room_minutes, _share(runs.room_used.mean(0).sum(0), runs.room_there)),
        ("production-of-beds", flow.beds, flow.bed_days, _share(beds, runs.bed_days_there)),
    )


def _share(used: Floats, there: Floats) -> Floats:
    of = there.sum(0)
    return np.asarray(np.divide(used, of, out=np.zeros(len(of)), where=of > 0))
