# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The analyst's pages: what is typed wrong is said at its field and kept; another's round is not there."""

from __future__ import annotations

import tomllib
from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from overens.demo.people import person
from overens.followup.actions import rounds, talking
from overens.followup.actions.performing import performing
from overens.followup.models import Commission, Report, Round, Showing, UndertakingStep
from overens.followup.reading import asked
from overens.records import clock
from overens.rules import reading
from overens.rules.process import Role
from tests.integration.chain.life import SCAN
from tests.integration.followup.written import hand_in, write

ROUND = "/uppfoljning/rundor/2019/redogorelse/"


def client(code: str, role: Role) -> Client:
    found = Client(headers={"host": "127.0.0.1"}, raise_request_exception=True)
    found.force_login(person(code, role))
    return found


@pytest.fixture
def prepared(world: None) -> Round:
    return next(each for each in rounds.prepare("2019") if each.code == "redogorelse")


@pytest.fixture
def analyst(prepared: Round) -> Client:
    return client("SOS", Role.ANALYST)


QUESTION: dict[str, Any] = {
    "base": "1", "text": "Vad gör ledningen?", "text_en": "", "guidance": "", "guidance_en": "", "type": "narrative",
    "required": "on", "per": "recipient", "words": "250", "count": "", "years": "", "section": "1", "id": "1.1",
    "source": "", "reason": "Tydligare fråga",
}  # fmt: skip


def test_every_page_opens(analyst: Client) -> None:
    for address in (
        "", "rundor/", "rundor/ny/", "rundor/2019/redogorelse/", "rundor/2019/redogorelse/arbete/",
        "rundor/2019/redogorelse/fragor/",
        "rundor/2019/redogorelse/fragor/forhandsvisning/", "rundor/2019/redogorelse/fragor/grund/",
        "rundor/2019/redogorelse/fragor/versioner/", "rundor/2019/redogorelse/fragor/las-in/",
        "rundor/2019/redogorelse/fragor/avsnitt/3/", "rundor/2019/redogorelse/fragor/avsnitt/3/ny-fraga/",
        "rundor/2019/redogorelse/fragor/nytt-avsnitt/", "rundor/2019/redogorelse/fragor/fraga/3.1/",
        "rundor/2019/redogorelse/fragor/ta-bort/fraga/3.1/", "rundor/2019/redogorelse/svar/",
        "rundor/2019/redogorelse/svar/paminn/", "rundor/2019/redogorelse/gor/oppna/", "antal/", "uppdrag/",
        "uppdrag/nytt/", "ataganden/", "ataganden/2019/lakare/",
    ):  # fmt: skip
        assert analyst.get(f"/uppfoljning/{address}").status_code == 200, address
    assert Client().get("/fakta/ataganden/", headers={"host": "127.0.0.1"}).status_code == 200


def test_a_question_is_edited(analyst: Client, prepared: Round) -> None:
    page = f"{ROUND}fragor/fraga/1.1/"
    assert analyst.post(page, QUESTION).status_code == 303
    question = asked(prepared).question("1.1")
    assert (question.text, question.words) == ("Vad gör ledningen?", 250)
    assert "Tydligare fråga" in analyst.get(ROUND).text
    versions = analyst.get(f"{ROUND}fragor/versioner/").text
    assert "Vad gör ledningen?" in versions
    assert "Hur stödjer ledningen" in versions


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"type": "count", "words": ""}, "years", "saknas"),
        ({"type": "choice", "words": ""}, "type", "minst två svar"),
        ({"type": "choice"}, "words", "hör inte till en fråga"),
        ({"id": "1 1"}, "id", "1 1"),
        ({"id": "1.2"}, "id", "1.2"),
        ({"years": "i fjol", "type": "count", "words": ""}, "years", "inget år"),
        ({"reason": ""}, "reason", "skälet"),
        ({"text": ""}, "text", "måste fyllas i"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    analyst: Client, seen_context: None, typed: dict[str, str], field: str, said: str
) -> None:
    response = analyst.post(f"{ROUND}fragor/fraga/1.1/", QUESTION | typed)
    assert response.status_code == 422
    form = response.context["form"]
    assert said in " ".join(form.errors.get(field, [])), form.errors
    assert "Tydligare fråga" in response.text or not typed.get("reason", "x"), "what was typed is kept"


