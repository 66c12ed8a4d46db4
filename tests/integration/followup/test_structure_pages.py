# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of measures, counts, programmes and services: saved as typed, refused with what was typed kept."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from overens.demo.people import person
from overens.followup.actions import rows, writing
from overens.followup.models import Measure, MeasureYear, Part, Report, Submission
from overens.rules.followup.parts import MEASURE
from overens.rules.process import Role

R = Role
AT = "/redogorelser/23/2019/redogorelse/"


@pytest.fixture
def page(report: Report) -> Client:
    """The contributor of the region at work on its report."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person("23", R.CONTRIBUTOR))
    return client


def text(response: Any) -> str:
    return str(response.content.decode())


def part(report: Report, key: str) -> Part:
    return Part.objects.get(report=report, key=key)


def test_a_measure_is_added_and_saved_as_plain_values(page: Client, report: Report) -> None:
    number = rows.next_measure(report.respondent)
    typed = {
        "revision": "0", "name": "Vårdnära service", "area": "4.1.2", "area.4.2.2": "on", "status": "ongoing",
        "began_on": "2018-03-01", "money.insatser": "700 000 kr", "units_number": "1 200", "party.patients": "on",
        "party.patients.how": "En referensgrupp.", "results": "Mer tid\r\n\r\n- hos patienten", "consent": "on",
    }  # fmt: skip
    response = page.post(f"{AT}atgarder/ny/", typed)
    assert response.status_code == 302
    assert response["Location"] == f"{AT}atgard/{number}/"
    assert part(report, f"measure/{number}").content == {
        "name": "Vårdnära service", "area": "4.1.2", "area.4.2.2": "yes", "status": "ongoing",
        "began_on": "2018-03-01", "money.insatser": "700000", "units_number": "1200", "party.patients": "yes",
        "party.patients.how": "En referensgrupp.", "results": "Mer tid\n\n- hos patienten", "consent": "yes",
    }  # fmt: skip
    shown = text(page.get(response["Location"]))
    assert "700\xa0000" in shown
    assert "Vårdnära service" in shown
    listed = text(page.get(f"{AT}atgarder/?ordning=kronor"))
    assert "4.1.2 Smartare användning" in listed
    assert "Pågår" in listed
    assert "700\xa0000\xa0kr" in listed
    assert "Vårdnära service" not in text(page.get(f"{AT}atgarder/?lage=planned"))


def test_a_measure_that_cannot_be_read_keeps_what_was_typed(page: Client, report: Report) -> None:
    typed = {"revision": "0", "began_on": "i våras", "money.insatser": "1,5 mnkr", "results": "Mycket", "name": ""}
    response = page.post(f"{AT}atgarder/ny/", typed)
    assert response.status_code == 422
    shown = text(response)
    for each in (
        "i våras",
        "1,5 mnkr",
        "Mycket",
        'href="#id_began_on"',
        'href="#id_money.insatser"',
        'href="#id_name"',
    ):
        assert each in shown
    assert not report.parts.exists()


def test_a_colleagues_save_in_between_is_shown_beside(page: Client, report: Report) -> None:
    key = rows.add(report, MEASURE, {"name": "Vårdnära service", "goal": "Tid"}, person("23", R.PREPARER)).part.key
    number = key.partition("/")[2]
    writing.save(report, key, {"name": "Vårdnära service", "goal": "Tio procent mer tid"}, 1, person("23", R.PREPARER))
    typed = {"revision": "1", "name": "Vårdnära service", "goal": "Mindre stress"}
    response = page.post(f"{AT}atgard/{number}/", typed)
    assert response.status_code == 422
    shown = text(response)
    assert "Tio procent mer tid" in shown
    assert "Mindre stress" in shown
    for each in ('name="revision" value="3"', 'name="settles" value="3"'):
        assert each in shown
        assert each in text(page.get(f"{AT}atgard/{number}/"))
    settled = {**typed, "goal": "Mindre stress och tio procent mer tid", "revision": "3", "settles": "3"}
    assert page.post(f"{AT}atgard/{number}/", settled).status_code == 302
    assert part(report, key).content["goal"] == settled["goal"]
    assert not writing.waiting(report)
    assert "settles" not in text(page.get(f"{AT}atgard/{number}/"))


def test_two_who_fill_in_different_boxes_lose_nothing(page: Client, report: Report) -> None:
    writing.save(report, "count/3.1", {"split": "sex", "2018.vt.women.": "5"}, 0, person("23", R.PREPARER))
    page.post(f"{AT}antal/3.1/", {"revision": "0", "split": "sex", "2018.vt.men.": "2"})
    assert part(report, "count/3.1").content == {"split": "sex", "2018.vt.women.": "5", "2018.vt.men.": "2"}
    response = page.post(f"{AT}antal/3.1/", {"revision": "0", "split": "sex", "2018.vt.men.": "7"})
    assert response.status_code == 422
    assert "2018, vårterminen, män" in text(response)


def test_a_measure_is_taken_away_and_brought_back(page: Client, report: Report) -> None:
    key = rows.add(report, MEASURE, {"name": "Vårdnära service"}, person("23", R.PREPARER)).part.key
    number = key.partition("/")[2]
    page.post(f"{AT}rad/measure/{number}/")
    assert part(report, key).removed
    assert "1 borttagen åtgärd" in text(page.get(f"{AT}atgarder/"))
    response = page.post(f"{AT}rad/measure/{number}/", {"do": "back"})
    assert response["Location"] == f"{AT}atgard/{number}/"
    assert not part(report, key).removed
    assert page.post(f"{AT}rad/answer/{number}/").status_code == 404


def test_last_years_measures_are_taken_over_many_at_once(page: Client, report: Report) -> None:
    submission = Submission.objects.create(
        organisation=report.respondent, agreement="2017-2018", year=2018, citation="Prövad tabell, s. 40"
    )
    for number, name in ((901, "E-arkiv"), (902, "Vårdnära service"), (903, "Otydlig")):
        measure = Measure.objects.create(organisation=report.respondent, number=number)
        MeasureYear.objects.create(submission=submission, measure=measure, name=name, area="b")
    assert "väntar på besked" in text(page.get(f"{AT}atgarder/"))
    shown = text(page.get(f"{AT}atgarder/forra-aret/"))
    assert "4.1.2 Smartare användning" in shown
    assert "Prövad tabell, s. 40" in shown
    assert page.post(f"{AT}atgarder/forra-aret/", {"way-901": "maybe"}).status_code == 422
    page.post(f"{AT}atgarder/forra-aret/", {"way-903": "leave", "alla": "continues"})
    assert {p.key: p.removed for p in report.parts.all()} == {
        "measure/901": False, "measure/902": False, "measure/903": True,
    }  # fmt: skip
    revised = {"revision": "1", "name": "E-arkiv", "area": "4.1.2", "changed": "Nya enheter", "status": "ongoing"}
    page.post(f"{AT}atgard/901/", revised)
    shown = text(page.get(f"{AT}atgard/901/"))
    assert "1 skillnad mot 2018" in shown
    assert "Vad har ändrats sedan förra redogörelsen?" in shown


def test_a_count_is_saved_cell_by_cell(page: Client, report: Report) -> None:
    typed = {
        "revision": "0", "split": "sex", "2018.vt.women.": "12", "2018.vt.men.": "0", "2018.ht..": "1 208",
        "2019...": "", "2019.vt..#why": "", "why-all": "Systemet byttes.",
    }  # fmt: skip
    assert page.post(f"{AT}antal/3.1/", typed).status_code == 302
    assert part(report, "count/3.1").content == {
        "split": "sex", "2018.vt.women.": "12", "2018.vt.men.": "0", "2018.ht..": "1208",
        "2019...#why": "Systemet byttes.",
    }  # fmt: skip
    shown = text(page.get(f"{AT}antal/3.1/"))
    assert "1\xa0220" in shown  # what 2018 comes to
    assert "Serien ändras 2019" in shown
    assert "bibehållen grundlön" in shown


def test_a_count_that_is_none_is_refused_at_its_cell(page: Client, report: Report) -> None:
    response = page.post(f"{AT}antal/3.1/", {"revision": "0", "2018.vt.women.": "12 st", "2018.vt.men.": "-1"})
    assert response.status_code == 422
    shown = text(response)
    assert 'href="#id_2018.vt.women."' in shown
    assert "Skriv bara siffrorna" in shown
    assert 'value="12 st"' in shown
    assert "mindre än 0" in shown


def test_only_totals_leave_the_sexes_out(page: Client, report: Report) -> None:
    typed = {"revision": "0", "split": "total", "2018.vt.women.": "3", "2018.vt..": "5"}
    page.post(f"{AT}antal/3.1/", typed)
    assert part(report, "count/3.1").content == {"split": "total", "2018.vt..": "5"}


def test_a_count_by_year_only(page: Client, report: Report) -> None:
    assert page.get(f"{AT}antal/6.1/").status_code == 200
    page.post(f"{AT}antal/6.1/", {"revision": "0", "2019...": "0"})
    assert part(report, "count/6.1").content == {"2019...": "0"}
    assert page.get(f"{AT}antal/1.1/").status_code == 404
    assert page.get(f"{AT}antal/9.9/").status_code == 404


def test_a_programme_and_a_service(page: Client, report: Report) -> None:
    typed = {"revision": "0", "name": "Basår", "offered": "all", "compulsory": "yes", "protected_percent": "7,5 %"}
    assert page.post(f"{AT}introduktion/1/", {**typed, "do": "next"})["Location"] == f"{AT}introduktion/2/?efter="
    assert part(report, "introduction/1").content == {
        "name": "Basår", "offered": "all", "compulsory": "yes", "protected_percent": "7.5",
    }  # fmt: skip
    assert page.post(f"{AT}mognad/1/", {"revision": "0", "service": "Ortopedi", "need": "3"}).status_code == 302
    assert page.post(f"{AT}mognad/2/", {"revision": "0", "service": "", "need": "7"}).status_code == 422
    assert part(report, "maturity/1").content == {"service": "Ortopedi", "need": "3"}


@pytest.mark.parametrize("at", ["atgarder/", "atgarder/ny/", "antal/3.1/", "introduktion/1/", "mognad/1/"])
def test_anothers_report_is_not_there(report: Report, at: str) -> None:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person("12", R.CONTRIBUTOR))
    assert client.get(AT + at).status_code == 404
    client.force_login(person("SOS", R.ANALYST))
    assert client.get(AT + at).status_code == 403


def test_a_round_without_measures_has_no_list(page: Client) -> None:
    assert page.get("/redogorelser/23/2019/lagesrapport/atgarder/").status_code == 404
