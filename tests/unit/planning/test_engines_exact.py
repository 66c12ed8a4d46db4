# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What can be known beforehand comes out, of the expectation and of persons one by one."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overens.planning.chance import GAMMA, bits, chance, whole
from overens.planning.supply import outcome as out
from overens.planning.supply.cohort import expected
from overens.planning.supply.micro import simulate
from overens.planning.supply.outcome import Outcome
from overens.planning.supply.problem import AGES, OUTSIDE, Problem
from tests.unit.planning.problems import FULL_HERE, belonging, busy, happening, still, training, whole_change

RUNS = 300
# How many standard errors the mean of many runs may be from what is expected: thousands of means are compared at once.
FAR = 5.0


def both(problem: Problem) -> tuple[Outcome, Outcome]:
    return expected(problem), simulate(problem, 1, 0)


def test_the_stream_is_splitmix64() -> None:
    seed = np.uint64(1234567)
    first = [bits(seed, event) for event in range(1, 6)]
    assert first == [
        6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821,
    ]  # fmt: skip
    assert int(GAMMA) == 0x9E3779B97F4A7C15
    assert 0 <= chance(seed, 1) < 1


@given(st.floats(0, 1000), st.integers(0, 2**63))
def test_a_fraction_of_a_person_is_one_or_none(number: float, stream: int) -> None:
    assert abs(whole(number, np.uint64(stream), 1) - number) < 1


def test_fractions_are_rounded_so_that_their_mean_is_the_number() -> None:
    rounded = [whole(2.3, np.uint64(stream * 7919), 1) for stream in range(20_000)]
    assert set(rounded) == {2, 3}
    assert np.mean(rounded) == pytest.approx(2.3, abs=0.015)


def test_a_constant_hazard_leaves_what_the_closed_form_says() -> None:
    problem = happening(still(periods=6, persons=10_000), dying=0.1)
    surely, by_chance = both(problem)
    left = 20_000 * 0.9 ** np.arange(7)
    assert np.allclose(surely.stocks[:, 0, 0, out.WORKING], left)
    spread = np.sqrt(left * (1 - 0.9 ** np.arange(7))) + 1e-9
    assert (abs(by_chance.stocks[:, 0, 0, out.WORKING] - left) <= FAR * spread).all()


def test_leaving_and_returning_settle_where_they_balance() -> None:
    problem = happening(still(periods=38, persons=1_000), leaving=0.1, returning=0.3)
    surely = expected(problem)
    assert surely.stocks[-1, 0, 0, out.OUTSIDE] == pytest.approx(2_000 * 0.1 / 0.4, rel=1e-6)


def test_a_stationary_population_stays() -> None:
    """As many of each age as the next year will have, and newcomers for those who are lost."""
    age, last = 14, 24
    problem = still(occupations=1, regions=1, periods=20)
    retiring = np.zeros((1, 1, 2, AGES))
    retiring[..., last] = 1.0
    stock = np.zeros_like(problem.stock)
    stock[0, 0, 0, age + 1 : last + 1, FULL_HERE] = 4096 * 0.5 ** np.arange(1, last - age + 1)
    problem = happening(replace(problem, stock=stock), dying=0.5, retiring=retiring)
    surely = expected(problem)
    lost = surely.stocks[0, 0, 0, out.WORKING] - surely.stocks[1, 0, 0, out.WORKING]
    assert lost == pytest.approx(2048)
    problem = _with_newcomers(problem, 2048, age)
    assert np.allclose(expected(problem).stocks[:, 0, 0, out.WORKING], stock.sum())
    assert np.allclose(expected(problem).pyramid[-1], expected(problem).pyramid[0])


def _with_newcomers(problem: Problem, number: float, age: int) -> Problem:
    """Of one sex, in each period, who become a year older before they are counted."""
    education = replace(
        busy(bounded=False).educations[0],
        periods=1, completing=1.0, licensed=1.0, women=1.0, ages=np.eye(AGES)[age], sectors=np.array([1.0, 0, 0, 0]),
        placed=np.ones((1, 1)),
    )  # fmt: skip
    arrivals = replace(
        problem.arrivals,
        intake=np.full((problem.periods, 1, 1), number),
        students=np.full((1, 1, 1), number),
    )
    return replace(problem, educations=(education,), arrivals=arrivals)


