# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The model of a production problem's file: services and their steps, what each step takes, and what there is a week.

Beside the file lie its tables (:class:`Tables`): referrals by week, the list as it is, and, when weeks have passed,
the outcome. :mod:`overens.planning.production.reading` reads them all, :mod:`overens.planning.production.checks` holds
what is named against what there is, and :mod:`overens.planning.production.building` makes arrays of them. Weeks are
those of ISO 8601 ("2026-W27"), from Monday.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from overens.planning.values import Headed, Named, Names, Number, Status
from overens.rules.values import Kronor, Slug, Table

StepKind = Literal["contact", "visit", "investigation", "procedure", "return"]
# Who a problem is made for, in the words of the national guidance.
Level = Literal["region", "clinic", "unit"]
# What the only priority goes by where the file has none.
ALIKE = "all"
# From when a limit's days run: the referral to the service, or when the step before it was decided on.
From = Literal["referral", "step"]


def monday(text: str) -> date | None:
    """Of a week that is written as 2026-W27; None where there is no such week."""
    if found := re.fullmatch(r"(\d{4})-W(\d{2})", text, re.ASCII):
        with suppress(ValueError):
            return date.fromisocalendar(int(found[1]), int(found[2]), 1)
    return None


def week_text(day: date) -> str:
    """The week of a day: 2026-W27."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def _week(raw: object) -> object:
    if isinstance(raw, str) and (found := monday(raw)):
        return found
    raise PydanticCustomError("production-week", "no week", {"raw": str(raw)[:40]})


# Its Monday.
Week = Annotated[date, BeforeValidator(_week)]


class Sourced(Named):
    """``verified``: ``source`` says the passage that was read, ``address`` where; ``data``: measured in the
    organisation's own; ``assumed``: somebody's judgement.
    """

    source: str = "not stated"
    address: str = ""
    status: Status = "assumed"


class Limit(Sourced):
    """Within how many days a patient shall have come to a step: the care guarantee, or a cancer pathway's."""

    days: int = Field(ge=0, le=3650)
    counted_from: From = "step"


class Priority(Named):
    """The file's order is that in which they go."""


class Next(Table):
    """``share`` of those who have had a step go on to another, ready for it after ``weeks``."""

    step: Slug
    share: Number = Decimal(1)
    weeks: int = Field(default=0, ge=0, le=104)


class Step(Sourced):
    """A step of a service. ``minutes`` of each competence, ``rooms`` in minutes of each kind of room and ``beds`` in
    days of each kind, for one patient. ``limits``: by priority another limit than ``limit``. ``leaving``: the
    probability a week of leaving the list without it. ``bought``: at most a week from others, for ``price`` kronor
    each.
    """

    kind: StepKind
    limit: str = ""
    limits: dict[str, str] = Field(default_factory=dict)
    minutes: dict[str, Number] = Field(default_factory=dict)
    rooms: dict[str, Number] = Field(default_factory=dict)
    beds: dict[str, Number] = Field(default_factory=dict)
    next: tuple[Next, ...] = ()
    leaving: Number = Decimal(0)
    price: Kronor | None = None
    bought: Number = Decimal(0)


class Service(Named):
    """``referred_to``: the step that referrals come to (the first one, unless said). ``priorities``: the share of the
    referred of each priority; what is left has the last one. ``growth``: a year, beside that of the forecast.
    """

    unit: str = ""
    referred_to: str = ""
    steps: tuple[Step, ...] = Field(alias="step")
    priorities: dict[str, Number] = Field(default_factory=dict)
    growth: Number = Decimal(0)


class Unit(Named):
    level: Level
    part_of: str = ""


class Competence(Sourced):
    """``hours`` there are for these services in a week of five working days, each costing ``cost`` kronor.
    ``overtime``: the share of them that may be added at ``overtime_cost``; ``hired``: hours a week of hired staff at
    most, at ``hired_cost``.
    """

    aid: Names = ()
    unit: str = ""
    hours: Number
    cost: Number
    overtime: Number = Decimal(0)
    overtime_cost: Number | None = None
    hired: Number = Decimal(0)
    hired_cost: Number | None = None


class Room(Sourced):
    """``hours`` it can be open in a week of five working days (all rooms of the kind together). ``session``: where it
    is opened for whole sessions only, the hours of one.
    """

    unit: str = ""
    hours: Number
    session: Number | None = None


class Bed(Sourced):
    """``number``: of places, all days of the week."""

    unit: str = ""
    number: Number


class Change(Table):
    """From and with ``first`` through ``last`` there are ``share`` of the ordinary hours or beds of ``what``
    (competences, rooms, beds, or all of a unit): summer, a post that is filled. Changes of the same multiply. That a
    week has fewer working days needs no change.
    """

    what: Names
    first: Week
    last: Week
    share: Number
    note: str = ""


class Reward(Sourced):
    """A grant that pays for results: ``price`` kronor for each of ``steps`` ("service.step") that is begun in
    ``first`` through ``last`` above ``base``, up to ``ceiling``.
    """

    agreement: str = ""
    steps: Names
    base: Number
    price: Kronor
    ceiling: Kronor | None = None
    first: Week
    last: Week


class Tables(Table):
    """Names of the files beside the problem's. Columns: docs/production.md. ``coming``: those on their way to a step
    when the first week begins; ``outcome`` and ``worked`` when weeks of the plan have passed.
    """

    referrals: str = "referrals.csv"
    waiting: str = "waiting.csv"
    coming: str = ""
    outcome: str = ""
    worked: str = ""


class Production(Headed):
    """A problem, as its file says. Lists keep the order of the file.

    ``synthetic``: made-up figures, which is said wherever they are shown; only such a problem may stand on what is
    assumed. ``by``: the week at whose beginning all limits shall be kept. ``margin``: the share of all hours that a
    plan leaves for what varies: no two weeks, and no two patients, are alike.
    """

    kind: Literal["production"]
    region: str = ""
    synthetic: bool = False
    first_week: Week
    weeks: int = Field(ge=1, le=260)
    by: Week
    runs: int = Field(default=100, ge=2, le=10_000)
    seed: int = Field(default=1, ge=0, lt=2**63)
    margin: Number = Decimal(0)
    tables: Tables = Tables()
    limits: tuple[Limit, ...] = Field(alias="limit", default=())
    priorities: tuple[Priority, ...] = Field(alias="priority", default=())
    units: tuple[Unit, ...] = Field(alias="unit", default=())
    competences: tuple[Competence, ...] = Field(alias="competence")
    rooms: tuple[Room, ...] = Field(alias="room", default=())
    beds: tuple[Bed, ...] = Field(alias="bed", default=())
    services: tuple[Service, ...] = Field(alias="service")
    changes: tuple[Change, ...] = Field(alias="change", default=())
    rewards: tuple[Reward, ...] = Field(alias="reward", default=())

    @property
    def every_step(self) -> tuple[tuple[Service, Step], ...]:
        """The steps of all services, one service after the other: the axis ``N`` of the arrays."""
        return tuple((service, step) for service in self.services for step in service.steps)

    @property
    def every_priority(self) -> tuple[str, ...]:
        """The axis ``K``. Where the file has none, all are alike."""
        return tuple(each.id for each in self.priorities) or (ALIKE,)

    @property
    def mondays(self) -> tuple[date, ...]:
        return tuple(self.first_week + timedelta(weeks=week) for week in range(self.weeks))
