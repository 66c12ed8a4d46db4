# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Somebody who was to work cannot: put into the problem's file, and what another rota then breaks that nobody's
replacing them would not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from overens.planning.roster import laying
from overens.planning.roster.building import case, due
from overens.planning.roster.instance import OFF, Whole
from overens.planning.roster.judged import judge
from overens.planning.roster.problem import AWAY, Roster
from overens.planning.roster.reading import read
from overens.planning.roster.rules import Case
from overens.rules.diff import Change, Kind
from overens.rules.findings import Finding, refuse
from overens.rules.studio.editing import changed, data_of


@dataclass(frozen=True)
class Taker:
    """Somebody (row) who could take an open shift. ``broken``: what may not be that would then be; ``lacks``: in the
    cover of which competences the one who is away counted, and they do not; ``over``: minutes of work in the period
    above the contract's, with the shift; ``gives_up``: whether they wished to be off.
    """

    who: int
    broken: tuple[Finding, ...]
    lacks: tuple[str, ...]
    over: int
    gives_up: bool


def days_of(roster: Roster, first: date, last: date) -> range:
    """The days of the period, as numbers. Raises Refused: ``absence-order`` and ``absence-outside``, at ``last``."""
    if last < first:
        refuse("absence-order", "last", first=f"{first}", last=f"{last}")
    if first < roster.first or last > roster.last:
        refuse("absence-outside", "last", first=f"{roster.first}", last=f"{roster.last}")
    return range((first - roster.first).days, (last - roster.first).days + 1)


def put_in(text: str, roster: Roster, worked: Whole, who: int, first: date, last: date) -> str:
    """The problem's text with a person (row of ``worked[P, D]``) away: let off the hours that stood in the rota, and
    without what was given and what was wished for those days. All else stays. Where what is left of the contract is
    then more than the days that are left have room for, it is leave as any other.
    """
    person, built = roster.persons[who], case(roster)
    shifts = open_shifts(worked, who, days_of(roster, first, last))
    minutes = sum(int(built.minutes[built.before + day, shift]) for day, shift in shifts)
    hours = (Decimal(minutes) / 60).quantize(Decimal("0.01"))
    rows = next(each for each in data_of(text)["person"] if each.get("id") == person.id)
    leave: dict[str, Any] = {"first": first, "last": last, "why": AWAY}
    let_off = {**leave, "hours": int(hours) if hours == int(hours) else hours}
    kept = {
        "duty": [each for each in rows.get("duty", ()) if not first <= each["day"] <= last],
        "wish": [
            each for each in rows.get("wish", ()) if each.get("want") == "off" or not first <= each["day"] <= last
        ],
    }
    made = [
        changed(text, list(_changes(person.id, rows, {"leave": [*rows.get("leave", ()), each], **kept})))
        for each in (let_off, leave)
    ]
    return next((each for each in made if read(each)[0] is not None), made[0])


def without(worked: Whole, who: int, days: Iterable[int]) -> Whole:
    """The rota when nobody replaces somebody."""
    left = worked.copy()
    left[who, list(days)] = OFF
    return left


def open_shifts(worked: Whole, who: int, days: Iterable[int]) -> list[tuple[int, int]]:
    """(day, shift) of what somebody was to work."""
    return [(day, int(worked[who, day])) for day in days if worked[who, day] != OFF]


def takers(of: Case, roster: Roster, left: Whole, away: int, day: int, shift: int) -> list[Taker]:
    """Those who are off that day and may work the shift of who is away (row): first where nothing breaks, then
    those who count where the one who is away did, then those furthest below the hours of their contract.
    """
    column, on = of.before + day, (roster.first + timedelta(days=day)).isoformat()
    wished = {wish.person for wish in of.wishes if wish.day == column and not wish.on and shift in wish.shifts}
    counted = [each for each in of.cover if (each.day, each.shift) == (column, shift) and away in each.persons]
    found = []
    for who, person in enumerate(roster.persons):
        if left[who, day] == OFF and of.able[who, shift] and not of.off[who, column]:
            step = laying.Step(put=((person.id, on, of.shifts[shift]),))
            over = _minutes(of, left, who) + int(of.minutes[column, shift]) - due(roster, person)
            lacks = tuple(each.name for each in counted if who not in each.persons)
            found.append(Taker(who, laying.new_breaches(of, left, step), lacks, over, who in wished))
    return sorted(found, key=lambda each: (bool(each.broken), len(each.lacks), each.gives_up, each.over))


def _minutes(of: Case, worked: Whole, who: int) -> int:
    line = worked[who].tolist()
    return sum(int(of.minutes[of.before + day, shift]) for day, shift in enumerate(line) if shift != OFF)


def broken_anew(of: Case, before: Whole, after: Whole) -> tuple[Finding, ...]:
    """What may not be in one rota and is not, or less so, in the one before."""
    known = {_same(each): _amount(each) for each in judge(of, before).broken}
    return tuple(each for each in judge(of, after).broken if _amount(each) > known.get(_same(each), 0))


def _changes(who: str, before: dict[str, Any], after: dict[str, list[Any]]) -> Iterable[Change]:
    for name, rows in after.items():
        stood = before.get(name, [])
        if rows != stood:
            kind: Kind = "removed" if not rows else "changed" if stood else "added"
            yield Change(("person", (who,), name), kind, stood or None, rows or None)


def _same(found: Finding) -> tuple[str, ...]:
    said = [str(found.values.get(name)) for name in ("person", "day", "rule", "shifts", "competence")]
    return (found.code, *said)


def _amount(found: Finding) -> int:
    return int(str(found.values["amount"]))
