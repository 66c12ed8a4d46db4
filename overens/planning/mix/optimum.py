# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who is to do how much of what: at least cost, or with most time freed for patients at no more than today's cost.

One aim after the other, each within what the ones before gave: least cost; of those for patients, most time, then
least cost again; at last, of all plans that are as good, the one that moves least from today.
An hour that is not needed is worth what it costs elsewhere (assumed), so that only hours used are counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import highspy
import numpy as np

from overens.planning.mix import program as programs
from overens.planning.mix.plan import Done, Moved, Plan, Staff, Undone
from overens.planning.mix.problem import Aim, Mix
from overens.planning.mix.program import Program, program
from overens.planning.mix.ways import Floats, Today, Ways, spent, today, ways
from overens.rules.findings import refuse

# By how much of itself a best value may be missed when it has become a bound.
EQUAL = 1e-9
# Hours below this are none.
NONE = 1e-6


@dataclass(frozen=True)
class Answer:
    """done[W], missing[T], used[C], of them added[C], and for_patients[C] beside: hours. kronor, and the least that
    there can be.
    """

    done: Floats
    missing: Floats
    used: Floats
    added: Floats
    for_patients: Floats
    kronor: float
    lower_bound: float
    stopped_early: bool = False


def solve(mix: Mix, seconds: float | None = None, seed: int = 0) -> Plan:
    """The plan of a problem without findings. Raises Refused (``mix-stopped-early``) when not even the least cost was
    found in the seconds; when a later aim was not reached, the plan is what the ones before gave, and says so.
    """
    given = ways(mix)
    before = today(given)
    return plan_of(mix, given, before, answer(given, before, mix.aim, seconds, seed))


def answer(given: Ways, before: Today, aim: Aim, seconds: float | None = None, seed: int = 0) -> Answer:
    of = program(given)
    highs = programs.solver(of, seed)
    if not programs.run(highs, seconds):
        refuse("mix-stopped-early", "seconds", seconds=seconds)
    found = _found(highs, given, of, programs.least(highs))
    if aim == "patients":
        _most_time(highs, given, before, found, of)
        if not programs.run(highs, seconds):
            return replace(found, stopped_early=True)
        _bound(highs, -_time(given, of), at_least=True)
        _aim(highs, of.cost)
        if not programs.run(highs, seconds):
            return replace(found, stopped_early=True)
        found = _found(highs, given, of, programs.least(highs), aim)
    _bound(highs, of.cost)
    _move_least(highs, given)
    if not programs.run(highs, seconds):
        return replace(found, stopped_early=True)
    return _found(highs, given, of, found.lower_bound, aim)


def _found(highs: highspy.Highs, given: Ways, of: Program, lower_bound: float, aim: Aim = "cost") -> Answer:
    values = np.maximum(np.array(highs.getSolution().col_value), 0)
    values[values < NONE] = 0
    own, size = len(of.cost), len(given.competences)
    added = values[programs.added(given)]
    free = values[own : own + size] if aim == "patients" else np.zeros(size)
    return Answer(
        done=values[: len(given.task)],
        missing=values[programs.missing(given)],
        used=values[programs.used(given)] + added - free,
        added=added,
        for_patients=free,
        kronor=float(of.cost @ values[:own]),
        lower_bound=lower_bound,
    )


def _aim(highs: highspy.Highs, cost: Floats) -> None:
    """Least of this instead; of what has no cost here, as little or as much as may be."""
    size = highs.getNumCol()
    prices = np.concatenate([cost, np.zeros(size - len(cost))])
    highs.changeColsCost(size, np.arange(size, dtype=np.int32), prices)


def _bound(highs: highspy.Highs, cost: Floats, at_least: bool = False) -> None:
    """What has been reached is kept."""
    values = np.array(highs.getSolution().col_value)[: len(cost)]
    reached, priced = float(cost @ values), np.flatnonzero(cost)
    slack = EQUAL * max(1.0, abs(reached))
    low, high = (reached - slack, highspy.kHighsInf) if at_least else (-highspy.kHighsInf, reached + slack)
    programs.add_row(highs, low, high, priced, cost[priced])


