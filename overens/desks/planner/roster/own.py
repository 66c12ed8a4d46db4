# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""One person's rota as their page shows it: days of all published periods, changes ahead, hours by contract."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from overens.desks.planner.roster.saying import hours, wished
from overens.planner import staff
from overens.planner.models import ProblemVersion, StaffLink
from overens.planning.roster import carried, personal
from overens.planning.roster.carried import Edition
from overens.planning.roster.checks import FIRST, LAST
from overens.planning.roster.problem import Shift

DAY, WEEK = dt.timedelta(days=1), dt.timedelta(days=7)
# Unpacked rotas that are kept: a person's page asks for the same one for every week that is turned to.
KEPT = 64
# Rest that is longer than this, in minutes, is a day off and needs no telling.
LONG_REST = 48 * 60


@dataclass(frozen=True)
class Mine:
    """A period that somebody is in. ``row``: theirs."""

    period: staff.Period
    row: int

    @property
    def edition(self) -> Edition:
        return self.period.last.edition


def mine(link: StaffLink) -> list[Mine]:
    """The periods of the unit that the person of an address is in and that hold, in their order."""
    found, holder = [], staff.Holder(link)
    for problem in staff.of_unit(link.problem):
        for period in staff.periods(problem):
            row = holder.row(problem, period.last.edition.roster)
            if not period.withdrawn and row is not None:
                found.append(Mine(period, row))
    return sorted(found, key=lambda each: each.edition.roster.first)


def days(periods: Sequence[Mine]) -> dict[dt.date, personal.Day]:
    """By date; where two periods have the same day, that of the one that begins later."""
    return {day.on: day for each in periods for day in _own(each).days}


def anchor(asked: str, known: dict[dt.date, personal.Day], today: dt.date) -> dt.date:
    """The day that the page is about: the one that is asked for; else today, or the nearest that is known. Days that no
    rota can have are not asked for.
    """
    with suppress(ValueError):
        if FIRST < (day := dt.date.fromisoformat(asked)) < LAST:
            return day
    return min(known, key=lambda each: (abs(each - today), each), default=today)


def week(known: dict[dt.date, personal.Day], at: dt.date) -> list[personal.Day | None]:
    """Monday to Sunday; None for a day that no published rota has."""
    monday = at - DAY * at.weekday()
    return [known.get(monday + DAY * day) for day in range(7)]


def month(known: dict[dt.date, personal.Day], at: dt.date) -> list[list[tuple[dt.date, bool, personal.Day | None]]]:
    """Its weeks, with the days of other months that are in them: (date, whether it is of the month, day)."""
    first = at.replace(day=1)
    monday, weeks = first - DAY * first.weekday(), []
    while monday < first or monday.month == first.month:
        row = [monday + DAY * day for day in range(7)]
        weeks.append([(each, each.month == first.month, known.get(each)) for each in row])
        monday += WEEK
    return weeks


def sums(periods: Sequence[Mine]) -> list[dict[str, Any]]:
    """Of each period: hours of work, those of the contract, and what has been carried."""
    found = []
    for each in periods:
        roster, one = each.edition.roster, _own(each)
        done = next(
            row for row in carried.carried([each.period.editions], roster.first, roster.last)
            if row.who == roster.persons[each.row].id
        )  # fmt: skip
        found.append(
            {
                "first": roster.first,
                "last": roster.last,
                "worked": hours(one.minutes),
                "due": hours(one.due),
                "differs": hours(one.minutes - one.due, sign=True),
                "done": done.done,
                "decision": each.period.last.decision,
                "number": len(each.period.published),
            }
        )
    return found


def changed(
    periods: Sequence[Mine], who: str, today: dt.date
) -> list[tuple[carried.Changed, Shift | None, Shift | None]]:
    """What became another for somebody since a rota was first published, on days that are to come: of each day the last
    time, with the shifts before and after.
    """
    found: dict[dt.date, tuple[carried.Changed, Shift | None, Shift | None]] = {}
    for each in periods:
        shifts = {shift.id: shift for edition in each.period.editions for shift in edition.roster.shifts}
        for change in carried.changes(each.period.editions):
            if change.who == who and change.day >= today:
                found[change.day] = (change, shifts.get(change.before), shifts.get(change.after))
    return [found[day] for day in sorted(found)]


def _own(each: Mine) -> personal.Personal:
    version = each.period.last.decision.version
    return _built(version, version.basis, each.row)


@lru_cache(KEPT)
def _built(version: ProblemVersion, _basis: str, row: int) -> personal.Personal:
    edition = staff.edition_of(version, version.at.date())
    return personal.personal(edition.roster, edition.days, row)


def met(period: staff.Period, who: str) -> list[tuple[str, bool]]:
    """Each wish in words, as it stood in what was published, and whether it became so."""
    edition = period.last.edition
    person = next((each for each in edition.roster.persons if each.id == who), None)
    if person is None:
        return []
    return [(wished(wish, edition.roster), became) for wish, became in carried.wishes(edition, person)]
