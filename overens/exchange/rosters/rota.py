# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A rota as other programs want it: who works which shift which day, with the times of the clock in Sweden.

It knows nothing of how it was planned: ``overens.planner.rota_values`` makes it of a ward's problem and a roster.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from overens.rules.deadlines import STOCKHOLM

MINUTE = dt.timedelta(minutes=1)


@dataclass(frozen=True)
class Shift:
    """From ``start`` to ``end`` by the clock; an end that is not later is the next day's. ``unpaid``: minutes of break.
    ``kind``: day, evening, night, on-call or development.
    """

    id: str
    title: str
    kind: str
    start: dt.time
    end: dt.time
    unpaid: int = 0


@dataclass(frozen=True)
class Person:
    """``due``: minutes of work in the period by the contract."""

    id: str
    title: str
    due: int = 0


@dataclass(frozen=True)
class Cover:
    """``competence``: its title. ``persons``: ids of those who count."""

    day: dt.date
    shift: str
    competence: str
    least: int
    wanted: int
    persons: frozenset[str]


@dataclass(frozen=True)
class Rota:
    """``worked``: the id of the shift by person's id and day; a day off is not there. ``id``: of the unit's rota, the
    same in all its versions. ``version``: which one it is, in words; empty: of none.
    """

    id: str
    title: str
    unit: str
    synthetic: bool
    first: dt.date
    days: int
    shifts: tuple[Shift, ...]
    persons: tuple[Person, ...]
    worked: Mapping[tuple[str, dt.date], str]
    cover: tuple[Cover, ...] = ()
    version: str = ""

    @property
    def every_day(self) -> tuple[dt.date, ...]:
        return tuple(self.first + dt.timedelta(days=day) for day in range(self.days))

    @property
    def shift(self) -> dict[str, Shift]:
        return {each.id: each for each in self.shifts}

    def duties(self) -> Iterator[tuple[Person, dt.date, Shift]]:
        """Person by person, day by day."""
        shift = self.shift
        for who in self.persons:
            for day in self.every_day:
                if (id := self.worked.get((who.id, day))) is not None:
                    yield who, day, shift[id]


def span(shift: Shift, day: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """When a day's shift begins and ends, in Sweden."""
    ends = day + dt.timedelta(days=shift.end <= shift.start)
    return dt.datetime.combine(day, shift.start, STOCKHOLM), dt.datetime.combine(ends, shift.end, STOCKHOLM)


def minutes(shift: Shift, day: dt.date) -> int:
    """Of work, as they pass: the night when the clock is set forward is an hour shorter."""
    begins, ends = (each.astimezone(dt.UTC) for each in span(shift, day))
    return (ends - begins) // MINUTE - shift.unpaid
