# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Lines and crews: what they cost is what the judge says, the best line is the best, and a bound is a bound."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overens.planning.roster import benchmark, crew, optimum, plain
from overens.planning.roster.building import case
from overens.planning.roster.instance import OFF, Whole
from overens.planning.roster.judged import judge
from overens.planning.roster.labels import best
from overens.planning.roster.lines import FAR, worth
from overens.planning.roster.master import Pool
from overens.planning.roster.rules import Case, Kind, Rule, Wish, of_instance
from overens.planning.roster.search import Search
from overens.planning.roster.volume import Relaxed
from tests.unit.roster.test_benchmark import SMALL
from tests.unit.roster.test_clash import EVERY, A, D, N, need, planted
from tests.unit.roster.wards import ward

# A kind, and the values it may have.
VALUES: dict[Kind, tuple[int, int]] = {
    "most-shifts": (0, 4), "least-shifts": (1, 4), "most-minutes": (600, 4000), "least-minutes": (600, 4000),
    "shift-minutes": (400, 700), "least-shift-minutes": (300, 2000), "average-minutes": (900, 2400),
    "most-running": (1, 4), "least-running": (2, 4), "least-off": (2, 4), "most-weekends": (0, 2),
    "split-weekends": (0, 0), "daily-rest": (500, 1300), "weekly-rest": (1500, 5000), "rest-between": (500, 1400),
    "forward": (0, 0), "supervised": (0, 0), "fair": (0, 2),
}  # fmt: skip
WHOLE = ("average-minutes", "most-minutes", "least-minutes")


@st.composite
def rules(draw: st.DrawFn, hard: bool) -> Rule:
    kind = draw(st.sampled_from(sorted(VALUES)))
    shifts = frozenset(draw(st.sets(st.integers(0, 2), min_size=1)))
    if kind in ("supervised", "least-shifts"):
        persons: tuple[int, ...] = (3,)
    else:
        persons = (0, 1, 2, 3) if kind == "fair" else tuple(sorted(draw(st.sets(st.integers(0, 3), min_size=1))))
    days = draw(st.sampled_from((0, 7, 10))) if kind in ("most-shifts", "most-weekends") else 0
    if kind == "fair" and draw(st.booleans()):
        shifts = frozenset()
    weight = None if hard and draw(st.booleans()) else draw(st.integers(1, 9))
    return Rule(kind, persons, draw(st.integers(*VALUES[kind])), weight, shifts, days, draw(st.integers(3, 15)), kind)


ROSTERS = st.lists(st.lists(st.integers(OFF, 2), min_size=14, max_size=14), min_size=4, max_size=4)
BREAKS = st.lists(st.sampled_from((0, 360, 540, 900)), min_size=4, max_size=4)


@settings(max_examples=60)
@given(st.lists(rules(hard=True), max_size=5), ROSTERS, BREAKS)
def test_what_a_roster_costs_is_what_the_judge_says(some: list[Rule], rows: list[list[int]], breaks: list[int]) -> None:
    of = case(ward())
    of = replace(of, rules=tuple(some), opens=of.midnights + np.array(breaks, dtype=np.int64)[:, None])
    roster = np.array(rows, dtype=np.int64)
    of = _with_given(of, roster)
    judged = judge(of, roster)
    found = Search(crew.assembled(of), np.random.default_rng(0), lambda *_: None).evaluated(crew.as_lines(roster))
    if judged.feasible:
        assert found.cost == judged.objective
    else:
        assert found.cost > 900 + judged.objective


def _with_given(of: Case, roster: Whole) -> Case:
    """Nobody has leave or what they cannot, so that more rosters may be worked; the given shifts stand."""
    for who, day in np.argwhere(of.fixed[:, of.before :] != OFF):
        roster[who, day] = of.fixed[who, of.before + day]
    off = np.zeros_like(of.off)
    return replace(of, off=off, able=np.ones_like(of.able), forbidden=np.zeros_like(of.forbidden))


@settings(max_examples=40)
@given(
    st.lists(rules(hard=True), max_size=4), st.lists(st.integers(-9, 9), min_size=12, max_size=12), st.integers(0, 3),
    st.integers(0, 10),
)  # fmt: skip
def test_the_best_line_is_the_best_of_all(some: list[Rule], rewards: list[int], who: int, first: int) -> None:
    """Of all lines where four days in a row are free and the others off."""
    some = [each for each in some if each.kind not in ("fair", "supervised", "least-shifts")]
    of = replace(case(ward()), rules=tuple(some))
    free = slice(of.before + first, of.before + first + 4)
    of.fixed[who, of.before :] = OFF
    of.off[who] = True
    of.off[who, free] = False
    own = crew.assembled(of).owns[who]
    cost = own.own.copy()
    cost[first : first + 4, 1:] += np.array(rewards, dtype=float).reshape(4, 3)
    lines = (
        np.array((0,) * first + line + (0,) * (10 - first), dtype=np.int64)
        for line in itertools.product(range(4), repeat=4)
    )
    right = min(worth(own, cost, line) for line in lines)
    value, bound, line = best(own, cost, np.zeros(own.spans.size), 10, 5.0, 2000, FAR)
    assert value == pytest.approx(right)
    assert bound <= right + 1e-6
    assert value == FAR or worth(own, cost, line) == pytest.approx(right)


