# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The plan that costs the least, and its checker."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overens.planning.production import optimum
from overens.planning.production.earning import Pays
from overens.planning.production.flow import Flow
from overens.planning.production.verdict import in_bed, is_sound, recount, verdict
from overens.planning.program import Program
from overens.planning.program import solve as solve_program
from overens.rules.findings import Refused
from tests.unit.production.made import flow

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "production_plan" / "mutations.toml").read_text("utf-8"))


def codes(found: Any) -> set[str]:
    return {each.code for each in found}


@pytest.fixture(scope="module")
def sound() -> Any:
    return optimum.solve(flow())


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["sentence"])
def test_a_changed_plan_is_refused(case: dict[str, Any], sound: Any) -> None:
    assert verdict(flow(), sound) == ()
    if case["at"]:
        changed = getattr(sound, case["array"]).copy()
        changed[tuple(case["at"])] += case["by"]
    else:
        changed = getattr(sound, case["array"]) + case["by"]
    found = verdict(flow(), replace(sound, **{case["array"]: changed}))
    assert case["code"] in codes(found)
    assert not is_sound(found)


def random_flow(draw: Any) -> Flow:
    weeks = draw(st.integers(2, 7))
    number = np.random.default_rng(draw(st.integers(0, 10_000)))
    limits = draw(st.lists(st.sampled_from([0.0, 1.0, 2.0, 5.0, np.inf]), min_size=4, max_size=4))
    kinds = 2
    referred = np.stack([number.uniform(0, 12, (weeks, kinds)), np.zeros((weeks, kinds))], 1)
    return flow(
        weeks,
        priorities=("forst", "sedan"),
        by=draw(st.integers(0, weeks)),
        referred=referred,
        waiting=number.integers(0, 6, (2, kinds, 4)),
        limit=np.array(limits).reshape(2, 2),
        onward=np.array([[draw(st.sampled_from([0.0, 0.3])), 0.5], [0.0, draw(st.sampled_from([0.0, 0.2]))]]),
        after=number.integers(0, 3, (2, 2)),
        hours=number.uniform(0, 40, (weeks, 2)),
        hired=number.uniform(0, 4, (weeks, 2)),
        hired_cost=np.array([1200.0, 900.0]),
        room_hours=number.uniform(0, 20, (weeks, 1)),
        session=np.array([draw(st.sampled_from([0.0, 4.0]))]),
        bought=number.uniform(0, 2, (weeks, 2)),
        price=np.array([1_000.0, 30_000.0]),
        bed_days=np.array([[0.0], [draw(st.sampled_from([0.3, 2.0, 9.0]))]]),
        bed_days_there=number.uniform(0, 60, (weeks, 1)),
        margin=draw(st.sampled_from([0.0, 0.1])),
    )


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_every_plan_passes_the_checker_and_none_costs_less_than_its_bound(data: Any) -> None:
    problem = random_flow(data.draw)
    found = optimum.solve(problem, 5)
    said = verdict(problem, found)
    assert is_sound(said), said
    assert found.lower_bound <= found.objective + 1e-6 * abs(found.objective)
    # No one is lost: who was there, was referred or came on is begun or waits.
    waiting, _, _ = recount(problem, found.begun)
    came = problem.waiting.sum() + problem.referred.sum()
    for source, target in zip(*np.nonzero(problem.onward), strict=True):
        until = max(problem.weeks - problem.after[source, target], 0)
        came += problem.onward[source, target] * found.begun[:until, source].sum()
    assert found.begun.sum() + waiting[-1].sum() == pytest.approx(came)


def test_a_plan_leaves_its_margin_of_hours_rooms_and_beds() -> None:
    found = optimum.solve(flow(margin=0.1))
    assert is_sound(verdict(flow(margin=0.1), found))
    assert codes(verdict(flow(margin=0.3), found)) >= {"production-plan-hours-short", "production-plan-session-short"}
    few = flow(margin=0.1, bed_days_there=np.full((8, 1), 20.0))
    assert "production-plan-beds-short" in codes(verdict(replace(few, margin=0.3), optimum.solve(few)))


