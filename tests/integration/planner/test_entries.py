# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What units enter and a region adopts, as its planner meets it."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, connection, transaction

from overens.demo import planning_entries
from overens.planner import plans
from overens.planner.actions import adopting, entries
from overens.planner.models import AnswerState, Entry, EntryKind
from overens.planning.supply import reference
from overens.planning.supply.bottomup.entries import action_findings, full_time
from overens.records import clock, documents
from overens.rules.findings import Refused
from overens.rules.process import Role
from tests.integration.planner.entries import ACTION, NEED, YEAR, adopted, computed, of, plan
from tests.integration.planner.scenarios import planner
from tests.integration.planner.test_scenarios import client

pytestmark = pytest.mark.usefixtures("world", "seen_context")
UNITS, ROUND, UNIT = (
    "/planering/enheter/",
    f"/planering/enheter/{YEAR}/",
    f"/planering/enheter/{YEAR}/enhet/barnkliniken/",
)
PLAN = f"/planering/plan/{YEAR}/"


def test_a_year_is_opened_for_the_units_and_those_that_have_not_answered_are_listed() -> None:
    assert "Ingen enhet är tillagd än" in client().get(UNITS).text
    assert client().post(UNITS, {"do": "add", "title": "Barnkliniken"}).status_code == 302
    again = client().post(UNITS, {"do": "add", "title": " barnkliniken"})
    assert again.status_code == 422
    assert "Det finns redan en enhet" in again.text
    typed = {"do": "open", "year": str(YEAR), "opens_on": "2019-01-02", "closes_on": "2030-01-01"}
    assert client().post(UNITS, typed | {"closes_on": "2018-01-01"}).status_code == 422
    assert client().post(UNITS, typed).status_code == 302
    assert "har inte svarat" in client().get(ROUND).text


def test_what_is_typed_wrongly_is_kept_and_said_at_its_field() -> None:
    plan()
    answer = client().post(f"{UNIT}yrke/nurse/", NEED | {"base": "1", "have": "fyrtio"})
    assert answer.status_code == 422
    assert 'value="fyrtio"' in answer.text
    assert "Fler äldre patienter." in answer.text
    answer = client().post(f"{UNIT}atgard/ny/", ACTION | {"cost": "1 50", "title": "Sommarpraktik"})
    assert answer.status_code == 422
    assert 'value="Sommarpraktik"' in answer.text


def test_two_who_write_at_once_lose_nothing_and_choose() -> None:
    made = plan()
    assert client().post(f"{UNIT}yrke/nurse/", NEED | {"base": "1", "have": "41"}).status_code == 302
    other = client().post(f"{UNIT}yrke/nurse/", NEED | {"base": "1", "have": "42", "need_3": "50"})
    assert "/valj/" in other["Location"]
    entry = Entry.objects.get(answer=of(made), kind=EntryKind.NEED)
    assert (entry.content["have"], entry.content["need_3"]) == ("41", "50")
    assert client().post(other["Location"], {"way.have": "mine", "own.have": ""}).status_code == 302
    entry.refresh_from_db()
    assert entry.content["have"] == "42"


def test_an_answer_is_sent_returned_and_approved_and_cannot_be_written_in_meanwhile() -> None:
    made = plan()
    assert client().post(UNIT, {"do": "send-unit-answer"}).status_code == 302
    with pytest.raises(Refused, match="answer-closed"):
        entries.save(of(made), EntryKind.NEED, "nurse", NEED, 1, planner())
    assert "1 svar att godkänna, 1 enhet har inte svarat" in client().get("/planering/").text
    assert client().post(UNIT, {"do": "return-unit-answer", "text": ""}).status_code == 422
    assert client().post(UNIT, {"do": "return-unit-answer", "text": "Räkna om."}).status_code == 302
    assert "Räkna om." in client().get(UNIT).text
    entries.save(of(made), EntryKind.NEED, "nurse", NEED | {"have": "39"}, 1, planner())
    client().post(UNIT, {"do": "send-unit-answer"})
    client().post(UNIT, {"do": "approve-unit-answer"})
    assert of(made).state == AnswerState.APPROVED


def test_nothing_is_entered_before_the_first_day_or_after_the_last() -> None:
    made = plan()
    today = clock.today()
    entries.set_days(made, today + dt.timedelta(days=1), today + dt.timedelta(days=2), planner())
    with pytest.raises(Refused, match="answer-closed"):
        entries.save(of(made), EntryKind.NEED, "nurse", NEED, 1, planner())


def test_who_only_reads_writes_nothing_and_another_region_sees_nothing() -> None:
    plan()
    assert client(role=Role.PREPARER).get(UNIT).status_code == 200
    assert client(role=Role.PREPARER).post(UNIT, {"do": "send-unit-answer"}).status_code == 403
    assert client(role=Role.PREPARER).get(f"{UNIT}yrke/nurse/").status_code == 403
    assert client("12").get(UNIT).status_code == 404


