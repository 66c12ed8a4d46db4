# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A printed annex at the negotiators' desk: read, refused with what was typed kept, and downloaded."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from overens.demo.people import person
from overens.rules.process import Role

pytestmark = pytest.mark.usefixtures("demo")
PAGE = "/forhandling/bilaga/"
PRINTED = (Path(__file__).parents[2] / "data/allocation_2017_2018.csv").read_text("utf-8")


def client(code: str = "SOC", role: Role = Role.NEGOTIATOR) -> Client:
    logged_in = Client(headers={"host": "127.0.0.1"})
    logged_in.force_login(person(code, role))
    return logged_in


def words(response: HttpResponse) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", response.content.decode())).split())


def test_negotiators_of_both_parties_read_an_annex() -> None:
    for code in ("SOC", "SKL"):
        response = client(code).post(PAGE, {"text": PRINTED})
        assert response.status_code == 200
        text = words(response)
        assert "Alla belopp går att räkna fram" in text
        assert "avrundat med resten på den största" in text
        assert "9 967 637" in text
    assert client("SOC", Role.MINISTRY_OFFICER).post(PAGE, {"text": PRINTED}).status_code == 403


def test_a_misprint_is_pointed_out_and_the_text_is_kept() -> None:
    wrong = PRINTED.replace("23664708", "23646708")
    text = words(client().post(PAGE, {"text": wrong, "weights": "recovered-2016"}))
    assert "41 av 42 belopp går att räkna fram" in text
    assert "03 Region Uppsala, stimulus_sek: tryckt är 23 646 708 kr" in text
    assert "två siffror har bytt plats" in text
    assert "03,Region Uppsala,23646708" in text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"text": ""}, "Klistra in tabellen eller välj en fil."),
        ({"text": "Regeringen har beslutat."}, "Ingen tabell känns igen"),
        ({"text": PRINTED, "total": "544 99 160"}, "544 99 160"),
        ({"text": PRINTED, "total": "955 000 000"}, "Tabellen har 2 kolumner med belopp"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_was_typed_kept(typed: dict[str, str], said: str) -> None:
    response = client().post(PAGE, typed)
    assert response.status_code == 422
    assert said in words(response)
    assert typed["text"][:40] in words(response)
    assert typed.get("total", "") in response.content.decode()


def test_a_file_is_read_and_its_text_stays_on_the_page() -> None:
    file = SimpleUploadedFile("bilaga.csv", PRINTED.encode("utf-8-sig"))
    text = words(client().post(PAGE, {"file": file}))
    assert "Alla belopp går att räkna fram" in text
    assert "03,Region Uppsala,23664708" in text
    assert client().post(PAGE, {"file": SimpleUploadedFile("bilaga.csv", b"\xff\xfe\xfa")}).status_code == 422


def test_the_answer_is_downloaded_in_three_forms() -> None:
    answer = json.loads(client().post(PAGE, {"text": PRINTED, "export": "json"}).content)
    assert answer["explained"]
    assert answer["columns"][0]["explanations"][0]["roundings"] == ["rest-on-largest"]
    rows = client().post(PAGE, {"text": PRINTED, "export": "csv"}).content.decode("utf-8-sig").splitlines()
    assert rows[2].startswith("03;Region Uppsala;23664708;23664708;0;")
    assert client().post(PAGE, {"text": PRINTED, "export": "xlsx"}).content[:2] == b"PK"
