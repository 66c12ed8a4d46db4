# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How each kind of rule is broken by one person's shifts, in plain counting.

A breach that lies wholly before the period is nobody's any longer and is not said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from overens.planning.roster.instance import OFF
from overens.planning.roster.rules import SATURDAY, Case, Kind, Rule

# A week's rest is within seven days (working hours act, 14 §); of a half week at the end nothing is said.
WEEK = 7


@dataclass(frozen=True)
class Breach:
    """By how much (``amount``; minutes where the kind is about time), at a column. ``weight``: None: may not be."""

    kind: str
    person: int | None
    day: int
    amount: int
    weight: int | None
    rule: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    minutes: bool = False

    @property
    def cost(self) -> int:
        """What it costs; time costs for each begun hour."""
        return (self.weight or 0) * (-(-self.amount // 60) if self.minutes else self.amount)


Lines = list[list[int]]
Found = Iterator[Breach]


def _said(case: Case, rule: Rule, who: int, day: int, amount: int, minutes: bool = False, **values: object) -> Breach:
    said = {"value": rule.value, "shifts": sorted(case.shifts[each] for each in rule.shifts), **values}
    if minutes:
        said |= {"hours": round(rule.value / 60, 2), "there": round(float(str(values.get("there", 0))) / 60, 2)}
    return Breach(rule.kind, who, day, amount, rule.weight, rule.name, said, minutes)


def _spans(case: Case, rule: Rule) -> list[range]:
    """The columns of each of the windows that a rule counts in, all within the period."""
    if not rule.days or rule.days >= case.days:
        return [range(case.before, case.last)]
    return [range(at, at + rule.days) for at in range(case.before, case.last - rule.days + 1)]


def _worst(counts: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Of windows that overlap only the worst: (first column, count) where it is a local greatest."""
    for _, run in groupby(enumerate(counts), key=lambda each: each[1][1] > 0):
        at, most = max((each for _, each in run), key=lambda each: (each[1], -each[0]))
        if most > 0:
            yield at, most


def _too_many(case: Case, rule: Rule, who: int, last: list[int], count: Callable[[range], int]) -> Found:
    """Each of some days (``last``) by how many are too many in what ends with it; without windows, all at once."""
    ends = [day + 1 for day in last] if 0 < rule.days < case.days else [case.last]
    for end in ends:
        span = range(max(end - (rule.days or case.days), case.before), end)
        there = count(span)
        if there > rule.value:
            yield _said(case, rule, who, end - 1, there - rule.value, there=there)


def most_shifts(case: Case, rule: Rule, who: int, lines: Lines) -> Found:
    worked = [day for day in range(case.before, case.last) if lines[who][day] in rule.shifts]
    yield from _too_many(case, rule, who, worked, lambda span: sum(lines[who][day] in rule.shifts for day in span))


def least_shifts(case: Case, rule: Rule, who: int, lines: Lines) -> Found:
    """With a supervisor there, where the person has any."""
    there = sum(
        lines[who][day] in rule.shifts and (not case.supervisors[who] or _with_supervisor(case, who, day, lines))
        for day in range(case.before, rule.until)
    )
    if there < rule.value:
        yield _said(case, rule, who, max(rule.until - 1, case.before), rule.value - there, there=there)


def _worked(case: Case, line: list[int], days: range) -> int:
    return sum(int(case.minutes[day, line[day]]) for day in days if line[day] != OFF)


def most_minutes(case: Case, rule: Rule, who: int, lines: Lines) -> Found:
    there = _worked(case, lines[who], range(case.before, case.last))
    if there > rule.value:
        yield _said(case, rule, who, case.before, there - rule.value, True, there=there)


def least_minutes(case: Case, rule: Rule, who: int, lines: Lines) -> Found:
    there = _worked(case, lines[who], range(case.before, case.last))
    if there < rule.value:
        yield _said(case, rule, who, case.before, rule.value - there, True, there=there)


def least_shift_minutes(case: Case, rule: Rule, who: int, lines: Lines) -> Found:
    line = [shift if shift in rule.shifts else OFF for shift in lines[who]]
    there = _worked(case, line, range(case.before, case.last))
    if there < rule.value:
        yield _said(case, rule, who, case.before, rule.value - there, True, there=there)


def shift_minutes(case: Case, rule: Rule, who: int, lines: Lines) -> Found:
    """From beginning to end, as time passes: the night when the clock is set back is an hour longer."""
    for day in range(case.before, case.last):
        if (shift := lines[who][day]) != OFF:
            there = int(case.ends[day, shift] - case.begins[day, shift])
            if there > rule.value:
                shifts = [case.shifts[shift]]
                yield _said(case, rule, who, day, there - rule.value, True, there=there, shifts=shifts)


def average_minutes(case: Case, rule: Rule, who: int, lines: Lines) -> Found:
    """Days of leave are not in what the average is over."""
    counts = []
    for span in _spans(case, rule):
        there = _worked(case, lines[who], span)
        days = len(span) - sum(bool(case.off[who, day]) for day in span)
        counts.append((span[0], there - rule.value * days // WEEK))
    for at, amount in _worst(counts):
        span = next(each for each in _spans(case, rule) if each[0] == at)
        days = len(span) - sum(bool(case.off[who, day]) for day in span)
        there = round(_worked(case, lines[who], span) * WEEK / max(days, 1))
        yield _said(case, rule, who, at, amount, True, there=there)


def _runs(line: list[int], counted: Callable[[int], bool]) -> Iterator[tuple[int, int]]:
    """(first column, how many) of the days in a row that are counted."""
    at = 0
    for yes, run in groupby(line, key=counted):
        length = sum(1 for _ in run)
        if yes:
            yield at, length
        at += length


def most_running(case: Case, rule: Rule, who: int, lines: Lines) -> Found:
    for at, length in _runs(lines[who], rule.shifts.__contains__):
        if length > rule.value and at + length > case.before:
            yield _said(case, rule, who, max(at + rule.value, case.before), length - rule.value, there=length)


def _least(case: Case, rule: Rule, who: int, lines: Lines, counted: Callable[[int], bool]) -> Found:
    """A run at either end of what is known may be longer than what is seen of it."""
    for at, length in _runs(lines[who], counted):
        if length < rule.value and at > 0 and case.before < at + length < case.last:
            yield _said(case, rule, who, max(at, case.before), rule.value - length, there=length)


def least_running(case: Case, rule: Rule, who: int, lines: Lines) -> Found:
    return _least(case, rule, who, lines, rule.shifts.__contains__)


def least_off(case: Case, rule: Rule, who: int, lines: Lines) -> Found:
    return _least(case, rule, who, lines, lambda shift: shift == OFF)


def _weekends(case: Case, line: list[int], days: range) -> Iterator[tuple[int, bool, bool]]:
    """(column of the Saturday, worked on it, on the Sunday): those with both days among the given ones."""
    for day in days:
        if case.weekday(day) == SATURDAY and day + 1 in days:
            yield day, line[day] != OFF, line[day + 1] != OFF


def most_weekends(case: Case, rule: Rule, who: int, lines: Lines) -> Found:
    period = range(case.before, case.last)
    sundays = [day + 1 for day, saturday, sunday in _weekends(case, lines[who], period) if saturday or sunday]

    def count(span: range) -> int:
        return sum(saturday or sunday for _, saturday, sunday in _weekends(case, lines[who], span))

    yield from _too_many(case, rule, who, sundays, count)


def split_weekends(case: Case, rule: Rule, who: int, lines: Lines) -> Found:
    for day, saturday, sunday in _weekends(case, lines[who], range(case.before, case.last)):
        if saturday != sunday:
            yield _said(case, rule, who, day, 1)


def _duties(case: Case, line: list[int]) -> list[tuple[int, int, int]]:
    """(begins, ends, column) of all that is worked, in order."""
    return [
        (int(case.begins[day, shift]), int(case.ends[day, shift]), day)
        for day, shift in enumerate(line)
        if shift != OFF
    ]


def _longest_rest(duties: list[tuple[int, int, int]], begin: int, end: int) -> int:
    """The longest time without work within a window."""
    longest, at = 0, begin
    for begins, ends, _ in duties:
        if ends <= begin or begins >= end:
            continue
        longest = max(longest, begins - at)
        at = max(at, ends)
    return max(longest, end - at)


def _rest(case: Case, rule: Rule, who: int, lines: Lines, first: int, days: int) -> Found:
    duties = _duties(case, lines[who])
    for day in range(first, case.last - days + 1, days):
        begin, end = case.own_days(who, day, days)
        there = _longest_rest(duties, begin, end)
        if there < rule.value:
            yield _said(case, rule, who, max(day, case.before), rule.value - there, True, there=there)


def daily_rest(case: Case, rule: Rule, who: int, lines: Lines) -> Found:
    """From the last day before the period, whose 24 hours reach into it, where it is known."""
    return _rest(case, rule, who, lines, max(case.before - 1, 0), 1)


def weekly_rest(case: Case, rule: Rule, who: int, lines: Lines) -> Found:
    return _rest(case, rule, who, lines, case.before, WEEK)


def rest_between(case: Case, rule: Rule, who: int, lines: Lines) -> Found:
    duties = _duties(case, lines[who])
    for (_, ended, before), (begins, _, day) in pairwise(duties):
        rest = begins - ended
        if day >= case.before and lines[who][before] in rule.shifts and rest < rule.value:
            shifts = [case.shifts[lines[who][before]], case.shifts[lines[who][day]]]
            yield _said(case, rule, who, day, rule.value - rest, True, there=rest, shifts=shifts)


def forward(case: Case, rule: Rule, who: int, lines: Lines) -> Found:
    line = lines[who]
    for day in range(max(case.before, 1), case.last):
        if line[day] != OFF and line[day - 1] != OFF and 0 <= case.order[line[day]] < case.order[line[day - 1]]:
            shifts = [case.shifts[line[day - 1]], case.shifts[line[day]]]
            yield _said(case, rule, who, day, 1, shifts=shifts)


def _with_supervisor(case: Case, who: int, day: int, lines: Lines) -> bool:
    return any(lines[other][day] == lines[who][day] for other in case.supervisors[who])


def supervised(case: Case, rule: Rule, who: int, lines: Lines) -> Found:
    for day in range(case.before, min(rule.until, case.last)):
        shift = lines[who][day]
        if shift in rule.shifts and not _with_supervisor(case, who, day, lines):
            by = sorted(case.persons[each] for each in case.supervisors[who])
            yield _said(case, rule, who, day, 1, by=by, shifts=[case.shifts[shift]])


def fair(case: Case, rule: Rule, who: int, lines: Lines) -> Found:
    """One's share is by share of full time; what was carried before the period counts."""

    def carried(person: int) -> int:
        if rule.shifts:
            now = sum(lines[person][day] in rule.shifts for day in range(case.before, case.last))
            return int(case.nights[person]) + now
        weekends = _weekends(case, lines[person], range(case.before, case.last))
        return int(case.weekends[person]) + sum(saturday or sunday for _, saturday, sunday in weekends)

    everybody = sum(carried(person) for person in rule.persons)
    shares = sum(int(case.share[person]) for person in rule.persons)
    fair_share = -(-everybody * int(case.share[who]) // max(shares, 1))
    over = carried(who) - fair_share - rule.value
    if over > 0:
        yield _said(case, rule, who, case.before, over, there=carried(who), fair=fair_share)


KINDS: Mapping[Kind, Callable[[Case, Rule, int, Lines], Found]] = {
    "most-shifts": most_shifts,
    "least-shifts": least_shifts,
    "most-minutes": most_minutes,
    "least-minutes": least_minutes,
    "shift-minutes": shift_minutes,
    "least-shift-minutes": least_shift_minutes,
    "average-minutes": average_minutes,
    "most-running": most_running,
    "least-running": least_running,
    "least-off": least_off,
    "most-weekends": most_weekends,
    "split-weekends": split_weekends,
    "daily-rest": daily_rest,
    "weekly-rest": weekly_rest,
    "rest-between": rest_between,
    "forward": forward,
    "supervised": supervised,
    "fair": fair,
}
