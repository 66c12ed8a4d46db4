# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Persons, absences and given shifts from a file, into a ward's file."""

from __future__ import annotations

import datetime as dt
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overens.exchange.rosters import staff
from overens.exchange.rosters.staff import Absence, Employed, Given, Staff
from overens.planning.roster import reading
from overens.rules.findings import Refused, wording

CASES = Path(__file__).parents[2] / "cases"
WARD = (CASES / "roster" / "sound.toml").read_text("utf-8")
BAD = tomllib.loads((CASES / "rota" / "staff.toml").read_text("utf-8"))["case"]
IDS = st.sampled_from(["ssk01", "=1", "å'2", "-3"])
DAYS = st.dates(dt.date(2026, 12, 28), dt.date(2027, 4, 1))
WORDS = st.sampled_from(["", "Sjuksköterska 1", "=SUM(A1)", 'a;b "c"'])


@st.composite
def files(draw: st.DrawFn) -> Staff:
    shares = st.none() | st.decimals("0.01", "1", places=2)
    persons = st.builds(
        Employed, IDS, WORDS, shares, WORDS, st.lists(st.sampled_from(["ssk", "led"]), unique=True).map(tuple)
    )
    absences = st.builds(lambda who, one, other: Absence(who, *sorted((one, other))), IDS, DAYS, DAYS)
    given = st.lists(st.builds(Given, IDS, DAYS, st.sampled_from(["D", "N"])), max_size=4,
                     unique_by=lambda each: (each.person, each.day))  # fmt: skip
    return Staff(
        tuple(draw(st.lists(persons, min_size=1, max_size=4, unique_by=lambda each: each.id))),
        tuple(draw(st.lists(absences, max_size=4, unique=True))),
        tuple(draw(given)),
    )


@settings(max_examples=40)
@given(files(), st.sampled_from([staff.as_csv, staff.as_json]))
def test_what_is_read_is_what_was_written(made: Staff, write: Any) -> None:
    found, findings = staff.read(write(made))
    assert not findings
    assert found == made


FILE = """\
record;person;title;share;contract;competences;first;last;shift
person;anna;Sjuksköterska A;0,75;;;;;
person;nils;Sjuksköterska N;80 %;rotating;nurse;;;
absence;bo;;;;;2027-03-01;2027-03-02;
absence;anna;;;;;2027-03-05;2027-03-07;
duty;bo;;;;;2027-03-11;;D
"""


def test_a_file_is_put_into_the_wards() -> None:
    found, findings = staff.read(FILE)
    assert found is not None, findings
    text = staff.merged(WARD, found)
    ward, findings = reading.read(text)
    assert ward is not None, findings
    who = {each.id: each for each in ward.persons}
    assert [*who] == ["anna", "bo", "cia", "disa", "nils"]
    assert (who["anna"].title, who["anna"].share, who["anna"].competences) == (
        "Sjuksköterska A", Decimal("0.75"), ("nurse",),
    )  # fmt: skip
    assert [(each.first, each.last) for each in who["bo"].leave] == [(dt.date(2027, 3, 1), dt.date(2027, 3, 2))]
    assert [(each.day, each.shift) for each in who["bo"].duties] == [(dt.date(2027, 3, 11), "D")]
    assert (who["nils"].share, who["nils"].contract) == (Decimal("0.8"), "rotating")
    # Comments and all else of the file stay; what is read again changes nothing more.
    assert "# first" in text
    assert "# longest" in text
    assert staff.merged(text, found) == text


def test_an_absence_that_was_withdrawn_goes_and_what_is_said_of_it_stays() -> None:
    ward = WARD.replace("last = 2027-03-07 }", 'last = 2027-03-07, why = "semester" }')
    found, _ = staff.read(FILE)
    assert found is not None
    assert 'why = "semester"' in staff.merged(ward, found)
    gone, _ = staff.read(FILE.replace("absence;anna;;;;;2027-03-05;2027-03-07;\n", ""))
    assert gone is not None
    ward_read, _ = reading.read(staff.merged(ward, gone))
    assert ward_read is not None
    assert not ward_read.persons[0].leave


def test_a_file_of_persons_alone_leaves_absences_be() -> None:
    found, _ = staff.read("record;person;share\nperson;anna;0.5\n")
    assert found is not None
    assert "leave = [{ first = 2027-03-05, last = 2027-03-07" in staff.merged(WARD, found)


def test_the_columns_may_have_other_names() -> None:
    text = "Typ,AnstId,Andel\nperson,anna,50 %\n"
    found, findings = staff.read(text, {"record": "Typ", "person": "AnstId", "share": "Andel"})
    assert not findings
    assert found == Staff((Employed("anna", share=Decimal("0.5")),))


@pytest.mark.parametrize("file", ["absence;nils;;;;;2027-03-01;2027-03-02;", "person;nils;;1;;nurse;;;"])
def test_somebody_new_needs_a_contract_and_competences(file: str) -> None:
    found, _ = staff.read(f"{FILE.splitlines()[0]}\n{file}\n")
    assert found is not None
    with pytest.raises(Refused, match="rota-staff-new") as refused:
        staff.merged(WARD, found)
    assert "nils" in wording(refused.value.findings[0])


def test_a_ward_that_is_no_toml_is_said() -> None:
    with pytest.raises(Refused, match="toml-syntax"):
        staff.merged("first = ", Staff())


@pytest.mark.parametrize("case", BAD, ids=[case["rule"] for case in BAD])
def test_what_cannot_be_read_is_said_by_line_and_column(case: dict[str, Any]) -> None:
    text = FILE
    for old, new in case.get("replace", {}).items():
        assert old in text
        text = text.replace(old, new, 1)
    found, findings = staff.read(case.get("text", text), file="personal.csv")
    assert found is None
    assert [each.code for each in findings] == case["finds"]
    first = findings[0].where
    assert first is not None
    assert (first.line, first.key) == (case.get("line"), case.get("column"))
    for each in findings:
        assert wording(each, "sv") != each.code != wording(each, "en")
