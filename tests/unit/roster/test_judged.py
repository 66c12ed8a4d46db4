# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The checker on rosters made by hand, one rule broken at a time, and on any against a second way of counting."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overens.planning.roster import benchmark, solution
from overens.planning.roster.instance import OFF, Instance, Whole
from overens.planning.roster.judged import Judged, judge
from overens.planning.roster.rules import of_instance
from overens.rules.findings import Refused, wording
from tests.unit.roster.test_benchmark import SMALL

# Everything is kept; day 13 has nobody, days 3, 5 and 6 too; the two wishes are met.
SOUND = """\
E,E,E,,,,,E,E,,,,,
,,,,E,,,,,E,E,E,E,
,,,,L,,,,,,,,,
"""


def small() -> Instance:
    instance, findings = benchmark.read(SMALL)
    assert instance is not None, findings
    return instance


def roster(text: str = SOUND) -> Whole:
    instance = small()
    return solution.from_text(text, instance.persons, instance.shifts, instance.days)


def judged(text: str) -> Judged:
    return judge(of_instance(small()), roster(text))


def test_a_sound_roster_costs_what_is_missing_and_too_much() -> None:
    found = judged(SOUND)
    assert found.feasible
    # Days 3, 5, 6 and 13 without E; one L too many on day 4.
    assert found.costs == {"under": 400, "over": 1}
    assert found.objective == 401
    assert [note.values["day"] for note in found.given_up] == ["3", "4", "5", "6", "13"]


@pytest.mark.parametrize(
    ("was", "becomes", "breaks", "day"),
    [
        ("E,E,E,,,,,E,E,,,,,\n", ",,E,E,,,,E,E,,,,,\n", "off", "3"),
        ("E,E,E,,,,,E,E,,,,,\n", "E,E,E,,,,E,E,E,E,,,,\n", "most-running", "9"),
        ("E,E,E,,,,,E,E,,,,,\n", "E,E,E,,,,,E,,,,,,\n", "least-running", "7"),
        ("E,E,E,,,,,E,E,,,,,\n", "E,E,E,,E,E,,,,,,,,\n", "least-off", "3"),
        ("E,E,E,,,,,E,E,,,,,\n", "E,E,,,,,,,,,,,,\n", "least-minutes", "0"),
        ("E,E,E,,,,,E,E,,,,,\n", "L,E,E,,,,,E,E,,,,,\n", "follows", "1"),
        ("E,E,E,,,,,E,E,,,,,\n", "E,E,E,,,E,E,,,,,,E,E\n", "most-weekends", "13"),
        (",,,,L,,,,,,,,,\n", ",,,,E,,,,,,,,,\n", "most-shifts", "13"),
        (",,,,L,,,,,,,,,\n", "L,L,,L,L,,,L,,,,,,\n", "most-minutes", "0"),
    ],
)
def test_each_rule_is_told_with_who_and_when(was: str, becomes: str, breaks: str, day: str) -> None:
    found = judged(SOUND.replace(was, becomes))
    assert [(each.code, each.values["day"]) for each in found.broken] == [(f"roster-{breaks}", day)]
    assert not found.feasible
    for each in (*found.broken, *found.given_up):
        assert wording(each, "sv") != each.code != wording(each, "en")
        assert "{" not in wording(each)


def test_wishes_that_are_not_met_cost_their_weight() -> None:
    found = judged(SOUND.replace("\n,,,,E", "\nL,,,,E").replace(",,,,L,,,,,,,,,\n", ",,,,,,,,,,,,,\n"))
    assert (found.costs["wish-on"], found.costs["wish-off"]) == (3, 5)


