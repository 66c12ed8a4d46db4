# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The model of a competence mix's plan: who is to do what, what that frees, and what is missing. Hours are a week's."""

from __future__ import annotations

from typing import Literal

from overens.planning.mix.problem import Aim
from overens.rules.values import Slug, Table


class Done(Table):
    """``hours`` of a task (in its own minutes) that a competence does in ``time`` hours of its own, with
    ``supervision`` hours of ``supervised_by``.
    """

    task: Slug
    competence: Slug
    hours: float
    time: float
    supervised_by: str = ""
    supervision: float = 0


class Moved(Table):
    """``hours`` of a task that go from ``giver`` to ``taker`` (empty: nobody does them): ``freed`` hours of the
    giver's, ``taken`` hours of the taker's. Between several givers and takers of a task, in proportion.
    """

    task: Slug
    giver: Slug
    taker: str
    hours: float
    freed: float
    taken: float


class Staff(Table):
    """``used``: all hours of a competence, of them ``added`` ones by posts that there are not yet; ``for_patients``:
    further hours kept free for patients. ``away``: of those used, on what is not at a patient. Beside them today's.
    """

    competence: Slug
    used: float
    used_today: float
    added: float
    for_patients: float
    away: float
    away_today: float


class Undone(Table):
    task: Slug
    hours: float


class Plan(Table):
    """``kronor`` a week, what is missing priced too; ``lower_bound``: no plan of this aim costs less. ``freed``:
    hours at what is not at a patient that are taken off those who may be at patients.
    """

    format: Literal[1] = 1
    kind: Literal["mix-plan"] = "mix-plan"
    problem: Slug
    synthetic: bool
    aim: Aim
    kronor: float
    kronor_today: float
    lower_bound: float
    freed: float
    stopped_early: bool = False
    done: tuple[Done, ...]
    undone: tuple[Undone, ...] = ()
    moved: tuple[Moved, ...] = ()
    staff: tuple[Staff, ...]
