# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Planned against real shift, and the mix in the chain of plans."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overens.planning.mix import follow, linking
from overens.planning.mix.optimum import solve
from overens.planning.production.flow import Flow, StepOf
from overens.planning.production.flow import Plan as Produced
from overens.planning.supply import checks, reference
from overens.rules.findings import Refused, wording
from tests.unit.mix.mixes import SOUND, made, mix_of, with_

MIX = mix_of(SOUND.replace("cost = 400 # nurse", "cost = 500"))
# 25 hours of the task go from the nurses to the assistants, whom they take 30.
PLAN = solve(MIX)
TODAY = {("draw", "nurse"): 35.0, ("draw", "assistant"): 18.0, ("die", "doctor"): 2.0}

HAPPENED = [
    ("as planned", 10, 48, "happened"),
    ("nobody changed", 35, 18, "not"),
    ("the assistants began and the nurses did not stop", 35, 48, "added"),
    ("the nurses stopped and nobody took over", 10, 18, "left"),
    ("half of it", 22, 33, "partly"),
    ("the other way", 40, 10, "not"),
]


@pytest.mark.parametrize(("nurse", "assistant", "state"), [each[1:] for each in HAPPENED], ids=[e[0] for e in HAPPENED])
def test_both_ends_are_measured(nurse: float, assistant: float, state: str) -> None:
    now = {**TODAY, ("draw", "nurse"): float(nurse), ("draw", "assistant"): float(assistant)}
    followed = follow.follow(MIX, PLAN, now)
    (shift,) = followed.shifts
    assert shift.state == state
    assert (shift.really_freed, shift.really_taken) == (max(0, 35 - nurse), max(0, assistant - 18))
    said = follow.findings(MIX, followed)
    assert [each.code for each in said] == [
        *([] if state == "happened" else [f"mix-shift-{state}"]),
        "mix-freed-really",
    ]
    for each in said:
        assert wording(each, "sv") != each.code != wording(each, "en")


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_what_was_planned_and_reported_as_planned_has_happened(seed: int) -> None:
    mix = made(seed)
    plan = solve(mix)
    followed = follow.follow(mix, plan, {(each.task, each.competence): each.time for each in plan.done})
    for shift in followed.shifts:
        assert shift.really_freed == pytest.approx(shift.freed, abs=1e-3)
        assert shift.really_taken == pytest.approx(shift.taken, abs=1e-3)


def test_hours_are_read_from_a_table() -> None:
    hours, findings = follow.reported("\ufefftask;competence;hours\ndraw;nurse;12,5\ndraw;assistant;30\n", MIX)
    assert findings == ()
    assert hours == {("draw", "nurse"): 12.5, ("draw", "assistant"): 30.0}


@pytest.mark.parametrize(
    ("text", "codes", "line"),
    [
        ("task,hours\ndraw,1\n", ["mix-report-columns"], None),
        ("", ["mix-report-columns"], None),
        ("task,competence,hours\nsing,nurse,1\n", ["mix-unknown"], 2),
        ("task,competence,hours\ndraw,nurse,many\n", ["mix-report-hours"], 2),
        ("task,competence,hours\ndraw,nurse,-1\n", ["mix-report-hours"], 2),
        ("task,competence,hours\ndraw,nurse\n", ["mix-report-hours"], 2),
        ("task,competence,hours\ndraw,nurse,1\ndraw,nurse,1\n", ["mix-report-twice"], 3),
    ],
)
def test_a_table_that_is_wrong_is_said_with_its_line(text: str, codes: list[str], line: int | None) -> None:
    hours, findings = follow.reported(text, MIX)
    assert hours is None
    assert [each.code for each in findings] == codes
    assert (findings[0].where.line if findings[0].where else None) == line
    assert wording(findings[0], "sv") != wording(findings[0], "en")


def produced(begun: float) -> tuple[Flow, Produced]:
    """Two weeks of one step, of which a tenth is bought."""
    nothing: dict[str, Any] = {each.name: np.zeros(0) for each in fields(Flow)}
    nothing |= {"first": date(2027, 1, 4), "by": 0, "steps": (StepOf("skin", "visit", 0, "visit"),)}
    patients = np.full((2, 1, 1), begun)
    none: dict[str, Any] = {each.name: np.zeros(0) for each in fields(Produced)}
    return Flow(**nothing), Produced(**{**none, "begun": patients, "bought": patients / 10})


STEP = SOUND.replace("minutes = 30 # draw", 'minutes = 30\nstep = "skin/visit"\ntimes = 2')


def test_volumes_come_from_a_production_plan_and_minutes_go_back() -> None:
    mix = linking.with_volumes(mix_of(STEP), *produced(60.0))
    assert [each.number for each in mix.tasks] == [Decimal(108), Decimal(2)]
    of = linking.minutes(mix, solve(mix))
    # 70 per cent of an hour with the nurse, 30 with the assistant, who takes 1.2 as long with a tenth of supervision.
    assert of == {"skin/visit": {"nurse": Decimal("43.8000"), "assistant": Decimal("21.6000")}}


def test_a_step_that_the_production_plan_does_not_have_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        linking.with_volumes(mix_of(STEP.replace("skin/visit", "skin/operation")), *produced(1.0))
    assert [(each.code, each.where and each.where.key) for each in refusal.value.findings] == [
        ("mix-unknown", "task[draw].step")
    ]


def test_a_shift_becomes_a_change_in_a_scenario_of_supply() -> None:
    mix = with_(MIX, competences=tuple(
        with_(each, occupation={"nurse": "nurse", "assistant": "assistant-nurse"}.get(each.id, ""))
        for each in MIX.competences
    ))  # fmt: skip
    (change,) = linking.changes(mix, PLAN, 2022, 2026)
    # 25 of the nurses' 36.5 hours, of which 1.5 are supervision; 1.2 hours for each.
    assert float(change.share or 0) == pytest.approx(25 / 36.5, abs=1e-5)
    assert (change.factor, change.to, change.occupations) == (Decimal("1.2"), "assistant-nurse", ("nurse",))
    scenario = reference.base().model_copy(update={"changes": (change,)})
    assert checks.check(scenario) == ()
