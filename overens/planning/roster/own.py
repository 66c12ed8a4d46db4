# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""From a case to what each person's line must keep to (:class:`~overens.planning.roster.lines.Own`).

Exact for all that concerns one person, as :mod:`breaches` counts it, but for three things, which only the judge sees:
rest after more than one day off, averages and other windows longer than 63 days that are shorter than the period, and
averages of minutes over such shorter windows. What concerns several persons is in :mod:`crew`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import gcd

import numpy as np

from overens.planning.roster.instance import OFF, Real, Truth, Whole
from overens.planning.roster.lines import FAR, NEVER, Own, backwards
from overens.planning.roster.rules import SATURDAY, SUNDAY, Case, Rule

WEEK = 7
LONGEST = 63
RUNNING = ("most-running", "least-running", "least-off")
LOCAL = (*RUNNING, "forward", "rest-between", "daily-rest", "weekly-rest", "split-weekends")
Counters = tuple[int, ...]
State = tuple[bool, int, int, Counters]
Local = tuple[Whole, Real, Whole, Whole, Real, Truth]


@dataclass(frozen=True)
class Run:
    """Days in a row with ``shifts`` (0 is off): at most, or at least, ``value``."""

    shifts: frozenset[int]
    most: bool
    value: int
    weight: float

    def begun(self, line: Sequence[int]) -> int:
        """What a past says; a run of which the beginning is not known is long enough."""
        length = 0
        while length < len(line) and line[-1 - length] in self.shifts:
            length += 1
        return self.value if not self.most and length == len(line) else length

    def after(self, length: int, shift: int, start: bool) -> tuple[int, float]:
        """The length after a day more, and what that costs. What was broken before the period costs nothing."""
        if shift in self.shifts:
            over = max(length + 1 - self.value, 0) - (0 if start else max(length - self.value, 0))
            return min(length + 1, self.value), _cost(self.weight, over if self.most else 0)
        short = not self.most and not start and 0 < length < self.value
        return 0, _cost(self.weight, self.value - length if short else 0)


def _cost(weight: float, amount: int) -> float:
    return weight * amount if amount > 0 else 0.0


def _weight(rule: Rule) -> float:
    return FAR if rule.weight is None else float(rule.weight)


Places = dict[Rule, int]


