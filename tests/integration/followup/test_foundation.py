# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest

from overens.demo.people import person
from overens.followup import reading
from overens.followup.actions import rounds, writing
from overens.followup.models import Report, Round
from overens.rules.findings import Refused
from overens.rules.process import Role


def test_every_respondent_has_a_report_to_write(open_rounds: list[Round]) -> None:
    assert {each.code: each.reports.count() for each in open_rounds} == {
        "redogorelse": 21,
        "rapport-skl": 1,
        "lagesrapport": 21,
    }
    assert rounds.prepare("2019") == []


def test_a_part_is_saved_where_the_round_asks_for_it(report: Report) -> None:
    writer = person("23", Role.CONTRIBUTOR)
    first = writing.save(report, "answer/1.1", {"text": "Ledningen stödjer."}, 0, writer)
    assert first.part.revision == 1
    with pytest.raises(Refused, match="part-unknown"):
        writing.save(report, "answer/9.9", {"text": "Annat"}, 0, writer)


def test_another_region_cannot_write_it(report: Report) -> None:
    with pytest.raises(Refused, match="no-mandate"):
        writing.save(report, "answer/1.1", {"text": "Hej"}, 0, person("12", Role.CONTRIBUTOR))


def test_it_closes_on_the_agreements_own_day(report: Report) -> None:
    assert str(reading.closes_on(report)) == "2020-03-31"
