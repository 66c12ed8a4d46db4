# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a roster is judged by: one form for the instances of the benchmark and for wards.

A :class:`Case` has days before the period too, for what was worked then has its say in rest and in days in a row; day
0 of the period is its column ``before``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from overens.planning.roster.instance import Instance, Truth, Whole

DAY = 24 * 60
MONDAY, SATURDAY, SUNDAY = 0, 5, 6

# What is counted: shifts, days, weekends or, where the name says so, minutes.
Kind = Literal[
    "most-shifts",  # at most value of the shifts, in any ``days`` days (0: the period)
    "least-shifts",  # at least so many, before ``until``; those where a supervisor is there too, where there are any
    "most-minutes",  # work in the period
    "least-minutes",
    "shift-minutes",  # the longest shift
    "least-shift-minutes",  # work on the shifts, in the period
    "average-minutes",  # at most value of work a week, on average over any ``days`` days
    "most-running",  # days in a row with the shifts
    "least-running",
    "least-off",  # days off in a row
    "most-weekends",  # with work on Saturday or Sunday, in any ``days`` days (0: the period)
    "split-weekends",  # work on only one of the two
    "daily-rest",  # minutes without a break in each 24 hours from one's own break of the day
    "weekly-rest",  # minutes without a break in each seven days from there
    "rest-between",  # minutes from one shift's end to the next one's beginning, after the shifts
    "forward",  # a shift may not begin earlier in the order day, evening, night than that of the day before
    "supervised",  # every shift has a supervisor on the same shift, before ``until``
    "fair",  # at most value more of the shifts (or, without shifts, weekends) than one's share of everybody's
]


# Of which each begun hour costs.
TIMED = frozenset[Kind](
    (
        "most-minutes", "least-minutes", "shift-minutes", "least-shift-minutes", "average-minutes", "daily-rest",
        "weekly-rest", "rest-between",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Rule:
    """For each of ``persons``. ``weight``: what one unit too much or too little costs (of minutes: each begun hour);
    None: it must hold. ``shifts``: those that it is about. ``until``: the first day, as column, that it is not about.
    ``name``: that of the rule in the ward's file.
    """

    kind: Kind
    persons: tuple[int, ...]
    value: int
    weight: int | None = None
    shifts: frozenset[int] = frozenset()
    days: int = 0
    until: int = 0
    name: str = ""


@dataclass(frozen=True)
class Wish:
    """To work one of ``shifts`` on a day (column), or none of them; ``weight``: what it costs not to get it."""

    person: int
    day: int
    shifts: frozenset[int]
    on: bool
    weight: int


@dataclass(frozen=True)
class Cover:
    """How many of ``persons`` are to be on a shift: at least ``least``, as near ``wanted`` as can be; ``under`` and
    ``over`` are what each one below and above costs. ``name``: of the competence.
    """

    day: int
    shift: int
    persons: frozenset[int]
    least: int
    wanted: int
    under: int
    over: int
    name: str = ""


@dataclass(frozen=True)
class Case:
    """``begins[B + D, S]`` and ``ends``: minutes, as they pass, since the period's first midnight; ``minutes``: of
    work, as they pass. ``order[S]``: 0 day, 1 evening, 2 night; others −1. ``past[P, B]`` is what was worked before;
    ``able[P, S]``; ``off[P, B + D]``: not to work that day; ``fixed[P, B + D]``: the shift that is given, else −1.
    ``midnights[B + D + 8]``: when each day begins, ``opens[P, B + D + 8]``: when each one's own 24 hours do, minutes as
    they pass. ``supervisors[p]``: who may supervise a person. ``share[P]``: of full time, in thousandths;
    ``nights[P]``, ``weekends[P]``: carried before the period.
    """

    before: int
    first: date | None
    persons: tuple[str, ...]
    shifts: tuple[str, ...]
    begins: Whole
    ends: Whole
    minutes: Whole
    order: Whole
    midnights: Whole
    forbidden: Truth
    past: Whole
    able: Truth
    off: Truth
    fixed: Whole
    opens: Whole
    share: Whole
    nights: Whole
    weekends: Whole
    supervisors: tuple[frozenset[int], ...]
    rules: tuple[Rule, ...]
    wishes: tuple[Wish, ...]
    cover: tuple[Cover, ...]

    @property
    def days(self) -> int:
        """Those of the period."""
        return self.last - self.before

    @property
    def last(self) -> int:
        """The first column after the period."""
        return int(self.off.shape[1])

    def own_days(self, who: int, column: int, days: int) -> tuple[int, int]:
        """When some days of a person's own begin and end, minutes as they pass. One is 24 hours also when the clock is
        changed before the next one begins.
        """
        begin = int(self.opens[who, column])
        return begin, begin + DAY if days == 1 else int(self.opens[who, column + days])

    def weekday(self, column: int) -> int:
        """0 is Monday. A period begins on a Monday."""
        return (column - self.before) % 7


def of_instance(instance: Instance) -> Case:
    """The benchmark's rules. Days off and days worked before and after the period are taken to be as many as needed,
    as those who made it do.
    """
    persons, days = instance.off.shape
    midnights = np.arange(days + 8, dtype=np.int64) * DAY
    nought = np.zeros(persons, dtype=np.int64)
    begins = np.repeat(midnights[:days, None], len(instance.shifts), axis=1)
    return Case(
        0, None, instance.persons, instance.shifts, begins, begins + instance.minutes,
        np.repeat(instance.minutes[None, :], days, axis=0), np.full(len(instance.shifts), -1, dtype=np.int64),
        midnights, instance.forbidden, np.zeros((persons, 0), dtype=np.int64),
        np.ones((persons, len(instance.shifts)), dtype=np.bool_), instance.off,
        np.full((persons, days), -1, dtype=np.int64), np.repeat(midnights[None, :], persons, axis=0),
        nought, nought, nought,
        (frozenset(),) * persons, tuple(_limits(instance)), tuple(_wishes(instance)), tuple(_cover(instance)),
    )  # fmt: skip


def _limits(instance: Instance) -> Iterator[Rule]:
    every = frozenset(range(len(instance.shifts)))
    for who in range(len(instance.persons)):
        for shift, most in enumerate(instance.most[who].tolist()):
            yield Rule("most-shifts", (who,), most, shifts=frozenset({shift}))
        limits: Sequence[tuple[Kind, Whole]] = (
            ("most-minutes", instance.most_minutes),
            ("least-minutes", instance.least_minutes),
            ("most-running", instance.most_running),
            ("least-running", instance.least_running),
            ("least-off", instance.least_off),
            ("most-weekends", instance.most_weekends),
        )
        for kind, values in limits:
            yield Rule(kind, (who,), int(values[who]), shifts=every)


def _wishes(instance: Instance) -> Iterator[Wish]:
    for weights, on in ((instance.wanted, True), (instance.unwanted, False)):
        for who, day, shift in np.argwhere(weights).tolist():
            yield Wish(who, day, frozenset({shift}), on, int(weights[who, day, shift]))


def _cover(instance: Instance) -> Iterator[Cover]:
    everybody = frozenset(range(len(instance.persons)))
    for (day, shift), wanted in np.ndenumerate(instance.cover):
        under, over = int(instance.under[day, shift]), int(instance.over[day, shift])
        yield Cover(day, shift, everybody, 0, int(wanted), under, over)
