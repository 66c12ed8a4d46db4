# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A roster as it is planned and as it is exchanged is one: the same shifts, the same time, the same cover."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings

from overens.exchange.rosters import rota as exchanged
from overens.exchange.rosters import staff
from overens.planner.rota_values import as_roster, as_rota, as_staff
from overens.planning.roster import building, files, reading
from overens.planning.roster.instance import OFF, Whole
from tests.unit.roster.cases import rosters
from tests.unit.roster.wards import SOUND, ward

# Over the night to summer time.
WARD = ward(**{"2027-03-01 # first": "2027-03-22", "2027-03-05": "2027-03-26", "2027-03-07": "2027-03-28",
               "2027-02-28": "2027-03-21", "2027-03-10": "2027-03-31", "2027-03-12": "2027-04-02"})  # fmt: skip
CASE = building.case(WARD)


@settings(max_examples=25)
@given(rosters(len(CASE.persons), CASE.days, len(CASE.shifts)))
def test_a_roster_comes_back_as_it_went_with_the_same_time_and_cover(roster: Whole) -> None:
    made = as_rota(WARD, roster)
    assert (as_roster(WARD, made.worked) == roster).all()
    for who, day, shift in made.duties():
        at = CASE.before + (day - WARD.first).days
        place = CASE.shifts.index(shift.id)
        assert CASE.shifts[roster[CASE.persons.index(who.id), at - CASE.before]] == shift.id
        assert exchanged.minutes(shift, day) == CASE.minutes[at, place]
    there = [sum(made.worked.get((who, each.day)) == each.shift for who in each.persons) for each in made.cover]
    assert there == [files.there(CASE, roster, each) for each in CASE.cover]


def test_what_the_ward_does_not_have_is_an_error() -> None:
    assert (as_roster(WARD, {}) == OFF).all()
    for place, shift in ((("x", WARD.first), "D"), (("anna", WARD.first), "X"), (("anna", date(2028, 1, 1)), "D"),
                         (("anna", WARD.first - timedelta(days=1)), "D")):  # fmt: skip
        with pytest.raises(KeyError):
            as_roster(WARD, {place: shift})


def test_the_contract_is_in_minutes() -> None:
    made = as_rota(WARD, np.full((4, 14), OFF, dtype=np.int64))
    assert [each.due for each in made.persons] == [building.due(WARD, each) for each in WARD.persons]


@pytest.mark.parametrize("write", [staff.as_csv, staff.as_json])
@pytest.mark.parametrize("text", [SOUND, (reading.SHIPPED / "exempel.toml").read_text("utf-8")])
def test_the_staff_of_a_ward_that_is_read_into_it_again_changes_nothing(
    text: str, write: Callable[[staff.Staff], str]
) -> None:
    before, _ = reading.read(text)
    assert before is not None
    found, findings = staff.read(write(as_staff(before)))
    assert found is not None, findings
    after, findings = reading.read(staff.merged(text, found))
    assert after == before, findings