def test_the_form_is_filled_in_in_excel_and_read_back() -> None:
    made = plan()
    sent = client().get(f"{ROUND}blankett/?enhet=barnkliniken&format=xlsx")
    book = openpyxl.load_workbook(io.BytesIO(sent.content))
    sheet = book.active
    heads = [cell.value for cell in sheet[1]]
    rows = {row[heads.index("Yrkeskod")].value: row for row in sheet.iter_rows(min_row=2)}
    assert len(rows) > 30  # one for each occupation
    rows["nurse"][heads.index("Behov om 1 år")].value = 46.5
    rows["midwife"][heads.index("Finns i dag")].value = 12
    kept = io.BytesIO()
    book.save(kept)
    file = SimpleUploadedFile("ifylld.xlsx", kept.getvalue())
    looked = client().post(f"{ROUND}las-in/", {"file": file, "do": "read"})
    assert looked.status_code == 200
    assert "46,5" in looked.text
    assert Entry.objects.filter(answer__plan=made, kind=EntryKind.NEED).count() == 1
    file.seek(0)
    assert client().post(f"{ROUND}las-in/", {"file": file, "do": "save"}).status_code == 302
    found = {each.code: each.content for each in Entry.objects.filter(answer=of(made), kind=EntryKind.NEED)}
    assert found["nurse"] == NEED | {"need_1": "46,5"}
    assert found["midwife"] == {"have": "12"}


def test_a_table_with_a_mistake_says_where_and_saves_nothing() -> None:
    made = plan()
    text = "Enhet;Yrkesgrupp;Antal i dag\nBarnkliniken;Barnmorska;tolv\n"
    answer = client().post(f"{ROUND}las-in/", {"text": text, "do": "save"})
    assert answer.status_code == 422
    assert "Rad 2" in answer.text
    assert "Barnkliniken;Barnmorska;tolv" in answer.text  # to be mended where it stands
    assert Entry.objects.filter(answer=of(made)).count() == 2


def test_a_form_over_an_older_version_keeps_what_others_have_written() -> None:
    made = plan()
    sent = client().get(f"{ROUND}blankett/?format=csv").content.decode("utf-8-sig")
    entries.save(of(made), EntryKind.NEED, "nurse", NEED | {"need_10": "60"}, 1, planner())
    text = sent.replace(";45,5;", ";47;")
    assert text != sent
    assert client().post(f"{ROUND}las-in/", {"text": text, "do": "save"}).status_code == 302
    entry = Entry.objects.get(answer=of(made), kind=EntryKind.NEED)
    assert (entry.content["need_0"], entry.content["need_10"]) == ("47", "60")


def test_a_plan_is_adopted_kept_as_a_paper_and_followed_up() -> None:
    made = plan()
    entries.step(of(made), "send-unit-answer", "", planner())
    typed = {
        "do": "adopt",
        "body": "Regionfullmäktige",
        "decided_on": clock.today().isoformat(),
        "registration_number": "RS 1",
    }
    assert "Välj först ett kört scenario" in client().post(PLAN, typed).text
    computed()
    assert client().post(PLAN, {"do": "scenario", "scenario": "prov"}).status_code == 302
    assert "väntar på att du godkänner" in client().post(PLAN, typed).text
    entries.step(of(made), "approve-unit-answer", "", planner())
    assert client().post(PLAN, {"do": "write", "abstract": "Vi satsar på ST.", "base": "0"}).status_code == 302
    assert "kommunerna" in client().get(f"{ROUND}summa/").text  # why the two differ
    answer = client().post(PLAN, typed)
    at = answer["Location"]
    assert at == f"{PLAN}antagen/1/"
    found = plans.adopted(made.owner).get()
    assert "Vi satsar på ST." in found.paper.content
    assert documents.first_difference() is None
    assert (
        client().post(at, {"action": "barnkliniken/1", "year": "2021", "state": "done", "done": ""}).status_code == 422
    )
    typed = {"action": "barnkliniken/1", "year": "2021", "state": "begun", "done": "Två har börjat."}
    assert client().post(at, typed).status_code == 302
    assert "Två har börjat." in client().get(at).text
    assert client().get(f"{at}fil/json/").json()["computed"]["synthetic"] is True


def test_a_later_plan_shows_what_differs_from_the_adopted_one() -> None:
    first = adopted()
    assert "Inget skiljer" in client().get(PLAN).text
    entries.step(of(first.plan), "return-unit-answer", "Räkna om.", planner())
    entries.save(of(first.plan), EntryKind.NEED, "nurse", NEED | {"have": "30"}, 1, planner())
    entries.step(of(first.plan), "send-unit-answer", "", planner())
    page = client().get(PLAN).text
    assert "<td>40</td><td>30</td>" in page
    with pytest.raises(Refused, match="plan-answers-wait"):
        adopting.adopt(first.plan, "Regionfullmäktige", clock.today(), "RS 2", planner())


@pytest.mark.parametrize("format", ["pdf", "docx"])
def test_the_adopted_document_is_the_same_bytes_each_time(format: str) -> None:
    adopted()
    address = f"{PLAN}antagen/1/fil/{format}/"
    one, other = (client().get(address) for _ in range(2))
    assert one.status_code == 200
    assert one.content == other.content


@pytest.mark.parametrize(
    "table", ["planner_adopted", "planner_actionfollowup", "planner_entryrevision", "planner_answerstep"]
)
def test_what_is_a_record_is_never_changed(table: str) -> None:
    found = adopted()
    adopting.follow_up(found, "barnkliniken/1", 2021, "done", "Klart.", planner())
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")


def test_what_the_demos_units_enter_holds() -> None:
    codes = {each.code for each in reference.data().occupations}
    for unit in planning_entries.UNITS:
        for action in planning_entries.ACTIONS.get(unit, ()):
            assert not list(action_findings(action, codes))
        for occupation, *figures, _why in planning_entries.NEEDS.get(unit, ()):
            assert occupation in codes
            assert all(full_time(each) is not None for each in figures)
