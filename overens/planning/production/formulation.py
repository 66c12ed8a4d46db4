# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A production problem as a linear or whole-number program. Its equations: docs/production-plan.md."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from overens.planning.production.earning import Pays
from overens.planning.production.flow import Floats, Flow, Whole
from overens.planning.program import Program, Rounding

# Kronor that a week of waiting counts as, and a week too late before all limits are to be kept: of plans that cost the
# same, that with the shortest lists is taken, and in which those who are late go first. Assumed, as are those below.
WAITING = 1.0
OVERDUE = 10.0
# How many times what the dearest step costs a week too late counts as.
LATE = 2.0
# How many times the dearest hour an hour counts as that there is not.
MISSING = 2.0
# And how many kronor one counts as that is left unearned, when it is asked what it would take to earn it.
UNEARNED = 10.0
# Sessions are made whole for so large a part of the weeks at a time.
PARTS = 4


@dataclass(frozen=True)
class Columns:
    """own and bought[W, N, K] are begun; ordinary, overtime and hired[W, C] hours; opened[W, M, S] sessions;
    waiting[W, N, K] at the end of the week; late[W, N, K] and grown[N, K] are counted as too late; earned[G] by grant,
    and whether its base is reached[G]. hours, room_hours[W, M] and bed_days[W, B]: what there is not, where the program
    may use it.
    """

    own: Whole
    bought: Whole
    ordinary: Whole
    overtime: Whole
    hired: Whole
    opened: Whole
    waiting: Whole
    late: Whole
    grown: Whole
    earned: Whole
    reached: Whole
    hours: Whole
    room_hours: Whole
    bed_days: Whole


@dataclass(frozen=True)
class Rows:
    """rooms[W, M, S] and beds[W, B]: what is used is no more than there is."""

    rooms: Whole
    beds: Whole


def weights(flow: Flow) -> Floats:
    """How many times a patient of each priority counts, waiting or late: the last once, the one before it twice."""
    return np.arange(len(flow.priorities), 0, -1).astype(float)


def dearest(flow: Flow) -> Floats:
    """Kronor of the dearest hour of each competence that there may be."""
    others = np.maximum(flow.overtime_cost * flow.overtime.any(0), flow.hired_cost * flow.hired.any(0))
    return np.maximum(flow.cost, others)


def left_to_do(flow: Flow) -> Floats:
    """[N]: kronor that a patient who waits for a step has yet to cost, there and in all that comes of it: at the price
    of ordinary hours, or, where that is less and it may be bought, of others.
    """
    own = flow.planned_minutes / 60 @ flow.cost
    each = np.where(flow.bought.any(0) & ((own <= 0) | (flow.price < own)), flow.price, own)
    return np.asarray(np.linalg.solve(np.eye(len(each)) - flow.onward, each))


def late_price(flow: Flow) -> float:
    """What a patient a week too late counts as, in kronor: so much that no one is late to save money."""
    of_steps = [*(flow.planned_minutes / 60 @ dearest(flow)), *(flow.price * flow.bought.any(0)), 1.0]
    return LATE * float(max(of_steps))


def formulate(flow: Flow, pays: Sequence[Pays] = (), missing: bool = False) -> tuple[Program, Columns, Rows]:
    """missing: with what there is not, at a price above all that there is."""
    program = Program()
    columns = _columns(program, flow, pays, missing)
    begun = (columns.own, columns.bought)
    _lists(program, flow, begun, columns)
    _limits(program, flow, begun, columns)
    _hours(program, flow, columns)
    _grants(program, flow, pays, begun, columns)
    return program, columns, Rows(rooms=_rooms(program, flow, columns), beds=_beds(program, flow, columns))


