# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The model of a production problem's file: services and their steps, what each step takes, and what there is a week.

Beside the file lie its tables (:class:`Tables`): referrals by week, the list as it is, and, when weeks have passed,
the outcome. What it names is held against what there is by :mod:`overens.planning.production.checks`, and it becomes
arrays in :mod:`overens.planning.production.flow`. Weeks are those of ISO 8601 ("2026-W27"), from Monday.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from overens.planning.values import Named, Names, Number, Status
from overens.rules.values import Kronor, Slug, Table

StepKind = Literal["contact", "visit", "investigation", "procedure", "return"]
# Who a problem is made for, in the words of the national guidance.
Level = Literal["region", "clinic", "unit"]
# From when a limit's days run: the referral to the service, or when the step before it was decided on.
From = Literal["referral", "step"]


def _week(raw: object) -> object:
    if isinstance(raw, str) and (found := re.fullmatch(r"(\d{4})-W(\d{2})", raw, re.ASCII)):
        try:
            return date.fromisocalendar(int(found[1]), int(found[2]), 1)
        except ValueError:
            pass
    raise PydanticCustomError("production-week", "no week", {"raw": str(raw)[:40]})


# Its Monday.
Week = Annotated[date, BeforeValidator(_week)]


class Limit(Named):
    """Within how many days a patient shall have come to a step: the care guarantee, or a cancer pathway's."""

    days: int = Field(ge=0, le=3650)
    counted_from: From = "step"
    source: str = "not stated"
    status: Status = "assumed"


class Priority(Named):
    """Those who go before others: ``share`` of the referred, in the file's order. ``limit``: theirs, if another."""

    share: Number
    limit: str = ""


class Next(Table):
    """``share`` of those who have had a step go on to another, ready for it after ``weeks``."""

    step: Slug
    share: Number = Decimal(1)
    weeks: int = Field(default=0, ge=0, le=104)


class Step(Named):
    """A step of a service. ``minutes`` of each competence, ``rooms`` in minutes of each kind of room and ``beds`` in
    days of each kind, for one patient. ``leaving``: the probability a week of leaving the list without it.
    ``price``: kronor for one that is bought from others, up to ``bought`` a week.
    """

    kind: StepKind
    limit: str = ""
    minutes: dict[str, Number] = Field(default_factory=dict)
    rooms: dict[str, Number] = Field(default_factory=dict)
    beds: dict[str, Number] = Field(default_factory=dict)
    next: tuple[Next, ...] = ()
    leaving: Number = Decimal(0)
    price: Kronor | None = None
    bought: Number = Decimal(0)


class Service(Named):
    """``referred_to``: the step that referrals come to (the first one, unless said)."""

    unit: str = ""
    referred_to: str = ""
    steps: tuple[Step, ...] = Field(alias="step")
    priorities: tuple[Priority, ...] = Field(alias="priority", default=())
    growth: Number = Decimal(0)


class Unit(Named):
    level: Level
    part_of: str = ""


class Competence(Named):
    """``hours`` there are in an ordinary week, each costing ``cost`` kronor. ``overtime``: the share of them that may
    be added at ``overtime_cost``; ``hired``: hours a week of hired staff at most, at ``hired_cost``.
    """

    aid: Names = ()
    unit: str = ""
    hours: Number
    cost: Number
    overtime: Number = Decimal(0)
    overtime_cost: Number | None = None
    hired: Number = Decimal(0)
    hired_cost: Number | None = None


class Room(Named):
    """``hours`` it is open in an ordinary week (all rooms of the kind together). ``session``: where it is opened for
    whole sessions only, the hours of one.
    """

    unit: str = ""
    hours: Number
    session: Number | None = None


class Bed(Named):
    unit: str = ""
    number: Number


class Change(Table):
    """From and with ``first`` through ``last`` there are ``share`` of the ordinary hours or beds of ``what``: summer,
    holidays, a post that is filled.
    """

    what: Names
    first: Week
    last: Week
    share: Number
    note: str = ""


class Reward(Named):
    """A grant that pays for results: ``price`` kronor for each of ``steps`` above ``base``, up to ``ceiling``."""

    agreement: str = ""
    steps: Names
    base: Number
    price: Kronor
    ceiling: Kronor | None = None
    first: Week
    last: Week
    source: str = "not stated"
    status: Status = "assumed"


class Tables(Table):
    """Names of the files beside the problem's. Columns: docs/production.md."""

    referrals: str = "referrals.csv"
    waiting: str = "waiting.csv"
    outcome: str = ""


class Production(Table):
    """A problem, as its file says. Lists keep the order of the file.

    ``synthetic``: made-up figures, which is said wherever they are shown; only such a problem may stand on what is
    assumed. ``by``: the week at whose beginning all limits shall be kept.
    """

    format: Literal[1]
    kind: Literal["production"]
    id: Slug
    title: str
    title_en: str = ""
    note: str = ""
    note_en: str = ""
    region: str = ""
    synthetic: bool = False
    first_week: Week
    weeks: int = Field(ge=1, le=260)
    by: Week | None = None
    runs: int = Field(default=100, ge=2, le=10_000)
    seed: int = Field(default=1, ge=0, lt=2**63)
    tables: Tables = Tables()
    limits: tuple[Limit, ...] = Field(alias="limit", default=())
    units: tuple[Unit, ...] = Field(alias="unit", default=())
    competences: tuple[Competence, ...] = Field(alias="competence")
    rooms: tuple[Room, ...] = Field(alias="room", default=())
    beds: tuple[Bed, ...] = Field(alias="bed", default=())
    services: tuple[Service, ...] = Field(alias="service")
    changes: tuple[Change, ...] = Field(alias="change", default=())
    rewards: tuple[Reward, ...] = Field(alias="reward", default=())
