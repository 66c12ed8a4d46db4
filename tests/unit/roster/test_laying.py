# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A rota laid by hand: kept as a table, changed in steps, each looked at before it is taken."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from overens.planning.roster import building, laying, reading
from overens.planning.roster.instance import OFF, Whole
from overens.planning.roster.judged import judge
from overens.planning.roster.laying import Step
from overens.rules.findings import Refused
from tests.unit.roster.wards import CASES

TEXT = (CASES / "laid.toml").read_text("utf-8")
WARD, _FINDINGS = reading.read(TEXT)
assert WARD is not None
CASE = building.case(WARD)
DAYS = laying.dates(CASE)
CELLS = st.tuples(st.sampled_from(CASE.persons), st.sampled_from(DAYS))


@st.composite
def rosters(draw: st.DrawFn) -> Whole:
    shifts = st.integers(OFF, len(CASE.shifts) - 1)
    size = len(CASE.persons) * CASE.days
    return np.array(draw(st.lists(shifts, min_size=size, max_size=size)), dtype=np.int64).reshape(-1, CASE.days)


@given(rosters())
def test_a_table_says_all_of_a_rota(roster: Whole) -> None:
    assert (laying.from_table(laying.as_table(CASE, roster), CASE) == roster).all()


def test_a_table_is_read_for_a_problem_that_has_changed() -> None:
    roster = np.zeros((3, CASE.days), dtype=np.int64)
    table = laying.as_table(CASE, roster)
    later, _findings = reading.read(
        TEXT.replace("2027-03-01", "2027-03-08").replace("2027-03-02", "2027-03-09").replace('id = "p3"', 'id = "p9"')
    )
    assert later is not None
    case = building.case(later)
    found = laying.from_table(table, case)
    assert (found[:2, :7] == 0).all()
    assert (found[:, 7:] == OFF).all()
    assert (found[2] == OFF).all()
    with pytest.raises(Refused):
        laying.from_table("a,b\n", CASE)


@given(rosters(), CELLS, CELLS)
def test_a_move_that_is_made_twice_is_as_none(roster: Whole, giver: laying.At, taker: laying.At) -> None:
    who, day = laying.place(CASE, giver)
    if roster[who, day] == OFF or giver == taker:
        with pytest.raises(Refused):
            laying.moved(CASE, roster, giver, taker)
        return
    once, _locked = laying.laid(CASE, roster, [laying.moved(CASE, roster, giver, taker)])
    assert once[laying.place(CASE, taker)] == roster[who, day]
    assert np.sort(once, axis=None).tolist() == np.sort(roster, axis=None).tolist()
    twice, _locked = laying.laid(CASE, once, [laying.moved(CASE, once, taker, giver)])
    assert (twice == roster).all()


@given(rosters(), CELLS, st.sampled_from(["", *CASE.shifts]))
def test_what_is_new_after_a_step_is_what_the_whole_judgement_has_more(
    roster: Whole, at: laying.At, shift: str
) -> None:
    """Of the persons that it changes, and of cover; rules of shares between persons there are none here."""
    step = laying.put(CASE, at, shift)
    after, _locked = laying.laid(CASE, roster, [step])
    told = {(each.code, each.values["person"], each.values["day"]) for each in laying.new_breaches(CASE, roster, step)}
    before = {(each.code, each.values["person"], each.values["day"]) for each in judge(CASE, roster).broken}
    now = {(each.code, each.values["person"], each.values["day"]) for each in judge(CASE, after).broken}
    assert now - before <= told <= now


def test_steps_lock_and_unlock_and_pass_by_what_is_not_there() -> None:
    start = laying.empty(CASE)
    steps = [
        Step(put=(("p1", "2027-03-02", "D"), ("p1", "2030-01-01", "D"), ("nobody", "2027-03-02", "D"))),
        Step(lock=(("p1", "2027-03-02"), ("p2", "2027-03-03"))),
        Step(unlock=(("p2", "2027-03-03"),)),
    ]
    roster, locked = laying.laid(CASE, start, steps)
    assert (roster != OFF).sum() == 1
    assert locked == {("p1", "2027-03-02")}
    assert laying.judged(CASE, roster, locked).feasible


def test_the_cells_of_a_day_and_of_a_person_are_looked_at() -> None:
    start, _locked = laying.laid(CASE, laying.empty(CASE), [laying.put(CASE, ("p1", "2027-03-02"), "N")])
    found = laying.looked_at(CASE, start, ("p1", "2027-03-02"), DAYS[:7])
    assert set(found) == {("p2", "2027-03-02"), ("p3", "2027-03-02"), *(("p1", each) for each in DAYS[:7])} - {
        ("p1", "2027-03-02")
    }
    with pytest.raises(Refused):
        laying.looked_at(CASE, start, ("p1", "2027-03-03"), DAYS[:7])


def test_a_day_off_is_not_locked_and_a_given_shift_may_be_freed() -> None:
    roster = laying.empty(CASE)
    at = (CASE.persons[2], DAYS[4])
    with pytest.raises(Refused, match="roster-lock-nothing"):
        laying.locked(CASE, roster, at)
    given = laying.judged(CASE, roster, ())
    fixed = CASE.fixed.copy()
    who, day = laying.place(CASE, at)
    fixed[who, CASE.before + day] = 0
    case = replace(CASE, fixed=fixed)
    assert [each.code for each in judge(case, roster).broken if each.code == "roster-fixed"] == ["roster-fixed"]
    assert judge(laying.freed(case, {at, ("nobody", DAYS[0])}), roster) == given
