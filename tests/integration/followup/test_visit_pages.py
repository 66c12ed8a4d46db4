# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of visits: the agency's and the region's, and what neither sees of the other."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from overens.demo.people import person
from overens.demo.script import at
from overens.followup.actions import fact_checking, visiting
from overens.followup.actions.visiting import Choosing
from overens.followup.models import Collected, Interview, Visit, VisitPlan
from overens.people.models import Organisation
from overens.records import clock
from overens.rules.followup.fact_check import Answer
from overens.rules.followup.spreading import WEIGHTS
from overens.rules.process import Role
from tests.integration.chain.life import SCAN

PLAN = "/uppfoljning/besok/2019/2019/"
VISIT = "/uppfoljning/besok/2019/2019/23/"
CHECK = "/redogorelser/besok/23/2019/2019/"
SECRET = "Ledningen är oenig."


def as_(code: str, role: Role) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person(code, role))
    return client


@pytest.fixture
def analyst(world: None) -> Client:
    clock.step_to(at(dt.date(2020, 2, 3)))
    return as_("SOS", Role.ANALYST)


@pytest.fixture
def region(analyst: Client) -> Client:
    return as_("23", Role.PREPARER)


@pytest.fixture
def written(analyst: Client) -> Visit:
    """Region Jämtland Härjedalen has been visited; the memo is written and not sent."""
    by = person("SOS", Role.ANALYST)
    choosing = Choosing("2019", 2019, 1, WEIGHTS, include=("23",))
    visiting.decide_plan(Organisation.objects.get(code="SOS"), choosing, ["23"], "", "", by)
    found = Visit.objects.get()
    visiting.held(found, dt.date(2020, 2, 3), "", "", by)
    fact_checking.write_memo(found, f"{SECRET}\n\nTolv började.", 0, by)
    return found


def send(visit: Visit) -> None:
    fact_checking.send(visit, dt.date(2020, 2, 17), person("SOS", Role.ANALYST))


def test_a_choice_is_proposed_by_address_and_decided(analyst: Client) -> None:
    page = analyst.get(PLAN)
    assert page.status_code == 200
    assert "20\u00a0349" in page.text or "20349" in page.text  # the visits of 2017 among all choices of five
    asked = {"wanted": "3", "weight-geography": "1", "weight-population": "1", "region-23": "include",
             "region-01": "exclude", "excluded_because": "Besöktes nyss", "seed": "x"}  # fmt: skip
    proposed = analyst.get(PLAN, asked)
    chosen = re.findall(r'name="chosen" value="(\d\d)" checked', proposed.text)
    assert len(chosen) == 3
    assert "23" in chosen
    assert "01" not in chosen
    other = analyst.post(PLAN, {**asked, "chosen": ["03", "12", "23"], "note": "Min anteckning"})
    assert other.status_code == 422
    assert "Min anteckning" in other.text
    assert sorted(re.findall(r'name="chosen" value="(\d\d)" checked', other.text)) == ["03", "12", "23"]
    decided = analyst.post(PLAN, {**asked, "chosen": chosen})
    assert decided.status_code == 303
    assert sorted(VisitPlan.objects.get().chosen) == sorted(chosen)
    assert "Besöktes nyss" in analyst.get(PLAN).text
    table = analyst.get(PLAN, {"format": "csv"})
    assert table.headers["Content-Type"].startswith("text/csv")
    assert table.text.count("\r\n") == 22


@pytest.mark.parametrize(
    "asked",
    [
        {"wanted": "0"},
        {"wanted": "x"},
        {"wanted": "5", "weight-grant": "0"},
        {"wanted": "1", "region-23": "include", "region-12": "include", "weight-grant": "1"},
    ],
)
def test_what_cannot_be_proposed_is_said(analyst: Client, asked: dict[str, str]) -> None:
    answer = analyst.get(PLAN, asked)
    assert answer.status_code == 422
    assert "Det du har skrivit är kvar" in answer.text


def test_what_waits_is_said_at_the_agency(written: Visit, analyst: Client) -> None:
    def waits() -> list[str]:
        page = analyst.get("/uppfoljning/besok/").text
        return [word for word in ("Skriv promemorian om", "har inte svarat på", "Gå igenom faktagr") if word in page]

    assert waits() == ["Skriv promemorian om"]
    send(written)
    assert waits() == []
    clock.step_to(at(dt.date(2020, 2, 18)))
    assert waits() == ["har inte svarat på"]
    answers = {1: Answer("correct"), 2: Answer("correct")}
    fact_checking.hand_in(written, answers, {}, person("23", Role.PREPARER))
    assert waits() == ["Gå igenom faktagr"]


