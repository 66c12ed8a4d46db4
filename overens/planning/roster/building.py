# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""From a ward's problem to what its rosters are judged by. The problem is one that :mod:`checks` has nothing against.

Time is as it passes in Sweden: a night when the clock is set forward is an hour shorter than by the clock.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import numpy as np

from overens.planning.roster import problem, rules
from overens.planning.roster.instance import OFF
from overens.planning.roster.problem import WEEKDAYS, Person, Roster, Shift
from overens.planning.roster.rules import DAY, Case

SWEDEN = ZoneInfo("Europe/Stockholm")
ORDER = {"day": 0, "development": 0, "evening": 1, "night": 2, "on-call": -1}
# Thousandths of full time.
FULL = 1000


def case(roster: Roster) -> Case:
    """Who has no history is taken to have been off; who is in introduction is not counted in the cover (assumed)."""
    days = 7 * roster.weeks
    before = max(((roster.first - each.day).days for who in roster.persons for each in who.before), default=0)
    every = range(-before, days)
    shifts = {each.id: at for at, each in enumerate(roster.shifts)}
    shape = (len(roster.persons), before + days)
    spans = [[_span(roster.first, day, shift) for shift in roster.shifts] for day in every]
    begins, ends = (np.array([[span[at] for span in row] for row in spans], dtype=np.int64) for at in (0, 1))
    off, fixed = np.zeros(shape, dtype=np.bool_), np.full(shape, OFF, dtype=np.int64)
    for at, who in enumerate(roster.persons):
        off[at] = [on_leave(who, roster.first + timedelta(days=day)) for day in every]
        for duty in (*who.before, *who.duties):
            fixed[at, before + (duty.day - roster.first).days] = shifts[duty.shift]
    able = np.array([[can(who, shift) for shift in roster.shifts] for who in roster.persons], dtype=np.bool_)
    shares, nights, weekends = np.array([_numbers(each) for each in roster.persons], dtype=np.int64).T
    ahead = range(-before, days + 8)
    breaks = {who.day_break for who in roster.persons}
    opens = {clock: [passed(roster.first, day, clock) for day in ahead] for clock in breaks}
    return Case(
        before, roster.first, tuple(each.id for each in roster.persons), tuple(shifts), begins, ends,
        ends - begins - np.array([each.break_ for each in roster.shifts], dtype=np.int64),
        np.array([ORDER[each.kind] for each in roster.shifts], dtype=np.int64),
        np.array([passed(roster.first, day, time(0)) for day in ahead], dtype=np.int64),
        np.array([[_overlap(one, then) for then in roster.shifts] for one in roster.shifts], dtype=np.bool_),
        fixed[:, :before], able, off, fixed, np.array([opens[who.day_break] for who in roster.persons], dtype=np.int64),
        shares, nights, weekends,
        tuple(frozenset(_places(roster, who.supervisors)) for who in roster.persons),
        tuple(_rules(roster, before)), tuple(_wishes(roster, before)), tuple(_cover(roster, before)),
    )  # fmt: skip


def passed(first: date, day: int, clock: time) -> int:
    """Minutes that pass in Sweden from the midnight when a day begins to a time of the clock some days later."""
    begins = datetime.combine(first, time(0), SWEDEN).astimezone(UTC)
    at = datetime.combine(first + timedelta(days=day), clock, SWEDEN).astimezone(UTC)
    return int((at - begins).total_seconds()) // 60


def on_leave(who: Person, day: date) -> bool:
    return any(each.first <= day <= each.last for each in who.leave)


def can(who: Person, shift: Shift) -> bool:
    return not shift.competences or bool({*shift.competences} & {*who.competences})


def length(shift: Shift) -> int:
    """Minutes by the clock, from beginning to end."""
    return (_clock(shift.end) - _clock(shift.start) - 1) % DAY + 1


def due(roster: Roster, who: Person) -> int:
    """Minutes of work in the period by the contract; leave takes the hours it says, or its days' part (assumed). Of a
    leave with hours that reaches out of the period, the part of its days that are in it counts (assumed).
    """
    days = [roster.first + timedelta(days=day) for day in range(7 * roster.weeks)]
    away = [each for each in who.leave if each.hours is None]
    there = sum(not any(each.first <= day <= each.last for each in away) for day in days)
    hours = next(each.hours for each in roster.contracts if each.id == who.contract)
    let_off = Fraction(0)
    for each in who.leave:
        within = (min(each.last, roster.last) - max(each.first, roster.first)).days + 1
        if within > 0:
            let_off += Fraction(each.hours or 0) * within / ((each.last - each.first).days + 1)
    return max(0, round(Fraction(hours * who.share) * 60 * there / 7 - let_off * 60))


def covered(roster: Roster, cover: problem.Cover) -> Iterator[int]:
    """The days of the period that a row of the cover is about. A row with single days goes before those of the week."""
    single = {
        day for each in roster.cover if (each.shift, each.competence) == (cover.shift, cover.competence)
        for day in each.on
    }  # fmt: skip
    for day in range(7 * roster.weeks):
        on = roster.first + timedelta(days=day)
        if on in cover.on or (not cover.on and on not in single and WEEKDAYS[day % 7] in (cover.days or WEEKDAYS)):
            yield day


