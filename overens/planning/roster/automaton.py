# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The automaton of one person's days: how many in a row, what may follow what, and which rests are long enough.

Its states are told apart only by what they come to, so that shifts that are alike are one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from overens.planning.roster.instance import Real, Truth, Whole
from overens.planning.roster.lines import FAR, NEVER
from overens.planning.roster.rules import SUNDAY, Case, Rule

WEEK = 7
RUNNING = ("most-running", "least-running", "least-off")
LOCAL = (*RUNNING, "forward", "rest-between", "daily-rest", "weekly-rest", "split-weekends")
Counters = tuple[int, ...]
State = tuple[bool, int, int, Counters]


class Local(NamedTuple):
    """The first fields of :class:`~overens.planning.roster.lines.Own`, which are alike for many, and ``long``."""

    follow: Whole
    running: Real
    context: Whole
    worked: Whole
    pair: Real
    long: Truth


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
            return min(length + 1, self.value), cost_of(self.weight, over if self.most else 0)
        short = not self.most and not start and 0 < length < self.value
        return 0, cost_of(self.weight, self.value - length if short else 0)


def cost_of(weight: float, amount: int) -> float:
    """An infinite weight costs nothing where nothing is broken."""
    return weight * amount if amount > 0 else 0.0


def weight_of(rule: Rule) -> float:
    """What a rule's unit costs: infinity where it must hold."""
    return FAR if rule.weight is None else float(rule.weight)


def automaton(case: Case, who: int, rules: list[Rule]) -> Local:
    """Of a person with these rules."""
    shifts = len(case.shifts) + 1
    runs = list(_runs(rules))
    past = [each + 1 for each in case.past[who].tolist()]
    need = need_of(rules)
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
    pair, long = (np.ascontiguousarray(each) for each in (small[:, :, :shifts], small[:, :, shifts:] > 0))
    return Local(*merged, pair, long)


def _merged(
    follow: list[list[int]], running: list[list[float]], context: list[int], worked: list[int]
) -> tuple[Whole, Real, Whole, Whole]:
    """The smallest automaton that does the same: states are told apart only by what they come to."""
    kinds = [0] * len(follow)
    number = 0
    while True:
        signs: dict[object, int] = {}
        new = []
        for at, row in enumerate(running):
            to = tuple(kinds[each] if cost < FAR else -1 for each, cost in zip(follow[at], row, strict=True))
            new.append(signs.setdefault((kinds[at], context[at], worked[at], tuple(row), to), len(signs)))
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
            yield Run(about, rule.kind == "most-running", rule.value, weight_of(rule))


def _pair(case: Case, who: int, rules: list[Rule]) -> Real:
    """[D + 1, yesterday, the day before it, S]: what a shift costs after them."""
    shifts = len(case.shifts) + 1
    near = np.zeros((case.days + 1, shifts, shifts))
    near[:, 1:, 1:][:, case.forbidden] = FAR
    triple = np.zeros((case.days + 1, shifts, shifts, shifts))
    for rule in rules:
        weight = weight_of(rule)
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


def need_of(rules: list[Rule]) -> int:
    """The longest weekly rest that must be, minutes; 0 where none must."""
    return max((rule.value for rule in rules if rule.kind == "weekly-rest" and rule.weight is None), default=0)


def _long(case: Case, who: int, need: int) -> Truth:
    """As ``_pair``: whether the rest that a shift or a window ends may be so long; of longer rests it is not known."""
    shifts = len(case.shifts) + 1
    found = np.zeros((case.days + 1, shifts, shifts, shifts), dtype=np.bool_)
    opened = case.opens[who, case.before : case.last + 1]
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
                cost = np.where(short > 0, weight_of(rule) * np.maximum(-(-short // 60), 1), 0)
                if ago == 1:
                    near[day, shift + 1, 1:] += cost
                else:
                    triple[day, 0, shift + 1, 1:] += cost


def _daily(case: Case, who: int, rule: Rule, triple: Real) -> None:
    """Each 24 hours are judged the day after, when all that reaches into them is known."""
    shifts = len(case.shifts) + 1
    for column in range(max(case.before - 1, 0), case.last):
        begin, end = case.own_days(who, column, 1)
        known: dict[tuple[object, ...], float] = {}
        spans = [_spans(case, each, begin, end) for each in (column - 1, column, column + 1)]
        for two in range(shifts):
            for yesterday in range(shifts):
                for shift in range(shifts):
                    parts = (spans[0][two], spans[1][yesterday], spans[2][shift])
                    if parts not in known:
                        short = rule.value - _longest([each for each in parts if each], begin, end)
                        known[parts] = cost_of(weight_of(rule), -(-short // 60))
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
