# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Handing a report in and examining it, page by page; signed outside; in the register and as files."""

from __future__ import annotations

import datetime as dt
import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from overens.archive import register
from overens.archive.disclosure import entries
from overens.demo.people import person
from overens.demo.script import at
from overens.desks.region.waiting import tasks
from overens.followup import tick
from overens.followup.actions import examining, handing_in, signing_outside
from overens.followup.models import Report
from overens.people.models import Organisation
from overens.records import clock
from overens.records import outside as papers_outside
from overens.records.models import DocumentVersion
from overens.rules.findings import Refused
from overens.rules.process import Role
from tests.integration.chain.life import SCAN
from tests.integration.followup.written import freeze, hand_in, write

REGION = "/redogorelser/23/2019/redogorelse/"
ASKER = "/uppfoljning/2019/redogorelse/23/"


def client(code: str, role: Role) -> Client:
    made = Client(headers={"host": "127.0.0.1"})
    made.force_login(person(code, role))
    return made


@pytest.fixture
def written(report: Report, seen_context: None) -> Report:
    write(report)
    return report


def test_a_report_is_handed_in_and_accepted_page_by_page(written: Report) -> None:
    preparer, signatory = client("23", Role.PREPARER), client("23", Role.AUTHORISED_SIGNATORY)
    analyst = client("SOS", Role.ANALYST)
    assert analyst.get(ASKER).status_code == 404  # still the region's own
    page = preparer.get(f"{REGION}lamna-in/")
    assert "Inget hindrar att den lämnas in" in page.text
    revisions = page.context["form"].initial["revisions"]
    assert preparer.post(f"{REGION}lamna-in/", {"revisions": revisions}).headers["Location"] == f"{REGION}skriv-under/"
    assert preparer.post(f"{REGION}skriv-under/", {"version": "1"}).status_code == 422
    page = signatory.get(f"{REGION}skriv-under/")
    assert "Jag intygar att uppgifterna i redogörelsen stämmer" in page.text
    assert "S2019/DEMO-1" in page.text
    assert "S2019/DEMO-2" in page.text
    version = page.context["version"]
    assert (
        signatory.post(f"{REGION}skriv-under/", {"version": str(version.pk)}).headers["Location"] == f"{REGION}kvitto/"
    )
    assert version.sha256 in preparer.get(f"{REGION}kvitto/").text
    page = analyst.get(ASKER)
    assert "En styrgrupp håller ihop det." in page.text
    assert "kan inte redovisas: Färre än fem redovisas inte." in page.text
    assert analyst.post(f"{ASKER}lamna-tillbaka/", {"reason": ""}).status_code == 422
    assert (
        analyst.post(f"{ASKER}lamna-tillbaka/", {"reason": "Säg mer om mål.", "version": str(version.pk)}).status_code
        == 302
    )
    assert "Säg mer om mål." in preparer.get(f"{REGION}lamna-in/").text
    write(written, {"answer/1.2": {"text": "Målen är nu tydligare."}})
    found = hand_in(written, "Svar på frågan.")
    page = analyst.get(ASKER)
    assert "Det som skiljer från versionen före" in page.text
    assert analyst.post(f"{ASKER}godta/", {"version": str(found.pk)}).status_code == 302
    assert "Godtagen" in preparer.get(f"{REGION}kvitto/").text
    assert analyst.post(f"{ASKER}diarienummer/", {"number": "SoS 4.2-1/2020"}).status_code == 302
    assert "SoS 4.2-1/2020" in analyst.get(ASKER).text


def test_what_is_missing_is_said_and_nothing_is_frozen(report: Report, seen_context: None) -> None:
    write(report, {"answer/1.1": {"text": "Början."}})
    preparer = client("23", Role.PREPARER)
    assert "Det här behöver bli klart först" in preparer.get(f"{REGION}lamna-in/").text
    page = preparer.post(f"{REGION}lamna-in/", {"revisions": '{"answer/1.1": 1}'})
    assert page.status_code == 422
    assert not DocumentVersion.objects.filter(kind="activity-report").exists()
    for bad in ("nonsense", "[]", '{"x": "y"}'):
        assert preparer.post(f"{REGION}lamna-in/", {"revisions": bad}).status_code == 422


