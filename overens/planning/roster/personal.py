# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A rota as one person sees it: the days, the rest before each shift, and hours against the contract."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from overens.planning.roster.building import case, due, on_leave
from overens.planning.roster.instance import OFF, Whole
from overens.planning.roster.problem import Roster, Shift


@dataclass(frozen=True)
class Day:
    """``minutes`` of work as they pass; ``rest``: minutes since the last shift ended, None where nothing is known of
    one.
    """

    on: date
    shift: Shift | None
    minutes: int
    rest: int | None
    is_leave: bool


@dataclass(frozen=True)
class Week:
    days: tuple[Day, ...]

    @property
    def minutes(self) -> int:
        return sum(each.minutes for each in self.days)

    @property
    def number(self) -> int:
        """That of the calendar (ISO)."""
        return self.days[0].on.isocalendar().week


@dataclass(frozen=True)
class Personal:
    """``due``: minutes by the contract in the period, days of leave left out."""

    weeks: tuple[Week, ...]
    due: int

    @property
    def days(self) -> Sequence[Day]:
        return [day for week in self.weeks for day in week.days]

    @property
    def minutes(self) -> int:
        return sum(each.minutes for each in self.weeks)


def personal(roster: Roster, days: Whole, row: int) -> Personal:
    """Of the person at a row of ``days[P, D]``."""
    built, who = case(roster), roster.persons[row]
    line = [*built.past[row].tolist(), *days[row].tolist()]
    found: list[Day] = []
    ended: int | None = None
    for column, shift in enumerate(line):
        on = roster.first + timedelta(days=column - built.before)
        works = shift != OFF
        rest = int(built.begins[column, shift]) - ended if works and ended is not None else None
        minutes = int(built.minutes[column, shift]) if works else 0
        if column >= built.before:
            found.append(Day(on, roster.shifts[shift] if works else None, minutes, rest, on_leave(who, on)))
        if works:
            ended = int(built.ends[column, shift])
    weeks = tuple(Week(tuple(found[at : at + 7])) for at in range(0, len(found), 7))
    return Personal(weeks, due(roster, who))