def test_no_roster_of_another_shape_is_judged() -> None:
    with pytest.raises(ValueError, match="shape|roster"):
        judge(of_instance(small()), np.full((3, 13), OFF))
    with pytest.raises(ValueError, match="none of"):
        judge(of_instance(small()), np.full((3, 14), 2))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("E\n", "roster-rows"),
        (SOUND.replace("\n,,,,E", "\n,,,E"), "roster-days"),
        (SOUND.replace("L", "X"), "roster-shifts"),
    ],
)
def test_a_text_that_is_no_roster_is_said(text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        roster(text)
    assert [each.code for each in refused.value.findings] == [code]
    assert wording(refused.value.findings[0]) != code


@pytest.mark.parametrize(
    ("text", "code"), [("[", "roster-json"), ('{"A": 3}', "roster-json"), ('{"D": []}', "roster-persons")]
)
def test_a_json_that_is_no_roster_is_said(text: str, code: str) -> None:
    instance = small()
    with pytest.raises(Refused) as refused:
        solution.from_json(text, instance.persons, instance.shifts, instance.days)
    assert [each.code for each in refused.value.findings] == [code]
    assert wording(refused.value.findings[0], "en") != code


ANY = st.lists(st.integers(-1, 1), min_size=42, max_size=42).map(
    lambda flat: np.array(flat, dtype=np.int64).reshape(3, 14)
)


@settings(max_examples=60, deadline=None)
@given(ANY)
def test_what_is_written_is_read(any_roster: Whole) -> None:
    instance = small()
    text, names = solution.as_text(any_roster, instance.shifts), (instance.persons, instance.shifts, instance.days)
    assert (solution.from_text(text, *names) == any_roster).all()
    written = solution.as_json(any_roster, instance.persons, instance.shifts)
    assert (solution.from_json(written, *names) == any_roster).all()


@settings(max_examples=150, deadline=None)
@given(ANY)
def test_any_roster_is_judged_as_by_counting_with_arrays(any_roster: Whole) -> None:
    instance = small()
    found = judge(of_instance(instance), any_roster)
    on = any_roster[:, :, None] == np.arange(2)
    missing = instance.cover - on.sum(axis=0)
    costs = (
        (instance.wanted * ~on).sum() + (instance.unwanted * on).sum()
        + (instance.under * missing.clip(0) + instance.over * (-missing).clip(0)).sum()
    )  # fmt: skip
    assert found.objective == costs
    told = {(each.code.removeprefix("roster-"), each.values["person"]) for each in found.broken}
    assert told == set(_broken(instance, any_roster))


def _broken(instance: Instance, any_roster: Whole) -> list[tuple[str, str]]:
    """What is broken, as strings of days tell it."""
    found = []
    for who, name in enumerate(instance.persons):
        row = any_roster[who]
        line = "".join("x" if shift != OFF else "." for shift in row)
        minutes = instance.minutes[0] * line.count("x")
        runs = line.replace(".", " ").split()
        inner = line.strip(".").replace("x", " ").split()
        middle = [run for run in line.replace(".", " . ").split(".")[1:-1] if run.strip()]
        weekends = ("x" in line[5:7]) + ("x" in line[12:14])
        told = {
            "off": (instance.off[who] & (row != OFF)).any(),
            "follows": any((first, then) == (1, 0) for first, then in itertools.pairwise(row)),
            "most-shifts": any((row == shift).sum() > instance.most[who, shift] for shift in (0, 1)),
            "most-minutes": minutes > instance.most_minutes[who],
            "least-minutes": minutes < instance.least_minutes[who],
            "most-running": any(len(run) > instance.most_running[who] for run in runs),
            "least-running": any(len(run.strip()) < instance.least_running[who] for run in middle),
            "least-off": any(len(gap) < instance.least_off[who] for gap in inner),
            "most-weekends": weekends > instance.most_weekends[who],
        }
        found += [(kind, name) for kind, yes in told.items() if yes]
    return found


def test_a_person_who_may_work_less_is_told() -> None:
    instance = small()
    tighter = replace(instance, most_minutes=instance.most_minutes - 2000)
    assert not judge(of_instance(tighter), roster()).feasible