def compile_all(case: Case) -> list[tuple[Own, Places]]:
    """Of each person, in the order of the case; and which of the totals are those of rules that hang on others too."""
    rules = [[rule for rule in case.rules if who in rule.persons] for who in range(len(case.persons))]
    alike: dict[object, Local] = {}
    found = []
    for who, mine in enumerate(rules):
        local = tuple((rule.kind, rule.value, rule.weight, rule.shifts) for rule in mine if rule.kind in LOCAL)
        past = case.past[who]
        key = (local, tuple(past.tolist()), int(case.breaks[who]))
        if key not in alike:
            alike[key] = _automaton(case, who, mine)
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
            own[:, 1:] += np.where(long > 0, _weight(rule) * np.maximum(-(-long // 60), 1), 0)
    adds, final, spans, order, coarse, places = _totals(case, who, rules)
    nothing = np.zeros((0, days + 1, 2, 1), dtype=np.int64)
    events, lengths, firsts, values, weights = _windows(case, rules)
    closes = np.full(days + 1, -1, dtype=np.int64)
    rests = [rule for rule in rules if rule.kind == "weekly-rest"]
    for day in range(WEEK, days + 1, WEEK):
        closes[day] = case.midnights[case.before + day] + case.breaks[who]
    worked = [int(case.ends[day, shift]) for day, shift in enumerate(case.past[who].tolist()) if shift != OFF]
    begins, ends = np.zeros((days, shifts), dtype=np.int64), np.zeros((days, shifts), dtype=np.int64)
    begins[:, 1:], ends[:, 1:] = case.begins[case.before :], case.ends[case.before :]
    *automaton, long = local
    floors = np.array([int(np.argmax(table < FAR)) for table in final], dtype=np.int64)
    found = Own(
        *automaton, own, adds, final, spans, order, coarse, floors, nothing, nothing, events, lengths, firsts, values, weights,
        np.array([rule.value for rule in rests], dtype=np.int64), np.array([_weight(rule) for rule in rests], dtype=float),
        closes, int(case.midnights[case.before] + case.breaks[who]), worked[-1] if worked else NEVER, begins, ends,
        _need(rules), long,
    )  # fmt: skip
    fewest, most = _to_come(found)
    return found._replace(fewest=fewest, most=most), places


# The automaton of days in a row and of what may follow what.


def _automaton(case: Case, who: int, rules: list[Rule]) -> Local:
    """follow, running, context, worked, pair, long."""
    shifts = len(case.shifts) + 1
    runs = list(_runs(rules))
    past = [each + 1 for each in case.past[who].tolist()]
    need = _need(rules)
    pair, long = _pair(case, who, rules), _long(case, who, need)
    both = np.concatenate([pair, long], axis=3)
    deep = not (both == both[:, :, :1]).all()
    both = both if deep else both[:, :, :1]
    last = past[-1] if past else 0
    before = (past[-2] if len(past) > 1 else 0) if deep else 0
    states: list[State] = [(True, last, before, tuple(run.begun(past) for run in runs))]
    places = {states[0]: 0}
    follow: list[list[int]] = []
    running: list[list[float]] = []
    for start, yesterday, _, counters in states:
        follow.append([])
        running.append([])
        for shift in range(shifts):
            steps = [run.after(length, shift, start) for run, length in zip(runs, counters, strict=True)]
            cost = sum(each for _, each in steps)
            state: State = (False, shift, yesterday if deep else 0, tuple(length for length, _ in steps))
            if cost < FAR and state not in places:
                places[state] = len(states)
                states.append(state)
            follow[-1].append(places[state] if cost < FAR else 0)
            running[-1].append(cost)
    # A context: the days before, as far as they matter.
    rows = both.transpose(1, 2, 0, 3).reshape(shifts * both.shape[2], -1)
    contexts, places_of = np.unique(rows, axis=0, return_inverse=True)
    width = both.shape[2] if deep else 1
    context = [int(places_of.ravel()[yesterday * width + (two if deep else 0)]) for _, yesterday, two, _ in states]
    small = contexts.reshape(len(contexts), case.days + 1, 2 * shifts).transpose(1, 0, 2)
    worked = [int(yesterday > 0) for _, yesterday, _, _ in states]
    merged = _merged(follow, running, context, worked)
    return *merged, np.ascontiguousarray(small[:, :, :shifts]), np.ascontiguousarray(small[:, :, shifts:]) > 0


def _merged(
    follow: list[list[int]], running: list[list[float]], context: list[int], worked: list[int]
) -> tuple[Whole, Real, Whole, Whole]:
    """The smallest automaton that does the same: states are told apart only by what they come to."""
    kinds = [0] * len(follow)
    number = 0
    while True:
        signs: dict[object, int] = {}
        new = [
            signs.setdefault((kinds[at], context[at], worked[at], tuple(running[at]),
                              tuple(kinds[to] if cost < FAR else -1 for to, cost in zip(follow[at], running[at], strict=True))), len(signs))
            for at in range(len(follow))
        ]  # fmt: skip
        kinds = new
        if len(signs) == number:
            break
        number = len(signs)
    firsts = [kinds.index(kind) for kind in range(number)]
    return (
        np.array([[kinds[to] for to in follow[at]] for at in firsts], dtype=np.int64),
        np.array([running[at] for at in firsts], dtype=float),
        np.array([context[at] for at in firsts], dtype=np.int64),
        np.array([worked[at] for at in firsts], dtype=np.int64),
    )


def _runs(rules: list[Rule]) -> Iterator[Run]:
    for rule in rules:
        if rule.kind in RUNNING:
            about = frozenset({0}) if rule.kind == "least-off" else frozenset(each + 1 for each in rule.shifts)
            yield Run(about, rule.kind == "most-running", rule.value, _weight(rule))


def _pair(case: Case, who: int, rules: list[Rule]) -> Real:
    """[D + 1, yesterday, the day before it, S]: what a shift costs after them."""
    shifts = len(case.shifts) + 1
    near = np.zeros((case.days + 1, shifts, shifts))
    near[:, 1:, 1:][:, case.forbidden] = FAR
    triple = np.zeros((case.days + 1, shifts, shifts, shifts))
    for rule in rules:
        weight = _weight(rule)
        if rule.kind == "forward":
            order = np.concatenate([[-1], case.order])
            worse = (order[None, :] >= 0) & (order[None, :] < order[:, None])
            worse[0, :] = worse[:, 0] = False
            near[:-1, worse] += weight
        elif rule.kind == "split-weekends":
            for day in range(1, case.days):
                if case.weekday(case.before + day) == SUNDAY:
                    near[day, 0, 1:] += weight
                    near[day, 1:, 0] += weight
        elif rule.kind == "rest-between":
            _between(case, rule, near, triple)
        elif rule.kind == "daily-rest":
            _daily(case, who, rule, triple)
    if not case.before:
        triple[:1] = 0
    return triple + near[:, :, None, :]


def _need(rules: list[Rule]) -> int:
    return max((rule.value for rule in rules if rule.kind == "weekly-rest" and rule.weight is None), default=0)


def _long(case: Case, who: int, need: int) -> Truth:
    """As ``_pair``: whether the rest that a shift or a window ends may be so long; of longer rests it is not known."""
    shifts = len(case.shifts) + 1
    found = np.zeros((case.days + 1, shifts, shifts, shifts), dtype=np.bool_)
    opened = case.midnights[case.before : case.last + 1] + case.breaks[who]
    for day in range(case.days + 1 if need else 0):
        column = case.before + day
        closing = day > 0 and day % WEEK == 0
        since = int(opened[(day - 1) // WEEK * WEEK if day else 0])
        until = np.array([NEVER, *case.begins[column]]) if day < case.days else np.full(shifts, NEVER)
        if closing:
            until = np.where(until == NEVER, opened[day], np.minimum(until, opened[day]))
        after = [np.full(shifts, NEVER), np.full(shifts, NEVER)]
        for ago in (1, 2):
            if column >= ago:
                after[ago - 1][1:] = case.ends[column - ago]
        ended = np.where(np.arange(shifts)[:, None] > 0, after[0][:, None], after[1][None, :])
        found[day] = until[None, None, :] - np.maximum(ended, since)[:, :, None] >= need
    return found


def _between(case: Case, rule: Rule, near: Real, triple: Real) -> None:
    """What too short a rest after a shift costs, where there is at most one day off between."""
    for day in range(case.days):
        column = case.before + day
        for shift in rule.shifts:
            for ago in (1, 2):
                if column < ago:
                    continue
                short = rule.value - (case.begins[column] - case.ends[column - ago, shift])
                cost = np.where(short > 0, _weight(rule) * np.maximum(-(-short // 60), 1), 0)
                if ago == 1:
                    near[day, shift + 1, 1:] += cost
                else:
                    triple[day, 0, shift + 1, 1:] += cost


def _daily(case: Case, who: int, rule: Rule, triple: Real) -> None:
    """Each 24 hours are judged the day after, when all that reaches into them is known."""
    shifts = len(case.shifts) + 1
    for column in range(max(case.before - 1, 0), case.last):
        begin, end = (int(case.midnights[each]) + int(case.breaks[who]) for each in (column, column + 1))
        known: dict[tuple[object, ...], float] = {}
        spans = [_spans(case, each, begin, end) for each in (column - 1, column, column + 1)]
        for two in range(shifts):
            for yesterday in range(shifts):
                for shift in range(shifts):
                    parts = (spans[0][two], spans[1][yesterday], spans[2][shift])
                    if parts not in known:
                        short = rule.value - _longest([each for each in parts if each], begin, end)
                        known[parts] = _cost(_weight(rule), -(-short // 60))
                    triple[column + 1 - case.before, yesterday, two, shift] += known[parts]


def _spans(case: Case, column: int, begin: int, end: int) -> list[tuple[int, int] | None]:
    """Of each shift of a day, what lies within a window; off first."""
    if not 0 <= column < case.last:
        return [None] * (len(case.shifts) + 1)
    spans = zip(case.begins[column].tolist(), case.ends[column].tolist(), strict=True)
    return [None, *((max(one, begin), min(two, end)) if two > begin and one < end else None for one, two in spans)]


def _longest(parts: list[tuple[int, int]], begin: int, end: int) -> int:
    longest, at = 0, begin
    for one, two in parts:
        longest, at = max(longest, one - at), max(at, two)
    return max(longest, end - at)


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
    weight, value = _weight(rule), rule.value

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


def _hard(costs: Real) -> Real:
    """Only what may not be."""
    return np.where(costs == FAR, FAR, 0.0)


def _windows(case: Case, rules: list[Rule]) -> tuple[Truth, Whole, Whole, Whole, Real]:
    """events, lengths, firsts, values, weights. A weekend is an event of its last day."""
    found: list[tuple[Truth, int, int, int, float]] = []
    for rule in rules:
        if rule.kind not in ("most-shifts", "most-weekends") or whole(case, rule) or rule.days > LONGEST:
            continue
        if rule.kind == "most-shifts":
            found.append((_counted(case, rule) > 0, rule.days, rule.days - 1, rule.value, _weight(rule)))
            continue
        events = np.zeros((case.days, 2, len(case.shifts) + 1), dtype=np.bool_)
        for day in range(1, case.days):
            if case.weekday(case.before + day) == SUNDAY:
                events[day, 1, :] = events[day, :, 1:] = True
        found.append((events, max(rule.days - 1, 1), rule.days - 1, rule.value, _weight(rule)))
    shape = (len(found), case.days, 2, len(case.shifts) + 1)
    return (
        np.array([each[0] for each in found], dtype=np.bool_).reshape(shape),
        *(np.array([each[at] for each in found], dtype=np.int64) for at in (1, 2, 3)),
        np.array([each[4] for each in found], dtype=float),
    )  # type: ignore[return-value]  # fmt: skip
