# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages where a region writes: saving with and without a script, choosing, versions, comments, files."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from overens.demo.people import person
from overens.followup import burden, written
from overens.followup.actions import attaching, reviewing, writing
from overens.followup.models import BurdenMinutes, Part, Report, Round, Submission, Text, Thread
from overens.people.models import Organisation
from overens.records import clock
from overens.records.models import Document, DocumentVersion
from overens.rules.followup import prose
from overens.rules.followup.process import ReportState, RoundState
from overens.rules.process import Role
from tests.integration.chain.life import SCAN

AT = "/redogorelser/23/2019/redogorelse/"
KEY = "answer/1.1"
JSON = {"Accept": "application/json"}


def as_(code: str, role: Role) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person(code, role))
    return client


@pytest.fixture
def writer(report: Report) -> Client:
    return as_("23", Role.CONTRIBUTOR)


def test_start_and_overview_say_what_is_left(report: Report, writer: Client) -> None:
    assert "Redogörelse för arbetet under 2019" in writer.get("/redogorelser/").text
    assert "Redogörelse för arbetet under 2019" in writer.get("/region/").text
    writer.post(f"{AT}del/{KEY}/spara/", {"base": "0", "text": "Ledningen stödjer."})
    page = writer.get(AT).text
    assert "1 av 16 besvarade" in page
    assert "Hur stödjer ledningen" not in page.split("Det som är kvar")[1].split("</details>")[0]
    assert "Vad har ändrats i inriktningen" in page


def test_a_section_shows_the_questions_that_are_asked(report: Report, writer: Client) -> None:
    page = writer.get(f"{AT}avsnitt/3/").text
    assert 'id="question-3.1" aria-labelledby="q-2" data-when="3.0a" data-answers="yes" hidden' in page
    writer.post(f"{AT}del/answer/3.0a/spara/", {"base": "0", "choice": "yes"})
    assert 'data-answers="yes" hidden' in writer.get(f"{AT}avsnitt/3/").text  # 3.2 hangs on 3.0b
    assert (
        'id="question-3.1" aria-labelledby="q-2" data-when="3.0a" data-answers="yes">'
        in writer.get(f"{AT}avsnitt/3/").text
    )
    assert writer.get(f"{AT}avsnitt/99/").status_code == 404


def test_without_a_script_a_clash_leads_to_the_choice(report: Report, writer: Client) -> None:
    other = as_("23", Role.PREPARER)
    writer.post(f"{AT}del/{KEY}/spara/", {"base": "0", "text": "Ledningen."})
    other.post(f"{AT}del/{KEY}/spara/", {"base": "1", "text": "Ledningen stödjer."})
    answer = writer.post(f"{AT}del/{KEY}/spara/", {"base": "1", "text": "Ledningen följer upp."})
    assert answer.url == f"{AT}del/{KEY}/valj/3/"
    assert "Två texter att välja mellan" in writer.get(AT).text
    assert "Ledningen stödjer." in writer.get(answer.url).text
    assert writer.post(answer.url, {"own.text": "Egen text"}).status_code == 422
    assert "Egen text" in writer.post(answer.url, {"own.text": "Egen text"}).text
    assert writer.post(answer.url, {"way.text": "both"}).status_code == 302
    assert Part.objects.get(key=KEY).content["text"] == "Ledningen stödjer.\n\nLedningen följer upp."
    assert writer.get(answer.url).status_code == 302


def test_a_script_is_told_what_became_of_a_save(report: Report, writer: Client) -> None:
    first = writer.post(f"{AT}del/{KEY}/spara/", {"base": "0", "text": "A\u200b"}, headers=JSON).json()
    assert (first["made"], first["revision"], first["content"]["text"]) == (1, 1, "A")
    assert first["note"]
    assert first["others"] == []
    as_("23", Role.PREPARER).post(f"{AT}del/{KEY}/spara/", {"base": "1", "text": "A\n\nB"}, headers=JSON)
    told = writer.post(f"{AT}del/{KEY}/spara/", {"base": "1", "text": "A\n\nC"}, headers=JSON).json()
    assert told["content"]["text"] == "A\n\nB\n\nC"
    assert told["merged"]
    assert len(told["others"]) == 1
    assert writer.get(f"{AT}avsnitt/1/lage/").json()["parts"][KEY]["revision"] == 3


def test_a_script_of_nobody_is_told_to_log_in(report: Report) -> None:
    answer = Client(headers={"host": "127.0.0.1"}).post(f"{AT}del/{KEY}/spara/", {"text": "A"}, headers=JSON)
    assert answer.status_code == 401