@pytest.mark.parametrize("steps", [1, 2])
def test_one_person_is_where_everything_says_they_are(steps: int) -> None:
    """40 years old, certain to leave in the first period, to return in the second, to be too old in the end."""
    problem = still(occupations=1, regions=2, periods=40 * steps, steps=steps)
    stock = problem.stock.copy()
    stock[0, 0, 0, 24, FULL_HERE] = 1
    problem = happening(replace(problem, stock=stock), leaving=1.0, returning=1.0)
    for outcome in both(problem):
        assert outcome.stocks[:3, 0, 0, out.WORKING].tolist() == [1, 0, 1]
        assert outcome.stocks[:3, 0, 0, out.OUTSIDE].tolist() == [0, 1, 0]
        assert outcome.flows[:2, 0, 0, [out.LEFT, out.RETURNED]].tolist() == [[1, 0], [0, 1]]
        assert outcome.pyramid[0, 0, 0, 0].nonzero()[0].tolist() == [24]
        aged = outcome.flows[..., out.AGED_OUT].nonzero()
        assert [int(each[0]) for each in aged] == [40 * steps - 1, 0, 0]
        assert belonging(outcome)[-1].sum() == 0


def test_one_person_specialises_moves_and_works_there() -> None:
    problem = training(still(periods=4), posts=1.0, staying=0.0)
    stock = problem.stock.copy()
    stock[0, 0, 1, 24, FULL_HERE] = 1
    for outcome in both(replace(problem, stock=stock)):
        assert outcome.posts[0, 0, 0].tolist() == [1, 1, 0, 0, 0]
        assert outcome.stocks[1:3, 0, 0, out.TRAINING].tolist() == [1, 1]
        assert outcome.posts[2, 0, 0, out.COMPLETED] == 1
        assert outcome.flows[2, 1, 1, out.SPECIALISED] == outcome.flows[2, 0, 0, out.LEFT_TO_SPECIALISE] == 1
        assert outcome.stocks[3, 1, 1, out.WORKING] == 1
        assert outcome.hours[:, 0, 0].tolist() == [1700, 0, 0, 0, 0]


@given(
    seed=st.integers(0, 10_000),
    occupations=st.integers(2, 3),
    regions=st.integers(1, 3),
    steps=st.sampled_from([1, 2]),
    bounded=st.booleans(),
)
@settings(max_examples=15)
def test_persons_are_conserved_in_every_occupation_and_region(
    seed: int, occupations: int, regions: int, steps: int, bounded: bool
) -> None:
    problem = busy(seed, occupations, regions, 2 * steps, steps, bounded)
    for outcome in both(problem):
        there = belonging(outcome)
        assert np.allclose(there[1:] - there[:-1], whole_change(outcome))
        assert (there >= -1e-9).all()
        counted = outcome.stocks[..., [out.WORKING, out.ABSENT, out.TRAINING]].sum(-1)
        assert np.allclose(outcome.pyramid.sum((-2, -1)), counted)
        assert np.allclose(outcome.retiring.sum(-1), outcome.flows[..., out.RETIRED])
        assert np.allclose(outcome.flows[..., out.MOVED_IN].sum(-1), outcome.flows[..., out.MOVED_OUT].sum(-1))
        assert (outcome.posts[..., out.STARTED] < outcome.posts[..., out.FUNDED] + 1).all()


@pytest.mark.parametrize("steps", [1, 2])
def test_the_expectation_is_the_mean_of_many_runs(steps: int) -> None:
    problem = busy(bounded=False, periods=3 * steps, steps=steps)
    surely, runs = expected(problem), [simulate(problem, 7, run) for run in range(RUNS)]
    for name in ("stocks", "hours", "flows", "posts", "students", "retiring"):
        values, sought = np.stack([getattr(run, name) for run in runs]), getattr(surely, name)
        if name == "posts":
            values, sought = values[..., : out.BOUND], sought[..., : out.BOUND]
        # What is rare may not have happened at all in so many runs: its spread is that of a Poisson number then.
        error = np.maximum(values.std(0, ddof=1), np.sqrt(abs(sought))) / np.sqrt(RUNS)
        assert (abs(values.mean(0) - sought) <= FAR * error + 5 / RUNS).all(), name


