# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The model of a ward's rota problem: its shifts, who works there, what must be covered, and the rules, all as data.

Days and times of the clock are those of Sweden. A day's shift begins that day; a night belongs to the day it begins.
"""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal
from typing import Literal

from pydantic import Field

from overens.planning.values import Headed, Named, Names, Number, Status
from overens.rules.values import Slug, Table

# Being on call at the workplace (jour) is work, as EU law counts it (assumed); development time is protected.
ShiftKind = Literal["day", "evening", "night", "on-call", "development"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
RuleKind = Literal[
    "contract-hours",  # work in the period may differ from the contract by so many hours
    "daily-rest",  # hours without a break in each 24 hours from the person's own break of the day
    "weekly-rest",  # hours without a break in each seven days, counted from there
    "longest-shift",  # hours
    "week-hours",  # hours a week on average over ``weeks``
    "most-running",  # days in a row, with shifts of ``kinds`` where they are said
    "least-running",
    "least-off",  # days off in a row
    "most-shifts",  # of ``kinds``, in any ``weeks``
    "most-weekends",  # in any ``weeks``
    "whole-weekends",  # both days or none
    "rest-between",  # hours after a shift, of ``kinds`` where they are said
    "forward",  # day before evening before night, never backwards from one day to the next
    "supervised",  # who is in introduction has one of their supervisors on the same shift
    "secure",  # who is in introduction has had so many supervised shifts of each of ``kinds`` before the day ``by``
    "development",  # hours of protected development time in the period
    "fair-nights",  # at most so many more than one's share, with those before the period
    "fair-weekends",
]


class Competence(Named):
    pass


class Shift(Named):
    """From ``start`` to ``end`` by the clock; an end that is not later is the next day's. ``break_``: unpaid minutes.
    ``competences``: one of them is needed.
    """

    kind: ShiftKind
    start: time
    end: time
    break_: int = Field(alias="break", default=0)
    competences: Names = ()


class Contract(Named):
    """``hours`` a week of full time, by the form of working time in the collective agreement."""

    hours: Number
    source: str = "not stated"
    address: str = ""
    passage: str = ""
    status: Status = "assumed"


# Why somebody is away who was to work by a published rota; no other reason is kept.
AWAY = "frånvaro"


class Leave(Table):
    """From the first to the last day, both off. ``hours``: what it takes of the contract's; where it is not said, its
    part of the days (assumed). Who is away (:data:`AWAY`) when a rota has been published is let off the hours that
    stood in it.
    """

    first: date
    last: date
    why: str = ""
    hours: Number | None = None


class Duty(Table):
    day: date
    shift: Slug


class Wish(Table):
    """To work (``on``) or not (``off``) a shift, or, where none is said, any shift that day."""

    day: date
    want: Literal["on", "off"]
    shift: str = ""
    weight: int = 1


class Person(Named):
    """``share`` of full time. ``day_break``: when the person's own 24 hours begin; at nine o'clock days, evenings and
    nights all leave eleven hours without a break (docs/roster.md). ``before``: what was worked the last days before
    the period; ``nights`` and ``weekends``: how many were carried before it, this year. ``duties`` are given and stay.
    """

    competences: Names
    contract: Slug
    share: Number = Decimal(1)
    day_break: time = time(9)
    introduction_until: date | None = None
    supervisors: Names = ()
    nights: int = 0
    weekends: int = 0
    leave: tuple[Leave, ...] = ()
    duties: tuple[Duty, ...] = Field(alias="duty", default=())
    before: tuple[Duty, ...] = ()
    wishes: tuple[Wish, ...] = Field(alias="wish", default=())


class Cover(Table):
    """How many with a competence on a shift: at least ``least``, best ``wanted``; each below and above costs. ``days``:
    of the week (all, where none is said); ``on``: single days, which go before those of the week. ``source``: where the
    numbers are from.
    """

    shift: Slug
    competence: Slug
    days: tuple[Weekday, ...] = ()
    on: tuple[date, ...] = ()
    least: int
    wanted: int
    under: int = 100
    over: int = 1
    source: str = ""


class Rule(Named):
    """``weight``: what each unit (for hours: each begun one) costs; without it the rule must hold."""

    kind: RuleKind
    value: Number = Decimal(0)
    weight: int | None = None
    weeks: int = 0
    kinds: tuple[ShiftKind, ...] = ()
    by: date | None = None
    source: str = "not stated"
    address: str = ""
    passage: str = ""
    status: Status = "assumed"


class Roster(Headed):
    """A problem, as its file says: ``weeks`` from the Monday ``first``. Each person has ``wish_points`` to share among
    the wishes' weights, and writes them until the day ``wishes_until``, by default the day before ``first``.
    """

    kind: Literal["roster"]
    unit: str = ""
    synthetic: bool = False
    first: date
    weeks: int
    # A default that is assumed.
    wish_points: int = 10
    wishes_until: date | None = None
    competences: tuple[Competence, ...] = Field(alias="competence")
    shifts: tuple[Shift, ...] = Field(alias="shift")
    contracts: tuple[Contract, ...] = Field(alias="contract")
    persons: tuple[Person, ...] = Field(alias="person")
    cover: tuple[Cover, ...]
    rules: tuple[Rule, ...] = Field(alias="rule", default=())

    @property
    def last(self) -> date:
        return self.first + timedelta(days=7 * self.weeks - 1)
