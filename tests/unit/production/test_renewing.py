# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is left of a problem as files says what :func:`replan` says of its arrays."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overens.planning.production.building import flow
from overens.planning.production.deviation import left_of, replan
from overens.planning.production.earning import pays
from overens.planning.production.reading import Given, find, read
from overens.planning.production.renewing import COMING, renewed
from overens.planning.production.tables import Outcome
from overens.rules.findings import Refused
from tests.unit.production.small import SOUND, files


def small(**tables: str) -> Given:
    found, findings = read(SOUND, files(**tables))
    assert found is not None, findings
    return found


def again(text: str, before: Given) -> tuple[Given, str, dict[str, str]]:
    made, tables = renewed(text, before)
    found, findings = read(made, tables)
    assert found is not None, findings
    return found, made, tables


def same(before: Given, after: Given) -> None:
    """All arrays but the referrals, which are forecast anew."""
    assert before.outcome is not None
    left, made = replan(flow(before), before.outcome), flow(after)
    longest = int(np.argwhere(left.waiting)[:, 2].max(initial=0)) + 1
    for each in fields(left):
        one, other = getattr(left, each.name), getattr(made, each.name)
        if each.name == "waiting":
            assert not one[:, :, longest:].any()
            np.testing.assert_array_equal(one[:, :, :longest], other)
        elif each.name == "referred":
            # What is more than a week's own referrals is those on their way.
            only_coming = [at for at, step in enumerate(made.steps) if step.step != "besok"]
            np.testing.assert_allclose(one[:, only_coming], other[:, only_coming], atol=1e-3)
        elif isinstance(one, np.ndarray):
            np.testing.assert_allclose(one, other)
        else:
            assert one == other


def test_the_files_of_what_is_left_say_what_the_arrays_say() -> None:
    before = small()
    after, text, tables = again(SOUND, before)
    same(before, after)
    assert (after.problem.first_week.isocalendar()[:2], after.problem.weeks) == ((2027, 1), 2)
    assert after.problem.by == after.problem.first_week == before.problem.by
    assert after.outcome is None
    assert set(tables) == {"referrals.csv", "waiting.csv", COMING}
    assert "# A small sound problem" in text
    # Those referred in the weeks that have passed are history now.
    assert after.referrals["oga"].counts.tolist() == [10, 11, 9, 10, 8, 8, 8]


def test_a_limit_that_was_to_be_kept_by_a_week_that_has_passed_is_kept_from_now_on() -> None:
    early = SOUND.replace('by = "2027-W01"', 'by = "2026-W53"')
    before, findings = read(early, files())
    assert before is not None, findings
    after, _, _ = again(early, before)
    assert after.problem.by == after.problem.first_week > before.problem.by


def test_a_grant_has_less_left_of_its_base() -> None:
    before = small()
    assert before.outcome is not None
    after, _, _ = again(SOUND, before)
    (left,), (made,) = left_of(pays(before.problem), before.outcome), pays(after.problem)
    assert (made.base, made.first, made.last, made.most) == (left.base, left.first, left.last, left.most)
    assert made.base == 2


def test_what_is_left_can_be_planned_anew_again() -> None:
    """Those on their way from before are on their way still, and are among the referred of the next outcome."""
    second, text, tables = again(SOUND, small())
    assert second.coming is not None
    rows = [
        f"2027-W01,oga,{step},{priority},{referred},1,{waiting}"
        for step, priority, referred, waiting in (
            ("besok", "hog", 2, 2), ("besok", "ovrig", 6, 13), ("operation", "hog", 0, 2), ("operation", "ovrig", 0, 6),
        )
    ]  # fmt: skip
    outcome = "\n".join(["week,service,step,priority,referred,begun,waiting", *rows])
    text = text.replace("[tables]", '[tables]\noutcome = "outcome.csv"')
    before, findings = read(text, {**tables, "outcome.csv": outcome})
    assert before is not None, findings
    assert before.outcome is not None
    np.testing.assert_allclose(before.outcome.referred[0, 1], second.coming[0, 1])
    after, _, _ = again(text, before)
    assert after.problem.weeks == 1
    assert after.referrals["oga"].counts[-1] == 8
    same(before, after)


def test_the_shipped_example_can_be_planned_anew() -> None:
    path = find("exempel")
    before, _ = read(path)
    assert before is not None
    assert before.outcome is not None
    after, text, _ = again(path.read_text("utf-8"), before)
    assert after.problem.weeks == before.problem.weeks - len(before.outcome.begun)
    assert flow(after).waiting.sum() == before.outcome.waiting[-1].sum()
    assert text.count("#") == path.read_text("utf-8").count("#")


@given(st.integers(0, 2**31), st.integers(1, 3))
@settings(max_examples=40, deadline=None)
def test_nobody_is_lost(seed: int, passed: int) -> None:
    chance, before = (
        np.random.default_rng(seed),
        small(worked="week,competence,hours\n2026-W52,lakare,1\n2026-W53,lakare,1\n"),
    )
    shape = (passed, 2, 2)
    counted = [chance.integers(0, 30, shape).astype(float) for _ in range(3)]
    counted[0][:, 1] = 0
    before = replace(before, outcome=Outcome(*counted))
    after, _, _ = again(SOUND, before)
    same(before, after)
    assert sum(after.waiting.values()) == counted[2][-1].sum()


def test_without_an_outcome_or_a_week_left_there_is_nothing_to_plan_anew() -> None:
    before = small()
    with pytest.raises(Refused) as refusal:
        renewed(SOUND, replace(before, outcome=None))
    assert refusal.value.findings[0].code == "production-no-outcome"
    whole = Outcome(*(np.zeros((4, 2, 2)) for _ in range(3)))
    with pytest.raises(Refused) as refusal:
        renewed(SOUND, replace(before, outcome=whole))
    assert refusal.value.findings[0].code == "production-no-week-left"
