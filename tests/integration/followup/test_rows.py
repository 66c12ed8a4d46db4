# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rows of a report: their numbers, taking away and bringing back, and last year's measures in this year's report."""

from __future__ import annotations

from unittest.mock import patch

import pytest

from overens.demo.people import person
from overens.followup import checking, last_year
from overens.followup.actions import carrying, rows, writing
from overens.followup.models import CountFact, Measure, MeasureParty, MeasureYear, Part, Report, Submission
from overens.rules.findings import Refused
from overens.rules.followup.count_cells import Cell
from overens.rules.followup.parts import INTRODUCTION, MEASURE
from overens.rules.process import Place, Role

R = Role
# Above what the reference follow-up has.
TOLD = 900


def told(report: Report, number: int, year: int = 2018, **fields: object) -> MeasureYear:
    """A measure of an earlier follow-up, by a number that no other has."""
    number += TOLD
    submission, _ = Submission.objects.get_or_create(
        organisation=report.respondent, agreement="2017-2018", year=year, citation=f"Prövad tabell {year}"
    )
    measure, _ = Measure.objects.get_or_create(organisation=report.respondent, number=number)
    return MeasureYear.objects.create(submission=submission, measure=measure, **fields)


def test_a_number_is_never_given_twice(report: Report) -> None:
    writer = person("23", R.CONTRIBUTOR)
    free = rows.next_measure(report.respondent)
    first = rows.add(report, MEASURE, {"name": "Vårdnära service"}, writer).part
    assert first.key == f"measure/{free}"
    rows.take_away(report, first.key, writer)
    assert rows.add(report, MEASURE, {"name": "Digitala möten"}, writer).part.key == f"measure/{free + 1}"
    told(report, 7, name="Läkemedelsvagnar")
    assert rows.add(report, MEASURE, {"name": "Nattpatrull"}, writer).part.key == "measure/908"
    other = Report.objects.get(key="2019/redogorelse/12")
    assert rows.next_measure(other.respondent) < 900
    assert rows.add(report, INTRODUCTION, {"name": "Basår"}, writer).part.key == "introduction/1"


def test_a_row_that_was_taken_away_can_be_brought_back_as_it_was(report: Report) -> None:
    writer = person("23", R.CONTRIBUTOR)
    key = rows.add(report, MEASURE, {"name": "Vårdnära service"}, writer).part.key
    rows.take_away(report, key, writer)
    assert key not in checking.contents(report)
    rows.bring_back(report, key, writer)
    assert checking.contents(report)[key] == {"name": "Vårdnära service"}
    with pytest.raises(Refused, match="part-unknown"):
        rows.take_away(report, "measure/9999", writer)
    with pytest.raises(Refused, match="no-mandate"):
        rows.take_away(report, key, person("12", R.CONTRIBUTOR))


def test_last_years_measures_go_on_end_or_are_left(report: Report) -> None:
    writer = person("23", R.CONTRIBUTOR)
    kept = told(report, 1, name="Vårdnära service", area="b", status="ongoing", nature="new")
    MeasureParty.objects.create(measure=kept, party="patients", how="Referensgrupp")
    told(report, 2, name="E-arkiv", area="a")
    told(report, 3, name="Otydlig", legibility="illegible")
    told(report, 1, year=2017, name="Ett äldre namn")
    assert [finding.code for finding in checking.findings_of(report)].count("measures-left-over") == 1

    ways = {901: carrying.GOES_ON, 902: carrying.HAS_ENDED, 903: carrying.LEAVE}
    assert carrying.carry(report, ways, writer) == carrying.Carried(2, 1)

    content = checking.contents(report)
    assert content["measure/901"] == {
        "name": "Vårdnära service", "area": "4.1.2", "status": "ongoing", "nature": "new", "party.patients": "yes",
        "party.patients.how": "Referensgrupp",
    }  # fmt: skip
    assert content["measure/902"] == {"name": "E-arkiv", "area": "4.1.1", "status": "ended"}
    assert "measure/903" not in content
    assert Part.objects.get(report=report, key="measure/903").removed
    assert Part.objects.get(report=report, key="measure/901").revisions.get().prefilled
    assert "measures-left-over" not in {finding.code for finding in checking.findings_of(report)}
    assert carrying.carry(report, ways, writer) == carrying.Carried(0, 0)
    with pytest.raises(Refused, match="measure-not-last-years"):
        carrying.carry(report, {999: carrying.GOES_ON}, writer)


def test_a_superseded_account_is_no_longer_last_years(report: Report) -> None:
    told(report, 1, name="Vårdnära service", area="b")
    assert list(last_year.measures(report)) == [901]
    Submission.objects.filter(year=2018).update(superseded=True)
    assert 901 not in last_year.measures(report)


def test_figures_of_other_years_stand_behind_a_jump(report: Report) -> None:
    submission = Submission.objects.create(
        organisation=report.respondent, agreement="2017-2018", year=2018, citation="Prövad tabell"
    )
    for sex, number in (("women", 8), ("men", 2)):
        for term in ("vt", "ht"):
            CountFact.objects.create(
                submission=submission, count="training-posts", year=2017, term=term, sex=sex, answered="number",
                number=number,
            )  # fmt: skip
    writer = person("23", R.CONTRIBUTOR)
    writing.save(report, "answer/3.0a", {"choice": "yes"}, 0, writer)
    writing.save(report, "count/3.1", {"2018...": "60", "2019...": "60"}, 0, writer)
    found = {each.code: each for each in checking.findings_of(report)}
    assert [(row.label, row.values["number"]) for row in found["count-jump"].evidence] == [("2017", 20), ("2018", 60)]


def test_the_grant_is_known_by_pot(report: Report) -> None:
    writer = person("23", R.CONTRIBUTOR)
    held = checking.before(report).held
    assert set(held) == {"insatser", "specialistutbildning"}
    rows.add(report, MEASURE, {"name": "Dyr", "area": "4.1.1", "money.insatser": str(held["insatser"] + 1)}, writer)
    assert "measures-cost-more" in {finding.code for finding in checking.findings_of(report)}


def test_money_is_had_when_it_is_paid(report: Report) -> None:
    """On 2019-10-01 the sums are decided; nobody has "got" them before the payer has paid."""

    def told() -> bool:
        return "pot-without-measure" in {finding.code for finding in checking.findings_of(report)}

    assert (told(), checking.before(report).paid) == (False, frozenset())
    for places, paid in (({Place.IN_PAYMENT: 5, Place.HELD: 5}, False), ({Place.HELD: 8, Place.USED: 2}, True)):
        with patch.object(checking, "by_place", return_value=places):
            assert told() is paid


def test_facts_add_up_by_themselves() -> None:
    """What is told beside parts is what they do not tell: 6 of no speciality and 4 of one are 10."""

    def figure(number: int | None, *of: str, why: str = "") -> dict[Cell, last_year.Figure]:
        cell = Cell(2018, *of)
        return {cell: last_year.Figure(cell, number, why, True)}

    figures = {**figure(6, "vt"), **figure(4, "vt", "", "barn"), **figure(0, "ht")}
    assert [last_year.told(figures, Cell(2018, term)) for term in ("", "vt", "ht")] == [
        last_year.Figure(Cell(2018, term), number, "", True) for term, number in (("", 10), ("vt", 10), ("ht", 0))
    ]
    assert last_year.told(figures, Cell(2017)) is None
    missing = last_year.told({**figures, **figure(None, "ht", "women", why="Okänt")}, Cell(2018))
    assert missing is not None
    assert (missing.number, missing.reason) == (None, "Okänt")
