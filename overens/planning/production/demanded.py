# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the limits ask for, week by week, before anything is planned: hours, rooms and beds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from overens.planning.production.flow import Floats, Flow

MINUTES = 60


@dataclass(frozen=True)
class Demanded:
    """begun[W, N]: patients. hours[W, C], room_hours[W, M], bed_days[W, B]: what they take."""

    begun: Floats
    hours: Floats
    room_hours: Floats
    bed_days: Floats


def demanded(flow: Flow) -> Demanded:
    """If everybody is begun in the week in which they become ready, and so many of today's list as have no room within
    the limit are begun beside them, as many each week until the limits shall be kept. A list may be as long as what
    comes within its limit; one without a limit stays as it is. Nobody leaves, and nobody is bought from others.
    """
    weeks, steps = flow.weeks, len(flow.steps)
    excess = _excess(flow)
    until = max(flow.by, 1)
    ready = np.concatenate([flow.referred, np.zeros_like(flow.referred)])[: weeks + int(flow.after.max(initial=0))]
    begun = np.zeros_like(flow.referred)
    for week in range(weeks):
        begun[week] = _this_week(flow, ready[week] + (excess / until if week < until else 0))
        for step in range(steps):
            for to in np.flatnonzero(flow.onward[step] * (flow.after[step] > 0)):
                later = week + flow.after[step, to]
                if later < len(ready):
                    ready[later, to] += flow.onward[step, to] * begun[week, step]
    all_begun = begun.sum(2)
    return Demanded(
        all_begun,
        all_begun @ flow.planned_minutes / MINUTES,
        all_begun @ flow.room_minutes / MINUTES,
        all_begun @ flow.planned_bed_days,
    )


def _this_week(flow: Flow, ready: Floats) -> Floats:
    """[N, K] begun, with those who go on to another step in the same week: b = ready + (onward at once) b."""
    at_once = np.where(flow.after == 0, flow.onward, 0)
    return np.asarray(np.linalg.solve(np.eye(len(at_once)) - at_once.T, ready), np.float64)


def _excess(flow: Flow) -> Floats:
    """[N, K]: of today's list, what is more than those who come within the limit. Those who come are counted as they
    are on average, with all that follows of them.
    """
    came = np.asarray(np.linalg.solve(np.eye(len(flow.steps)) - flow.onward.T, flow.referred.mean(0)))
    limited = np.isfinite(flow.limit)
    room = np.where(limited, flow.limit, 0) * came
    excess: Floats = np.where(limited, np.maximum(flow.waiting.sum(2) - room, 0), 0)
    return excess