@settings(max_examples=40)
@given(st.lists(rules(hard=True), max_size=4), ROSTERS, st.integers(0, 2**31))
def test_no_roster_costs_less_than_what_prices_of_the_cover_say(
    some: list[Rule], rows: list[list[int]], seed: int
) -> None:
    of = replace(case(ward()), rules=tuple(some))
    roster = np.array(rows, dtype=np.int64)
    of = _with_given(of, roster)
    everybody = crew.assembled(of)
    cover = np.random.default_rng(seed).normal(0, 500, len(of.cover))
    bound, missing = Relaxed(Pool(everybody)).at(cover)
    search = Search(everybody, np.random.default_rng(0), lambda *_: None)
    assert bound <= search.evaluated(crew.as_lines(roster)).cost + 1e-6
    assert missing.shape == cover.shape


def small() -> Case:
    instance, findings = benchmark.read(SMALL)
    assert instance is not None, findings
    return of_instance(instance)


def test_the_small_instance_is_solved_and_proven() -> None:
    answer = optimum.solve(small(), 5.0)
    assert answer.roster is not None
    judged = judge(small(), answer.roster)
    assert judged.feasible
    assert (answer.objective, answer.lower_bound, answer.stopped_early) == (judged.objective, judged.objective, False)


def test_it_tells_how_it_goes_and_stops_when_it_is_asked() -> None:
    told: list[float] = []
    answer = optimum.solve(case(ward()), 60.0, progress=lambda each: told.append(each.seconds), stop=lambda: True)
    assert told
    assert answer.seconds < 30
    assert answer.stopped_early


def test_what_the_observer_raises_ends_the_search() -> None:
    def enough(_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        optimum.solve(small(), 60.0, progress=enough)


@settings(max_examples=4)
@given(st.lists(st.integers(0, 3), min_size=14, max_size=14), st.integers(0, 20))
def test_the_best_is_between_the_bound_of_prices_and_what_is_found(wanted: list[int], over: int) -> None:
    of = small()
    of = replace(of, cover=tuple(replace(each, wanted=wanted[each.day], over=over) for each in of.cover))
    right = plain.solve(of, 10.0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(optimum, "SMALL", 0)
        found = optimum.solve(of, 0.5)
    assert right.objective is not None
    assert found.objective is not None
    assert not right.stopped_early
    assert found.lower_bound <= right.objective <= found.objective


def test_a_wish_that_weighs_much_leaves_no_shift_short() -> None:
    of = replace(planted(cover=[need(0, N, (A,))]), wishes=(Wish(A, 0, frozenset({N}), False, 5000),))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(optimum, "SMALL", 0)
        assert optimum.solve(of, 1.0).objective == 5000


def test_what_only_the_judge_sees_ends_no_search() -> None:
    """An average over less than the period: what is cheapest without it may not be worked."""
    rule = Rule("average-minutes", (A,), 960, None, EVERY, 7)
    wishes = tuple(Wish(A, day, frozenset({D}), True, 5) for day in range(5))
    of = replace(planted(rules=[rule]), wishes=wishes)
    answer = optimum.solve(of, 6.0)
    assert answer.roster is not None
    assert judge(of, answer.roster).feasible
    assert answer.objective == 15


def test_one_begins_from_a_roster_that_breaks_rules() -> None:
    """Everybody is given more work than may be: they get other lines, and the search goes on from there."""
    of = replace(small(), rules=small().rules)
    worked = np.zeros((len(of.persons), of.days), dtype=np.int64)
    assert not judge(of, worked).feasible
    answer = optimum.solve(of, 3.0, start=worked)
    assert answer.roster is not None
    assert answer.objective == optimum.solve(of, 5.0).objective


def test_what_costs_as_much_as_what_was_refused_is_looked_at() -> None:
    """The first rosters that come cost nothing, and may not be worked by a rule that only the judge sees."""
    rule = Rule("average-minutes", (A,), 960, None, EVERY, 7)
    of = planted(rules=[rule], cover=[need(day, D, (A, 1)) for day in range(5)])
    answer = optimum.solve(of, 6.0)
    assert answer.objective == 0