def test_two_edit_at_once(analyst: Client) -> None:
    assert analyst.post(f"{ROUND}fragor/fraga/1.1/", QUESTION).status_code == 303
    second = analyst.post(f"{ROUND}fragor/fraga/1.2/", QUESTION | {"id": "1.2", "text": "Annat"})
    assert second.status_code == 422
    assert "har ändrat rundan" in second.text
    assert "Annat" in second.text


def test_a_removed_question_that_another_depends_on_is_named(analyst: Client) -> None:
    response = analyst.post(f"{ROUND}fragor/ta-bort/fraga/3.0a/", {"base": "1", "reason": "Bort"})
    assert response.status_code == 422
    assert "Fråga 3.1" in response.text


def test_a_new_question_of_choice_with_a_condition(analyst: Client, prepared: Round) -> None:
    typed = QUESTION | {
        "id": "3.9", "type": "choice", "words": "", "section": "3", "when": ["3.0a/yes", "3.0a/planned"],
        "choice.id": ["a", "b", ""], "choice.label": ["Ja", "Nej", ""], "choice.label_en": ["Yes", "", ""],
    }  # fmt: skip
    assert analyst.post(f"{ROUND}fragor/avsnitt/3/ny-fraga/", typed).status_code == 303
    question = asked(prepared).question("3.9")
    assert question.when is not None
    assert question.when.answers == ("yes", "planned")
    assert [choice.label for choice in question.choices] == ["Ja", "Nej"]
    wrong = analyst.post(f"{ROUND}fragor/fraga/3.9/", typed | {"base": "2", "when": ["3.0a/yes", "3.0b/no"]})
    assert wrong.status_code == 422
    assert "en och samma fråga" in wrong.text


def test_moved_and_sections(analyst: Client, prepared: Round) -> None:
    move = {"what": "fraga-1.2", "by": "earlier", "base": "1"}
    assert analyst.post(f"{ROUND}fragor/flytta/", move).headers["Location"].endswith("#fraga-1.2")
    assert [each.id for each in asked(prepared).section("1").questions] == ["1.2", "1.1"]
    section = {
        "base": "2", "title": "Uppdrag", "title_en": "", "guidance": "", "guidance_en": "", "filled_in_by": "",
        "filled_in_by_en": "", "id": "8", "reason": "Nytt",
    }  # fmt: skip
    assert analyst.post(f"{ROUND}fragor/nytt-avsnitt/", section).status_code == 303
    assert analyst.post(f"{ROUND}fragor/nytt-avsnitt/", section | {"base": "3"}).status_code == 422
    full = analyst.post(f"{ROUND}fragor/ta-bort/avsnitt/1/", {"base": "3", "reason": "Bort"})
    assert full.status_code == 422
    assert "har frågor" in full.text
    assert analyst.post(f"{ROUND}fragor/ta-bort/avsnitt/8/", {"base": "3", "reason": "Bort"}).status_code == 303


def test_the_file_goes_out_and_in(analyst: Client, prepared: Round) -> None:
    text = analyst.get(f"{ROUND}fragor/fil/").text
    assert tomllib.loads(text)["round"][0]["id"] == "redogorelse"
    same = analyst.post(f"{ROUND}fragor/las-in/", {"text": text, "base": "1"})
    assert "Inget ändras" in same.text
    broken = analyst.post(f"{ROUND}fragor/las-in/", {"text": text.replace('"narrative"', '"roman"', 1), "base": "1"})
    line = next(number for number, each in enumerate(text.splitlines(), start=1) if each == 'type = "narrative"')
    assert broken.status_code == 422
    assert f"rad {line}" in broken.text
    other = text.replace("words = 600", "words = 500", 1)
    shown = analyst.post(f"{ROUND}fragor/las-in/", {"text": other, "base": "1"})
    assert "Det här ändras" in shown.text
    assert prepared.versions.count() == 1
    typed = {"text": other, "base": "1", "confirmed": "yes", "reason": "Från filen"}
    assert analyst.post(f"{ROUND}fragor/las-in/", typed).status_code == 303
    assert asked(prepared).question("1.1").words == 500
    new = {"agreement": "2019", "text": text.replace('"redogorelse"', '"extra"', 1), "reason": "Till"}
    assert analyst.post("/uppfoljning/rundor/ny/", new).status_code == 303
    assert Round.objects.get(key="2019/extra").state == "preparing"


