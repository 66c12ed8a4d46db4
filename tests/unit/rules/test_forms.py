# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Filling in the forms of the 2019 agreement: whatever is typed, the answer is values and findings, never a fault."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overens.rules import forms, reading
from overens.rules.agreement import Agreement
from overens.rules.amounts import LARGEST

KNOWN = {
    "organisation.name": "Region Blekinge",
    "organisation.orgnr": "232100-0081",
    "organisation.postal_address": "Demobox 1, 000 00 Demostad",
    "organisation.telephone": "010-000 00 01",
    "organisation.email": "registrator@region.invalid",
    "organisation.giro": "5050-1055",
    "agreement.registration_number": "S2019/1",
    "agreement.title": "En investering",
    "agreement.period": "2019-01-01/2019-12-31",
    "decision.registration_number": "S2019/2",
    "case.allocated": "1000",
    "case.paid": "900",
    "person.name": "Kontakt",
}
text = st.text(max_size=40)
row = st.fixed_dictionaries({"title": text, "kronor": text | st.integers(0, 10**16).map(str), "key": text})


@pytest.fixture(scope="module")
def agreement() -> Agreement:
    found, _ = reading.read(reading.find("2019").read_text(encoding="utf-8"))
    assert found is not None
    return found


def fill(agreement: Agreement, form: str, **typed: object) -> forms.Filled:
    return forms.fill(agreement.form(form), KNOWN, {key.replace("_", "."): value for key, value in typed.items()})


def keys(filled: forms.Filled) -> dict[str, str | None]:
    return {finding.code: finding.where.key if finding.where else None for finding in filled.findings}


def test_a_requisition_with_nothing_typed_is_complete_and_asks_for_the_whole_sum(agreement: Agreement) -> None:
    filled = fill(agreement, "requisition")
    assert filled.findings == ()
    assert filled.kronor["R2.4"] == 1000
    assert filled.values["R3.1"] == "5050-1055"


def test_what_is_known_cannot_be_typed_over_unless_it_is_only_suggested(agreement: Agreement) -> None:
    filled = fill(
        agreement, "requisition", R1_1="Region Skåne", R1_2="232100-0255", R2_1="S1", R1_4="Ny gata 1", R3_1="9912346"
    )
    assert filled.values["R1.1"] == "Region Blekinge"
    assert filled.values["R1.2"] == "232100-0081"
    assert filled.values["R2.1"] == "S2019/1"
    assert filled.values["R1.4"] == "Ny gata 1"
    assert keys(filled) == {"giro-form": "R3.1"}


def test_the_granted_and_the_paid_sum_of_a_report_are_never_typed(agreement: Agreement) -> None:
    filled = fill(agreement, "financial-report", E2_4="1", E2_5="1", E3_1="1", E3_2a=[{"title": "x", "kronor": "5"}])
    assert (filled.kronor["E2.4"], filled.kronor["E2.5"], filled.kronor["E3.1"]) == (1000, 900, 900)


@pytest.mark.parametrize(
    ("costs", "unused"), [(("900", "0", "0"), 0), (("1", "2", "3"), 894), (("900", "900", "1"), 0)]
)
def test_the_sums_of_a_report_are_computed(agreement: Agreement, costs: tuple[str, ...], unused: int) -> None:
    rows = {
        f"E3_2{head}": [{"title": "Post", "kronor": sum_, "key": ""}] for head, sum_ in zip("abc", costs, strict=True)
    }
    filled = fill(agreement, "financial-report", **rows)
    assert filled.findings == ()
    assert filled.kronor["E3.3"] == sum(map(int, costs))
    assert filled.kronor["E3.4"] == unused


def test_a_typed_sum_that_differs_is_a_finding_with_the_difference(agreement: Agreement) -> None:
    filled = fill(agreement, "financial-report", E3_2a=[{"title": "x", "kronor": "5"}], E3_3="7")
    (finding,) = filled.findings
    assert (finding.code, finding.where and finding.where.key) == ("sum-differs", "E3.3")
    assert finding.values == {"typed": 7, "computed": 5, "difference": 2}


def test_every_wrong_field_is_named_at_once(agreement: Agreement) -> None:
    filled = fill(
        agreement, "requisition", R1_3="", R1_5="ring oss", R1_7="a@b", R2_4="1 000,50", R3_1="5050-1056", R1_6="fax"
    )
    assert keys(filled) == {
        "field-required": "R1.3",
        "telephone-form": "R1.6",
        "email-form": "R1.7",
        "amount-not-integer": "R2.4",
        "giro-check-digit": "R3.1",
    }
    assert sum(f.code == "telephone-form" for f in filled.findings) == 2


@pytest.mark.parametrize("digit", range(10))
def test_one_digit_off_in_a_giro_number_is_always_found(agreement: Agreement, digit: int) -> None:
    right = "5050-1055"
    for place in (0, 1, 2, 3, 5, 6, 7, 8):
        wrong = f"{right[:place]}{digit}{right[place + 1 :]}"
        assert keys(fill(agreement, "requisition", R3_1=wrong)) == (
            {} if wrong == right else {"giro-check-digit": "R3.1"}
        )


@pytest.mark.parametrize("contact", ["²", "٣", "1" * 3999, "007"])
def test_a_contact_that_looks_like_a_number_is_no_sum(agreement: Agreement, contact: str) -> None:
    filled = fill(agreement, "financial-report", E1_3=contact, E3_2a=[{"title": "x", "kronor": "5"}])
    assert filled.values["E1.3"] == contact
    assert filled.kronor["E3.3"] == 5


def test_a_contact_of_more_digits_than_a_number_may_have_is_too_long_only(agreement: Agreement) -> None:
    filled = fill(agreement, "financial-report", E1_3="1" * 5000, E3_2a=[{"title": "x", "kronor": "5"}])
    assert keys(filled) == {"field-too-long": "E1.3"}


@given(typed=st.dictionaries(st.sampled_from([f"R1_{n}" for n in range(1, 8)] + ["R2_4", "R3_1", "R3_2"]), text))
def test_whatever_is_typed_in_a_requisition_is_kept_or_put_in_normal_form(
    agreement: Agreement, typed: dict[str, str]
) -> None:
    filled = fill(agreement, "requisition", **typed)
    if not filled.findings:
        assert 0 <= filled.kronor["R2.4"] <= LARGEST
        again = forms.fill(agreement.form("requisition"), KNOWN, dict(filled.values))
        assert again.values == filled.values
    for finding in filled.findings:
        assert finding.where is not None
        key = str(finding.where.key)
        assert filled.values[key] == typed.get(key.replace(".", "_"), "").strip(), "what was typed wrong is not lost"


@given(costs=st.lists(row, max_size=4), total=text | st.none(), contact=text)
def test_a_report_without_findings_adds_up(
    agreement: Agreement, costs: list[dict[str, str]], total: str | None, contact: str
) -> None:
    filled = fill(agreement, "financial-report", E1_3=contact, E3_2a=costs, E3_3=total)
    if filled.findings:
        return
    assert sum(cost.kronor for cost in filled.costs) == filled.kronor["E3.3"]
    assert filled.kronor["E3.4"] == max(0, 900 - filled.kronor["E3.3"])
    assert all(cost.title for cost in filled.costs)


def test_the_sections_are_filled_in_by_preparers_then_reviewed_then_signed(agreement: Agreement) -> None:
    stages = {id: [forms.stage(s) for s in agreement.form(id).sections] for id in ("requisition", "financial-report")}
    assert stages["requisition"] == ["writing"] * 3 + ["signature"]
    assert stages["financial-report"] == ["writing"] * 3 + ["review", "signature"]
