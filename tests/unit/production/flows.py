# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Small flows and queues that simulations are tried on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from overens.planning.chance import key
from overens.planning.production.flow import Flow, Plan, StepOf
from overens.planning.production.network import NEED, NEXT, STEP, Network


def stream(seed: int) -> np.uint64:
    return np.uint64(key(np.uint64(0), seed))


def flow(weeks: int = 1, steps: int = 1, priorities: int = 1, **given: Any) -> Flow:
    """One competence, one kind of room opened in sessions of an hour and one of bed; nothing needs anything unless it
    is given.
    """
    w, n, k = weeks, steps, priorities
    zero = np.zeros
    default = {
        "referred": zero((w, n, k)), "waiting": zero((n, k, 1), int), "limit": np.full((n, k), np.inf),
        "minutes": zero((n, 1)), "room_minutes": zero((n, 1)), "bed_days": zero((n, 1)), "onward": zero((n, n)),
        "after": zero((n, n), int), "leaving": zero(n), "hours": zero((w, 1)), "overtime": zero((w, 1)),
        "hired": zero((w, 1)), "room_hours": zero((w, 1)), "session": np.ones(1), "bed_days_there": zero((w, 1)),
        "bought": zero((w, n)), "cost": zero(1), "overtime_cost": zero(1), "hired_cost": zero(1), "price": zero(n),
    }  # fmt: skip
    return Flow(
        first=date(2027, 1, 4),
        steps=tuple(StepOf("s", str(each), each, "visit") for each in range(n)),
        priorities=tuple(map(str, range(k))),
        competences=("c",),
        rooms=("m",),
        beds=("b",),
        by=w,
        **default | given,
    )


def plan(of: Flow, **given: Any) -> Plan:
    """Nothing begun, nothing beyond the ordinary hours."""
    shape = of.weeks, len(of.steps), len(of.priorities)
    hours = np.zeros((of.weeks, 1))
    default: dict[str, Any] = {
        **dict.fromkeys(("begun", "bought", "late"), np.zeros(shape)),
        **dict.fromkeys(("ordinary", "overtime", "hired", "worth", "room_worth", "bed_worth"), hours),
        "opened": np.zeros((of.weeks, 1, 1)),
        **dict.fromkeys(("earned", "objective", "lower_bound", "late_price"), 0.0),
    }
    return Plan(**default | given)


def bare(
    rates: Sequence[float],
    servers: Sequence[int],
    hold: float = 1.0,
    *,
    drawn: bool = True,
    weeks: int = 100,
    week: float = 1000.0,
    leaving: float = 0.0,
) -> Network:
    """Steps one after the other, each with servers of its own that serve for an exponential time (or the same for all)
    of mean ``hold``; patients of each priority come to the first at these rates.
    """
    n, k = len(servers), len(rates)
    rate = np.zeros((weeks, n * k))
    rate[:, :k] = rates
    supply = np.zeros((weeks, n))
    supply[0] = servers
    nothing = np.zeros((weeks, n * k))
    last = n - 1
    return Network(
        period=week,
        per_week=1,
        working=1,
        rate=rate,
        start=np.zeros((n * k, 1), np.int64),
        limit=np.full(n * k, np.inf),
        steps=np.array([(i, i, i + 1, drawn, i, min(i + 1, last), leaving) for i in range(n)], STEP),
        needs=np.array([(i, 1.0, hold) for i in range(n)], NEED),
        nexts=np.array([(i + 1, 1.0, 0.0) for i in range(last)], NEXT),
        supply=supply,
        lasts=np.ones(n, bool),
        planned=nothing,
        bought=nothing,
    )
