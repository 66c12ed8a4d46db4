# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a roster costs, person by person and for the cover, so that what one person's change costs is soon known.

With everybody else's lines given, the cover costs so much for each day and shift that one person works; so do
supervision, the shifts of who is in introduction, and what is fair. Too few in a cover cost ``missing`` each, so that
whoever searches may pass by what may not be.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from overens.planning.chance import compiled
from overens.planning.roster.instance import OFF, Real, Truth, Whole
from overens.planning.roster.lines import Own, worth
from overens.planning.roster.own import Places, compile_all, shared
from overens.planning.roster.rules import SATURDAY, TIMED, Case, Rule


class Covers(NamedTuple):
    """``day[C]``, ``shift[C]``; ``cost[C, N + 1]``: of so many there; ``member[C, P]``."""

    day: Whole
    shift: Whole
    cost: Real
    member: Truth


@compiled
def marginal(covers: Covers, there: Whole, who: int, cost: Real) -> None:
    """Adds to ``cost[D, S]`` what one more costs, where ``there[C]`` are there without the person."""
    for at in range(covers.day.size):
        if covers.member[at, who]:
            count = there[at]
            cost[covers.day[at], covers.shift[at]] += covers.cost[at, count + 1] - covers.cost[at, count]


@compiled
def counted(covers: Covers, there: Whole, who: int, line: Whole, by: int) -> None:
    """Puts a line into ``there[C]``, or takes it away."""
    for at in range(covers.day.size):
        if line[covers.day[at]] == covers.shift[at] and covers.member[at, who]:
            there[at] += by


@compiled
def covered(covers: Covers, there: Whole) -> float:
    found = 0.0
    for at in range(covers.day.size):
        found += covers.cost[at, there[at]]
    return found


def prices(crew: Crew, there: Whole) -> Real:
    """What one more is worth in each cover, as it stands: the middle of one more and one less."""
    cost, places = crew.covers.cost, np.arange(there.size)
    fewer, more = np.maximum(there - 1, 0), np.minimum(there + 1, cost.shape[1] - 1)
    return np.asarray((cost[places, fewer] - cost[places, more]) / np.maximum(more - fewer, 1))


def wanted(crew: Crew, cover: Real) -> tuple[float, Whole]:
    """The least that the cover costs where whoever is there is paid for by ``cover[C]``; and how many that takes."""
    costs = crew.covers.cost + cover[:, None] * np.arange(crew.covers.cost.shape[1])
    return float(costs.min(axis=1).sum()), costs.argmin(axis=1)


# No shift is longer.
HOURS = 24


@dataclass(frozen=True)
class Crew:
    """``owns``: by person; ``places``: which of its totals are those of a rule that hangs on others too. ``between``:
    rules that several have to do with. Lines are as :mod:`lines` has them: 0 off.
    """

    case: Case
    owns: list[Own]
    places: list[Places]
    covers: Covers
    between: tuple[Rule, ...]
    missing: float

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.owns), self.case.days


def assembled(case: Case) -> Crew:
    persons = len(case.persons)
    # What one shift more could cost: a rule of times costs for each hour.
    weights = (
        [(rule.weight or 0) * (HOURS if rule.kind in TIMED else 1) for rule in case.rules]
        + [each.weight for each in case.wishes]
        + [each.under for each in case.cover]
        + [each.over for each in case.cover]
    )
    missing = 10.0 * max([100, *weights])
    number = np.arange(persons + 1)
    cost = np.zeros((len(case.cover), persons + 1))
    member = np.zeros((len(case.cover), persons), dtype=np.bool_)
    for at, cover in enumerate(case.cover):
        below = np.maximum(cover.wanted - number, 0) * cover.under
        cost[at] = (
            below + np.maximum(number - cover.wanted, 0) * cover.over + np.maximum(cover.least - number, 0) * missing
        )
        member[at, list(cover.persons)] = True
    covers = Covers(
        np.array([each.day - case.before for each in case.cover], dtype=np.int64),
        np.array([each.shift + 1 for each in case.cover], dtype=np.int64), cost, member,
    )  # fmt: skip
    between = tuple(
        rule for rule in case.rules
        if rule.kind == "supervised" or shared(case, rule.persons[0], rule)
    )  # fmt: skip
    owns, places = zip(*compile_all(case), strict=True)
    return Crew(case, list(owns), list(places), covers, between, missing)


def there_of(crew: Crew, lines: Whole) -> Whole:
    """How many are there, of each cover."""
    there = np.zeros(len(crew.covers.day), dtype=np.int64)
    for who, line in enumerate(lines):
        counted(crew.covers, there, who, line, 1)
    return there


def total(crew: Crew, lines: Whole, alone: Real, there: Whole) -> float:
    """What a roster costs. ``alone[P]``: what each line costs by itself."""
    return float(alone.sum()) + covered(crew.covers, there) + together(crew, lines)


def alone(crew: Crew, who: int, line: Whole) -> float:
    own = cleared(crew, who)
    return float(worth(own, own.own, line))


