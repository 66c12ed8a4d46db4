# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A debt over time: what has been claimed of it, what falls due when, what is late, and the interest on that.

A debt rises (a report, a clawback), is claimed with a day to pay it by, falls (a repayment, a remission), and may be
spread over a plan. Replaying what has happened says at any day how it stands. Whatever makes a debt fall covers what
is due first (assumed: the debtor has said nothing else).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import pairwise

from overens.rules.agreement import Claims, Reminder
from overens.rules.deadlines import next_working_day, working_days_after
from overens.rules.findings import refuse
from overens.rules.interest import DAY, Rule, Stretch, stretches


class What(IntEnum):
    """What happens to a debt, in the order in which it counts within a day."""

    ROSE = 1
    FELL = 2
    CLAIMED = 3
    PLANNED = 4
    BROKEN = 5


@dataclass(frozen=True)
class Instalment:
    """So many whole kronor of a plan, to be paid by a day."""

    due_on: dt.date
    kronor: int


@dataclass(frozen=True)
class Happening:
    """``kronor`` is by how much it rose or fell, or was claimed with ``due_on``; ``rows`` is a plan, whose interest
    runs after ``due_on``. A plan that is broken falls due as a whole on its day.
    """

    on: dt.date
    what: What
    kronor: int = 0
    due_on: dt.date | None = None
    number: int | None = None
    rows: tuple[Instalment, ...] = ()


@dataclass(frozen=True)
class Due:
    """A part of a debt that has a day. ``claim`` is the number of the claim that set it, None in a plan; ``deferred``
    is the day after which a plan's own interest runs until the part falls due.
    """

    due_on: dt.date
    kronor: int
    left: int
    claim: int | None = None
    deferred: dt.date | None = None


@dataclass(frozen=True)
class Debt:
    """How a debt stands: its parts with a day, in the order in which they are covered, and what nobody has claimed.

    ``unclaimed`` is below zero when more has come in than was owed.
    """

    dues: tuple[Due, ...] = ()
    unclaimed: int = 0

    @property
    def owed(self) -> int:
        return self.unclaimed + sum(due.left for due in self.dues)

    @property
    def open(self) -> tuple[Due, ...]:
        return tuple(due for due in self.dues if due.left)

    def overdue(self, day: dt.date) -> int:
        """Kronor that should have been paid before a day."""
        return sum(due.left for due in self.dues if due.due_on < day)

    def late_since(self, day: dt.date) -> dt.date | None:
        """The oldest day by which something should have been paid before a day, and was not."""
        return min((due.due_on for due in self.open if due.due_on < day), default=None)

    def next_due(self, day: dt.date) -> Due | None:
        return next((due for due in self.open if due.due_on >= day), None)


def standing(happenings: Iterable[Happening], day: dt.date = dt.date.max) -> Debt:
    """How the debt stands at the end of a day."""
    debt = Debt()
    for each in sorted(happenings, key=lambda each: (each.on, each.what)):
        if each.on <= day:
            debt = _after(debt, each)
    return debt


def _after(debt: Debt, happening: Happening) -> Debt:
    match happening.what:
        case What.ROSE:
            return replace(debt, unclaimed=debt.unclaimed + happening.kronor)
        case What.FELL:
            dues, rest = _covered(debt.dues, happening.kronor)
            return Debt(dues, debt.unclaimed - rest)
        case What.CLAIMED:
            assert happening.due_on is not None
            # A payment that was on its way when the claim was raised has covered its part already.
            claimed = min(happening.kronor, max(debt.unclaimed, 0))
            due = Due(happening.due_on, happening.kronor, claimed, happening.number)
            return Debt(_ordered((*debt.dues, due)), debt.unclaimed - claimed)
        case What.PLANNED:
            rows = tuple(Due(row.due_on, row.kronor, row.kronor, None, happening.due_on) for row in happening.rows)
            planned = sum(row.kronor for row in rows)
            dues, _ = _covered(rows, max(0, planned - debt.owed))
            return Debt(dues, debt.owed - sum(due.left for due in dues))
        case What.BROKEN:
            fallen = (
                due if due.deferred is None else replace(due, due_on=min(due.due_on, happening.on), deferred=None)
                for due in debt.dues
            )
            return replace(debt, dues=_ordered(fallen))


