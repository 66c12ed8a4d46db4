# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The plan: approved by the checker, at least cost against another solver, and for patients within today's cost."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from overens.planning.mix.optimum import solve
from overens.planning.mix.plan import Plan
from overens.planning.mix.problem import Mix
from overens.planning.mix.program import program
from overens.planning.mix.verdict import verdict
from overens.planning.mix.ways import spent, today, ways
from overens.rules.findings import Refused
from tests.unit.mix.mixes import SOUND, made, mix_of, with_

SEEDS = st.integers(0, 10_000)


def staff_cost(mix: Mix, plan: Plan) -> float:
    return plan.kronor - sum(each.hours for each in plan.undone) * float(mix.missing)


@settings(max_examples=40, deadline=None)
@given(seed=SEEDS, patients=st.booleans())
def test_the_checker_approves_what_the_optimiser_plans(seed: int, patients: bool) -> None:
    mix = with_(made(seed), aim="patients" if patients else "cost")
    plan = solve(mix)
    assert verdict(mix, plan) == ()
    assert plan.lower_bound == pytest.approx(plan.kronor, rel=1e-6)


@settings(max_examples=20, deadline=None)
@given(seed=SEEDS)
def test_least_cost_is_that_of_another_solver(seed: int) -> None:
    mix = made(seed)
    of = program(ways(mix))
    other = linprog(
        of.cost, A_eq=of.matrix, b_eq=of.right, bounds=np.column_stack([np.zeros(len(of.cost)), of.upper]),
        method="highs-ipm",
    )  # fmt: skip
    assert solve(mix).kronor == pytest.approx(other.fun, rel=1e-6, abs=1e-3)


@settings(max_examples=20, deadline=None)
@given(seed=SEEDS)
def test_for_patients_there_is_no_less_time_and_no_more_missing_than_at_least_cost(seed: int) -> None:
    mix = made(seed)
    cheap, near = solve(mix), solve(with_(mix, aim="patients"))
    kept = sum(each.for_patients for each in near.staff)
    assert max(near.freed, 0) >= kept - 1e-3
    assert near.freed >= cheap.freed - 1e-3 or kept
    assert not near.stopped_early
    assert sum(each.hours for each in near.undone) <= sum(each.hours for each in cheap.undone) + 1e-3
    assert staff_cost(mix, near) <= max(near.kronor_today, staff_cost(mix, cheap)) + 1


@settings(max_examples=20, deadline=None)
@given(seed=SEEDS)
def test_what_one_gives_another_takes_or_nobody_does(seed: int) -> None:
    mix = made(seed)
    plan, given_ = solve(mix), ways(mix)
    for at, task in enumerate(mix.tasks):
        for by, who in enumerate(mix.competences):
            planned = sum(each.hours for each in plan.done if (each.task, each.competence) == (task.id, who.id))
            given_away = sum(each.hours for each in plan.moved if (each.task, each.giver) == (task.id, who.id))
            taken = sum(each.hours for each in plan.moved if (each.task, each.taker) == (task.id, who.id))
            assert planned == pytest.approx(given_.today[at, by] - given_away + taken, abs=1e-3)
            assert not (given_away and taken)


def test_of_plans_that_cost_the_same_the_one_that_moves_least() -> None:
    mix = mix_of(SOUND.replace("cost = 400 # nurse", "cost = 360").replace("supervision = 0.1", "").replace(
        'supervised_by = "nurse"', ""
    ))  # fmt: skip
    plan = solve(mix)
    assert plan.moved == ()
    assert {each.competence: each.hours for each in plan.done} == {"nurse": 35, "assistant": 15, "doctor": 2}


def test_the_sound_problem_by_hand() -> None:
    """An assistant's hour of the task costs 1.2 · 300 + 0.1 · 400 = 400, the nurse's 400: nothing is moved. With the
    nurse at 500 it costs 410, and the assistants take the four fifths that they may of 50 hours.
    """
    assert solve(mix_of(SOUND)).moved == ()
    plan = solve(mix_of(SOUND.replace("cost = 400 # nurse", "cost = 500")))
    assert plan.kronor == pytest.approx(40 * 410 + 10 * 500 + 2 * 800)
    assert [(each.giver, each.taker, each.hours) for each in plan.moved] == [("nurse", "assistant", 25)]


def test_today_counts_supervision_as_away_from_patients() -> None:
    given_ = ways(mix_of(SOUND))
    before = today(given_)
    assert before.used == pytest.approx([2, 35 + 1.5, 15 * 1.2])
    assert before.away == pytest.approx([2, 1.5, 0])
    used, away = spent(given_, np.zeros(len(given_.task)))
    assert (used.sum(), away.sum()) == (0, 0)


def test_a_shortage_has_a_price_and_not_no_answer() -> None:
    plan = solve(mix_of(SOUND.replace("hours = 100", "hours = 10")))
    assert {each.task for each in plan.undone} == {"draw"}
    assert plan.kronor > float(Decimal(1500)) * plan.undone[0].hours


def test_stopped_before_anything_was_found_it_says_so() -> None:
    with pytest.raises(Refused) as refusal:
        solve(made(1, 60, 20), seconds=1e-9)
    assert [each.code for each in refusal.value.findings] == ["mix-stopped-early"]
