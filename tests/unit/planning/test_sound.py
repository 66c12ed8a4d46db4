# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is no model of anything is refused by both engines before they begin, with the array that is wrong."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overens.planning.supply import cohort, micro, reference
from overens.planning.supply.building import build
from overens.planning.supply.problem import Problem
from overens.planning.supply.sound import CLOSE, check
from overens.rules.findings import Refused, wording
from tests.unit.planning.problems import busy

SOUND = busy()
RATES = ("dying", "retiring", "leaving", "returning", "moving")
MATRICES = ("towards", "employer", "situation")


def rated(name: str, change: Callable[[Any], Any]) -> Problem:
    """SOUND with one of its rates changed, in the last period only."""
    last = SOUND.rates[-1]
    changed = replace(last, **{name: change(getattr(last, name).copy())})
    return replace(SOUND, rates=(*SOUND.rates[:-1], changed))


def at(array: Any, place: int, value: float) -> Any:
    array.flat[place % array.size] = value
    return array


def said(problem: Problem) -> list[tuple[str, str]]:
    found = check(problem)
    for each in found:
        for language in ("sv", "en"):
            assert "{" not in wording(each, language)
            assert wording(each, language) != each.code
    return [(each.code, (each.where and each.where.key) or "") for each in found]


def test_what_is_built_from_what_ships_is_sound() -> None:
    scenario = reference.base().model_copy(update={"regions": ("09",), "years": 2})
    assert check(build(scenario, reference.data())) == ()
    assert check(SOUND) == ()


WRONG = st.one_of(st.floats(1 + 1e-6, 1e6), st.floats(-1e6, -1e-6))


@settings(max_examples=25)
@given(st.sampled_from(RATES + MATRICES), st.integers(0, 10**6), WRONG)
def test_no_probability_is_below_nought_or_above_one(name: str, place: int, value: float) -> None:
    found = said(rated(name, lambda array: at(array, place, value)))
    assert ("supply-array-probability", f"rates[{SOUND.periods - 1}].{name}") in found


@settings(max_examples=25)
@given(st.sampled_from(MATRICES), st.integers(0, 10**6), st.floats(2 * CLOSE, 0.5))
def test_every_row_of_what_becomes_of_somebody_sums_to_one(name: str, row: int, less: float) -> None:
    def changed(array: Any) -> Any:
        rows = array.reshape(-1, array.shape[-1])
        rows[row % len(rows)] *= 1 - less
        return array

    assert said(rated(name, changed)) == [("supply-array-sum", f"rates[{SOUND.periods - 1}].{name}")]


@settings(max_examples=25)
@given(
    st.sampled_from(["stock", "trainees", "foreign"]), st.integers(0, 10**6), st.integers(-5, 5), st.floats(0.01, 0.99)
)
def test_who_there_are_at_the_start_are_whole_persons(name: str, place: int, whole: int, part: float) -> None:
    found = said(replace(SOUND, **{name: at(getattr(SOUND, name).copy(), place, whole + part)}))
    assert {code for code, _ in found} == {"supply-array-whole"} | ({"supply-array-negative"} if whole < 0 else set())
    assert {key for _, key in found} == {name}


@settings(max_examples=15)
@given(st.sampled_from(["stock", "posts", "need", "seats"]), st.integers(0, 10**6))
def test_what_is_no_number_is_told_of(name: str, place: int) -> None:
    found = said(replace(SOUND, **{name: at(getattr(SOUND, name).copy(), place, np.nan)}))
    assert found == [("supply-array-number", name)]


@settings(max_examples=15)
@given(st.sampled_from(["stock", "trainees", "foreign", "posts", "seats", "need"]), st.integers(0, 4))
def test_arrays_that_do_not_fit_each_other_are_told_of(name: str, axis: int) -> None:
    array = getattr(SOUND, name)
    axis %= array.ndim - 1
    found = said(replace(SOUND, **{name: np.concatenate([array, array[(slice(None),) * axis + (slice(1),)]], axis)}))
    assert found == [("supply-array-shape", name)]


def test_an_education_that_lasts_longer_than_there_is_room_for_is_told_of() -> None:
    (education,) = SOUND.educations
    longer = replace(SOUND, educations=(replace(education, periods=9),))
    assert said(longer) == [("supply-array-shape", "arrivals.students")]


def test_ages_and_shares_of_what_trains_are_looked_at() -> None:
    (programme,), (education,) = SOUND.programmes, SOUND.educations
    assert said(replace(SOUND, programmes=(replace(programme, youngest=50, oldest=40),))) == [
        ("supply-programme-ages", "programme[p0]")
    ]
    assert said(replace(SOUND, programmes=(replace(programme, dropping=1.2),))) == [
        ("supply-array-probability", "programme[p0].dropping")
    ]
    assert said(replace(SOUND, educations=(replace(education, sectors=education.sectors * 0.9),))) == [
        ("supply-array-sum", "education[e0].sectors")
    ]


def test_a_need_below_nought_names_whom_and_where() -> None:
    need = SOUND.need.copy()
    need[1, 2, 0] = -1
    problem = replace(SOUND, need=need)
    assert said(problem) == [("supply-need-negative", "need")]
    assert check(problem)[0].values["regions"] == ["01"]


@pytest.mark.parametrize("engine", [cohort.expected, lambda problem: micro.simulate(problem, 1, 1)])
def test_neither_engine_begins_with_what_is_not_sound(engine: Callable[[Problem], object]) -> None:
    with pytest.raises(Refused) as refusal:
        engine(replace(SOUND, stock=-SOUND.stock))
    assert {each.code for each in refusal.value.findings} == {"supply-array-negative"}


def test_a_refusal_comes_whole_from_another_process() -> None:
    refusal = Refused(*check(replace(SOUND, stock=-SOUND.stock)))
    assert pickle.loads(pickle.dumps(refusal)).findings == refusal.findings
