# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who has carried what of a ward's burden, over the periods that were published, against what is a fair share.

A share is by share of full time and by the days that somebody was there (assumed to be what a ward calls fair). Who may
work no night has no share in the nights.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from overens.planning.roster.building import can, on_leave
from overens.planning.roster.instance import OFF, Whole
from overens.planning.roster.problem import Person, Roster, Wish
from overens.planning.roster.rules import SATURDAY, SUNDAY

# That changes are told two weeks before is what the working hours act (1982:673) 12 § asks for (assumed).
NOTICE = timedelta(days=14)
Burden = Literal["nights", "evenings", "weekends", "recalls", "moved", "given_up"]
BURDENS: tuple[Burden, ...] = ("nights", "evenings", "weekends", "recalls", "moved", "given_up")


@dataclass(frozen=True)
class Edition:
    """A rota as it was published ``on`` a day. ``days[P, D]``: shifts of the problem's persons and days."""

    on: date
    roster: Roster
    days: Whole

    def shift(self, who: str, day: date) -> str:
        """Its id; nothing where the person is off, or is none of these, or the day is in no such period."""
        at = (day - self.roster.first).days
        row = next((row for row, each in enumerate(self.roster.persons) if each.id == who), None)
        if row is None or not 0 <= at < self.days.shape[1] or self.days[row, at] == OFF:
            return ""
        return self.roster.shifts[int(self.days[row, at])].id


@dataclass(frozen=True)
class Changed:
    """A day of a person that became another ``on`` a day: shifts by id, nothing when off."""

    who: str
    day: date
    before: str
    after: str
    on: date

    @property
    def is_short(self) -> bool:
        """Told with less notice than there should be, of work; to be let off is no burden."""
        return bool(self.after) and self.day - self.on < NOTICE

    @property
    def is_recall(self) -> bool:
        """Called in on a day off."""
        return self.is_short and not self.before


@dataclass
class Carried:
    """Of a person, in all: ``done`` by burden, ``fair``: what would have been one's share of everybody's. ``minutes``
    of work by the clock; ``there``: full-time days, not on leave; ``wishes`` that were asked in ``asked``.
    """

    who: str
    title: str
    done: dict[Burden, int] = field(default_factory=lambda: dict.fromkeys(BURDENS, 0))
    fair: dict[Burden, Fraction] = field(default_factory=dict)
    may: set[Burden] = field(default_factory=set)
    there: Fraction = Fraction(0)
    shifts: int = 0
    asked: int = 0


def changes(editions: Sequence[Edition]) -> list[Changed]:
    """What became another from each published rota of a period to the next, oldest first."""
    found = []
    for before, after in pairwise(editions):
        for who in after.roster.persons:
            if who.id not in {each.id for each in before.roster.persons}:
                continue
            for at in range(after.days.shape[1]):
                day = after.roster.first + timedelta(days=at)
                old, new = before.shift(who.id, day), after.shift(who.id, day)
                if old != new and before.roster.first <= day <= before.roster.last:
                    found.append(Changed(who.id, day, old, new, after.on))
    return found


def carried(periods: Sequence[Sequence[Edition]], first: date, last: date) -> list[Carried]:
    """From ``first`` to ``last``, both counted. periods: of each, its editions, oldest first; the last one was worked.
    Who has one id and one title in two periods is one: files of a unit give their persons ids by themselves.

    Nights and weekends that a file says were carried before its period count where the period is the person's first one
    of a year that is asked for.
    """
    known: dict[tuple[str, str], Carried] = {}
    within = [each for each in periods if each and each[-1].roster.first <= last and each[-1].roster.last >= first]
    for editions in sorted(within, key=lambda each: each[-1].roster.first):
        worked = editions[-1]
        for row, who in enumerate(worked.roster.persons):
            is_new = (who.id, who.title) not in known
            one = known.setdefault((who.id, who.title), Carried(who.id, who.title))
            if is_new and first <= worked.roster.first <= last and worked.roster.first.year == first.year:
                one.done["nights"] += who.nights
                one.done["weekends"] += who.weekends
            _count(one, worked, row, first, last)
        titles = {each.id: each.title for each in worked.roster.persons}
        for change in changes(editions):
            if change.who in titles and first <= change.day <= last and change.is_short:
                known[change.who, titles[change.who]].done["recalls" if change.is_recall else "moved"] += 1
    for burden in BURDENS:
        having = [each for each in known.values() if burden in each.may]
        whole, there = sum(each.done[burden] for each in having), sum(each.there for each in having)
        for each in known.values():
            each.fair[burden] = whole * each.there / there if there and burden in each.may else Fraction(0)
    return list(known.values())


def wishes(worked: Edition, who: Person) -> Iterator[tuple[Wish, bool]]:
    """What somebody wished for, and whether it became so."""
    for wish in who.wishes:
        has = worked.shift(who.id, wish.day)
        there = has == wish.shift if wish.shift else bool(has)
        yield wish, there == (wish.want == "on")


def _count(one: Carried, worked: Edition, row: int, first: date, last: date) -> None:
    roster, line = worked.roster, worked.days[row].tolist()
    who = roster.persons[row]
    within = [
        (at, roster.first + timedelta(days=at))
        for at in range(len(line))
        if first <= roster.first + timedelta(days=at) <= last
    ]
    one.there += Fraction(who.share) * sum(not on_leave(who, day) for _at, day in within)
    one.may |= {burden for burden in BURDENS if _may(roster, who, burden)}
    for at, _day in within:
        if line[at] == OFF:
            continue
        one.shifts += 1
        kind = roster.shifts[line[at]].kind
        one.done["nights"] += kind == "night"
        one.done["evenings"] += kind == "evening"
        # A weekend is one, whether one of its days is worked or both.
        is_second = at % 7 == SUNDAY and at > 0 and line[at - 1] != OFF
        one.done["weekends"] += at % 7 == SATURDAY or (at % 7 == SUNDAY and not is_second)
    for wish, met in wishes(worked, who):
        if first <= wish.day <= last:
            one.asked += 1
            one.done["given_up"] += not met


def _may(roster: Roster, who: Person, burden: Burden) -> bool:
    kind = {"nights": "night", "evenings": "evening"}.get(burden)
    return any(kind in (None, shift.kind) and can(who, shift) for shift in roster.shifts)