def _covered(dues: Sequence[Due], kronor: int) -> tuple[tuple[Due, ...], int]:
    """The parts when so much has been paid of them, and what was above."""
    left = []
    for due in dues:
        part = min(due.left, kronor)
        kronor -= part
        left.append(replace(due, left=due.left - part))
    return tuple(left), kronor


def _ordered(dues: Iterable[Due]) -> tuple[Due, ...]:
    return tuple(sorted(dues, key=lambda due: due.due_on))


def interest(happenings: Sequence[Happening], after: dt.date, through: dt.date) -> tuple[Stretch, ...]:
    """The interest on a debt for the days after one and through another, in order of time.

    A day counts when the sum was late (or deferred) as it began: from the day after the due day, through the day on
    which it is paid. Raises Refused (``rate-unknown``).
    """
    ordered = sorted(happenings, key=lambda each: (each.on, each.what))
    days = {each.on for each in ordered} | {after, through}
    for each in ordered:
        days |= {day for day in (each.due_on, *(row.due_on for row in each.rows)) if day is not None}
    sums: list[tuple[Rule, dt.date, dt.date, int]] = []
    marks = sorted(day for day in days if after <= day <= through)
    for start, end in pairwise(marks):
        debt = standing(ordered, start)
        late = sum(due.left for due in debt.dues if due.due_on <= start)
        deferred = sum(due.left for due in debt.dues if due.deferred and due.deferred <= start < due.due_on)
        for rule, kronor in (("default", late), ("deferral", deferred)):
            if kronor:
                _joined(sums, (rule, start + DAY, end, kronor))  # type: ignore[arg-type]
    return tuple(row for rule, first, last, kronor in sums for row in stretches(rule, kronor, first, last))


def _joined(sums: list[tuple[Rule, dt.date, dt.date, int]], new: tuple[Rule, dt.date, dt.date, int]) -> None:
    """Add days; where they only continue the ones before, as one."""
    rule, first, last, kronor = new
    for place, (its_rule, its_first, its_last, its_kronor) in enumerate(sums):
        if (its_rule, its_kronor) == (rule, kronor) and its_last + DAY == first:
            sums[place] = (rule, its_first, last, kronor)
            return
    sums.append(new)


def reminder_due(rules: Claims, late_since: dt.date, today: dt.date) -> Reminder | None:
    """The sternest reminder whose time has come, of what should have been paid by a day."""
    come = [each for each in rules.reminders if working_days_after(late_since, each.working_days) <= today]
    return come[-1] if come else None


def next_reminder(rules: Claims, late_since: dt.date, today: dt.date) -> tuple[Reminder, dt.date] | None:
    """The reminder that comes next, and its day."""
    coming = ((each, working_days_after(late_since, each.working_days)) for each in rules.reminders)
    return next(((each, day) for each, day in coming if day > today), None)


def broken_since(debt: Debt, rules: Claims, today: dt.date) -> dt.date | None:
    """The due day on which a plan was broken: unpaid, and the days of grace have passed since."""
    missed = min((due.due_on for due in debt.open if due.deferred is not None), default=None)
    if missed is None or working_days_after(missed, rules.grace_working_days) >= today:
        return None
    return missed


def plan(rows: Sequence[Instalment], owed: int, today: dt.date) -> tuple[Instalment, ...]:
    """A plan that can be decided: later days, one after the other, the whole debt. A day on which no bank is open is
    moved to the next (assumed: as 5 § skuldebrevslagen does).

    Raises Refused: ``plan-empty``, ``plan-past``, ``plan-order``, ``plan-nothing``, ``plan-sum``, each with the row
    that it is about.
    """
    if not rows:
        refuse("plan-empty", key="rows")
    moved = tuple(Instalment(next_working_day(row.due_on), row.kronor) for row in rows)
    for number, row in enumerate(moved, start=1):
        if row.due_on <= today:
            refuse("plan-past", key="rows", row=number, day=rows[number - 1].due_on.isoformat())
        if number > 1 and row.due_on <= moved[number - 2].due_on:
            refuse("plan-order", key="rows", row=number, day=rows[number - 1].due_on.isoformat())
        if row.kronor <= 0:
            refuse("plan-nothing", key="rows", row=number)
    planned = sum(row.kronor for row in rows)
    if planned != owed:
        refuse("plan-sum", key="rows", planned=planned, owed=owed, difference=abs(planned - owed))
    return moved
