# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of a version: laid in, signed for each party by who may, approved, and read by the public once in force."""

from __future__ import annotations

import html
import re

import pytest
from django.http import HttpResponse
from django.test import Client

from overens.agreements.models import AgreementVersion
from overens.demo.people import person
from overens.followup.actions import following
from overens.followup.models import Round
from overens.followup.reading import asked
from overens.people.models import Notice
from overens.rules import reading
from overens.rules.process import Role

pytestmark = pytest.mark.usefixtures("demo")
TEXT = reading.find("2019").read_text("utf-8")
OTHER_WORDS = TEXT.replace("Hur stödjer ledningen", "Hur stöder ledningen", 1)
PAGE = "/forhandling/overenskommelse/2019/2/"
APPROVE = "/departementet/beslut/2019/godkann/"
MINUTES = {
    "decided_on": "2019-11-27",
    "registration_number": "S2019/7",
    "decider": "Regeringen",
    "presenting_officer": "",
    "reasons": "Ändringen godkänns.",
}


def client(code: str = "SOC", role: Role = Role.NEGOTIATOR) -> Client:
    logged_in = Client(headers={"host": "127.0.0.1", "accept-language": "sv"})
    logged_in.force_login(person(code, role))
    return logged_in


def words(response: HttpResponse) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", response.content.decode())).split())


def laid_in(text: str = OTHER_WORDS) -> None:
    answer = client().post("/forhandling/lagg-in/", {"text": text, "confirmed": "yes", "signing": "here"})
    assert (answer.status_code, answer["Location"]) == (303, PAGE)


def sign(code: str, party: str) -> HttpResponse:
    return client(code, Role.AUTHORISED_SIGNATORY).post(f"{PAGE}underskrift/", {"party": party})


def test_from_a_text_to_one_in_force_on_the_pages() -> None:
    laid_in()
    assert "Fråga 1.1 får andra ord" in words(client().get(PAGE))
    assert client().get("/overenskommelser/2019/text/docx/?version=2").status_code == 404
    signatory = client("SKL", Role.AUTHORISED_SIGNATORY)
    assert "Skriv under överenskommelse 2019, version 2" in words(signatory.get("/region/"))
    assert "Skriv under för Sveriges Kommuner och Landsting" in words(signatory.get(PAGE))
    officer = client("SOC", Role.MINISTRY_OFFICER)
    early = officer.post(APPROVE, MINUTES)
    assert early.status_code == 422
    assert AgreementVersion.objects.current().get(code="2019").number == 1
    assert sign("SKL", "SKL").status_code == 303
    assert sign("SOC", "REG").status_code == 303
    assert "Godkänn ändringen av överenskommelse 2019" in words(officer.get("/departementet/"))
    assert "Fråga 1.1 får andra ord" in words(officer.get(APPROVE))
    assert officer.post(APPROVE, MINUTES).status_code == 303
    public = words(Client(headers={"host": "127.0.0.1"}).get("/overenskommelser/2019/versioner/"))
    assert "Vad som ändrades från version 1" in public
    assert "S2019/7" in public
    assert "Vad ändringen ledde till" in words(client().get(PAGE))


def test_who_may_not_sign_is_told_why_and_nothing_is_signed() -> None:
    laid_in()
    refused = sign("SKL", "REG")
    assert refused.status_code == 422
    assert "Det gick inte" in words(refused)
    assert client().post(f"{PAGE}underskrift/", {"party": "REG"}).status_code == 422
    assert client("SOC", Role.ADMINISTRATOR).get(PAGE).status_code == 403
    assert not AgreementVersion.objects.get(code="2019", number=2).signatures.exists()


def test_an_open_round_asks_what_the_amendment_asks_and_keeps_what_is_written() -> None:
    round = Round.objects.get(key="2019/redogorelse")
    written = dict(round.reports.get(respondent__code="23").parts.values_list("key", "content"))
    before = round.versions.count()
    laid_in()
    assert following.follow("2019") == []
    sign("SKL", "SKL")
    sign("SOC", "REG")
    client("SOC", Role.MINISTRY_OFFICER).post(APPROVE, MINUTES)
    (made,) = following.follow("2019")
    assert following.follow("2019") == []
    round = Round.objects.get(key="2019/redogorelse")
    assert (round.versions.count(), made.number) == (before + 1, before + 1)
    assert asked(round).question("1.1").text.startswith("Hur stöder ledningen")
    assert dict(round.reports.get(respondent__code="23").parts.values_list("key", "content")) == written
    assert Notice.objects.filter(code="round-amended").count() == 21
    assert client("23", Role.PREPARER).get("/redogorelser/23/2019/redogorelse/").status_code == 200


def test_the_text_is_a_file_for_the_parties_and_for_everybody() -> None:
    word = client("SKL").get("/forhandling/overenskommelse/2019/1/text/docx/")
    assert word.content[:2] == b"PK"
    assert 'filename="2019-v1.docx"' in word["Content-Disposition"]
    pdf = Client(headers={"host": "127.0.0.1"}).get("/overenskommelser/2019/text/pdf/")
    assert pdf.content[:5] == b"%PDF-"
    assert Client(headers={"host": "127.0.0.1"}).get("/overenskommelser/2019/text/odt/").status_code == 404