def test_what_is_refused_is_kept_on_the_page(report: Report, writer: Client) -> None:
    much = "å" * (prose.LARGEST + 1)
    answer = writer.post(f"{AT}del/{KEY}/spara/", {"base": "0", "text": much})
    assert answer.status_code == 422
    assert much in answer.text
    assert "högst 200000" in answer.text.replace("\u00a0", "")
    Report.objects.filter(pk=report.pk).update(state=ReportState.SUBMITTED, submitted_at=clock.now())
    told = writer.post(f"{AT}del/{KEY}/spara/", {"base": "0", "text": "A"}, headers=JSON)
    assert (told.status_code, told.json()["code"]) == (422, "wrong-report-state")
    assert "inlämnad" in told.json()["refused"]


def test_what_is_typed_after_the_round_was_closed_is_saved(report: Report, writer: Client) -> None:
    Round.objects.filter(pk=report.round_id).update(state=RoundState.CLOSED, closed_at=clock.now())
    assert writer.post(f"{AT}del/{KEY}/spara/", {"base": "0", "text": "A"}, headers=JSON).status_code == 200
    assert "Rundan är stängd" in writer.get(f"{AT}avsnitt/1/").text


def test_hostile_text_is_text(report: Report, writer: Client) -> None:
    writer.post(f"{AT}del/{KEY}/spara/", {"base": "0", "text": "<script>alert(1)</script>\n\n</textarea><b>x"})
    for page in ("avsnitt/1/", "utskrift/", f"del/{KEY}/versioner/"):
        assert "<script>alert" not in writer.get(AT + page).text
        assert "</textarea><b>" not in writer.get(AT + page).text


def test_versions_and_going_back(report: Report, writer: Client) -> None:
    writer.post(f"{AT}del/{KEY}/spara/", {"base": "0", "text": "Ledningen stödjer."})
    writer.post(f"{AT}del/{KEY}/spara/", {"base": "1", "text": "Ledningen hindrar."})
    page = writer.get(f"{AT}del/{KEY}/versioner/").text
    assert "<del>stödjer.</del><ins>hindrar.</ins>" in page
    assert writer.post(f"{AT}del/{KEY}/versioner/1/").status_code == 302
    assert Part.objects.get(key=KEY).content == {"text": "Ledningen stödjer."}
    assert writer.get(f"{AT}del/answer/1.2/versioner/").status_code == 404


def test_a_change_voids_that_a_section_is_ready(report: Report, writer: Client) -> None:
    writer.post(f"{AT}del/{KEY}/spara/", {"base": "0", "text": "A"})
    assert writer.post(f"{AT}avsnitt/1/klart/").status_code == 302
    assert "ändrat efter" not in writer.get(AT).text
    writer.post(f"{AT}del/answer/1.2/spara/", {"base": "0", "text": "B"})
    assert "ändrat efter klarmarkering av" in writer.get(AT).text
    parts = list(report.parts.all())
    assert [part.key for part in written.ready(report, parts)["1"].changed] == ["answer/1.2"]


def test_comments_are_the_regions_own(report: Report, writer: Client) -> None:
    writer.post(f"{AT}del/{KEY}/spara/", {"base": "0", "text": "A"})
    assert writer.post(f"{AT}del/{KEY}/samtal/", {"text": " ", "quote": "A"}).status_code == 422
    writer.post(f"{AT}del/{KEY}/samtal/", {"text": "Stämmer det?", "quote": "A"})
    thread = Thread.objects.get()
    writer.post(f"{AT}samtal/{thread.pk}/", {"text": "Ja.", "do": "close"})
    page = writer.get(f"{AT}avsnitt/1/").text
    assert "Stämmer det?" in page
    assert "avslutat av" in page
    assert as_("12", Role.CONTRIBUTOR).get(f"{AT}avsnitt/1/").status_code == 404


def test_the_asker_sees_how_far_only_when_it_is_shown(report: Report, writer: Client) -> None:
    leader = as_("23", Role.PREPARER)
    assert written.progress_shown_of([report]).get(report.pk) is None
    writer.post(f"{AT}visa/", {"do": "show"})  # a contributor may not
    assert written.progress_shown_of([report]).get(report.pk) is None
    leader.post(f"{AT}visa/", {"do": "show"})
    shown = written.progress_shown_of([report]).get(report.pk)
    assert shown
    assert shown.answered == 0
    assert set(written.progress_shown_of([report])) == {report.pk}
    leader.post(f"{AT}visa/", {"do": "hide"})
    assert written.progress_shown_of([report]).get(report.pk) is None
    assert written.progress_shown_of([report]) == {}


def test_files_are_added_and_taken_away(report: Report, writer: Client) -> None:
    assert writer.post(f"{AT}bilagor/", {"title": ""}).status_code == 422
    answer = writer.post(f"{AT}bilagor/", {"title": "Plan", "file": SimpleUploadedFile("plan.png", SCAN)})
    assert answer.status_code == 302
    (attached,) = attaching.files_of(report)
    assert writer.get(f"{AT}bilagor/{attached.pk}/").content == SCAN
    assert as_("12", Role.CONTRIBUTOR).get(f"{AT}bilagor/{attached.pk}/").status_code == 404
    writer.post(f"{AT}bilagor/{attached.pk}/ta-bort/")
    assert attaching.files_of(report) == []
    assert writer.get(f"{AT}bilagor/{attached.pk}/").status_code == 404