def _most_time(highs: highspy.Highs, given: Ways, before: Today, found: Answer, of: Program) -> None:
    """Hours of those who may be at patients are kept free for them: as many as are taken off what is not at a patient,
    while no more is missing than at least cost, and the staff cost no more than today (or than at least cost). Where
    more than today must be spent on the latter, as little more as can be.
    """
    size, gone = len(given.competences), programs.missing(given)
    free = highs.getNumCol() + np.arange(size)
    for at in range(size):
        upper = float(given.hours[at] + given.more[at]) if given.near[at] else 0.0
        programs.add_column(highs, upper, [len(given.tasks) + at], [-1.0])
    programs.add_column(highs, highspy.kHighsInf, [], [])
    programs.add_row(highs, 0, found.missing.sum() + EQUAL, gone, np.ones(len(gone)))
    staff = np.concatenate([programs.used(given), programs.added(given)])
    there = of.cost[staff] @ np.concatenate([found.used - found.added, found.added])
    within = max(before.cost, float(there)) * (1 + EQUAL)
    programs.add_row(highs, 0, within, staff, of.cost[staff])
    own = given.factor * (~given.at_patient[given.task] & given.near[given.by])
    over = given.supervision * ((given.supervisor >= 0) & given.near[given.supervisor])
    far = np.flatnonzero(own + over)
    programs.add_row(
        highs, -highspy.kHighsInf, float(before.away[given.near].sum()),
        np.concatenate([far, free, free[-1:] + 1]),
        np.concatenate([(own + over)[far], np.ones(size), [-1.0]]),
    )  # fmt: skip
    _aim(highs, _time(given, of))


def _time(given: Ways, of: Program) -> Floats:
    """The aim, to be least: hours kept free, and twice those that are taken from patients instead."""
    return np.concatenate([np.zeros(len(of.cost)), -np.ones(len(given.cost)), [2.0]])


def _move_least(highs: highspy.Highs, given: Ways) -> None:
    """Least hours that somebody does today and does not do then."""
    now = given.today[given.task, given.by]
    for way in np.flatnonzero(now > 0):
        row = highs.getNumRow()
        programs.add_row(highs, float(now[way]), highspy.kHighsInf, [int(way)], np.ones(1))
        programs.add_column(highs, highspy.kHighsInf, [row], [1.0])
    lost = highs.getNumCol() - int((now > 0).sum())
    _aim(highs, np.concatenate([np.zeros(lost), np.ones(highs.getNumCol() - lost)]))


def plan_of(mix: Mix, given: Ways, before: Today, found: Answer) -> Plan:
    """The plan that an answer is. before: what today's shares take."""
    names, (used, away) = given.competences, spent(given, found.done)
    return Plan(
        problem=mix.id,
        synthetic=mix.synthetic,
        aim=mix.aim,
        kronor=_round(found.kronor),
        kronor_today=_round(before.cost),
        lower_bound=_round(found.lower_bound),
        freed=_round((before.away - away)[given.near].sum()),
        stopped_early=found.stopped_early,
        done=tuple(
            Done(
                task=given.tasks[given.task[way]],
                competence=names[given.by[way]],
                hours=_round(hours),
                time=_round(hours * given.factor[way]),
                supervised_by=names[given.supervisor[way]] if given.supervisor[way] >= 0 else "",
                supervision=_round(hours * given.supervision[way]),
            )
            for way, hours in enumerate(found.done)
            if hours > 0
        ),
        undone=tuple(
            Undone(task=task, hours=_round(hours))
            for task, hours in zip(given.tasks, found.missing, strict=True)
            if hours > 0
        ),
        moved=tuple(_moved(given, found)),
        staff=tuple(
            Staff(
                competence=name,
                used=_round(used[at]),
                used_today=_round(before.used[at]),
                added=_round(found.added[at]),
                for_patients=_round(found.for_patients[at]),
                away=_round(away[at]),
                away_today=_round(before.away[at]),
            )
            for at, name in enumerate(names)
        ),
    )


def _moved(given: Ways, found: Answer) -> Iterator[Moved]:
    shape = given.today.shape
    then, factor = np.zeros(shape), np.ones(shape)
    then[given.task, given.by], factor[given.task, given.by] = found.done, given.factor
    for task, name in enumerate(given.tasks):
        change = np.append(then[task] - given.today[task], found.missing[task])
        gain, loss = np.maximum(change, 0), np.maximum(-change, 0)
        for giver in np.flatnonzero(loss > NONE):
            for taker in np.flatnonzero(gain > NONE):
                hours = float(loss[giver] * gain[taker] / gain.sum())
                somebody = taker < len(given.competences)
                yield Moved(
                    task=name,
                    giver=given.competences[giver],
                    taker=given.competences[taker] if somebody else "",
                    hours=_round(hours),
                    freed=_round(hours * factor[task, giver]),
                    taken=_round(hours * factor[task, taker]) if somebody else 0.0,
                )


def _round(value: float) -> float:
    return round(float(value), 6)
