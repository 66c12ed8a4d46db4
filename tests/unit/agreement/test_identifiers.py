# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from overens.rules.findings import Refused
from overens.rules.identifiers import giro, organisation_number


@pytest.mark.parametrize("raw", ["232100-0016", "2321000016", " 232100 0016 "])
def test_an_organisation_number_is_written_the_usual_way(raw):
    assert organisation_number(raw) == "232100-0016"


@pytest.mark.parametrize(
    ("raw", "written"),
    [
        ("5050-1055", "5050-1055"),
        ("505-1057", "505-1057"),
        ("900000-1", "90\u00a000\u00a000-1"),
        ("90 00 00-1", "90\u00a000\u00a000-1"),
    ],
)
def test_a_giro_number_is_written_the_usual_way(raw, written):
    assert giro(raw) == written


@pytest.mark.parametrize(
    ("check", "raw", "code"),
    [
        (organisation_number, "232100-0017", "orgnr-check-digit"),
        (organisation_number, "23210-0016", "orgnr-form"),
        (organisation_number, "Region", "orgnr-form"),
        (organisation_number, "", "orgnr-form"),
        (giro, "5050-1056", "giro-check-digit"),
        (giro, "90 00 00-2", "giro-check-digit"),
        (giro, "50501055", "giro-form"),
        (giro, "12345678-9", "giro-form"),
        (giro, "", "giro-form"),
        (giro, "٣٣٣-٣٣٣٣", "giro-form"),
    ],
)
def test_a_wrong_number_is_refused_at_its_field(check, raw, code):
    with pytest.raises(Refused) as refusal:
        check(raw, "R3.1")
    [finding] = refusal.value.findings
    assert (finding.code, finding.where.key, finding.values) == (code, "R3.1", {"raw": raw})


@given(st.from_regex(r"\A[1-9][0-9]{5,6}\Z"), st.integers(0, 7), st.integers(1, 9), st.booleans())
def test_one_digit_off_is_always_noticed(digits, place, step, plus):
    number = digits + luhn.calc_check_digit(digits)
    place = min(place, len(number) - 1)
    wrong = number[:place] + str((int(number[place]) + step) % 10) + number[place + 1 :]
    cut = -1 if plus else -4
    assert giro(f"{number[:cut]}-{number[cut:]}").replace("\u00a0", "").replace("-", "") == number
    with pytest.raises(Refused, match="giro-check-digit"):
        giro(f"{wrong[:cut]}-{wrong[cut:]}")