def cleared(crew: Crew, who: int) -> Own:
    """What a person's line costs by itself, without what hangs on others."""
    own = crew.owns[who]
    for at in crew.places[who].values():
        own.final[at, : own.spans[at]] = 0
    return own


def together(crew: Crew, lines: Whole) -> float:
    """What the rules that several have to do with cost."""
    return sum(_of(crew, rule, lines) for rule in crew.between)


def _weight(crew: Crew, rule: Rule) -> float:
    return crew.missing if rule.weight is None else float(rule.weight)


def _of(crew: Crew, rule: Rule, lines: Whole) -> float:
    case, found = crew.case, 0
    if rule.kind == "fair":
        carried, shares = _carried(crew, rule, lines)
        return float(_unfair(crew, rule, carried[:, None], shares)[0])
    about = [shift + 1 for shift in rule.shifts]
    until = max(min(rule.until - case.before, case.days), 0)
    for who in rule.persons:
        on = np.isin(lines[who, :until], about)
        with_one = _with_one(crew, who, lines)[:until]
        if rule.kind == "supervised":
            found += int((on & ~with_one).sum())
        else:
            found += max(rule.value - int((on & with_one).sum()), 0)
    return _weight(crew, rule) * found


def _with_one(crew: Crew, who: int, lines: Whole) -> Truth:
    """The days on which one of a person's supervisors has the person's shift."""
    others = sorted(crew.case.supervisors[who])
    return np.asarray((lines[others] == lines[who]).any(axis=0))


def _carried(crew: Crew, rule: Rule, lines: Whole) -> tuple[Whole, Whole]:
    """Of each person of a rule of fair shares, with what was carried before; and their shares of full time."""
    case, persons = crew.case, list(rule.persons)
    if rule.shifts:
        now = np.isin(lines[persons], [each + 1 for each in rule.shifts]).sum(axis=1)
        return case.nights[persons] + now, case.share[persons]
    saturdays = [day for day in range(case.days - 1) if case.weekday(case.before + day) == SATURDAY]
    worked = lines[persons] > 0
    now = (worked[:, saturdays] | worked[:, [day + 1 for day in saturdays]]).sum(axis=1)
    return case.weekends[persons] + now, case.share[persons]


def _unfair(crew: Crew, rule: Rule, carried: Whole, shares: Whole) -> Real:
    """What each column of ``carried[P, N]`` costs."""
    fair = -(-carried.sum(axis=0)[None, :] * shares[:, None] // max(int(shares.sum()), 1))
    return np.asarray(_weight(crew, rule) * np.maximum(carried - fair - rule.value, 0).sum(axis=0).astype(float))


def costs(crew: Crew, who: int, lines: Whole, there: Whole) -> tuple[Own, Real]:
    """What each day and shift costs a person, where ``lines`` and ``there`` are without the person; and what the
    person's line must keep to.
    """
    own, cost = beside(crew, who, lines)
    marginal(crew.covers, there, who, cost)
    return own, cost


def beside(crew: Crew, who: int, lines: Whole) -> tuple[Own, Real]:
    """As :func:`costs`, without the cover: the shares that are fair, and supervision, as others' lines stand."""
    own = crew.owns[who]
    cost = own.own.copy()
    for rule in crew.between:
        if rule.kind == "supervised":
            _supervision(crew, rule, who, lines, cost)
    for rule, at in crew.places[who].items():
        count = np.arange(own.spans[at])
        if rule.kind == "fair":
            carried, shares = _carried(crew, rule, lines)
            columns = np.repeat(carried[:, None], own.spans[at], axis=1)
            columns[rule.persons.index(who)] += count
            own.final[at, : own.spans[at]] = _unfair(crew, rule, columns, shares)
        else:
            others = sorted(crew.case.supervisors[who])
            for shift in rule.shifts:
                with_one = (lines[others] == shift + 1).any(axis=0)
                with_one[max(rule.until - crew.case.before, 0) :] = False
                own.adds[at, :, :, shift + 1] = with_one[:, None]
            own.final[at, : own.spans[at]] = _weight(crew, rule) * np.maximum(rule.value - count, 0)
    return own, cost


def _supervision(crew: Crew, rule: Rule, who: int, lines: Whole, cost: Real) -> None:
    """What it costs to be on a shift without a supervisor, or is worth to be one."""
    case, weight = crew.case, _weight(crew, rule)
    days = np.arange(min(rule.until - case.before, case.days))
    about = [shift + 1 for shift in rule.shifts]
    for new in rule.persons:
        others = sorted(case.supervisors[new])
        if new == who:
            for shift in about:
                without = ~(lines[others][:, days] == shift).any(axis=0)
                cost[days[without], shift] += weight
        elif who in others:
            rest = [each for each in others if each != who]
            alone_there = np.isin(lines[new, days], about) & ~(lines[rest][:, days] == lines[new, days]).any(axis=0)
            cost[days[alone_there], lines[new, days[alone_there]]] -= weight


def as_lines(roster: Whole) -> Whole:
    return np.ascontiguousarray(roster - OFF)


def as_roster(lines: Whole) -> Whole:
    return lines + OFF