def test_the_expectation_is_close_to_the_mean_where_supervisors_and_workload_bind() -> None:
    """What the bounds see differs from run to run, and the expectation has them see the mean: off by what a few persons
    more or less do to a bound.
    """
    problem = busy(periods=3)
    surely, runs = expected(problem), [simulate(problem, 7, run) for run in range(RUNS)]
    values = np.stack([run.stocks for run in runs])
    error = values.std(0, ddof=1) / np.sqrt(RUNS)
    assert (abs(values.mean(0) - surely.stocks) <= FAR * error + 0.02 * surely.stocks + 0.1).all()
    bound = surely.posts[..., out.BOUND]
    assert (bound == out.BOUNDS.index("supervisors")).any()


def test_two_half_years_are_a_year() -> None:
    year = happening(still(periods=3, persons=100), dying=0.1, retiring=0.05)
    half = happening(still(periods=6, steps=2, persons=100), dying=1 - (1 - 0.1) ** 0.5, retiring=1 - (1 - 0.05) ** 0.5)
    assert np.allclose(expected(half).stocks[::2], expected(year).stocks)
    assert np.allclose(expected(half).pyramid[::2], expected(year).pyramid)


def test_another_post_changes_only_who_must_change() -> None:
    """The one who gets it leaves the stock for training; everybody else meets the chances that they met before."""
    problem = training(busy(bounded=False, periods=1), posts=3.0)
    more = replace(problem, posts=problem.posts + np.array([1.0, 0, 0]))
    before, after = simulate(problem, 1, 0), simulate(more, 1, 0)
    assert after.posts[0, 0, :, out.STARTED].tolist() == [4, 3, 3]
    assert abs(after.pyramid - before.pyramid).sum() == 0
    moved = after.stocks - before.stocks
    assert moved[1, 0, 0, out.TRAINING] == 1
    assert moved[1, 0, 0, out.WORKING] == -1
    assert abs(moved).sum() == 2
    assert np.array_equal(after.flows, before.flows)


def test_years_later_a_post_still_changes_few() -> None:
    problem = training(busy(bounded=False, periods=6), posts=3.0)
    more = replace(problem, posts=problem.posts + np.array([1.0, 0, 0]))
    one, other, lucky = simulate(problem, 1, 0), simulate(more, 1, 0), simulate(problem, 2, 0)
    shared = abs(one.pyramid[-1] - other.pyramid[-1]).sum()
    assert shared < abs(one.pyramid[-1] - lucky.pyramid[-1]).sum() / 5


def test_the_same_seed_and_run_give_the_same_and_others_do_not() -> None:
    problem = busy()
    first, again, other = simulate(problem, 1, 0), simulate(problem, 1, 0), simulate(problem, 1, 1)
    assert all(np.array_equal(getattr(first, each.name), getattr(again, each.name)) for each in fields(Outcome))
    assert not np.array_equal(first.stocks, other.stocks)


def test_nobody_starts_without_applicants_and_the_bound_is_named() -> None:
    problem = training(still(periods=1, persons=1), posts=5.0, youngest=50)
    for outcome in both(problem):
        assert outcome.posts[0, 0, :, out.STARTED].sum() == 0
        assert {out.BOUNDS[int(each)] for each in outcome.posts[0, 0, :, out.BOUND]} == {"applicants"}


def test_nobody_outside_moves() -> None:
    problem = happening(still(periods=2), moving=1.0)
    stock = problem.stock.copy()
    stock[0, 0, 0, 24, OUTSIDE] = 3
    for outcome in both(replace(problem, stock=stock)):
        assert outcome.flows[..., out.MOVED_OUT].sum() == 0
