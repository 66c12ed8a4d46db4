# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A roster laid by hand: kept as a table by persons and dates, changed in steps, and each step looked at before it is
taken.

A table says a person's shifts by date, so that it can be read for a problem that has been changed since: who or what is
there no longer is left out.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from overens.planning.roster.instance import OFF, Whole
from overens.planning.roster.judged import Judged, judge
from overens.planning.roster.rules import Case
from overens.rules.findings import Finding, Where, refuse

# A cell: a person's id and a date, as ISO has it; what it becomes: a shift's id, empty for off.
At = tuple[str, str]
Put = tuple[str, str, str]


@dataclass(frozen=True)
class Step:
    """What was changed at once, and cells that are to stay as they are (or no longer are)."""

    put: tuple[Put, ...] = ()
    lock: tuple[At, ...] = ()
    unlock: tuple[At, ...] = ()


def dates(case: Case) -> list[str]:
    """Of the days of the period. A ward's case has dates."""
    assert case.first is not None
    return [(case.first + timedelta(days=day)).isoformat() for day in range(case.days)]


def as_table(case: Case, roster: Whole) -> str:
    """A line for each person, a column for each date, shifts by their ids, empty on days off."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(["person", *dates(case)])
    for who, line in zip(case.persons, roster.tolist(), strict=True):
        writer.writerow([who, *("" if shift == OFF else case.shifts[shift] for shift in line)])
    return written.getvalue()


def from_table(text: str, case: Case) -> Whole:
    """roster[P, D]. What the table does not say is off, or as it is given. Raises Refused: ``roster-table``, where it
    is none.
    """
    roster = empty(case)
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    if not rows or rows[0][:1] != ["person"]:
        refuse("roster-table", "table")
    persons = {each: at for at, each in enumerate(case.persons)}
    shifts = {each: at for at, each in enumerate(case.shifts)}
    days = {each: at for at, each in enumerate(dates(case))}
    columns = [(at, days[each]) for at, each in enumerate(rows[0]) if each in days]
    for row in rows[1:]:
        if row and row[0] in persons:
            for at, day in columns:
                roster[persons[row[0]], day] = shifts.get(row[at], OFF) if at < len(row) else OFF
    return roster


def freed(case: Case, unlocked: Collection[At]) -> Case:
    """With cells whose shift is given no longer."""
    fixed = case.fixed.copy()
    for each in unlocked:
        if _is_there(case, each):
            who, day = place(case, each)
            fixed[who, case.before + day] = OFF
    return replace(case, fixed=fixed)


def locked(case: Case, roster: Whole, at: At) -> Step:
    """A cell is to stay as it is. Raises Refused: ``roster-cell``, ``roster-lock-nothing`` on a day off."""
    if roster[place(case, at)] == OFF:
        refuse("roster-lock-nothing", "person", person=at[0], day=at[1])
    return Step(lock=(at,))


def empty(case: Case) -> Whole:
    """Everybody off, but where a shift is given."""
    return case.fixed[:, case.before :].copy()


def laid(case: Case, start: Whole, steps: Iterable[Step]) -> tuple[Whole, frozenset[At]]:
    """The roster after the steps, and the cells that are to stay. Steps about what is not there are passed by."""
    roster = start.copy()
    shifts = {"": OFF, **{each: at for at, each in enumerate(case.shifts)}}
    kept: set[At] = set()
    for step in steps:
        for who, day, shift in step.put:
            if _is_there(case, (who, day)) and shift in shifts:
                roster[place(case, (who, day))] = shifts[shift]
        kept = {*kept, *(each for each in step.lock if _is_there(case, each))} - {*step.unlock}
    return roster, frozenset(kept)


def moved(case: Case, roster: Whole, giver: At, taker: At) -> Step:
    """A shift goes to another cell, and what was there comes back.

    Raises Refused: ``roster-cell``, ``roster-nothing``.
    """
    one, other = (place(case, at) for at in (giver, taker))
    if roster[one] == OFF or one == other:
        refuse("roster-nothing", "giver", person=giver[0], day=giver[1])
    return Step(put=((*taker, _name(case, roster[one])), (*giver, _name(case, roster[other]))))


def put(case: Case, at: At, shift: str) -> Step:
    """A cell becomes a shift, or off where that is empty. Raises Refused: ``roster-cell``, ``roster-no-shift``."""
    place(case, at)
    if shift and shift not in case.shifts:
        refuse("roster-no-shift", "shift", shift=shift[:40], known=list(case.shifts))
    return Step(put=((*at, shift),))


def looked_at(case: Case, roster: Whole, giver: At, days: Collection[str]) -> dict[At, tuple[Finding, ...]]:
    """Of the cells that a shift could be moved to, what may not be then: those of the same day, and those of the same
    person on the ``days``. Shares between persons are left to the whole judgement. Raises Refused as :func:`moved`.
    """
    place(case, giver)
    cells = [(who, giver[1]) for who in case.persons if who != giver[0]]
    cells += [(giver[0], day) for day in days if day != giver[1] and _is_there(case, (giver[0], day))]
    return {each: new_breaches(case, roster, moved(case, roster, giver, each)) for each in cells}


def new_breaches(case: Case, roster: Whole, step: Step) -> tuple[Finding, ...]:
    """What may not be after a step and was not before it, about those persons and days that it changes."""
    after, _locked = laid(case, roster, [step])
    changed = np.argwhere(after != roster)
    about = _about(case, {int(who) for who, _day in changed})
    part, days = of_some(case, about), {case.before + int(day) for _who, day in changed}
    before = [*judge(part, roster[about]).broken, *_short(case, roster, days)]
    found = [*judge(part, after[about]).broken, *_short(case, after, days)]
    known = {_same(each): _amount(each) for each in before}
    return tuple(each for each in found if _amount(each) > known.get(_same(each), 0))


def of_some(case: Case, persons: list[int]) -> Case:
    """The case of some of its persons: the rules of their own that must hold, and nothing that is weighed."""
    place = {who: at for at, who in enumerate(persons)}
    rules = (
        replace(each, persons=tuple(place[who] for who in each.persons if who in place))
        for each in case.rules
        if each.weight is None and each.kind != "fair"
    )
    return replace(
        case, persons=tuple(case.persons[who] for who in persons), past=case.past[persons], able=case.able[persons],
        off=case.off[persons], fixed=case.fixed[persons], opens=case.opens[persons], share=case.share[persons],
        nights=case.nights[persons], weekends=case.weekends[persons],
        supervisors=tuple(frozenset(place[each] for each in case.supervisors[who] if each in place) for who in persons),
        rules=tuple(each for each in rules if each.persons),
        wishes=(), cover=(),
    )  # fmt: skip


def judged(case: Case, roster: Whole, locked: Collection[At]) -> Judged:
    """With what is locked in the draft as given."""
    if not locked:
        return judge(case, roster)
    fixed = case.fixed.copy()
    for each in locked:
        who, day = place(case, each)
        fixed[who, case.before + day] = roster[who, day]
    return judge(replace(case, fixed=fixed), roster)


def _about(case: Case, persons: set[int]) -> list[int]:
    """With those whom they supervise, and all who do."""
    introduced = {who for who, by in enumerate(case.supervisors) if who in persons or by & persons}
    return sorted(persons | introduced | {each for who in introduced for each in case.supervisors[who]})


def _short(case: Case, roster: Whole, days: Collection[int]) -> Iterator[Finding]:
    """Cover that is below the least, on some days (columns)."""
    for cover in case.cover:
        if cover.day in days:
            there = int((roster[sorted(cover.persons), cover.day - case.before] == cover.shift).sum())
            if there < cover.least:
                day = dates(case)[cover.day - case.before]
                shift = case.shifts[cover.shift]
                said = {
                    "person": "", "day": day, "amount": cover.least - there, "cost": None, "rule": "",
                    "shifts": [shift], "there": there, "competence": cover.name, "value": cover.least,
                }  # fmt: skip
                yield Finding("roster-least", "error", said, Where(key=f"roster[*].{day}.{shift}.{cover.name}"))


def _same(found: Finding) -> tuple[object, ...]:
    return found.code, found.where, found.values["rule"]


def _amount(found: Finding) -> int:
    return int(str(found.values["amount"]))


def _name(case: Case, shift: int) -> str:
    return "" if shift == OFF else case.shifts[shift]


def place(case: Case, at: At) -> tuple[int, int]:
    """Person and day of the period. Raises Refused: ``roster-cell``."""
    if case.first is None or not _is_there(case, at):
        refuse("roster-cell", "person", person=at[0][:40], day=at[1][:20])
    return case.persons.index(at[0]), (date.fromisoformat(at[1]) - case.first).days


def _is_there(case: Case, at: At) -> bool:
    try:
        day = date.fromisoformat(at[1])
    except ValueError:
        return False
    return case.first is not None and at[0] in case.persons and 0 <= (day - case.first).days < case.days
