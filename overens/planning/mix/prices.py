# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What each rule, each shortage, each post and each training is worth in kronor a week, at least cost.

Every figure is exact: the problem is solved again with the change (from the plan as it is: :mod:`.whatif`). Only what a
reservation costs is a bound, from above: it lets everybody else do the tasks in the tasks' own time.
That a competence could take over a task from those with whom it shares another of the same kind is assumed; whether it
is competent is for the head of operations to decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from overens.planning.mix.optimum import Answer, answer
from overens.planning.mix.priced import Hour, NewDecision, Pays, Permission, Prices, Reserved, Shortage
from overens.planning.mix.problem import May, Mix
from overens.planning.mix.walking import Base
from overens.planning.mix.ways import today, ways
from overens.planning.mix.whatif import Decision, Start, WhatIf, answers, start

# So many missing decisions are looked at, those first that could save most; and so many are told.
LOOKED_AT, TOLD = 200, 20
# Kronor a week below this are none.
NONE = 0.005


def prices(mix: Mix, seed: int = 0) -> Prices:
    """mix: one without findings."""
    given = ways(mix)
    known, found = start(given), answer(given, today(given), "cost", seed=seed)

    def saved(whatifs: Sequence[WhatIf]) -> list[float]:
        return [round(known.kronor - float(each), 2) + 0.0 for each in answers(known, whatifs)]

    new, added = _new(mix, known), _added(mix, found)
    hours = saved([WhatIf(hours={each.id: 1.0}) for each in mix.competences])
    without = saved([WhatIf(decisions=_closed(may)) for may in mix.may])
    opened = saved([WhatIf(decisions=(each,)) for each in new])
    free = saved([WhatIf(decisions=tuple(_others(mix, each.tasks, each.only))) for each in mix.reservations])
    posts = saved([WhatIf(posts={name: -float("inf")}) for name in added])
    trained = saved([_trained(each.of, each.to, float(each.hours)) for each in mix.trainings])
    best = sorted(zip(opened, new, strict=True), key=lambda each: -each[0])[:TOLD]
    return Prices(
        hours=tuple(
            Hour(competence=each.id, kronor=kronor) for each, kronor in zip(mix.competences, hours, strict=True)
        ),
        permissions=tuple(
            Permission(row=row, competence=may.competence, tasks=may.tasks, decision=may.decision, kronor=-kronor)
            for row, (may, kronor) in enumerate(zip(mix.may, without, strict=True), start=1)
        ),
        decisions=tuple(
            NewDecision(task=each.task, competence=each.competence, kronor=kronor)
            for kronor, each in best
            if kronor > NONE
        ),
        reservations=tuple(
            Reserved(reservation=each.id, kronor=kronor) for each, kronor in zip(mix.reservations, free, strict=True)
        ),
        shortages=tuple(
            Shortage(task=task, hours=round(float(hours), 6), kronor=round(float(hours) * given.missing, 2))
            for task, hours in zip(given.tasks, found.missing, strict=True)
            if hours > 0
        ),
        posts=tuple(
            _pays(name, hours, cost, cost - kronor)
            for (name, (hours, cost)), kronor in zip(added.items(), posts, strict=True)
        ),
        trainings=tuple(
            _pays(each.id, float(each.hours), float(each.cost), kronor)
            for each, kronor in zip(mix.trainings, trained, strict=True)
        ),
    )  # fmt: skip


def _pays(id: str, hours: float, cost: float, saved: float) -> Pays:
    return Pays(
        id=id, hours=round(hours, 6), cost=round(cost, 2), saved=round(saved, 2), per_krona=round(saved / cost, 4)
    )


def _closed(may: May) -> tuple[Decision, ...]:
    return tuple(Decision(task, may.competence, up_to=0.0) for task in may.tasks)


def _trained(of: str, to: str, hours: float) -> WhatIf:
    return WhatIf(hours={of: -hours, to: hours})


def _added(mix: Mix, found: Answer) -> Mapping[str, tuple[float, float]]:
    """The hours that the plan adds by competence, and what they cost."""
    return {
        each.id: (float(hours), float(hours) * float(each.cost if each.more_cost is None else each.more_cost))
        for each, hours in zip(mix.competences, found.added, strict=True)
        if hours > 0
    }


def _others(mix: Mix, tasks: Sequence[str], only: Sequence[str]) -> Iterator[Decision]:
    for task in tasks:
        for competence in mix.competences:
            if competence.id not in only:
                yield Decision(task, competence.id)


def _new(mix: Mix, known: Start) -> list[Decision]:
    """Decisions that there are not, that no reservation forbids and that could save something: the most first."""
    given, base = known.given, known.base
    may = {(task, each.competence) for each in mix.may for task in each.tasks}
    able = {task.id: {name for id, name in may if id == task.id} for task in mix.tasks}
    # Who share some task, by its kind.
    share = {(task.kind, one, other) for task in mix.tasks for one in able[task.id] for other in able[task.id]}
    forbidden = {
        (task, each.id)
        for reservation in mix.reservations
        if not reservation.delegable
        for task in reservation.tasks
        for each in mix.competences
        if each.id not in reservation.only
    }
    possible = [
        (_bound(base, given.tasks.index(task.id), given.competences.index(each.id)), task.id, each.id)
        for task in mix.tasks
        for each in mix.competences
        if (task.id, each.id) not in may | forbidden
        and any((task.kind, each.id, other) in share for other in able[task.id])
    ]
    best = sorted((each for each in possible if each[0] > NONE), key=lambda each: -each[0])
    return [Decision(task, competence) for _, task, competence in best[:LOOKED_AT]]


def _bound(base: Base, task: int, competence: int) -> float:
    """No more than this can be saved: what the first hour saves, for all hours of the task."""
    rows = base.row_prices
    return float((rows[task] - rows[len(base.wanted) + competence]) * base.wanted[task])
