# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether a roster may be worked and what it costs: a checker that shares nothing with who plans but the rules.

Plain counting, person by person and day by day; each breach says who, when, and which rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from overens.planning.roster.breaches import KINDS, Breach
from overens.planning.roster.instance import OFF, Whole
from overens.planning.roster.rules import Case
from overens.rules.findings import Finding, Level, Where

EACH_HOUR = 60


@dataclass(frozen=True)
class Judged:
    """``broken``: what may not be; ``given_up``: what is weighed, each with its cost, notes. ``objective``: what all
    of that costs, by kind in ``costs``.
    """

    broken: tuple[Finding, ...]
    given_up: tuple[Finding, ...]
    costs: Mapping[str, int]

    @property
    def feasible(self) -> bool:
        return not self.broken

    @property
    def objective(self) -> int:
        return sum(self.costs.values())


def judge(case: Case, roster: Whole) -> Judged:
    """roster[P, D]: the shift of each person and day, or :data:`~overens.planning.roster.instance.OFF`.

    Raises ValueError where it has another shape or shifts that there are none of.
    """
    if roster.shape != (len(case.persons), case.days):
        raise ValueError(f"A roster of {roster.shape}, not of {(len(case.persons), case.days)}")
    if roster.size and not (roster.min() >= OFF and roster.max() < len(case.shifts)):
        raise ValueError("A roster with a shift that there is none of")
    lines = np.concatenate([case.past, roster], axis=1).tolist()
    broken: list[Finding] = []
    given_up: list[Finding] = []
    costs: Counter[str] = Counter()
    for breach in _breaches(case, lines):
        if breach.weight is None:
            broken.append(_finding(case, breach, "error"))
        elif breach.weight:
            costs[breach.kind] += breach.cost
            given_up.append(_finding(case, breach, "note"))
    return Judged(tuple(broken), tuple(given_up), dict(costs))


def _breaches(case: Case, lines: list[list[int]]) -> Iterator[Breach]:
    for who, line in enumerate(lines):
        yield from _of_itself(case, who, line)
    for rule in case.rules:
        for who in rule.persons:
            yield from KINDS[rule.kind](case, rule, who, lines)
    for wish in case.wishes:
        if (lines[wish.person][wish.day] in wish.shifts) != wish.on:
            kind = "wish-on" if wish.on else "wish-off"
            shifts = sorted(case.shifts[each] for each in wish.shifts)
            yield Breach(kind, wish.person, wish.day, 1, wish.weight, values={"shifts": shifts})
    on: dict[tuple[int, int], set[int]] = {}
    for who, line in enumerate(lines):
        for day in range(case.before, case.last):
            on.setdefault((day, line[day]), set()).add(who)
    for cover in case.cover:
        there = len(on.get((cover.day, cover.shift), set()) & cover.persons)
        values = {"shifts": [case.shifts[cover.shift]], "there": there, "competence": cover.name}
        if there < cover.least:
            said = {**values, "value": cover.least}
            yield Breach("least", None, cover.day, cover.least - there, None, values=said)
        if there < cover.wanted:
            said = {**values, "value": cover.wanted}
            yield Breach("under", None, cover.day, cover.wanted - there, cover.under, values=said)
        elif there > cover.wanted:
            said = {**values, "value": cover.wanted}
            yield Breach("over", None, cover.day, there - cover.wanted, cover.over, values=said)


def _of_itself(case: Case, who: int, line: list[int]) -> Iterator[Breach]:
    """What no rule needs to say: leave, what is given, what one may do, and shifts that may not follow each other."""
    for day in range(case.before, case.last):
        shift, given = line[day], int(case.fixed[who, day])
        values = {} if shift == OFF else {"shifts": [case.shifts[shift]]}
        if shift != OFF and case.off[who, day]:
            yield Breach("off", who, day, 1, None, values=values)
        if given != OFF and shift != given:
            yield Breach("fixed", who, day, 1, None, values={"shifts": [case.shifts[given]]})
        if shift != OFF and not case.able[who, shift]:
            yield Breach("able", who, day, 1, None, values=values)
        if shift != OFF and day and line[day - 1] != OFF and case.forbidden[line[day - 1], shift]:
            after = {**values, "after": case.shifts[line[day - 1]]}
            yield Breach("follows", who, day, 1, None, values=after)


def _finding(case: Case, breach: Breach, level: Level) -> Finding:
    day = _day(case, breach.day)
    person = "" if breach.person is None else case.persons[breach.person]
    where = f"roster[{person or '*'}].{day}"
    cost = None if breach.weight is None else breach.cost
    values = {"person": person, "day": day, "amount": breach.amount, "cost": cost, "rule": breach.rule}
    return Finding(f"roster-{breach.kind}", level, {**values, **breach.values}, Where(key=where))


def _day(case: Case, column: int) -> str:
    """A date; in the benchmark, which has none, the number of the day."""
    if case.first is None:
        return str(column - case.before)
    return (case.first + timedelta(days=column - case.before)).isoformat()