def test_it_is_signed_on_paper_and_recorded_by_its_code(written: Report) -> None:
    version = freeze(written)
    signing_outside.send_out(written, version, person("23", Role.PREPARER))
    preparer, analyst = client("23", Role.PREPARER), client("SOS", Role.ANALYST)
    page = preparer.get(f"{REGION}papper/{version.pk}/utanfor/")
    code = papers_outside.code_of(version)
    assert code in page.text
    assert preparer.get(f"{REGION}papper/{version.pk}/att-skriva-under/").content.startswith(b"%PDF")
    assert analyst.get("/uppfoljning/underskriven/?code=aaaa bbbb cccc").status_code == 422
    assert "Bemanningsteam" in analyst.get(f"/uppfoljning/underskriven/?code={code}").text
    sent = {
        "code": code,
        "signatory": str(person("23", Role.AUTHORISED_SIGNATORY).pk),
        "reason": "Kom med post.",
        "received_on": clock.today().isoformat(),
        "file": SimpleUploadedFile("redogorelse.png", SCAN, "image/png"),
    }
    response = analyst.post("/uppfoljning/underskriven/", sent)
    assert response.headers["Location"] == ASKER
    assert analyst.get(f"{ASKER}papper/{version.pk}/underlag/").content == SCAN
    written.refresh_from_db()
    assert written.state == "submitted"


def test_the_asker_of_another_round_does_not_find_it(written: Report) -> None:
    version = freeze(written)
    signing_outside.send_out(written, version, person("23", Role.PREPARER))
    ministry = client("SOC", Role.MINISTRY_OFFICER)
    assert ministry.get(f"/uppfoljning/underskriven/?code={papers_outside.code_of(version)}").status_code == 422


def test_both_numbers_stand_on_the_files_and_the_register_has_it(written: Report) -> None:
    version = hand_in(written)
    analyst = client("SOS", Role.ANALYST)
    assert analyst.get(f"{ASKER}papper/{version.pk}/pdf/").content.startswith(b"%PDF")
    word = docx.Document(io.BytesIO(analyst.get(f"{ASKER}papper/{version.pk}/word/").content))
    head = word.sections[0].header.paragraphs[0].text
    assert "S2019/DEMO-1" in head
    assert "S2019/DEMO-2" in head
    assert "Ledningen följer arbetet varje kvartal." in [each.text for each in word.paragraphs]
    for code, there in (("SOS", True), ("23", True), ("SOC", False), ("KAM", False), ("12", False)):
        papers = register.papers_of(Organisation.objects.get(code=code))
        assert papers.filter(pk=version.pk).exists() is there, code
    assert "2019/redogorelse, Region Jämtland Härjedalen" in analyst.get("/arkiv/").text
    told = {entry.path: entry.value for entry in entries(version)}
    assert told["answer/1.2#text"] == "Mer fokus på kvalitet."
    assert analyst.get(f"/arkiv/handling/{version.pk}/").status_code == 200


def test_a_round_is_a_blank_form(report: Report) -> None:
    preparer = client("23", Role.PREPARER)
    assert preparer.get(f"{REGION}blankett/").content.startswith(b"%PDF")
    word = docx.Document(io.BytesIO(preparer.get(f"{REGION}blankett/?format=docx").content))
    assert any("Hur stödjer ledningen" in each.text for each in word.paragraphs)


def test_what_is_missing_leads_to_where_it_is_answered(report: Report, seen_context: None) -> None:
    page = client("23", Role.PREPARER).get(f"{REGION}lamna-in/")
    assert "frågor är inte besvarade." in page.text
    found = {each["name"]: each["url"] for each in page.context["unanswered"]}
    assert found["4.2.2 Arbetsmiljö: Vad har gjorts under perioden och vilka resultat syns?"].endswith(
        "/avsnitt/2/#part-answer-2-1-4-2-2"
    )
    section = client("23", Role.PREPARER).get(f"{REGION}avsnitt/2/").text
    assert 'id="part-answer-2-1-4-2-2"' in section


