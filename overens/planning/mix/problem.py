# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The model of a competence-mix problem's file: tasks, who may do them and on what ground, who is there, at what cost.

The law mostly says how care is to be given and seldom by whom (SOSFS 1997:14, not read here: assumed),
so who may do a task is a decision of the head of operations, except where a :class:`Reservation` is cited.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from overens.planning.values import Named, Names, Number, Status
from overens.rules.values import Slug, Table

# Care at or for a patient; care-related service (cleaning, stores, laundry, transport, meals); administration.
TaskKind = Literal["care", "service", "administration"]
# On what ground somebody may do a task: it belongs to the occupation; a local decision that the competence is there
# (training, test); a delegation to a named competence, for a time.
Ground = Literal["occupation", "competence", "delegation"]


class Competence(Named):
    """``hours`` there are a week, each costing ``cost`` kronor; ``more``: hours a week that could be added at most, by
    posts that are not filled or not yet decided, at ``more_cost``.
    """

    aid: Names = ()
    hours: Number
    cost: Number
    more: Number = Decimal(0)
    more_cost: Number | None = None


class Task(Named):
    """``number`` a week, each of ``minutes`` when done by whom it takes least. ``at_patient``: time with a patient.
    ``today``: the share that each competence does now; sums to 1.
    """

    kind: TaskKind
    number: Number
    minutes: Number
    at_patient: bool = False
    today: dict[str, Number]


class May(Table):
    """That a competence may do tasks, on a ground. ``factor``: minutes it takes them against the task's own.
    ``supervision``: minutes of ``supervised_by`` for each minute. ``up_to``: the share of each task at most.
    A decision of the head of operations has its number, day and last day.
    """

    tasks: Names
    competence: Slug
    ground: Ground
    factor: Number = Decimal(1)
    supervision: Number = Decimal(0)
    supervised_by: str = ""
    up_to: Number = Decimal(1)
    decision: str = ""
    decided_by: str = ""
    decided_on: date | None = None
    valid_until: date | None = None
    source: str = "not stated"
    status: Status = "assumed"


class Reservation(Named):
    """Tasks that a law or regulation reserves for ``only`` these competences, cited: where it stands."""

    tasks: Names
    only: Names
    law: str
    passage: str
    address: str = ""
    read_on: date | None = None
    status: Status = "assumed"


class Mix(Table):
    """A problem, as its file says. ``on``: the day at which decisions must be valid. ``missing``: kronor for an hour of
    a task that nobody does, so that a shortage has a price and not no answer.
    """

    format: Literal[1]
    kind: Literal["mix"]
    id: Slug
    title: str
    title_en: str = ""
    note: str = ""
    note_en: str = ""
    region: str = ""
    synthetic: bool = False
    on: date
    missing: Number
    competences: tuple[Competence, ...] = Field(alias="competence")
    tasks: tuple[Task, ...] = Field(alias="task")
    may: tuple[May, ...]
    reservations: tuple[Reservation, ...] = Field(alias="reservation", default=())
