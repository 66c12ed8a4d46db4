# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A count that means something else without a break is told."""

from __future__ import annotations

import datetime as dt

from overens.rules import reading
from overens.rules.agreement import Agreement
from overens.rules.followup.asked import Break
from overens.rules.followup.count_meanings import followed

FIRST = reading.shipped("2019")


def next_year(**changed: object) -> Agreement:
    """The same agreement a year later, its first count changed."""
    count = FIRST.counts[0].model_copy(update={"breaks": (), **changed})
    period = FIRST.period.model_copy(
        update={"first_day": dt.date(2020, 1, 1), "last_day": dt.date(2020, 12, 31)}
    )  # fmt: skip
    return FIRST.model_copy(update={"id": "2020", "period": period, "counts": (count,)})


def codes(later: Agreement) -> list[str]:
    return [finding.code for each in followed([later, FIRST]) for finding in each.findings]


def test_a_changed_meaning_is_told() -> None:
    assert codes(next_year(meaning="Något annat.")) == ["count-changed-unsaid"]
    assert codes(next_year(dimensions=("year",))) == ["count-changed-unsaid"]


def test_line_breaks_change_no_meaning() -> None:
    assert codes(next_year(meaning=FIRST.counts[0].meaning.replace(" ", "\n "))) == []


def test_a_break_of_the_new_years_says_it() -> None:
    said = Break.model_validate({"from": 2020, "how": "Räknas om.", "comparable": False})
    assert codes(next_year(meaning="Något annat.", breaks=(said,))) == []
    earlier = Break.model_validate({"from": 2019, "how": "Räknas om.", "comparable": False})
    assert codes(next_year(meaning="Något annat.", breaks=(earlier,))) == ["count-changed-unsaid"]


def test_counts_stand_in_the_order_of_the_years() -> None:
    found = followed([next_year(), FIRST])
    assert [each.id for each in found] == [count.id for count in FIRST.counts]
    assert [agreement.id for agreement, _count in found[0].asked] == ["2019", "2020"]
    assert found[0].latest == next_year().counts[0]
