# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A plan beside what came of it, the difference put down to its causes; and the problem that is left from today.

How the causes are told apart: docs/production-plan.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import permutations

import numpy as np

from overens.planning.production.earning import Pays
from overens.planning.production.flow import Floats, Flow, Plan, Whole
from overens.planning.production.tables import Outcome

# In what they are told; ``other`` is what none of them explains: order, rooms, those who left the list.
CAUSES = ("referrals", "hours", "minutes", "other")


@dataclass(frozen=True)
class Deviation:
    """Of the weeks that have passed (P): planned and happened, begun and waiting[P, N, K], and of the difference
    (happened less planned) each cause's part, begun_by and waiting_by[cause, P, N, K]. The parts add up to it.
    """

    planned_begun: Floats
    planned_waiting: Floats
    begun: Floats
    waiting: Floats
    begun_by: Floats
    waiting_by: Floats


def compare(flow: Flow, plan: Plan, outcome: Outcome) -> Deviation:
    """Without a table of hours worked all but the referrals is ``other``. Each cause's part is its mean over all orders
    in which the causes may set in (Shapley).
    """
    weeks = len(outcome.begun)
    before = _course(flow, plan, outcome, frozenset(), weeks)
    begun_by = np.zeros((len(CAUSES), *outcome.begun.shape))
    waiting_by = np.zeros_like(begun_by)
    known = {frozenset[str](): before}
    orders = list(permutations(CAUSES[:-1] if outcome.worked is not None else CAUSES[:1]))
    for order in orders:
        so_far: frozenset[str] = frozenset()
        for cause in order:
            then = so_far | {cause}
            if then not in known:
                known[then] = _course(flow, plan, outcome, then, weeks)
            at = CAUSES.index(cause)
            begun_by[at] += (known[then][0] - known[so_far][0]) / len(orders)
            waiting_by[at] += (known[then][1] - known[so_far][1]) / len(orders)
            so_far = then
    begun_by[-1] = outcome.begun - before[0] - begun_by[:-1].sum(0)
    waiting_by[-1] = outcome.waiting - before[1] - waiting_by[:-1].sum(0)
    return Deviation(*before, outcome.begun, outcome.waiting, begun_by, waiting_by)


def _course(flow: Flow, plan: Plan, outcome: Outcome, causes: frozenset[str], weeks: int) -> tuple[Floats, Floats]:
    """Begun and waiting[P, N, K], had these causes set in and the plan else been followed: each step as far as the
    scarcest of its competences goes, and as far as there are patients.
    """
    referred = outcome.referred if "referrals" in causes else flow.referred[:weeks]
    able = _able(flow, plan, outcome, causes, weeks)
    joined = np.array(referred, float)
    waiting = flow.waiting.sum(2).astype(float)
    begun, left = np.zeros_like(joined), np.zeros_like(joined)
    for week in range(weeks):
        # What comes on in the same week comes to a step after those it comes from have been begun.
        own = plan.begun[week] - plan.bought[week]
        wanted = own * able[week][:, None] + plan.bought[week]
        for step in _in_order(flow):
            there = waiting[step] + joined[week, step]
            begun[week, step] = np.minimum(wanted[step], np.maximum(there, 0.0))
            for target in np.flatnonzero(flow.onward[step]):
                if (ready := week + flow.after[step, target]) < weeks:
                    joined[ready, target] += flow.onward[step, target] * begun[week, step]
        waiting = waiting + joined[week] - begun[week]
        left[week] = waiting
    return begun, left


def _able(flow: Flow, plan: Plan, outcome: Outcome, causes: frozenset[str], weeks: int) -> Floats:
    """[P, N]: how many times what was planned the hours, and the minutes they go to, are enough for."""
    planned = (plan.ordinary + plan.overtime + plan.hired)[:weeks]
    worked = planned if outcome.worked is None else np.where(np.isnan(outcome.worked), planned, outcome.worked)
    needed = (outcome.begun - plan.bought[:weeks]).clip(0).sum(2) @ flow.planned_minutes / 60
    with np.errstate(divide="ignore", invalid="ignore"):
        hours = worked / planned if "hours" in causes else np.ones_like(planned)
        pace = needed / worked if "minutes" in causes else np.ones_like(planned)
    of_each = np.where((planned > 0) & (worked > 0), hours * pace, 1.0)
    uses = flow.minutes > 0
    return np.asarray(np.where(uses, of_each[:, None, :], np.inf).min(2, initial=np.inf)).clip(None, 1e3)


def _in_order(flow: Flow) -> Sequence[int]:
    """The steps, each after those from which one comes to it in the same week, as far as they go in no circle."""
    same_week = (flow.onward > 0) & (flow.after == 0)
    left, order = list(range(len(flow.steps))), list[int]()
    while left:
        free = next((each for each in left if not same_week[left, each].any()), left[0])
        left.remove(free)
        order.append(free)
    return order


def replan(flow: Flow, outcome: Outcome) -> Flow:
    """What is left of the problem when the weeks of the outcome have passed: the list as it is then, those on their
    way to a step, and the weeks that remain. Those who wait are the last who came.

    Raises ValueError when no week is left.
    """
    weeks = len(outcome.begun)
    if weeks >= flow.weeks:
        raise ValueError("no week is left")
    joined = np.concatenate([outcome.referred, flow.referred[weeks:]])
    for week in range(weeks):
        for source, target in zip(*np.nonzero(flow.onward), strict=True):
            if (ready := week + flow.after[source, target]) < flow.weeks:
                joined[ready, target] += flow.onward[source, target] * outcome.begun[week, source]
    by_week = {
        name: getattr(flow, name)[weeks:]
        for name in ("hours", "overtime", "hired", "room_hours", "bed_days_there", "bought")
    }
    return replace(
        flow,
        first=flow.monday(weeks),
        by=max(flow.by - weeks, 0),
        referred=joined[weeks:],
        waiting=_waiting(flow, joined[:weeks], outcome.waiting[-1]),
        **by_week,
    )


def _waiting(flow: Flow, joined: Floats, now: Floats) -> Whole:
    """Whole patients[N, K, L] by how long they have waited: as many as there are now, the latest who came. Who is not
    accounted for has waited longest.
    """
    came = np.concatenate([joined[::-1], np.moveaxis(flow.waiting, 2, 0).astype(float)])
    through = np.minimum(came.cumsum(0), now)
    through[-1] = now
    # Rounded where it is added up, so that all are there.
    whole = np.diff(through.round(), axis=0, prepend=0).astype(np.int64)
    return np.moveaxis(whole, 0, 2)


def left_of(grants: Sequence[Pays], outcome: Outcome) -> tuple[Pays, ...]:
    """The grants in what is left of the problem: what has been done has come nearer the base, or been paid."""
    weeks, found = len(outcome.begun), []
    for each in grants:
        if each.last >= weeks:
            done = float(outcome.begun[each.first : each.last + 1, each.steps].sum())
            paid = max(done - each.base, 0.0) * each.price
            found.append(
                replace(
                    each, first=max(each.first - weeks, 0), last=each.last - weeks, base=max(each.base - done, 0.0),
                    most=max(each.most - round(paid), 0),
                )
            )  # fmt: skip
    return tuple(found)