def test_last_years_text_is_a_start(report: Report, writer: Client) -> None:
    assert writer.get(f"{AT}del/{KEY}/forra-aret/").status_code == 404
    before = earlier_report(report, "Ledningen stödjer arbetet.")
    assert written.earlier(report) == before
    assert "Utgå från förra redogörelsens text" in writer.get(f"{AT}avsnitt/1/").text
    assert writer.post(f"{AT}del/{KEY}/forra-aret/").status_code == 302
    part = Part.objects.get(report=report, key=KEY)
    assert part.content == {"text": "Ledningen stödjer arbetet."}
    assert part.revisions.get().prefilled
    writer.post(f"{AT}del/{KEY}/spara/", {"base": "1", "text": "Ledningen leder arbetet."})
    assert "<del>stödjer</del><ins>leder</ins>" in writer.get(f"{AT}del/{KEY}/forra-aret/").text
    assert burden.fields_of(report) == burden.Fields(asked=20, written=1, prefilled=1, changed=1)


def earlier_report(report: Report, text: str) -> Submission:
    """A report of the year before, handed in by the same region, with one answer."""
    round = Round.objects.create(
        key="2018/redogorelse", agreement="2018", code="redogorelse", kind=report.round.kind, asker=report.round.asker,
        about_from="2018-01-01", about_to="2018-12-31", state=RoundState.CLOSED, opened_at=clock.now(),
        closed_at=clock.now(),
    )  # fmt: skip
    old = Report.objects.create(
        key="2018/redogorelse/23", round=round, respondent=report.respondent, state=ReportState.ACCEPTED,
        submitted_at=clock.now(), changed_at=clock.now(),
    )  # fmt: skip
    mandate = person("23", Role.PREPARER).mandates.first()
    document = Document.objects.create(kind="activity-report", subject=old.key, organisation=old.respondent)
    version = DocumentVersion.objects.create(
        document=document, number=1, kind="activity-report", content="{}", sha256="0" * 64, mandate=mandate,
        effective_at=clock.now(),
    )  # fmt: skip
    made = Submission.objects.create(
        report=old, version=version, organisation=old.respondent, agreement="2018", year=2018, received_at=clock.now()
    )
    Text.objects.create(submission=made, place=f"{KEY}#text", heading="1.1", body=text)
    return made


def test_minutes_are_kept_without_a_person(report: Report, writer: Client) -> None:
    for minutes in ("1", "0", "9999", "x", "2"):
        writer.post(f"{AT}avsnitt/1/minuter/", {"minutes": minutes, "first": "1"})
    kept = BurdenMinutes.objects.get()
    assert (kept.minutes, kept.sittings) == (3, 2)
    assert "för få än" in writer.get(f"{AT}arbete/").text


def test_a_round_is_shown_from_three_respondents_on(report: Report) -> None:
    round = report.round
    for number, code in enumerate(("01", "03", "04"), start=1):
        assert burden.burden(round) is None
        other = Report.objects.with_parties().get(key=f"2019/redogorelse/{code}")
        writing.save(other, KEY, {"text": "A"}, 0, person(code, Role.CONTRIBUTOR))
        BurdenMinutes.objects.create(report=other, section="1", minutes=10 * number)
    made = burden.burden(round)
    assert made
    assert (made.respondents, made.written) == (3, 1)
    assert made.minutes["1"] == (20, 3)
    assert made.minutes["2"] is None


def test_the_whole_is_read_and_printed(report: Report, writer: Client) -> None:
    writing.save(report, KEY, {"text": "Ledningen.\n\n- ett\n- två"}, 0, person("23", Role.CONTRIBUTOR))
    writing.save(report, "count/6.1", {"2019...": "12"}, 0, person("23", Role.CONTRIBUTOR))
    page = writer.get(f"{AT}utskrift/").text
    assert "UTKAST" in page
    assert "<ul><li>ett</li><li>två</li></ul>" in page
    assert "12" in page
    reviewing.show_progress(report, person("23", Role.PREPARER))
    assert Organisation.objects.get(code="SOS").pk == report.round.asker_id


def test_the_association_writes_its_own(report: Report) -> None:
    assert "SKL:s verksamhetsrapport" in as_("SKL", Role.CONTRIBUTOR).get("/redogorelser/").text
    page = as_("SKL", Role.CONTRIBUTOR).get("/redogorelser/SKL/2019/rapport-skl/avsnitt/lakemedelslista/")
    assert "läkemedelslistan" in page.text