def test_one_is_led_from_locking_to_the_receipt(written: Report) -> None:
    """Whoever is to sign sees it where work waits; what is handed in says so, and what it no longer is."""
    signatory, preparer = client("23", Role.AUTHORISED_SIGNATORY), client("23", Role.PREPARER)
    freeze(written)
    waits = "En version är låst och väntar på att lämnas in."
    for page in ("/region/", REGION):
        assert waits in signatory.get(page).text
        assert f"{REGION}skriv-under/" in signatory.get(page).text
    version = hand_in(written)
    assert preparer.get(f"{REGION}skriv-under/").headers["Location"] == f"{REGION}kvitto/"
    page = preparer.get(REGION).text
    assert f"{REGION}kvitto/" in page
    assert "ser inget förrän ni lämnar in" not in page
    assert "Vad kontrollerna ser" not in page
    examining.send_back(written, version, "Säg mer om mål.", person("SOS", Role.ANALYST))
    for page in (REGION, f"{REGION}avsnitt/1/"):
        assert "Säg mer om mål." in preparer.get(page).text
    assert "”Redogörelse för arbetet under 2019” har lämnats tillbaka" in preparer.get("/region/").text
    assert "Ändra redogörelsen" in preparer.get(f"{REGION}kvitto/").text


def test_counts_stand_in_order_of_time(written: Report) -> None:
    hand_in(written)
    shown = client("23", Role.PREPARER).get(f"{REGION}kvitto/").text
    places = [shown.index(f">{period}<") for period in ("2018 vårterminen", "2018 höstterminen", "2019 vårterminen")]
    assert places == sorted(places)
    shown = client("23", Role.PREPARER).get(f"{REGION}utskrift/").text
    places = [
        shown.index(f"<dt>{cell}") for cell in ("2018, vårterminen, kvinnor", "2018, vårterminen, män", "2018, h")
    ]
    assert places == sorted(places)


def test_a_reminder_says_which_report(report: Report) -> None:
    """An organisation writes several, with different last days."""
    clock.step_to(at(dt.date(2020, 3, 17)))
    tick.tick()
    told = client("23", Role.PREPARER).get("/region/").text
    assert "Påminnelse: ”Redogörelse för arbetet under 2019” ska ha kommit in senast 2020-03-31" in told


def test_what_was_changed_meanwhile_is_said_by_question(written: Report) -> None:
    before = handing_in.standing(written).revisions
    write(written, {"answer/2.1/4.1.2": {"text": "Ändrat."}, "answer/1.2": {"text": "Ändrat."}})
    with pytest.raises(Refused) as refused:
        handing_in.freeze(written, before, person("23", Role.PREPARER))
    assert refused.value.findings[0].values["parts"] == "1.2, 2.1 4.1.2"


def test_english_pages_name_the_report_in_english(written: Report, seen_context: None) -> None:
    reader = client("23", Role.PREPARER)
    reader.cookies["django_language"] = "en"
    for page in ("lamna-in/", "atgarder/", "antal/3.1/", "introduktion/1/"):
        shown = reader.get(f"{REGION}{page}").text
        assert "Redogörelse för arbetet under 2019" not in shown, page


def test_reports_and_money_wait_in_order_of_their_last_day(report: Report) -> None:
    found = tasks(report.respondent)
    days = [each.due for each in found if each.due]
    assert days == sorted(days)
    titles = [each.title for each in found]
    asked, money, told = "Regional lägesrapport 2019", next(t for t in titles if "Rekvirera" in t), "arbetet under 2019"
    assert titles.index(asked) < titles.index(money) < next(n for n, t in enumerate(titles) if t.endswith(told))
