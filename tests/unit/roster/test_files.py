# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A planned roster as files: read again it is the same, and its tables agree with the checker."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overens.planning.roster import building, files, solution
from overens.planning.roster.answer import Answer
from overens.planning.roster.instance import OFF, Whole
from overens.planning.roster.judged import judge
from overens.planning.written import write_rows
from overens.rules.findings import Refused, wording
from tests.unit.roster.cases import rosters
from tests.unit.roster.wards import ward

WARD = ward()
CASE = building.case(WARD)


def planned(roster: Whole) -> files.Planned:
    return files.planned(CASE, Answer(roster, None, 3, True, 1.234), 7)


def nobody() -> Whole:
    return np.full((len(CASE.persons), CASE.days), OFF, dtype=np.int64)


@settings(max_examples=25)
@given(rosters(len(CASE.persons), CASE.days, len(CASE.shifts)))
def test_what_is_read_again_is_what_was_planned(roster: Whole) -> None:
    made = planned(roster)
    text = files.as_text(files.as_file(made, WARD.id, WARD.title, WARD.synthetic))
    for form in (
        text,
        solution.as_text(roster, CASE.shifts),
        solution.as_json(roster, CASE.persons, CASE.shifts),
    ):
        assert (files.read(form, CASE) == roster).all()
    kept, judged = files.PlanFile.model_validate_json(text), judge(CASE, roster)
    assert (kept.objective, kept.feasible) == (judged.objective, judged.feasible)
    assert len(kept.findings) == len(judged.broken) + len(judged.given_up)
    assert sum(kept.costs.values()) == kept.objective


@settings(max_examples=25)
@given(rosters(len(CASE.persons), CASE.days, len(CASE.shifts)))
def test_the_tables_agree_with_the_roster(roster: Whole) -> None:
    shifts, persons, cover = ([*files.rows(table, WARD, CASE, roster)] for table in files.TABLES)
    assert len(shifts) == int((roster != OFF).sum()) == sum(each["shifts"] for each in persons)
    minutes = np.where(roster != OFF, np.take_along_axis(CASE.minutes[CASE.before :], roster.T.clip(0), 1).T, 0)
    assert [each["hours"] for each in persons] == (minutes.sum(1) / 60).round(2).tolist()
    assert sum(each["hours"] for each in shifts) == pytest.approx(minutes.sum() / 60, abs=0.5)
    short = sum(each["short"] for each in cover)
    judged = judge(CASE, roster)
    assert short == sum(int(str(each.values["amount"])) for each in judged.given_up if each.code == "roster-under")
    given_up = sum(each.code in ("roster-wish-on", "roster-wish-off") for each in judged.given_up)
    assert sum(each["wishes"] - each["wishes_met"] for each in persons) == given_up


def test_files_are_written_and_marked_as_synthetic(tmp_path: Path) -> None:
    roster = nobody()
    roster[1, 9] = 0
    files.write(planned(roster), WARD.id, WARD, tmp_path)
    values = json.loads((tmp_path / "plan.json").read_text("utf-8"))
    assert values["first"] == "2027-03-01"
    assert values["roster"]["bo"][9] == "D"
    assert values["seconds"] == 1.23
    assert values["stopped_early"] is True
    assert values["gap"] == round((values["objective"] - 3) / values["objective"], 8)
    assert "Syntetiska" in values["note"]["sv"]
    for table in files.TABLES:
        rows = list(csv.DictReader((tmp_path / f"{table}.csv").read_text("utf-8").splitlines()))
        assert {row["synthetic"] for row in rows} == {"yes"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"kind": "roster-plan"}', "roster-plan-unreadable"),
        ("{", "roster-plan-unreadable"),
        ('{"kind": "production-plan"}', "roster-json"),
        ('{"anna": ["D"]}', "roster-persons"),
        ("D,D\n", "roster-rows"),
        ("X" + "," * 13 + "\n" + ("," * 13 + "\n") * 3, "roster-shifts"),
    ],
)
def test_what_is_no_roster_of_the_case_is_said(text: str, code: str) -> None:
    with pytest.raises(Refused, match=code) as refused:
        files.read(text, CASE)
    assert wording(refused.value.findings[0]) != code


def test_an_answer_without_a_roster_is_no_plan() -> None:
    with pytest.raises(ValueError, match="without a roster"):
        files.planned(CASE, Answer(None, None, 0, True, 1), 0)


def test_the_schema_of_the_file_is_printed() -> None:
    assert "lower_bound" in json.loads(files.schema())["properties"]


@settings(max_examples=30)
@given(st.text(max_size=60))
def test_no_text_is_more_than_refused(text: str) -> None:
    with pytest.raises(Refused):
        files.read(text, CASE)


def test_nobody_stands_twice() -> None:
    with pytest.raises(Refused, match="roster-twice"):
        solution.from_json('{"a": ["D"], "a": [""]}', ["a"], ["D"], 1)


def test_no_name_is_a_formula(tmp_path: Path) -> None:
    write_rows(tmp_path / "rows.csv", [{"title": "=1+1", "hours": -2}], True)
    assert (tmp_path / "rows.csv").read_text("utf-8").splitlines()[1] == "'=1+1,-2,yes"
