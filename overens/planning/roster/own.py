# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""From a case to what each person's line must keep to (:class:`~overens.planning.roster.lines.Own`).

Exact for all that concerns one person, as :mod:`breaches` counts it, but for three things, which only the judge sees:
rest after more than one day off, averages and other windows longer than 63 days that are shorter than the period, and
averages of minutes over such shorter windows. What concerns several persons is in :mod:`crew`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from math import gcd

import numpy as np

from overens.planning.roster.automaton import LOCAL, WEEK, Local, automaton, need_of, weight_of
from overens.planning.roster.instance import OFF, Real, Truth, Whole
from overens.planning.roster.lines import FAR, NEVER, Own, backwards, room_of
from overens.planning.roster.rules import SATURDAY, SUNDAY, Case, Rule

LONGEST = 63
Places = dict[Rule, int]


def compile_all(case: Case) -> list[tuple[Own, Places]]:
    """Of each person, in the order of the case; and which of the totals are those of rules that hang on others too."""
    rules = [[rule for rule in case.rules if who in rule.persons] for who in range(len(case.persons))]
    alike: dict[object, Local] = {}
    found = []
    for who, mine in enumerate(rules):
        local = tuple((rule.kind, rule.value, rule.weight, rule.shifts) for rule in mine if rule.kind in LOCAL)
        past = case.past[who]
        key = (local, tuple(past.tolist()), case.opens[who].tobytes())
        if key not in alike:
            alike[key] = automaton(case, who, mine)
        found.append(_own(case, who, mine, alike[key]))
    return found


