# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A sound problem as arrays: what is to be done, who is there, and each way in which a competence may do a task.

Axes: ``T`` task, ``C`` competence, ``W`` way (a pair of task and competence), in the order of the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from overens.planning.mix.problem import Mix

Floats: TypeAlias = NDArray[np.float64]
Whole: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True)
class Ways:
    """wanted[T]: hours a week of each task, in its own minutes. hours[C] there are and more[C] at most, at cost[C] and
    more_cost[C] kronor; missing: kronor for an hour of a task that nobody does. at_patient[T]; near[C]: may do some
    task at a patient.

    task[W], by[W]: which pair; factor[W]: hours of the competence for an hour of the task, and supervision[W] hours of
    the supervisor[W] (-1: none) beside; share[W]: of the task at most; row[W]: which ``may`` of the file.
    today[T, C]: hours of each task that each competence does now.
    """

    tasks: tuple[str, ...]
    competences: tuple[str, ...]
    wanted: Floats
    hours: Floats
    more: Floats
    cost: Floats
    more_cost: Floats
    missing: float
    at_patient: Flags
    near: Flags
    task: Whole
    by: Whole
    factor: Floats
    supervision: Floats
    supervisor: Whole
    share: Floats
    row: Whole
    today: Floats


def ways(mix: Mix) -> Ways:
    """mix: one without findings."""
    tasks, competences = [each.id for each in mix.tasks], [each.id for each in mix.competences]
    pairs = [(tasks.index(task), row, may) for row, may in enumerate(mix.may) for task in may.tasks]
    at_patient = np.array([each.at_patient for each in mix.tasks])
    task = np.array([at for at, _, _ in pairs], np.int64)
    by = np.array([competences.index(may.competence) for _, _, may in pairs], np.int64)
    near = np.zeros(len(competences), bool)
    near[by[at_patient[task]]] = True
    wanted = np.array([float(each.number * each.minutes / 60) for each in mix.tasks])
    shares = np.array([[float(each.today.get(name, 0)) for name in competences] for each in mix.tasks])
    supervision = np.array([float(may.supervision) for _, _, may in pairs])
    return Ways(
        tasks=tuple(tasks),
        competences=tuple(competences),
        wanted=wanted,
        hours=np.array([float(each.hours) for each in mix.competences]),
        more=np.array([float(each.more) for each in mix.competences]),
        cost=np.array([float(each.cost) for each in mix.competences]),
        more_cost=np.array(
            [float(each.cost if each.more_cost is None else each.more_cost) for each in mix.competences]
        ),
        missing=float(mix.missing),
        at_patient=at_patient,
        near=near,
        task=task,
        by=by,
        factor=np.array([float(may.factor) for _, _, may in pairs]),
        supervision=supervision,
        supervisor=np.array(
            [competences.index(may.supervised_by) if may.supervision else -1 for _, _, may in pairs], np.int64
        ),
        share=np.array([float(may.up_to) for _, _, may in pairs]),
        row=np.array([row for _, row, _ in pairs], np.int64),
        today=shares * wanted[:, None],
    )  # fmt: skip


@dataclass(frozen=True)
class Today:
    """What today's shares take: used[C] hours, of them away[C] on what is not at a patient (supervision is not)."""

    used: Floats
    away: Floats
    cost: float


def today(given: Ways) -> Today:
    """Where somebody does a task today that they may not do, it takes the task's own time."""
    rest = given.today.copy()
    done = given.today[given.task, given.by]
    rest[given.task, given.by] = 0
    used, away = spent(given, done)
    used = used + rest.sum(0)
    away = away + rest[~given.at_patient].sum(0)
    over = np.maximum(used - given.hours, 0)
    return Today(used, away, float(given.cost @ (used - over) + given.more_cost @ over))


def spent(given: Ways, done: Floats) -> tuple[Floats, Floats]:
    """Hours of each competence that done[W] hours of tasks take, and of them those that are not at a patient."""
    size, under = len(given.competences), given.supervisor >= 0
    own, over = done * given.factor, (done * given.supervision)[under]
    watching: Floats = np.bincount(given.supervisor[under], over, size).astype(float)
    far = ~given.at_patient[given.task]
    return (
        np.bincount(given.by, own, size) + watching,
        np.bincount(given.by[far], own[far], size) + watching,
    )
