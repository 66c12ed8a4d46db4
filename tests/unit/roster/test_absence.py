# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Somebody away: what the file says then, who may take what is open, and what would be broken anew."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overens.planning.roster import absence
from overens.planning.roster.building import case, due
from overens.planning.roster.instance import OFF, Whole
from overens.planning.roster.reading import read
from overens.rules.findings import Refused
from tests.unit.roster.test_carried import PERSONS, WARD, rosters
from tests.unit.roster.wards import SOUND

days = st.integers(0, 13)


@settings(max_examples=30)
@given(rosters, st.integers(0, PERSONS - 1), days, days)
def test_who_is_away_is_let_off_the_hours_that_stood_there(worked: Whole, who: int, one: int, other: int) -> None:
    first, last = (WARD.first + timedelta(days=day) for day in sorted((one, other)))
    found, findings = read(absence.put_in(SOUND, WARD, worked, who, first, last))
    assert found is not None, "that somebody is away is a fact"
    assert {each.code.rpartition("-")[0] for each in findings} <= {"roster-away"}
    built = case(WARD)
    stood = sum(
        int(built.minutes[built.before + day, shift])
        for day, shift in absence.open_shifts(worked, who, absence.days_of(WARD, first, last))
    )
    if found.persons[who].leave[-1].hours is None:  # more would be left than the days have room for
        stood = due(WARD, WARD.persons[who]) - due(found, found.persons[who])
    assert abs(due(found, found.persons[who]) - max(0, due(WARD, WARD.persons[who]) - stood)) <= 1
    assert found.persons[who].leave[-1].why == "frånvaro"
    for at, (now, before) in enumerate(zip(found.persons, WARD.persons, strict=True)):
        assert at == who or now == before


@settings(max_examples=15)
@given(rosters, st.integers(0, PERSONS - 1), days)
def test_those_with_whom_nothing_breaks_break_nothing(worked: Whole, away: int, day: int) -> None:
    built = case(WARD)
    left = absence.without(worked, away, [day])
    assert not absence.broken_anew(built, left, left)
    for _day, shift in absence.open_shifts(worked, away, [day]):
        found = absence.takers(built, WARD, left, away, day, shift)
        assert [bool(each.broken) for each in found] == sorted(bool(each.broken) for each in found)
        for each in found:
            after = left.copy()
            after[each.who, day] = shift
            assert left[each.who, day] == OFF
            broken = {one.code for one in absence.broken_anew(built, left, after)}
            assert bool(each.broken) == bool(broken)


def test_days_outside_the_period_or_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(Refused, match="absence-order"):
        absence.days_of(WARD, date(2027, 3, 3), date(2027, 3, 1))
    with pytest.raises(Refused, match="absence-outside"):
        absence.days_of(WARD, date(2027, 3, 3), date(2028, 3, 1))
    assert np.array_equal(absence.days_of(WARD, WARD.first, WARD.last), range(14))