def _own(case: Case, who: int, rules: list[Rule], local: Local) -> tuple[Own, Places]:
    days, shifts = case.days, len(case.shifts) + 1
    own = np.zeros((days, shifts))
    own[:, 1:][:, ~case.able[who]] = FAR
    own[case.off[who, case.before :], 1:] = FAR
    for day, given in enumerate(case.fixed[who, case.before :].tolist()):
        if given != OFF:
            own[day, np.arange(shifts) != given + 1] = FAR
    for wish in case.wishes:
        if wish.person == who and case.before <= wish.day:
            about = np.isin(np.arange(shifts), [each + 1 for each in wish.shifts])
            own[wish.day - case.before, about != wish.on] += wish.weight
    for rule in rules:
        if rule.kind == "shift-minutes":
            long = (case.ends - case.begins)[case.before :] - rule.value
            own[:, 1:] += np.where(long > 0, weight_of(rule) * np.maximum(-(-long // 60), 1), 0)
    adds, final, spans, order, coarse, places = _totals(case, who, rules)
    nothing = np.zeros((0, days + 1, 2, 1), dtype=np.int64)
    closes = np.full(days + 1, -1, dtype=np.int64)
    rests = [rule for rule in rules if rule.kind == "weekly-rest"]
    for day in range(WEEK, days + 1, WEEK):
        closes[day] = case.opens[who, case.before + day]
    worked = [int(case.ends[day, shift]) for day, shift in enumerate(case.past[who].tolist()) if shift != OFF]
    begins, ends = np.zeros((days, shifts), dtype=np.int64), np.zeros((days, shifts), dtype=np.int64)
    begins[:, 1:], ends[:, 1:] = case.begins[case.before :], case.ends[case.before :]
    floors = np.array([int(np.argmax(table < FAR)) for table in final], dtype=np.int64)
    found = Own(
        *local[:5], own, adds, final, spans, order, coarse, floors, nothing, nothing, *_windows(case, rules),
        np.array([rule.value for rule in rests], dtype=np.int64),
        np.array([weight_of(rule) for rule in rests], dtype=float), closes,
        int(case.opens[who, case.before]), worked[-1] if worked else NEVER, begins, ends,
        need_of(rules), local.long, -1, -1, np.zeros((1, 1, 1), dtype=np.int64),
    )  # fmt: skip
    fewest, most = _to_come(found)
    return _with_room(found._replace(fewest=fewest, most=most), case), places


# What is counted over the period.


def _weekend(case: Case) -> Whole:
    """[D, 2, S]: 1 where a weekend becomes worked, by whether yesterday was."""
    found = np.zeros((case.days, 2, len(case.shifts) + 1), dtype=np.int64)
    for day in range(case.days):
        weekday = case.weekday(case.before + day)
        if weekday == SATURDAY and day + 1 < case.days:
            found[day, :, 1:] = 1
        elif weekday == SUNDAY and day:
            found[day, 0, 1:] = 1
    return found


def _counted(case: Case, rule: Rule) -> Whole:
    """[D, 2, S]: 1 for the shifts of a rule."""
    found = np.zeros((case.days, 2, len(case.shifts) + 1), dtype=np.int64)
    found[:, :, [each + 1 for each in rule.shifts]] = 1
    if rule.kind == "least-shifts":
        found[max(rule.until - case.before, 0) :] = 0
    return found


def _minutes(case: Case, about: frozenset[int] | None) -> Whole:
    found = np.zeros((case.days, 2, len(case.shifts) + 1), dtype=np.int64)
    found[:, :, 1:] = case.minutes[case.before :, None, :]
    if about is not None:
        found[:, :, [each + 1 for each in range(len(case.shifts)) if each not in about]] = 0
    return found


def whole(case: Case, rule: Rule) -> bool:
    """Whether a rule's window is the period."""
    return not rule.days or rule.days >= case.days


def _totals(case: Case, who: int, rules: list[Rule]) -> tuple[Whole, Real, Whole, Whole, Whole, Places]:
    """adds, final, spans, order, coarse."""
    costs: dict[tuple[int, bytes, Rule | None], list[Callable[[Whole], Real]]] = defaultdict(list)
    adds: dict[tuple[int, bytes, Rule | None], Whole] = {}
    for rule in rules:
        each = _total(case, who, rule)
        if each is None:
            continue
        add, cost = each
        unit = max(gcd(*(int(value) for value in np.unique(add))), 1)
        key = (unit, add.tobytes(), rule if shared(case, who, rule) else None)
        adds[key] = add // unit
        costs[key].append(cost)
    found: list[tuple[Whole, Real, int, Rule | None]] = []
    for key, add in adds.items():
        counts = np.arange(int(add.max(axis=(1, 2)).sum()) + 1, dtype=np.int64)
        table = np.sum([cost(counts * key[0]) for cost in costs[key]], axis=0)
        if (table == table[0]).all() and key[2] is None:
            continue
        order = _ordered(table) if key[2] is None else 0
        table = table[: int(np.flatnonzero(table < FAR).max(initial=0)) + 1]
        found.append((add, table, order, key[2]))
    # Minutes, which hold the most apart, first.
    found.sort(key=lambda each: -each[1].size)
    size = max((each[1].size for each in found), default=1)
    final = np.full((len(found), size), FAR)
    for at, (_, table, _, _) in enumerate(found):
        final[at, : table.size] = table
    shape = (len(found), case.days, 2, len(case.shifts) + 1)
    return (
        np.array([each[0] for each in found], dtype=np.int64).reshape(shape), final,
        np.array([each[1].size for each in found], dtype=np.int64),
        np.array([each[2] for each in found], dtype=np.int64),
        np.array([2 if rule else 1 if order else _coarse(table) for _, table, order, rule in found], dtype=np.int64),
        {rule: at for at, (*_, rule) in enumerate(found) if rule},
    )  # fmt: skip


def shared(case: Case, who: int, rule: Rule) -> bool:
    """Whether what a total costs hangs on others too."""
    return rule.kind == "fair" or (rule.kind == "least-shifts" and bool(case.supervisors[who]))


def _ordered(table: Real) -> int:
    finite = np.minimum(table, 1e12)
    if (np.diff(finite) >= 0).all():
        return 1
    return -1 if (np.diff(finite) <= 0).all() else 0


def _coarse(table: Real) -> int:
    """How far apart totals may be and yet be taken for one where something must be left out."""
    least = int(np.flatnonzero(table <= table.min() + 1).size)
    return max(least // 8, 1)


def _total(case: Case, who: int, rule: Rule) -> tuple[Whole, Callable[[Whole], Real]] | None:
    """What each shift adds, and what a total costs."""
    weight, value = weight_of(rule), rule.value

    def above(counts: Whole) -> Real:
        return _costs(weight, counts - value)

    def below(counts: Whole) -> Real:
        return _costs(weight, value - counts)

    def hours_above(counts: Whole) -> Real:
        return _costs(weight, -((value - counts) // 60))

    def hours_below(counts: Whole) -> Real:
        return _costs(weight, -((counts - value) // 60))

    if rule.kind == "average-minutes" and whole(case, rule):
        there = int((~case.off[who, case.before :]).sum())
        value = value * there // WEEK
        return _minutes(case, None), hours_above
    if rule.kind == "most-minutes":
        return _minutes(case, None), hours_above
    if rule.kind == "least-minutes":
        return _minutes(case, None), hours_below
    if rule.kind == "least-shift-minutes":
        return _minutes(case, rule.shifts), hours_below
    if rule.kind == "most-shifts" and whole(case, rule):
        return _counted(case, rule), above
    if rule.kind == "most-weekends" and whole(case, rule):
        return _weekend(case), above
    if rule.kind == "least-shifts":
        return _counted(case, rule), (lambda counts: np.zeros(counts.shape)) if shared(case, who, rule) else below
    if rule.kind == "fair":
        return _counted(case, rule) if rule.shifts else _weekend(case), lambda counts: np.zeros(counts.shape)
    return None


def _costs(weight: float, amounts: Whole) -> Real:
    found = np.zeros(amounts.shape)
    found[amounts > 0] = weight * amounts[amounts > 0]
    return found


def _to_come(own: Own) -> tuple[Whole, Whole]:
    """fewest, most [K, D + 1, H, Q]: what a total may yet grow by, as :func:`lines.backwards` counts."""
    totals, days = own.spans.size, len(own.own)
    hard = own._replace(running=_hard(own.running), pair=_hard(own.pair))
    least = np.full((2, totals, days + 1, 2, len(own.follow)), FAR)
    for at, sign in enumerate((1.0, -1.0)):
        for total in range(totals):
            prices = np.zeros(totals)
            prices[total] = sign
            backwards(hard, _hard(own.own), prices, least[at, total])
    beyond = np.where(least == FAR, 10.0**8, least)
    return beyond[0].astype(np.int64), -beyond[1].astype(np.int64)


def _with_room(own: Own, case: Case) -> Own:
    """Where there is as little room for work as weekends leave, labels would else end where no line goes on."""
    counted = _weekend(case)
    work = next((at for at in range(own.spans.size) if own.floors[at] > 0), -1)
    weekends = next((at for at in range(own.spans.size) if own.order[at] == 1 and (own.adds[at] == counted).all()), -1)
    if work < 0 or weekends < 0:
        return own
    room = np.zeros((len(own.own) + 1, len(own.follow), int(own.spans[weekends])), dtype=np.int64)
    room_of(own, work, weekends, room)
    return own._replace(work=work, weekends=weekends, room=room)


def _hard(costs: Real) -> Real:
    """Only what may not be."""
    return np.where(costs == FAR, FAR, 0.0)


def _windows(case: Case, rules: list[Rule]) -> tuple[Truth, Whole, Whole, Real]:
    """events, lengths, values, weights. A weekend is an event of its last day."""
    found: list[tuple[Truth, int, int, float]] = []
    for rule in rules:
        if rule.kind not in ("most-shifts", "most-weekends") or whole(case, rule) or rule.days > LONGEST:
            continue
        if rule.kind == "most-shifts":
            found.append((_counted(case, rule) > 0, rule.days, rule.value, weight_of(rule)))
            continue
        events = np.zeros((case.days, 2, len(case.shifts) + 1), dtype=np.bool_)
        for day in range(1, case.days):
            if case.weekday(case.before + day) == SUNDAY:
                events[day, 1, :] = events[day, :, 1:] = True
        found.append((events, max(rule.days - 1, 1), rule.value, weight_of(rule)))
    shape = (len(found), case.days, 2, len(case.shifts) + 1)
    return (
        np.array([each[0] for each in found], dtype=np.bool_).reshape(shape),
        *(np.array([each[at] for each in found], dtype=np.int64) for at in (1, 2)),
        np.array([each[3] for each in found], dtype=float),
    )  # type: ignore[return-value]  # fmt: skip