def counts(who: Person, cover: problem.Cover, on: date) -> bool:
    """Whether somebody is one of those who are wanted, that day."""
    introduced = who.introduction_until is None or on >= who.introduction_until
    return cover.competence in who.competences and introduced


def _clock(of: time) -> int:
    return of.hour * 60 + of.minute


def _span(first: date, day: int, shift: Shift) -> tuple[int, int]:
    ends = day + (shift.end <= shift.start)
    return passed(first, day, shift.start), passed(first, ends, shift.end)


def _overlap(one: Shift, then: Shift) -> bool:
    return _clock(one.start) + length(one) > DAY + _clock(then.start)


def _numbers(who: Person) -> tuple[int, int, int]:
    return int(who.share * FULL), who.nights, who.weekends


def _places(roster: Roster, names: Collection[str]) -> Iterator[int]:
    return (at for at, each in enumerate(roster.persons) if each.id in names)


def _wishes(roster: Roster, before: int) -> Iterator[rules.Wish]:
    for at, who in enumerate(roster.persons):
        for wish in who.wishes:
            about = (place for place, each in enumerate(roster.shifts) if wish.shift in ("", each.id))
            day = before + (wish.day - roster.first).days
            yield rules.Wish(at, day, frozenset(about), wish.want == "on", wish.weight)


def _cover(roster: Roster, before: int) -> Iterator[rules.Cover]:
    shifts = {each.id: at for at, each in enumerate(roster.shifts)}
    for row in roster.cover:
        for day in covered(roster, row):
            on = roster.first + timedelta(days=day)
            persons = frozenset(at for at, who in enumerate(roster.persons) if counts(who, row, on))
            yield rules.Cover(
                before + day, shifts[row.shift], persons, row.least, row.wanted, row.under, row.over, row.competence
            )


# The kinds of the file that are one kind of ours; hours become minutes.
ALIKE: dict[problem.RuleKind, rules.Kind] = {
    "daily-rest": "daily-rest", "weekly-rest": "weekly-rest", "longest-shift": "shift-minutes",
    "week-hours": "average-minutes", "most-running": "most-running", "least-running": "least-running",
    "least-off": "least-off", "most-shifts": "most-shifts", "most-weekends": "most-weekends",
    "whole-weekends": "split-weekends", "rest-between": "rest-between", "forward": "forward",
    "development": "least-shift-minutes", "fair-nights": "fair", "fair-weekends": "fair",
}  # fmt: skip
HOURS = {"daily-rest", "weekly-rest", "longest-shift", "week-hours", "rest-between", "development"}


def about(roster: Roster, rule: problem.Rule) -> frozenset[int]:
    """The shifts that a rule is about: those of its kinds, where it says any."""
    kinds = {"development": ("development",), "fair-nights": ("night",)}.get(rule.kind, rule.kinds)
    if rule.kind == "fair-weekends":
        return frozenset()
    return frozenset(at for at, each in enumerate(roster.shifts) if not kinds or each.kind in kinds)


def _rules(roster: Roster, before: int) -> Iterator[rules.Rule]:
    everybody = tuple(range(len(roster.persons)))
    for rule in roster.rules:
        shifts, value = about(roster, rule), int(rule.value * (60 if rule.kind in HOURS else 1))
        if rule.kind == "contract-hours":
            yield from _contract(roster, rule)
        elif rule.kind in ("supervised", "secure"):
            yield from _introduction(roster, rule, before)
        else:
            who = everybody if ALIKE[rule.kind] != "fair" else tuple(_able(roster, shifts))
            yield rules.Rule(ALIKE[rule.kind], who, value, rule.weight, shifts, days=7 * rule.weeks, name=rule.id)


def _able(roster: Roster, shifts: Collection[int]) -> Iterator[int]:
    """Those who may work one of the shifts, of any where there are none: who may not has no share in them."""
    among = [each for at, each in enumerate(roster.shifts) if not shifts or at in shifts]
    return (at for at, who in enumerate(roster.persons) if any(can(who, each) for each in among))


def _contract(roster: Roster, rule: problem.Rule) -> Iterator[rules.Rule]:
    for at, who in enumerate(roster.persons):
        hours, within = due(roster, who), int(rule.value * Decimal(60))
        yield rules.Rule("most-minutes", (at,), hours + within, rule.weight, name=rule.id)
        yield rules.Rule("least-minutes", (at,), max(hours - within, 0), rule.weight, name=rule.id)


def _introduction(roster: Roster, rule: problem.Rule, before: int) -> Iterator[rules.Rule]:
    for at, who in enumerate(roster.persons):
        if who.introduction_until is None or who.introduction_until <= roster.first:
            continue
        if rule.kind == "supervised":
            until = before + (who.introduction_until - roster.first).days
            yield rules.Rule("supervised", (at,), 0, rule.weight, about(roster, rule), until=until, name=rule.id)
            continue
        until = before + min((rule.by or roster.last) - roster.first, timedelta(days=7 * roster.weeks)).days
        if until <= before:  # a day of an earlier period
            continue
        for kind in rule.kinds:
            shifts = frozenset(place for place, each in enumerate(roster.shifts) if each.kind == kind)
            yield rules.Rule("least-shifts", (at,), int(rule.value), rule.weight, shifts, until=until, name=rule.id)