@given(st.floats(0.01, 60))
def test_a_bed_takes_more_of_a_week_than_its_days_and_the_checker_reckons_the_same(days: float) -> None:
    taken = flow(bed_days=np.array([[0.0], [days]])).planned_bed_days
    assert taken[0, 0] == in_bed(0.0) == 0
    assert taken[1, 0] == pytest.approx(in_bed(days), rel=1e-6)
    # Nobody takes less than one of five mornings, and a long stay hardly more than itself.
    assert taken[1, 0] >= max(7 / 5, days)
    assert taken[1, 0] < days + 1.6


def test_one_more_hour_saves_what_it_is_said_to_be_worth() -> None:
    problem = flow(hours=np.full((8, 2), 18.0), session=np.array([0.0]))
    found = optimum.solve(problem)
    week, competence = np.unravel_index(found.worth.argmax(), found.worth.shape)
    more = problem.hours.copy()
    more[week, competence] += 0.01
    saved = found.objective - optimum.solve(replace(problem, hours=more)).objective
    assert saved / 0.01 == pytest.approx(found.worth.max(), rel=1e-3)


def test_a_limit_that_nothing_there_can_keep_gives_the_fewest_late_and_says_where() -> None:
    problem = flow(hours=np.full((8, 2), 6.0), overtime=np.zeros((8, 2)))
    found = optimum.solve(problem)
    said = verdict(problem, found)
    assert is_sound(said)
    assert "production-plan-limit-not-kept" in codes(said)
    missing = optimum.missing(problem)
    assert missing.late.sum() == pytest.approx(0, abs=1e-6)
    enough = replace(problem, hours=problem.hours + missing.hours, room_hours=problem.room_hours + missing.room_hours)
    kept = verdict(enough, optimum.solve(replace(enough, session=np.array([0.0]))))
    assert "production-plan-limit-not-kept" not in codes(kept)


def test_the_last_weeks_do_not_stop_working(sound: Any) -> None:
    assert sound.begun[-3:, 0].sum() == pytest.approx(30)
    assert sound.begun[-3:, 1].sum() == pytest.approx(15)


def test_the_earliest_week() -> None:
    waits = np.array([[[5, 5, 5, 40]], [[0, 2, 0, 0]]])
    problem = flow(waiting=waits)
    first = optimum.earliest(problem)
    assert first is not None
    assert optimum.solve(replace(problem, by=first)).late[first - 1 :].sum() == pytest.approx(0, abs=1e-3)
    assert optimum.solve(replace(problem, by=first - 1)).late[first - 2 :].sum() > 0.5
    assert optimum.earliest(flow(hours=np.zeros((8, 2)), overtime=np.zeros((8, 2)))) is None


def test_a_grant_that_pays_more_than_it_costs_is_earned_to_its_ceiling() -> None:
    grant = Pays("fler", np.array([False, True]), 0, 7, base=30, price=20_000, most=200_000)
    found = optimum.solve(flow(), pays=[grant])
    assert found.earned == pytest.approx(200_000)
    assert verdict(flow(), found, [grant]) == ()
    out_of_reach = replace(grant, base=500)
    found = optimum.solve(flow(), pays=[out_of_reach])
    assert found.earned == pytest.approx(0)
    assert is_sound(verdict(flow(), found, [out_of_reach]))


def test_what_an_observer_raises_ends_the_search_and_is_raised() -> None:
    program = Program()
    number = np.random.default_rng(1)
    chosen = program.columns(90, cost=-number.integers(10, 60, 90), upper=1, whole=True)
    rows = program.rows(30, upper=100)
    program.enter(rows[:, None], chosen, number.integers(1, 40, (30, 90)))

    def observer(done: int, of: int) -> None:
        raise KeyError(done, of)

    with pytest.raises(KeyError):
        solve_program(program, 20, progress=observer)
    stopped = solve_program(program, 20, stop=lambda: True)
    assert stopped.stopped_early
    assert stopped.lower_bound <= stopped.objective


def test_a_program_that_nothing_solves_is_refused() -> None:
    program = Program()
    column = program.columns(1, upper=1)
    program.enter(program.rows(1, lower=2), column)
    with pytest.raises(Refused, match="program-none"):
        solve_program(program, 5)
