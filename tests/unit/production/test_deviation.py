# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What differs between a plan and what came of it, put down to causes; and the problem that is left."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overens.planning.production import optimum
from overens.planning.production.answer import of_plan
from overens.planning.production.deviation import CAUSES, compare, left_of, replan
from overens.planning.production.earning import Pays, earned
from overens.planning.production.tables import Outcome
from overens.planning.production.verdict import is_sound, recount, verdict
from tests.unit.production.made import flow

WEEKS = 3


@pytest.fixture(scope="module")
def plan() -> Any:
    return optimum.solve(flow())


def as_planned(plan: Any) -> Outcome:
    waiting, _, _ = recount(flow(), plan.begun)
    worked = (plan.begun.sum(2) @ flow().minutes / 60)[:WEEKS]
    return Outcome(flow().referred[:WEEKS], plan.begun[:WEEKS], waiting[:WEEKS], worked)


def parts(found: Any, what: str = "begun_by") -> dict[str, float]:
    return dict(zip(CAUSES, getattr(found, what).sum((1, 2, 3)), strict=True))


def test_what_went_as_planned_has_no_cause(plan: Any) -> None:
    found = compare(flow(), plan, as_planned(plan))
    np.testing.assert_allclose(found.planned_begun, plan.begun[:WEEKS])
    assert parts(found) == pytest.approx(dict.fromkeys(CAUSES, 0), abs=1e-6)


def test_a_tenth_of_the_hours_away_is_put_down_to_the_hours(plan: Any) -> None:
    happened = as_planned(plan)
    assert happened.worked is not None
    less = replace(happened, begun=happened.begun * 0.9, worked=happened.worked * 0.9)
    of = parts(compare(flow(), plan, less))
    assert of["hours"] == pytest.approx(-0.1 * happened.begun.sum(), rel=0.02)
    assert of["minutes"] == pytest.approx(0, abs=0.02)


def test_longer_minutes_are_put_down_to_the_minutes(plan: Any) -> None:
    happened = as_planned(plan)
    of = parts(compare(flow(), plan, replace(happened, begun=happened.begun * 0.9)))
    assert of["minutes"] == pytest.approx(-0.1 * happened.begun.sum(), rel=0.02)
    assert of["hours"] == pytest.approx(0, abs=0.02)


def test_more_referrals_lengthen_the_list(plan: Any) -> None:
    happened = as_planned(plan)
    more = happened.referred.copy()
    more[:, 0] += 4
    waiting = happened.waiting.copy()
    waiting[:, 0, 0] += 4 * np.arange(1, WEEKS + 1)
    found = compare(flow(), plan, replace(happened, referred=more, waiting=waiting))
    assert found.waiting_by[CAUSES.index("referrals"), -1].sum() == pytest.approx(4 * WEEKS)
    assert parts(found) == pytest.approx(dict.fromkeys(CAUSES, 0), abs=1e-6)


@given(st.integers(0, 10_000), st.booleans())
@settings(max_examples=50, deadline=None)
def test_the_parts_add_up_exactly(seed: int, with_hours: bool) -> None:
    plan = SOLVED
    number = np.random.default_rng(seed)
    shape = (WEEKS, 2, 1)
    outcome = Outcome(
        number.poisson(10, shape).astype(float),
        number.poisson(8, shape).astype(float),
        number.poisson(20, shape).astype(float),
        number.uniform(0, 40, (WEEKS, 2)) if with_hours else None,
    )
    found = compare(flow(), plan, outcome)
    np.testing.assert_allclose(found.planned_begun + found.begun_by.sum(0), outcome.begun)
    np.testing.assert_allclose(found.planned_waiting + found.waiting_by.sum(0), outcome.waiting, atol=1e-9)
    if not with_hours:
        assert parts(found)["hours"] == parts(found)["minutes"] == 0


SOLVED = optimum.solve(flow())


def test_what_is_left_when_all_went_as_planned_is_the_rest_of_the_plan(plan: Any) -> None:
    left = replan(flow(), as_planned(plan))
    assert left.weeks == flow().weeks - WEEKS
    assert left.first == flow().monday(WEEKS)
    waiting, _, _ = recount(flow(), plan.begun)
    np.testing.assert_allclose(left.waiting.sum(2), waiting[WEEKS - 1], atol=0.51)
    rest = replace(plan, begun=plan.begun[WEEKS:])
    waiting_then, _, _ = recount(left, rest.begun)
    np.testing.assert_allclose(waiting_then, waiting[WEEKS:], atol=1.01)
    assert is_sound(verdict(left, optimum.solve(left)))
    with pytest.raises(ValueError, match="no week"):
        replan(flow(WEEKS), as_planned(plan))


def test_what_has_been_done_counts_towards_the_base(plan: Any) -> None:
    happened = as_planned(plan)
    done = float(happened.begun[:, 1].sum())
    grant = Pays("fler", np.array([False, True]), 0, 7, base=done + 3, price=1000, most=10_000)
    assert left_of([grant], happened)[0].base == pytest.approx(3)
    passed = left_of([replace(grant, base=done - 2)], happened)[0]
    assert (passed.base, passed.most) == (0, 8_000)
    assert left_of([replace(grant, last=WEEKS - 1)], happened) == ()


def test_what_a_grant_would_take_is_said_in_hours_and_weeks() -> None:
    scarce = flow(hours=np.tile([30.0, 14.0], (8, 1)), overtime=np.zeros((8, 2)), room_hours=np.full((8, 1), 40.0))
    waits = replace(scarce, waiting=np.array([[[5, 5, 5, 5]], [[60, 2, 0, 0]]]), limit=np.full((2, 1), np.inf))
    grant = Pays("fler", np.array([False, True]), 0, 7, base=20, price=20_000, most=1_000_000)
    plan = optimum.solve(waits, pays=[grant])
    assert earned(grant, plan.begun) < grant.most
    said = {each.code: each.values for each in of_plan(waits, plan, (grant,), 10, 0)}
    assert said["production-earns"] == {"grant": "fler", "earned": earned(grant, plan.begun), "most": 1_000_000}
    assert said["production-lacks-hours"]["what"] == "sjukskoterska"
    # Fifty more than the base are paid to the ceiling, each taking the nurse two hours.
    assert said["production-lacks-hours"]["much"] == pytest.approx(70 * 2 - 8 * 14, abs=1)