def test_opening_extending_reminding_and_closing(analyst: Client, prepared: Round) -> None:
    assert analyst.post(f"{ROUND}gor/oppna/", {}).status_code == 303
    assert "ligger fast" in analyst.get(f"{ROUND}fragor/fraga/1.1/").text
    assert analyst.post(f"{ROUND}fragor/fraga/1.1/", QUESTION).status_code == 422
    assert analyst.post(f"{ROUND}gor/forlang/", {"respondent": "23", "day": "2020-05-01"}).status_code == 422
    extended = {"respondent": "23", "day": "2020-05-01", "reason": "Sjukdom"}
    assert analyst.post(f"{ROUND}gor/forlang/", extended).status_code == 303
    table = analyst.get(f"{ROUND}svar/?lage=ej-inlamnade&sok=jämt").text
    assert "Region Jämtland Härjedalen" in table
    assert "Region Skåne" not in table
    assert analyst.get(f"{ROUND}svar/?format=csv").content.decode("utf-8-sig").count("\r\n") == 22
    assert analyst.get(f"{ROUND}svar/?format=xlsx").content.startswith(b"PK")
    assert analyst.post(f"{ROUND}svar/paminn/", {"text": "Hej"}).status_code == 422
    assert analyst.post(f"{ROUND}svar/paminn/?for=23", {"text": "Hej", "whom": ["23"]}).status_code == 303
    assert "Hej" in client("23", Role.PREPARER).get("/region/").text
    assert analyst.post(f"{ROUND}gor/stang/", {"reason": "Klart"}).status_code == 303
    assert analyst.post(f"{ROUND}gor/stang/", {"reason": "Klart"}).status_code == 422
    assert analyst.post(f"{ROUND}gor/oppna-igen/", {"reason": "En till"}).status_code == 303


def test_another_askers_round_is_not_there(prepared: Round) -> None:
    ministry = client("SOC", Role.MINISTRY_OFFICER)
    assert ministry.get(ROUND).status_code == 404
    assert ministry.get("/uppfoljning/rundor/2019/rapport-skl/").status_code == 200
    assert ministry.post("/uppfoljning/rundor/2019/rapport-skl/gor/oppna/", {}).status_code == 303
    assert client("23", Role.PREPARER).get(ROUND).status_code == 403
    administrator = client("SOS", Role.ADMINISTRATOR)
    assert "tillåter det inte" in administrator.get(f"{ROUND}gor/oppna/").text
    assert administrator.post(f"{ROUND}gor/oppna/", {}).status_code == 422


def test_the_commission_begins_with_the_agreements_days(prepared: Round, analyst: Client) -> None:
    typed = {
        "agreement": "2017-2018", "title": "Följa upp professionsmiljarden", "text": "", "registration_number": "",
        "decided_by": "Regeringen", "decided_on": "2017-03-01",
    }  # fmt: skip
    assert analyst.post("/uppfoljning/uppdrag/nytt/", typed | {"title": ""}).status_code == 422
    assert analyst.post("/uppfoljning/uppdrag/nytt/", typed).status_code == 303
    found = Commission.objects.get()
    oral = found.deliverables.get(deadline="second-oral-account")
    assert (oral.form, str(oral.due)) == ("oral", "2018-10-01")
    page = f"/uppfoljning/uppdrag/{found.pk}/"
    given = {"what": oral.what, "form": "oral", "to_whom": "Departementet", "due": "2018-10-01", "note": "Lämnad."}
    assert analyst.post(f"{page}leverans/{oral.pk}/", given | {"delivered_on": "2031-01-01"}).status_code == 422
    scan = BytesIO(SCAN)
    scan.name = "bilder.png"
    assert (
        analyst.post(f"{page}leverans/{oral.pk}/", given | {"delivered_on": "2018-10-01", "file": scan}).status_code
        == 303
    )
    assert analyst.get(f"{page}leverans/{oral.pk}/fil/").content == SCAN
    assert (
        analyst.post(f"{page}samrad/", {"kind": "consultation", "with_whom": "", "on": "2018-01-01"}).status_code == 422
    )
    talked = {"kind": "consultation", "with_whom": "SKL och Vårdförbundet", "on": "2018-01-15", "notes": "Frågorna."}
    assert analyst.post(f"{page}samrad/", talked).status_code == 303
    shown = analyst.get(page).text
    assert "SKL och Vårdförbundet" in shown
    assert 'Lämnat <time datetime="2018-10-01">' in shown
    assert "SKL och" in analyst.get(f"{page}?format=csv").content.decode("utf-8-sig")
    assert analyst.get(f"{page}?format=ics").content.startswith(b"BEGIN:VCALENDAR")
    assert client("SOC", Role.MINISTRY_OFFICER).get(page).status_code == 404


