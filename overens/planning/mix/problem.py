# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The model of a competence-mix problem's file: tasks, who may do them and on what ground, who is there, at what cost.

The law mostly says how care is to be given and seldom by whom (so Socialstyrelsen's page on SOSFS 1997:14, read:
https://patientsakerhet.socialstyrelsen.se/lagar-och-foreskrifter/foreskrifter-och-handbocker/sosfs-199714/). So who may
do a task is a decision of the head of operations, except where a :class:`Reservation` is cited.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from overens.planning.values import Headed, Named, Names, Number, Status
from overens.rules.values import Slug, Table

# Care at or for a patient; care-related service (cleaning, stores, laundry, transport, meals); administration.
TaskKind = Literal["care", "service", "administration"]
# What a plan is to give: least cost; or, at no more than it costs today, most time for those at patients.
Aim = Literal["cost", "patients"]
# On what ground somebody may do a task: it belongs to the occupation; a local decision that the competence is there
# (training, test); a delegation to a named competence, for a time.
Ground = Literal["occupation", "competence", "delegation"]


class Competence(Named):
    """``hours`` there are a week, each costing ``cost`` kronor; ``more``: hours a week that could be added at most, by
    posts that are not filled or not yet decided, at ``more_cost``. ``occupation``: its code in the supply of staff.
    """

    aid: Names = ()
    occupation: str = ""
    hours: Number
    cost: Number
    more: Number = Decimal(0)
    more_cost: Number | None = None


class Task(Named):
    """``number`` a week, each of ``minutes`` as the task's own time. ``at_patient``: time with a patient.
    ``today``: the share that each competence does now; sums to 1. ``step``: the step of a production plan
    ("service/step") that it belongs to, done ``times`` for each patient who has the step.
    """

    kind: TaskKind
    number: Number
    minutes: Number
    at_patient: bool = False
    today: dict[str, Number]
    step: str = ""
    times: Number = Decimal(1)


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
    """Tasks that a law or regulation reserves for ``only`` these competences, cited: where it stands. ``delegable``:
    they may delegate it to others, as some rules say.
    """

    tasks: Names
    only: Names
    delegable: bool = False
    law: str
    passage: str
    address: str = ""
    read_on: date | None = None
    status: Status = "assumed"


class Training(Named):
    """Some of a competence (``of``) could become another (``to``): their ``hours`` a week, and kronor a week that the
    training costs, spread over the time that it is of use.
    """

    of: Slug
    to: Slug
    hours: Number
    cost: Number


class Mix(Headed):
    """A problem, as its file says. ``on``: the day at which decisions must be valid. ``missing``: kronor for an hour of
    a task that nobody does, so that a shortage has a price and not no answer.
    """

    kind: Literal["mix"]
    region: str = ""
    synthetic: bool = False
    on: date
    aim: Aim = "cost"
    missing: Number
    competences: tuple[Competence, ...] = Field(alias="competence")
    tasks: tuple[Task, ...] = Field(alias="task")
    may: tuple[May, ...]
    reservations: tuple[Reservation, ...] = Field(alias="reservation", default=())
    trainings: tuple[Training, ...] = Field(alias="training", default=())