def test_before_it_is_sent_the_region_sees_nothing(written: Visit, region: Client) -> None:
    assert region.get(CHECK).status_code == 404
    assert region.post(CHECK, {"do": "save"}).status_code == 404
    assert "Faktagranska" not in region.get("/region/").text
    assert SECRET not in region.get("/redogorelser/besok/").text


def test_the_region_answers_and_the_agency_sees_it_only_then(written: Visit, analyst: Client, region: Client) -> None:
    send(written)
    assert "Faktagranska promemorian från Socialstyrelsen" in region.get("/region/").text
    assert SECRET in region.get(CHECK).text
    for other in (as_("12", Role.PREPARER), as_("SKL", Role.PREPARER)):
        assert other.get(CHECK).status_code == 404
        assert other.get("/redogorelser/besok/12/2019/2019/").status_code == 404
    assert as_("KAM", Role.CASE_OFFICER).get(CHECK).status_code == 403
    typed = {"answer-1": "wrong", "said-1": "Det stämmer inte alls.", "answer-2": ""}
    assert region.post(CHECK, {**typed, "do": "save"}).status_code == 303
    assert "Det stämmer inte alls." in region.get(CHECK).text
    assert "Det stämmer inte alls." not in analyst.get(f"{VISIT}promemoria/").text
    was = {"was-answer-1": "wrong", "was-said-1": "Det stämmer inte alls."}
    missing = region.post(CHECK, {**typed, **was, "do": "hand-in"})
    assert missing.status_code == 422
    assert "Stycke 2" in missing.text
    assert region.post(CHECK, {**typed, **was, "answer-2": "correct", "do": "hand-in"}).status_code == 303
    assert "Det stämmer inte alls." in analyst.get(f"{VISIT}promemoria/").text
    close = f"{VISIT}promemoria/avsluta/"
    assert analyst.post(close, {"taking-1": "kept", "reason-1": ""}).status_code == 422
    assert analyst.post(close, {"taking-1": "kept", "reason-1": "Det sades i två intervjuer."}).status_code == 303
    assert "Det sades i två intervjuer." in region.get(CHECK).text
    assert region.post(CHECK, {**typed, "do": "save"}).status_code == 422


def test_a_colleagues_answer_is_shown_beside_what_was_typed(written: Visit, region: Client) -> None:
    send(written)
    fact_checking.save_answers(written, {1: Answer("remark", "Kollegans ord")}, {}, person("23", Role.CONTRIBUTOR))
    clash = region.post(CHECK, {"do": "save", "answer-1": "wrong", "said-1": "Mina ord"})
    assert clash.status_code == 422
    assert "Mina ord" in clash.text
    assert "Kollegans ord" in clash.text
    assert 'name="was-said-1" value="Kollegans ord"' in clash.text


def test_working_papers_are_for_analysts_alone(written: Visit, analyst: Client) -> None:
    made = analyst.post(
        "/uppfoljning/intervjuer/2019/2019/ny/",
        {"respondent": "23", "form": "group", "held_on": "2020-02-03", "roles": "Verksamhetschefer"},
    )
    assert made.status_code == 303
    interview = Interview.objects.get()
    assert interview.visit == written
    assert analyst.post(made.headers["Location"], {"text": "Sagt i rummet", "base": "0"}).status_code == 303
    stale = analyst.post(made.headers["Location"], {"text": "Något annat", "base": "0"})
    assert stale.status_code == 422
    assert "Något annat" in stale.text
    assert "Sagt i rummet" in stale.text
    administrator = as_("SOS", Role.ADMINISTRATOR)
    for address in (made.headers["Location"], f"{VISIT}promemoria/", f"{VISIT}promemoria/avsluta/"):
        assert administrator.get(address).status_code == 403
        for other in (as_("23", Role.PREPARER), as_("SOC", Role.MINISTRY_OFFICER)):
            assert other.get(address).status_code == 403
    for address in ("/uppfoljning/besok/", VISIT, "/uppfoljning/intervjuer/2019/2019/"):
        page = administrator.get(address)
        assert page.status_code == 200
        assert SECRET not in page.text
        assert "Sagt i rummet" not in page.text
    assert "Sagt i rummet" not in analyst.get("/uppfoljning/intervjuer/2019/2019/", {"format": "csv"}).text