def _columns(program: Program, flow: Flow, pays: Sequence[Pays], missing: bool) -> Columns:
    weeks, steps, kinds = flow.referred.shape
    competences, rooms, beds = len(flow.competences), len(flow.rooms), len(flow.beds)
    weight, price = weights(flow), late_price(flow)
    counted = np.arange(weeks) >= flow.by - 1
    most = np.inf if missing else 0.0
    # Work is no cheaper for being left to those who come after the last week.
    left = left_to_do(flow)
    at_end = np.where(np.arange(weeks)[:, None, None] == weeks - 1, left[:, None], 0.0)
    sent_past = np.zeros((weeks, steps, 1))
    for source, target, share, after in passed_on(flow):
        sent_past[max(weeks - after, 0) :, source] += share * left[target]
    hour = MISSING * max(dearest(flow).max(initial=0.0), 1.0)
    return Columns(
        own=program.columns(weeks, steps, kinds, cost=sent_past),
        bought=program.columns(
            weeks, steps, kinds, cost=sent_past + flow.price[:, None], upper=flow.bought[:, :, None]
        ),
        ordinary=program.columns(weeks, competences, cost=flow.cost, upper=flow.hours),
        overtime=program.columns(weeks, competences, cost=flow.overtime_cost, upper=flow.overtime),
        hired=program.columns(weeks, competences, cost=flow.hired_cost, upper=flow.hired),
        opened=program.columns(
            weeks, rooms, services(flow), upper=np.where(_uses(flow), _most_sessions(flow)[:, :, None] + most, 0.0),
            whole=(flow.session[:, None] > 0) & (not missing),
        ),
        waiting=program.columns(weeks, steps, kinds, cost=WAITING * weight + at_end),
        late=program.columns(weeks, steps, kinds, cost=weight * np.where(counted, price, OVERDUE)[:, None, None]),
        grown=program.columns(steps, kinds, cost=price * weight),
        earned=program.columns(len(pays), cost=-(UNEARNED if missing else 1.0), upper=[each.most for each in pays]),
        reached=program.columns(len(pays), lower=[float(each.base <= 0) for each in pays], upper=1, whole=True),
        hours=program.columns(weeks, competences, cost=MISSING * np.maximum(dearest(flow), 1.0), upper=most),
        room_hours=program.columns(weeks, rooms, cost=hour, upper=most),
        bed_days=program.columns(weeks, beds, cost=hour, upper=most),
    )  # fmt: skip


def services(flow: Flow) -> int:
    return max(each.number for each in flow.steps) + 1


def _of_service(flow: Flow) -> Floats:
    """[S, N]: 1 where the step is the service's."""
    numbers = np.array([each.number for each in flow.steps])
    return np.asarray(np.arange(services(flow))[:, None] == numbers, float)


def _uses(flow: Flow) -> NDArray[np.bool_]:
    """[M, S]: where a service uses a kind of room that is opened for whole sessions."""
    return ((flow.room_minutes.T @ _of_service(flow).T) > 0) & (flow.session[:, None] > 0)


def _most_sessions(flow: Flow) -> Floats:
    """[W, M]: so many whole sessions there is room for."""
    lengths = np.where(flow.session > 0, flow.session, 1.0)
    return np.asarray(np.floor(flow.room_hours / lengths + 1e-9) * (flow.session > 0))


def rounding(flow: Flow, program: Program, columns: Columns) -> Rounding:
    """A quarter of the weeks at a time: each service its whole sessions, then those that are over to whom the largest
    parts are wanting; and last whether the base of each grant is reached.
    """
    most, uses = _most_sessions(flow), _uses(flow)
    upper = np.concatenate(program.upper)

    def rounded(values: Floats, part: Whole) -> Floats:
        whole = np.round(values[part])
        at = np.isin(part, columns.opened)
        if at.any():
            weeks = np.flatnonzero(np.isin(columns.opened, part).any((1, 2)))
            whole[at] = _shared_out(values[columns.opened[weeks]], most[weeks], uses)[
                np.isin(columns.opened[weeks], part)
            ]
        return np.minimum(whole, upper[part])

    quarters = [each.ravel() for each in np.array_split(columns.opened, PARTS) if each.size]
    return Rounding([*quarters, columns.reached] if len(columns.reached) else quarters, rounded)


def _shared_out(values: Floats, most: Floats, uses: NDArray[np.bool_]) -> Floats:
    """values[W, M, S], whole and no more than most[W, M] together."""
    whole = np.floor(values + 1e-6)
    wanting = np.where(uses, values - whole, -1.0)
    # How many of the services of a room want a larger part, in each week.
    rank = (-wanting).argsort(2, kind="stable").argsort(2, kind="stable")
    return np.asarray(whole + ((rank < (most - whole.sum(2))[:, :, None]) & uses))


def passed_on(flow: Flow) -> Iterator[tuple[int, int, float, int]]:
    """From which step to which, for what share, and after how many weeks."""
    for source, target in zip(*np.nonzero(flow.onward), strict=True):
        yield int(source), int(target), float(flow.onward[source, target]), int(flow.after[source, target])


def _lists(program: Program, flow: Flow, begun: tuple[Whole, Whole], columns: Columns) -> None:
    """Who waits at the end of a week: who waited before it, and joined in it, less who is begun. And, as the last
    weeks would otherwise stop working: over all weeks as many are begun as have joined before the last one.
    """
    joined = flow.referred.copy()
    joined[0] += flow.waiting.sum(2)
    rows = program.rows(*joined.shape, lower=joined, upper=joined)
    program.enter(rows, columns.waiting)
    program.enter(rows[1:], columns.waiting[:-1], -1.0)
    before_last = flow.referred[:-1].sum(0)
    end = program.rows(*before_last.shape, lower=before_last)
    program.enter(end, columns.grown)
    for each in begun:
        program.enter(rows, each)
        program.enter(end, each)
        for source, target, share, after in passed_on(flow):
            program.enter(rows[after:, target], each[: len(each) - after, source], -share)
            program.enter(end[target], each[: max(len(each) - after - 1, 0), source], -share)


