# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a payment decision gives each recipient, by the agreement's own key and rounding."""

from __future__ import annotations

import re

import pytest

from overens.rules import reading
from overens.rules.agreement import Agreement
from overens.rules.ceilings import ceilings
from overens.rules.findings import Refused

TEXT = reading.find("2019").read_text(encoding="utf-8")


def read(text: str) -> Agreement:
    agreement, findings = reading.read(text)
    assert agreement is not None, findings
    return agreement


def test_each_region_may_requisition_its_printed_sum() -> None:
    """2019 agreement, Bilaga 1, column Summa; the sums add up to the line."""
    agreement = read(TEXT)
    printed = {
        row[0]: int(row[1].replace("_", "")) for row in re.findall(r'code = "(\d\d)", insatser.* sum = +([\d_]+)', TEXT)
    }
    found = {row.organisation: row.kronor for row in ceilings(agreement, "regioner")}
    assert found == printed
    assert len(found) == 21
    assert sum(found.values()) == 3_235_000_000


def test_the_declared_parts_differ_from_the_sum_by_a_krona_at_most() -> None:
    rows = ceilings(read(TEXT), "regioner")
    differences = [row.kronor - sum(row.parts.values()) for row in rows]
    assert {abs(each) for each in differences} == {0, 1}
    assert sum(each != 0 for each in differences) == 5  # the five regions of the printed annex
    assert all(set(row.parts) == {"insatser", "specialistutbildning"} for row in rows)


def test_a_channel_gets_the_whole_line() -> None:
    (row,) = ceilings(read(TEXT), "kommuner")
    assert (row.organisation, row.kronor, row.parts) == ("SKL", 100_000_000, {"kommuner": 100_000_000})


def test_a_line_with_one_recipient() -> None:
    (row,) = ceilings(read(TEXT), "skl")
    assert (row.organisation, row.kronor) == ("SKL", 25_000_000)


def test_a_line_whose_rows_come_to_more_than_its_sum_is_refused() -> None:
    """Half-up on each row by itself may give away more than there is: three equal recipients of 2 kronor."""
    agreement = read(TEXT)
    line = agreement.line("regioner").model_copy(update={"amount": 3_234_999_999})
    others = tuple(line if each.id == "regioner" else each for each in agreement.lines)
    with pytest.raises(Refused) as refusal:
        ceilings(agreement.model_copy(update={"lines": others}), "regioner")
    (finding,) = refusal.value.findings
    assert finding.code == "above-line"
    assert finding.values["above"] == 1


def test_a_line_without_a_stated_sum_is_refused() -> None:
    agreement = read(TEXT)
    line = agreement.line("regioner").model_copy(update={"amount": "not stated"})
    others = tuple(line if each.id == "regioner" else each for each in agreement.lines)
    with pytest.raises(Refused, match="amount-not-stated"):
        ceilings(agreement.model_copy(update={"lines": others}), "regioner")
