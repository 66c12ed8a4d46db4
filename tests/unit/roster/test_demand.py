# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""From hours to a curve to shifts: counted a second time, minute by minute."""

from __future__ import annotations

import itertools
import json
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overens.planning.mix import optimum as mix_optimum
from overens.planning.mix.reading import read as read_mix
from overens.planning.roster import demand, reading
from overens.planning.roster.demand import Staffing
from overens.planning.roster.problem import WEEKDAYS, Roster
from overens.rules.findings import Refused, wording
from tests.unit.mix import mixes
from tests.unit.roster.wards import SOUND, ward

WARD = ward()
PROFILES = [demand.shipped(id) for id in demand.profiles()]


def minutes_of(ward: Roster, staffing: Staffing) -> np.ndarray:
    """[7 · 24 · 60] how many are at work, minute by minute from Monday, in a plain loop."""
    found = np.zeros(7 * 24 * 60)
    for day, at in itertools.product(range(7), range(len(ward.shifts))):
        shift = ward.shifts[at]
        begins = day * 24 * 60 + shift.start.hour * 60 + shift.start.minute
        ends = day * 24 * 60 + shift.end.hour * 60 + shift.end.minute
        ends += 24 * 60 * (ends <= begins)
        for minute in range(begins, ends):
            found[minute % len(found)] += staffing.wanted[day, at] * (1 - shift.break_ / (ends - begins))
    return found


@settings(max_examples=15)
@given(st.floats(0, 600), st.sampled_from(PROFILES), st.sampled_from(["nurse", "assistant"]), st.floats(0, 1),
       st.sampled_from([0, 0.5]))  # fmt: skip
def test_the_curve_is_all_hours_and_is_covered_where_a_shift_reaches(
    hours: float, profile: demand.Profile, competence: str, least: float, short: float
) -> None:
    found = demand.staffing(WARD, competence, hours, profile, least, short)
    assert found.curve.sum() / 2 == pytest.approx(hours)
    there = minutes_of(WARD, found).reshape(-1, 30).mean(axis=1)
    assert there == pytest.approx(found.covered)
    # An assistant may not take the nights, which no other shift reaches.
    reached = minutes_of(WARD, Staffing("", "", 0, there, there, np.array([[1, 1, competence == "nurse"]] * 7), there))
    reachable = reached.reshape(-1, 30).any(axis=1)
    assert (found.covered >= found.curve - short - 1e-5)[reachable].all()
    assert (found.least <= found.wanted).all()
    assert (found.least >= 0).all()
    assert found.over - found.under == pytest.approx(found.covered - found.curve)


def test_no_staffing_of_fewer_hours_would_do() -> None:
    """Against every way there is, on a clinic that is open on one day."""
    head = 'format = 1\nkind = "activity-profile"\nid = "en-dag"\ntitle = "En dag"\n'
    part = '[[part]]\ndays = ["tue"]\nstart = 08:00:00\nend = 21:00:00\nweight = 1\n'
    profile, findings = demand.profile(head + part)
    assert profile is not None, findings
    found = demand.staffing(WARD, "assistant", 26, profile)
    hours = np.array([8.0, 8.0])
    ways = []
    for day, evening in itertools.product(range(6), repeat=2):
        wanted = np.zeros((7, 3), dtype=np.int64)
        wanted[1, :2] = day, evening
        tried = Staffing("", "", 0, found.curve, wanted, wanted, found.curve)
        if (minutes_of(WARD, tried).reshape(-1, 30).mean(axis=1) >= found.curve - 1e-5).all():
            ways.append(float(hours @ (day, evening)))
    assert float(hours @ found.wanted[1, :2]) == min(ways)
    assert found.wanted.sum() == found.wanted[1].sum()


def test_the_rows_go_into_the_wards_file_and_all_else_stays() -> None:
    single = '\n[[cover]]\nshift = "D"\ncompetence = "nurse"\non = [2027-03-03]\nleast = 0\nwanted = 1 # single\n'
    text = SOUND + single
    found = demand.staffing(WARD, "nurse", 80, demand.shipped("dagmottagning"))
    made = demand.put_in(text, "nurse", demand.cover(WARD, found, "Produktionsplanen"))
    read, findings = reading.read(made)
    # There are not that many nurses, which is said; the file itself can be read.
    assert {each.code for each in findings} <= {"roster-demand-day", "roster-demand-hours"}
    assert "# single" in made
    assert "# longest" in made
    assert made == demand.put_in(made, "nurse", demand.cover(WARD, found, "Produktionsplanen"))
    none = demand.put_in(text, "nurse", demand.cover(WARD, demand.staffing(WARD, "nurse", 0, PROFILES[0]), "x"))
    read, findings = reading.read(none)
    assert read is not None, findings
    assert [(each.competence, each.on) for each in read.cover] == [("assistant", ()), ("nurse", (date(2027, 3, 3),))]


