# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Records for the system that pays: they come back as they went, and what is read twice is there once."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overens.exchange.rosters import duties, unsocial
from overens.exchange.rosters.duties import as_csv, as_json, changes
from overens.exchange.rosters.rota import Rota, Shift, minutes
from overens.rules.findings import wording
from tests.unit.exchange.rotas import SHIFTS, rota, rotas

CASES = Path(__file__).parents[2] / "cases" / "rota"
CLASSES = unsocial.shipped()


@settings(max_examples=40)
@given(rotas(), st.sampled_from([as_csv, as_json]))
def test_what_is_read_is_what_was_written(made: Rota, write: Any) -> None:
    records = duties.whole(duties.duties(made, CLASSES))
    text = write(records, CLASSES)
    if not records:
        return
    found, findings = duties.read(text, made.id)
    assert not findings
    assert found == records
    worked, findings = duties.worked([each.duty for each in found or ()], made)
    assert not findings
    assert worked == made.worked


@settings(max_examples=20)
@given(rotas(), rotas())
def test_changes_make_one_of_the_other_however_often_they_are_read(before: Rota, after: Rota) -> None:
    old, new = duties.duties(before, CLASSES), duties.duties(after, CLASSES)
    records = changes(old, new)
    there = tuple(sorted(new, key=lambda each: (each.person, each.day)))
    assert duties.applied(old, records) == duties.applied(old, duties.whole(new)) == there
    assert duties.applied(duties.applied(old, records), records) == there
    assert not changes(new, new)


@settings(max_examples=60)
@given(st.sampled_from(SHIFTS), st.integers(0, 800))
def test_the_classes_of_a_shift_are_all_of_its_work(shift: Shift, after: int) -> None:
    day = dt.date(2026, 6, 1) + dt.timedelta(days=after)
    found = unsocial.split(shift, day, CLASSES)
    assert sum(found.values()) == minutes(shift, day)
    assert all(number >= 0 for number in found.values())


SPLIT = tomllib.loads((CASES / "unsocial.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", SPLIT, ids=[case["rule"] for case in SPLIT])
def test_which_class_work_is_in(case: dict[str, Any]) -> None:
    shift = Shift("S", "S", "day", case["start"], case["end"], case.get("break", 0))
    found = unsocial.split(shift, case["day"], CLASSES)
    assert {name: number for name, number in found.items() if number} == case["minutes"]


BAD = tomllib.loads((CASES / "duties.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", BAD, ids=[case["rule"] for case in BAD])
def test_what_cannot_be_read_is_said_by_line_and_column(case: dict[str, Any]) -> None:
    text = as_csv(changes((), duties.duties(rota(d0="D", d1="N"), CLASSES)), CLASSES)
    for old, new in case["replace"].items():
        assert old in text
        text = text.replace(old, new, 1)
    found, findings = duties.read(text, "prov", "pass.csv")
    assert found is None
    assert [each.code for each in findings] == case["finds"]
    first = findings[0].where
    assert first is not None
    assert (first.file, first.line, first.key) == ("pass.csv", case["line"], case.get("column"))
    for each in findings:
        assert wording(each, "sv") != each.code != wording(each, "en")


def test_a_rota_says_what_of_the_records_it_has_not() -> None:
    made = rota(d0="D")
    other = rota(dt.date(2027, 4, 5), d0="D")
    worked, findings = duties.worked(duties.duties(other, CLASSES), made)
    assert worked is None
    assert [each.code for each in findings] == ["rota-file-day-outside"]
    (duty,) = duties.duties(made, CLASSES)
    for changed, code in (
        ({"person": "x"}, "rota-file-person"),
        ({"shift": "X"}, "rota-file-shift"),
        ({"shift": "K"}, "rota-duty-times"),
    ):
        _, findings = duties.worked([duties.Duty(**{**duty.__dict__, **changed})], made)
        assert [each.code for each in findings] == [code]


@pytest.mark.parametrize(
    ("replaced", "code"),
    [
        (('id = "natt"', 'id = "kvall"'), "rota-class-twice"),
        (('id = "natt"', 'id = "ordinary"'), "rota-class-twice"),
        (('days = ["sat", "sun"]', "days = []"), "rota-class-never"),
        (('days = ["sat", "sun"]', 'days = ["sat", "sun"]\nstatus = "verified"'), "roster-rule-read"),
    ],
)
def test_a_table_of_classes_that_cannot_be_is_said(replaced: tuple[str, str], code: str) -> None:
    text = unsocial.SHIPPED.read_text("utf-8")
    found, findings = unsocial.read(text.replace(*replaced))
    assert found is None
    assert [each.code for each in findings] == [code]
    assert findings[0].where is not None
    assert findings[0].where.line


def test_all_classes_that_ship_are_assumed() -> None:
    assert {each.status for each in CLASSES.classes} == {"assumed"}