def _limits(program: Program, flow: Flow, begun: tuple[Whole, Whole], columns: Columns) -> None:
    """Too late are, the first who came being the first to be begun, those who wait and have not joined within the last
    weeks of the limit.
    """
    weeks, longest = flow.weeks, flow.waiting.shape[2]
    sums = np.concatenate([np.zeros((1, *flow.referred.shape[1:])), flow.referred.cumsum(0)])
    for step, kind in zip(*np.nonzero(np.isfinite(flow.limit)), strict=True):
        limit = int(flow.limit[step, kind])
        # Before the others nobody can have waited too long.
        which = np.arange(max(limit - longest, 0), weeks)
        first = np.maximum(which - limit + 1, 0)
        recent = sums[which + 1, step, kind] - sums[first, step, kind]
        recent += [flow.waiting[step, kind, : max(limit - week - 1, 0)].sum() for week in which]
        rows = program.rows(len(which), lower=-recent)
        program.enter(rows, columns.late[which, step, kind])
        program.enter(rows, columns.waiting[which, step, kind], -1.0)
        for source, target, share, after in passed_on(flow):
            for back in range(limit if target == step else 0):
                of = which - back - after
                for each in begun:
                    program.enter(rows[of >= 0], each[of[of >= 0], source, kind], share)


def _hours(program: Program, flow: Flow, columns: Columns) -> None:
    rows = program.rows(*flow.hours.shape, upper=0.0)
    hours = flow.planned_minutes / 60
    for step, competence in zip(*np.nonzero(hours), strict=True):
        program.enter(rows[:, competence, None], columns.own[:, step], hours[step, competence])
    for each in (columns.ordinary, columns.overtime, columns.hired, columns.hours):
        program.enter(rows, each, -1.0)
    bought = program.rows(*flow.bought.shape, upper=flow.bought)
    program.enter(bought[:, :, None], columns.bought)


def _rooms(program: Program, flow: Flow, columns: Columns) -> Whole:
    """A session is one service's. Rows [W, M, S]; of rooms that are opened by the minute only the first of S."""
    weeks, kinds = flow.room_hours.shape
    by_session = flow.session > 0
    there = np.zeros((weeks, kinds, services(flow)))
    there[:, ~by_session, 0] = flow.room_hours[:, ~by_session]
    rows = program.rows(*there.shape, upper=there)
    hours = flow.planned_room_minutes / 60
    for step, room in zip(*np.nonzero(hours), strict=True):
        of = rows[:, room, flow.steps[step].number if by_session[room] else 0]
        program.enter(of[:, None], columns.own[:, step], hours[step, room])
    program.enter(rows, columns.opened, -flow.session[:, None])
    program.enter(rows[:, ~by_session, 0], columns.room_hours[:, ~by_session], -1.0)
    most = program.rows(weeks, kinds, upper=_most_sessions(flow))
    program.enter(most[:, :, None], columns.opened)
    lengths = np.where(by_session, flow.session, 1.0)
    program.enter(most, columns.room_hours, -1.0 / lengths)
    return rows


def _beds(program: Program, flow: Flow, columns: Columns) -> Whole:
    rows = program.rows(*flow.bed_days_there.shape, upper=flow.bed_days_there)
    days = flow.planned_bed_days
    for step, bed in zip(*np.nonzero(days), strict=True):
        program.enter(rows[:, bed, None], columns.own[:, step], days[step, bed])
    program.enter(rows, columns.bed_days, -1.0)
    return rows


def _grants(program: Program, flow: Flow, pays: Sequence[Pays], begun: tuple[Whole, Whole], columns: Columns) -> None:
    """A grant pays for what is begun above a base, or, below it, nothing: which of the two is a whole number."""
    total = flow.referred.sum(0) + flow.waiting.sum(2)
    possible = np.linalg.solve(np.eye(len(flow.steps)) - flow.onward.T, total).sum(1)
    for grant, earned, reached in zip(pays, columns.earned, columns.reached, strict=True):
        steps = np.flatnonzero(grant.steps)
        most = min(grant.most, grant.price * float(possible[steps].sum()))
        above, at_all = program.rows(1, upper=0.0), program.rows(1, upper=0.0)
        program.enter(at_all, earned)
        program.enter(at_all, reached, -most)
        program.enter(above, earned)
        # price · (begun - base), or without its base where nothing is earned.
        program.enter(above, reached, grant.price * max(grant.base, 0.0))
        for each in begun:
            program.enter(above, each[grant.first : grant.last + 1, steps], -float(grant.price))