def test_rows_say_days_that_are_alike_once() -> None:
    found = demand.staffing(WARD, "nurse", 80, demand.shipped("dagmottagning"))
    rows = demand.cover(WARD, found, "Produktionsplanen")
    assert {row["source"] for row in rows} == {"Produktionsplanen"}
    again = np.zeros_like(found.wanted)
    shifts = [each.id for each in WARD.shifts]
    for row in rows:
        for day in row.get("days", WEEKDAYS):
            again[WEEKDAYS.index(day), shifts.index(str(row["shift"]))] += int(str(row["wanted"]))
    assert (again == found.wanted).all()


def plan(weeks: list[str]) -> str:
    rows = [[10.0 * week, 1.0] for week in range(len(weeks))]
    axes = {"weeks": weeks, "steps": [], "priorities": [], "competences": ["nurse", "doctor"], "rooms": [], "beds": [],
            "services": []}  # fmt: skip
    arrays = {name: [] for name in ("begun", "bought", "opened", "late", "worth", "room_worth", "bed_worth")}
    sums = {"cost": 0, "left_after": 0, "earned": 0, "gap": 0.0, "proven": True}
    return json.dumps({
        "format": 1, "kind": "production-plan", "problem": "p", "title": "Planen", "synthetic": True, "note": None,
        "by": weeks[0], "axes": axes, "sums": sums, "verdict": {"approved": True, "findings": []},
        "plan": {**arrays, "ordinary": rows, "overtime": rows, "hired": [[0.5, 0.0]] * len(weeks), "earned": 0.0,
                 "objective": 0.0, "lower_bound": None, "late_price": 0.0, "stopped_early": False},
    })  # fmt: skip


def test_hours_are_those_of_the_plans_weeks_that_are_in_the_period() -> None:
    text = plan(["2027-W08", "2027-W09", "2027-W10", "2027-W11"])
    assert demand.hours_of(text, WARD.first, WARD.weeks) == {"nurse": 30.5, "doctor": 2.0}
    with pytest.raises(Refused, match="demand-plan-elsewhere") as refused:
        demand.hours_of(text, WARD.first + timedelta(weeks=10), 2)
    assert "2027-W08" in wording(refused.value.findings[0])


def test_hours_of_a_mix_are_those_of_its_staff() -> None:
    mix, _ = read_mix(mixes.SOUND)
    assert mix is not None
    made = mix_optimum.solve(mix, 30, 0)
    text = json.dumps({"prices": {}, "plan": made.model_dump(mode="json")})
    found = demand.hours_of(text, WARD.first, WARD.weeks)
    assert found == {each.competence: each.used + each.for_patients for each in made.staff}


@pytest.mark.parametrize("text", ["", "[]", "{}", "3", '{"prices": 1}', '{"kind": "roster-plan"}', "[" * 5000])
def test_what_is_no_plan_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        demand.hours_of(text, WARD.first, WARD.weeks)


@pytest.mark.parametrize(
    ("was", "becomes", "code"),
    [
        ("start = 08:00:00", "start = 08:10:00", "demand-clock"),
        ("weight = 3", "weight = 0", "demand-weight"),
        ('status = "assumed"', 'status = "verified"', "roster-rule-read"),
    ],
)
def test_a_profile_that_cannot_be_is_said(was: str, becomes: str, code: str) -> None:
    text = (demand.SHIPPED / "dagmottagning.toml").read_text("utf-8")
    found, findings = demand.profile(text.replace(was, becomes, 1))
    assert found is None
    assert [each.code for each in findings] == [code]
    assert wording(findings[0]) != code
    assert findings[0].where is not None
    assert findings[0].where.line


def test_a_profile_without_parts_and_one_that_is_not_there_are_said(tmp_path: Path) -> None:
    _, findings = demand.profile('format = 1\nkind = "activity-profile"\nid = "tom"\ntitle = "Tom"\n')
    assert [each.code for each in findings] == ["demand-no-part"]
    _, findings = demand.profile(tmp_path / "none.toml")
    assert [each.code for each in findings] == ["file-missing"]
    with pytest.raises(Refused):
        demand.shipped("finns-inte")


def test_a_competence_that_no_shift_is_for_is_said() -> None:
    text = SOUND.replace('kind = "day"', 'kind = "development"').replace('kind = "evening"', 'kind = "on-call"')
    closed, findings = reading.read(text)
    assert closed is not None, findings
    with pytest.raises(Refused, match="demand-no-shift"):
        demand.staffing(closed, "assistant", 40, PROFILES[0])
