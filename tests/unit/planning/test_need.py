# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is needed, and what it changes by: exactly."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overens.planning.supply import cohort, need, population
from overens.planning.supply.building import build, gathering
from overens.planning.supply.care import EVERYBODY, shipped
from overens.planning.supply.gap import changes, gap, grouped, prices
from overens.planning.supply.reference import base, data
from overens.planning.supply.scenario import Change, Scenario

DATA = data()
STILL = {"population-births": 0.0, "population-mortality": 0.0, "population-moves": 0.0}


def scenario(*what: Change, **also: object) -> Scenario:
    return base().model_copy(update={"regions": ("03",), "years": 6, "changes": what, **also})


def change(kind: str, **figures: object) -> Change:
    return Change.model_validate({"id": kind, "kind": kind, "first": 2020, "last": 2023, **figures})


def hours(of: Scenario, causes: tuple[str, ...] = need.CAUSES, also: object = DATA) -> np.ndarray:
    gather = gathering(of, also)
    return need.hours(of, also, gather, np.full((len(also.occupations), 2), 1000.0), None, causes)


def index(code: str) -> int:
    return next(at for at, each in enumerate(DATA.occupations) if each.code == code)


def test_at_the_start_it_is_what_is_given_and_the_shortage():
    assert hours(scenario())[0] == pytest.approx(1000 * 1.03)


def test_people_who_only_grow_older_move_one_year_up():
    people = replace(shipped().population, dying=np.zeros((2, 101)), known=shipped().population.known[-1:], first=2024)
    path = population.at(people, range(2024, 2030), STILL)
    assert path[1:, ..., 1:100] == pytest.approx(path[:-1, ..., :99])
    assert path.sum((1, 2, 3)) == pytest.approx(path[0].sum())


def test_constant_use_for_each_grows_as_the_population():
    flat = replace(DATA, need=replace(DATA.need, use=np.ones_like(DATA.need.use)))
    found = hours(scenario(), ("size", "ages"), flat)
    years = range(2019, 2026)
    values = {name: float(each.value) for each in DATA.parameters for name in STILL if each.id == name}
    persons = population.at(DATA.need.population, years, values).sum((2, 3)) @ gathering(scenario(), DATA)
    assert found / found[0] == pytest.approx(np.broadcast_to((persons / persons[0])[:, None], found.shape))


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 100), st.sampled_from(["doctor-general", "nurse", "assistants"]))
def test_a_shift_of_tasks_loses_no_hours(percent, gives):
    shift = change("task-shift", share=Decimal(percent) / 100, occupations=(gives,), to="care-service")
    before, after = hours(scenario()), hours(scenario(shift))
    assert after.sum(1) == pytest.approx(before.sum(1))
    given = list(DATA.named((gives,)))
    assert after[-1, given] == pytest.approx(before[-1, given] * (1 - percent / 100))


def test_whoever_takes_over_may_need_longer():
    shift = change("task-shift", share=Decimal("0.1"), occupations=("nurse",), to="care-service", factor=Decimal("1.5"))
    moved = hours(scenario(shift)) - hours(scenario())
    assert moved[-1, index("care-service")] == pytest.approx(-1.5 * moved[-1, index("nurse")])


def test_nothing_is_done_before_a_change_begins_and_half_in_the_middle():
    before = hours(scenario(step="half-year"))
    after = hours(scenario(change("use", factor=2, care=(EVERYBODY, "dental")), step="half-year"))
    grown = (after / before)[:, index("dentist"), 0]
    assert grown == pytest.approx([1, 1, 1, 7 / 6, 4 / 3, 1.5, 5 / 3, 11 / 6, 2, 2, 2, 2, 2])


def test_primary_care_takes_over_what_hospitals_leave():
    moved = change("to-primary-care", share=Decimal("0.2"), care=("outpatient",))
    grown = hours(scenario(moved))[-1] / hours(scenario())[-1]
    assert (grown[index("doctor-general")] > 1).all()
    assert (grown[index("doctor-internal")] < 1).all()
    assert grown[index("dentist")] == pytest.approx(1)


def test_digital_visits_and_productivity_take_less_time():
    digital = hours(scenario(change("digital", share=Decimal("0.5"), care=("dental",), factor=Decimal("0.6"))))
    faster = hours(scenario(change("productivity", share=Decimal("0.01"), occupations=("dentist",))))
    plain = hours(scenario())
    assert digital[-1, index("dentist")] == pytest.approx(plain[-1, index("dentist")] * 0.8)
    assert faster[-1, index("dentist")] == pytest.approx(plain[-1, index("dentist")] * 0.99**4)


def test_a_change_in_one_region_changes_no_other():
    here = hours(scenario(change("use", factor=2, regions=("03",))))
    assert here[:, :, 1] == pytest.approx(hours(scenario())[:, :, 1])
    assert (here[-1, :, 0] > hours(scenario())[-1, :, 0]).all()


def test_the_parts_of_the_change_add_up_to_it():
    every = scenario(
        change("use", factor=Decimal("1.1")),
        change("to-primary-care", share=Decimal("0.1")),
        change("digital", share=Decimal("0.2")),
        change("productivity", share=Decimal("0.01")),
        change("task-shift", share=Decimal("0.1"), occupations=("doctors",), to="nurse"),
    )
    parts, needed = changes(every, DATA), build(every, DATA).need
    assert sum(parts.values()) == pytest.approx(needed - needed[0], abs=1e-6)
    assert tuple(parts) == need.CAUSES
    assert all(abs(part[-1]).max() > 0 for part in parts.values())


def test_a_gap_is_told_in_hours_persons_and_kronor():
    problem = build(scenario(), DATA)
    outcome = cohort.expected(problem)
    found = gap(problem, outcome, prices(scenario(), DATA))
    assert found.hours + outcome.hours == pytest.approx(problem.need)
    assert found.own.dtype == found.hired.dtype == np.int64
    # Who works part time or is away gives less: more heads are missing than persons who work full time.
    assert (abs(found.heads) >= abs(found.full_time) - 1e-9).all()
    assert (abs(found.hired) >= abs(found.own)).all()
    by_group = grouped(found.hours, DATA)
    assert sum(by_group.values()) == pytest.approx(found.hours.sum(1))


def test_what_ships_has_time_for_every_occupation_and_care():
    stated = set(DATA.need.minutes)
    assert {occupation for _, occupation in stated} == {each.code for each in DATA.occupations}
    assert {care for care, _ in stated} | {EVERYBODY} == {each.code for each in DATA.need.care}


def test_the_population_is_as_published():
    people = DATA.need.population
    values = {"population-births": 1.0, "population-mortality": 0.015, "population-moves": 0.7}
    path = population.at(people, range(2018, 2033), values)
    # SCB: 10 120 242 on 31 December 2017; SKR 2022: nearly 50 % more of 80 and older from 2021 to 2031.
    assert path[0].sum() == pytest.approx(10_120_242, rel=0.005)
    old = path[..., 80:].sum((1, 2, 3))
    assert 1.35 < old[14] / old[4] < 1.55
    assert population.at(people, range(2010, 2011), values)[0] == pytest.approx(path[0])