def test_an_interview_that_was_not_held_says_why(analyst: Client) -> None:
    typed = {"respondent": "18", "form": "telephone", "not_held_because": "Ingen kunde"}
    assert analyst.post("/uppfoljning/intervjuer/2019/2019/ny/", typed).status_code == 303
    assert "Ingen kunde" in analyst.get("/uppfoljning/intervjuer/2019/2019/").text
    guide = {"questions": "Hur leds arbetet?", "base": "0"}
    assert analyst.post("/uppfoljning/intervjuer/2019/2019/", guide).status_code == 303
    again = analyst.post("/uppfoljning/intervjuer/2019/2019/", {**guide, "questions": "Min fråga"})
    assert again.status_code == 422
    assert "Min fråga" in again.text


def test_a_document_is_asked_for_sent_and_read(analyst: Client, region: Client) -> None:
    asked = {"respondent": "23", "belongs": "visits/2019/2019", "kind": "action-plan", "title": "Handlingsplan"}
    refused = analyst.post("/uppfoljning/underlag/begar/", {**asked, "wanted": ""})
    assert refused.status_code == 422
    made = analyst.post(
        "/uppfoljning/underlag/begar/", {**asked, "wanted": "Den som gäller i år", "due_on": "2020-02-17"}
    )
    assert made.status_code == 303
    found = Collected.objects.get()
    here = f"/redogorelser/underlag/{found.pk}/"
    assert "Lämna underlag till Socialstyrelsen: Handlingsplan" in region.get("/region/").text
    assert as_("12", Role.PREPARER).get(here).status_code == 404
    assert region.post(here, {"message": "Kommer strax"}).status_code == 422
    sent = region.post(here, {"message": "Bifogas", "file": SimpleUploadedFile("plan.png", SCAN)})
    assert sent.status_code == 303
    file = found.files.get().file_id
    assert analyst.get(f"/uppfoljning/underlag/{found.pk}/fil/{file}/").content == SCAN
    assert region.get(f"{here}fil/{file}/").content == SCAN
    assert as_("12", Role.PREPARER).get(f"{here}fil/{file}/").status_code == 404
    noted = {"do": "note", "note": "Egen tanke", "registration_number": "SOS 2020/3"}
    assert analyst.post(f"/uppfoljning/underlag/{found.pk}/", noted).status_code == 303
    assert "Egen tanke" not in region.get(here).text
    link = f'href="/uppfoljning/underlag/{found.pk}/"'
    assert link in analyst.get("/uppfoljning/underlag/", {"lage": "inkommet"}).text
    assert link not in analyst.get("/uppfoljning/underlag/", {"lage": "vantas"}).text


def test_a_document_is_entered_with_its_file(analyst: Client) -> None:
    typed = {"respondent": "12", "belongs": "visits/2019/2019", "kind": "activity-account", "title": "Berättelse",
             "received_on": "2020-02-01", "from_whom": "Registrator"}  # fmt: skip
    assert analyst.post("/uppfoljning/underlag/for-in/", typed).status_code == 422
    sent = analyst.post("/uppfoljning/underlag/for-in/", {**typed, "file": SimpleUploadedFile("b.png", SCAN)})
    assert sent.status_code == 303


def test_a_visit_is_planned_held_and_cancelled_by_pages(written: Visit, analyst: Client) -> None:
    assert f'href="{VISIT}"' in analyst.get("/uppfoljning/besok/", {"ar": "2019", "lage": "done"}).text
    assert f'href="{VISIT}"' not in analyst.get("/uppfoljning/besok/", {"lage": "cancelled"}).text
    assert analyst.get("/uppfoljning/besok/", {"format": "csv"}).status_code == 200
    for step, status in (("skicka", 200), ("stall-in", 200), ("hoppa", 404)):
        assert analyst.get(f"{VISIT}{step}/").status_code == status
    assert analyst.post(f"{VISIT}skicka/", {"due_on": ""}).status_code == 422
    assert analyst.post(f"{VISIT}stall-in/", {"reason": "Nej"}).status_code == 422
    assert analyst.post(f"{VISIT}skicka/", {"due_on": "2020-02-17"}).status_code == 303
    assert analyst.post(f"{VISIT}flytta-dag/", {"due_on": "2020-02-24"}).status_code == 303
    assert analyst.get(VISIT).status_code == 200