def test_each_party_says_how_far_its_own_undertakings_have_come(prepared: Round) -> None:
    skl, ministry = client("SKL", Role.PREPARER), client("SOC", Role.MINISTRY_OFFICER)
    page = "/uppfoljning/ataganden/2019/exempel/"
    assert skl.post(page, {"state": "done", "evidence": ""}).status_code == 422
    assert skl.post(page, {"state": "under-way", "evidence": "Två konferenser."}).status_code == 303
    assert ministry.post(page, {"state": "done", "evidence": "Nej."}).status_code == 422
    assert (
        ministry.post(
            "/uppfoljning/ataganden/2019/lakare/", {"state": "not-done", "evidence": "Sköts upp."}
        ).status_code
        == 303
    )
    assert UndertakingStep.objects.count() == 2
    public = Client().get("/fakta/ataganden/", headers={"host": "127.0.0.1"}).text
    assert "Två konferenser." in public
    assert "Blev inte av" in public
    assert len(reading.shipped("2019").undertakings) == public.count('<th scope="row">')


def test_a_question_goes_to_the_region_and_its_answer_back(open_rounds: list[Round]) -> None:
    analyst, region = client("SOS", Role.ANALYST), client("23", Role.CONTRIBUTOR)
    ask = f"{ROUND}svar/23/fraga/"
    assert analyst.get(ask).status_code == 404, "what is being written is the region's own"
    Report.objects.filter(key="2019/redogorelse/23").update(state="submitted", submitted_at=clock.now())
    assert "1.1. Hur stödjer" in analyst.get(f"{ask}?part=answer/1.1&quote=Ledningen").text
    typed = {"part_key": "answer/1.1", "quote": "Ledningen stödjer", "text": ""}
    assert analyst.post(ask, typed).status_code == 422
    assert analyst.post(ask, typed | {"part_key": "answer/9.9", "text": "Hur?"}).status_code == 422
    asked_at = analyst.post(ask, typed | {"text": "Hur märks det?"}).headers["Location"]
    own = "/redogorelser/23/2019/redogorelse/fragor/"
    assert "Hur märks det?" in region.get(own).text
    assert client("12", Role.CONTRIBUTOR).get(own).status_code == 404
    number = asked_at.rstrip("/").rsplit("/", 1)[1]
    assert "har en fråga om redogörelsen" in client("23", Role.PREPARER).get("/region/").text
    assert region.post(f"{own}{number}/", {"text": ""}).status_code == 422
    assert region.post(f"{own}{number}/", {"text": "På mötena."}).status_code == 303
    assert "Läs svaret från Region Jämtland" in analyst.get("/uppfoljning/").text
    assert "På mötena." in analyst.get(asked_at).text
    assert "Med öppna frågor" in analyst.get(f"{ROUND}svar/?lage=fragor").text
    assert analyst.post(asked_at, {"do": "close"}).status_code == 303
    assert "Inga frågor i urvalet" in analyst.get(f"{ROUND}fragor-tillbaka/").text
    assert "Avslutad fråga" in analyst.get(f"{ROUND}fragor-tillbaka/?lage=alla").text


def test_how_far_one_has_come_is_seen_only_when_it_is_shown(open_rounds: list[Round]) -> None:
    report = Report.objects.get(key="2019/redogorelse/23")
    analyst = client("SOS", Role.ANALYST)
    assert "Så långt" not in analyst.get(f"{ROUND}svar/").text
    with performing("show-progress", report, person("23", Role.PREPARER)) as p:
        Showing.objects.create(report=report, mandate=p.by, shown_at=p.at)
    assert "0 %" in analyst.get(f"{ROUND}svar/").text


def test_a_received_report_has_its_questions_beside_its_parts(open_rounds: list[Round]) -> None:
    report = Report.objects.with_parties().get(key="2019/redogorelse/23")
    write(report)
    hand_in(report)
    analyst = client("SOS", Role.ANALYST)
    page = "/uppfoljning/2019/redogorelse/23/"
    assert f'href="{ROUND}svar/23/fraga/?part=answer%2F1.1"' in analyst.get(page).text
    talking.open_thread(report, "answer/1.1", "", "question", "Hur märks det?", person("SOS", Role.ANALYST))
    shown = analyst.get(page).text
    assert shown.count("Hur märks det?") == 1
    assert shown.count("Väntar på svar") == 2
    assert f'href="{page}"' in analyst.get(f"{ROUND}svar/").text
