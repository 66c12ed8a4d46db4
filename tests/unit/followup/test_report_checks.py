# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is found in a report, as sentences, and what a row of it may hold."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from overens.rules import reading
from overens.rules.findings import wording
from overens.rules.followup import report_checks, structured_fields
from overens.rules.followup.parts import INTRODUCTION, MEASURE

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "followup" / "checks.toml").read_text(encoding="utf-8"))
GROUND = {
    "answer/3.0a": {"choice": "yes"},
    "answer/3.0b": {"choice": "yes"},
    "count/3.1": {"2018...": "20", "2019...": "22"},
    "count/3.2": {"2018...": "10", "2019...": "10"},
}


def agreement() -> Any:
    return reading.shipped("2019")


@pytest.mark.parametrize("case", CASES["report"], ids=lambda case: case["name"])
def test_what_is_found_in_a_report(case: dict[str, Any]) -> None:
    parts = GROUND | case.get("parts", {})
    parts |= {key: {"text": "ord " * number} for key, number in case.get("many_words", {}).items()}
    known = {count: {int(y): n for y, n in years.items()} for count, years in case.get("known", {}).items()}
    waiting = {int(number): name for number, name in case.get("waiting", {}).items()}
    before = report_checks.Before(known, waiting, case.get("held", {}), frozenset(case.get("paid", ())))
    found = list(report_checks.findings(agreement().round("redogorelse"), agreement(), parts, before))
    by_code = {finding.code: finding for finding in found}
    assert set(case.get("finds", [])) <= set(by_code)
    assert not set(case.get("not", [])) & set(by_code)
    for finding in found:
        assert "{" not in wording(finding, "sv") + wording(finding, "en")
    if "at" in case or "says" in case:
        first = by_code[case["finds"][0]]
        assert first.where is not None
        assert first.where.key == case.get("at", first.where.key)
        assert case.get("says", "") in wording(first)


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("units_number", "12 st", "number-unreadable"),
        ("units_number", "1 000 000", "number-too-large"),
        ("began_on", "2019-02-30", "day-unreadable"),
        ("began_on", "1 mars 2019", "day-unreadable"),
        ("began_on", "0019-03-01", "day-unreadable"),
        ("money.insatser", "1,5 mnkr", "amount-unreadable"),
        ("money.insatser", "-5", "amount-negative"),
        ("money.kommuner", "5", "field-unknown"),
        ("status", "klar", "choice-unknown"),
        ("area", "4.1", "choice-unknown"),
        ("area.4.1.1", "on", "choice-unknown"),
        ("name", "x" * 301, "text-longer"),
    ],
)
def test_a_measure_that_cannot_be_read_is_refused_at_its_field(name: str, text: str, code: str) -> None:
    fields = structured_fields.fields_of(MEASURE, agreement(), agreement().round("redogorelse"))
    (finding,) = structured_fields.malformed(fields, {name: text})
    assert finding.where is not None
    assert (finding.code, finding.where.key) == (code, name)


@pytest.mark.parametrize(
    ("text", "fine"), [("5", True), ("7,5 %", True), ("100", True), ("101", False), ("fem", False)]
)
def test_a_share_is_per_cent(text: str, fine: bool) -> None:
    fields = structured_fields.fields_of(INTRODUCTION, agreement(), agreement().round("redogorelse"))
    assert (not list(structured_fields.malformed(fields, {"protected_percent": text}))) is fine


def test_the_main_area_stands_first_and_once() -> None:
    content = {"area.4.1.1": "yes", "area": "4.1.2", "area.4.1.2": "yes", "area.4.2.1": ""}
    assert structured_fields.areas_of(content) == ["4.1.2", "4.1.1"]
