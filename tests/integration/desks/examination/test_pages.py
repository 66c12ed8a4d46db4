# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The payer's pages of examination: deciding, drawing, reading why, taking out; in the queue, as files, in English."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from overens.grants.models import Draw, ExaminationPolicy, Selection, TakenOut
from overens.records import clock
from overens.rules.process import Role
from tests.integration.desks.examination import deciding
from tests.integration.desks.examination.deciding import TEXT, client_of, sorted_as

HOME = "/utbetalning/granskning/2019/"
DECISION = {"registration_number": "KAM 2020/17", "decider": "Enhetschef", "reasons": "Granska med omdöme."}


def typed(**changed: Any) -> dict[str, Any]:
    return {"decided_on": clock.today().isoformat(), **DECISION, **changed}


def file_of(text: str | bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("policy.toml", text if isinstance(text, bytes) else text.encode())


@pytest.fixture
def officer(spring: None) -> Client:
    return client_of("KAM", Role.CASE_OFFICER)


@pytest.fixture
def drawn(officer: Client) -> Draw:
    deciding.adopt(TEXT)
    return deciding.draw()


def test_from_proposal_to_draw_by_the_pages(officer: Client) -> None:
    page = officer.get(HOME)
    assert page.context["decision"] is None
    assert {row["case"].key for row in page.context["unsorted"]} >= {"2019/regioner/20"}
    assert officer.get(HOME + "policy/0/").content.decode() == TEXT
    assert officer.post(HOME + "besluta/", typed()).status_code == 303
    assert ExaminationPolicy.objects.get().text == TEXT
    assert officer.get(HOME + "policy/1/").content.decode() == TEXT
    assert officer.get(HOME + "dra/").context["items"][0]["value"] == 5
    response = officer.post(HOME + "dra/", follow=True)
    assert response.redirect_chain[0][1] == 303
    assert "blir densamma" in response.content.decode()
    assert ExaminationPolicy.objects.get().seed in response.content.decode()
    again = officer.post(HOME + "dra/")
    assert again.status_code == 422
    assert "redan draget" in again.content.decode()
    assert Draw.objects.count() == 1
    page = officer.get(HOME)
    assert len(page.context["rows"]) == sum(row["total"] for row in page.context["statistics"]) == 5
    assert page.context["unsorted"] == []


def test_a_policy_of_ones_own_holds_word_for_word(officer: Client) -> None:
    own = TEXT.replace("threshold = 40", "threshold = 55").replace("number = 1\n", "number = 7\n")
    assert officer.post(HOME + "besluta/", typed(file=file_of(own))).status_code == 303
    assert ExaminationPolicy.objects.get().text == own
    assert officer.get(HOME).context["policy"].threshold == 55
    ended = officer.post(HOME + "stang-av/", typed())
    assert ended.status_code == 303
    assert officer.get(HOME).context["decision"] is None


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"registration_number": " "}, "registration_number", "Diarienummer saknas"),
        ({"reasons": ""}, "reasons", "Skäl saknas"),
        ({"decided_on": "2020-04-02"}, "decided_on", ""),
        ({"decided_on": "01/04/2020"}, "decided_on", ""),
        ({"file": file_of("threshold = = 1")}, "file", "TOML"),
        ({"file": file_of(TEXT.replace("percent = 10", "percent = 1000"))}, "file", "sample.percent"),
        ({"file": file_of(b"\xff\xfe\x00")}, "file", "UTF-8"),
        ({"file": file_of("#" * 100_001)}, "file", "större än 100 kB"),
    ],
)
def test_a_decision_typed_wrong_is_refused_at_its_field_with_the_rest_kept(
    officer: Client, changed: dict[str, Any], field: str, said: str
) -> None:
    if "file" in changed:
        changed["file"].seek(0)
    response = officer.post(HOME + "besluta/", typed(**changed))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert said in " ".join(response.context["form"].errors[field])
    assert "Enhetschef" in response.content.decode()
    assert not ExaminationPolicy.objects.exists()


def test_the_list_and_the_queue_are_narrowed_by_their_address(officer: Client, drawn: Draw) -> None:
    for way in ("always", "sample", "passes"):
        keys = {case.key for case in sorted_as(drawn, way)}
        assert {row["case"].key for row in officer.get(f"{HOME}?urval={way}").context["rows"]} == keys
        queue = officer.get(f"/utbetalning/?urval={way}")
        assert {row["case"].key for row in queue.context["rows"]} == keys
        assert f'<option value="{way}" selected>' in queue.content.decode()
    assert "passerar 2020-04-07" in officer.get("/utbetalning/?urval=passes").content.decode()
    assert not officer.get("/utbetalning/?urval=ovald").context["rows"]
    assert len(officer.get(f"{HOME}?urval=nonsense&sok=dalarna").context["rows"]) == 1


def test_the_list_is_had_as_a_file_and_so_is_the_draw(officer: Client, drawn: Draw) -> None:
    def rows(address: str) -> list[list[str]]:
        text = officer.get(address).content.decode("utf-8-sig")
        return list(csv.reader(io.StringIO(text), delimiter=";"))[1:]

    scores = dict(drawn.selections.values_list("report__case__key", "score"))
    assert {row[0]: int(row[3]) for row in rows(HOME + "?format=csv")} == scores
    of_draw = rows(f"{HOME}dragning/{drawn.pk}/?format=csv")
    assert {row[0]: int(row[3]) for row in of_draw} == scores
    assert sorted(row[4] for row in of_draw if row[4]) == [row[4] for row in of_draw if row[4]]


def test_a_case_says_why_in_words_and_an_officer_takes_it_out(officer: Client, drawn: Draw) -> None:
    always = next(case for case in sorted_as(drawn, "always") if case.recipient.code == "20")
    page = officer.get(f"/utbetalning/arende/{always.key}/")
    assert [(points, each.code) for points, each in page.context["risk"]["reasons"]] == [
        (50, "risk-attested-not-correct"),
        (25, "risk-giro-differs"),  # its bank has certified the new account since
    ]
    assert "inte att redovisningen är korrekt (alternativ 2)" in page.content.decode()
    assert "Kostnaderna för inhyrd personal" in page.content.decode()  # the evidence
    assert not page.context["risk"]["may_be_taken_out"]

    (case,) = sorted_as(drawn, "passes")
    step = f"/utbetalning/arende/{case.key}/ta-ut/"
    assert step in officer.get(f"/utbetalning/arende/{case.key}/").content.decode()
    assert list(officer.post(step, {"reason": " "}).context["form"].errors) == ["reason"]
    assert not client_of("KAM", Role.PAYER).get(step).context["allowed"]
    assert officer.post(step, {"reason": "Ny ekonomichef."}).status_code == 303
    assert TakenOut.objects.get().reason == "Ny ekonomichef."
    page = officer.get(f"/utbetalning/arende/{case.key}/").content.decode()
    assert "Ny ekonomichef." in page
    assert step not in page
    assert [row["total"] for row in officer.get(HOME).context["statistics"]] == [3, 0, 1, 1, 0]
    assert officer.post(step, {"reason": "Igen."}).status_code == 422


def test_what_came_of_it_is_counted_by_why(officer: Client, drawn: Draw) -> None:
    (sampled,) = sorted_as(drawn, "sample")
    officer.post(f"/utbetalning/arende/{sampled.key}/komplettera/", {"reason": "Förklara."})
    (large, *_rest) = sorted_as(drawn, "always")
    officer.post(f"/utbetalning/arende/{large.key}/godta/")
    counted = {str(row["label"]): row for row in officer.get(HOME).context["statistics"]}
    assert (counted["Granskas: stickprov"]["examined"], counted["Granskas: stickprov"]["returned"]) == (1, 1)
    assert (counted["Granskas: regel"]["examined"], counted["Granskas: regel"]["returned"]) == (1, 0)
    assert counted["Passerar enligt regel"]["waiting"] == 1


def test_who_is_no_officer_reads_and_is_offered_nothing(officer: Client, drawn: Draw) -> None:
    payer = client_of("KAM", Role.PAYER)
    page = payer.get(HOME)
    assert not page.context["is_officer"]
    assert HOME + "besluta/" not in page.content.decode()
    assert payer.get(f"{HOME}dragning/{drawn.pk}/").context["differences"] == []
    for step in ("besluta/", "stang-av/", "dra/"):
        assert not payer.get(HOME + step).context["allowed"]
        assert payer.post(HOME + step, typed()).status_code == 422
    assert ExaminationPolicy.objects.count() == 1


def test_pages_cost_a_bounded_number_of_queries_and_speak_english(officer: Client, drawn: Draw) -> None:
    case = Selection.objects.select_related("report__case").first().report.case  # type: ignore[union-attr]
    for address in ("/utbetalning/", "/utbetalning/granskning/", HOME, f"{HOME}dragning/{drawn.pk}/",
                    f"/utbetalning/arende/{case.key}/"):  # fmt: skip
        officer.cookies["django_language"] = "en"
        with CaptureQueriesContext(connection) as queries:
            text = officer.get(address).content.decode()
        assert len(queries) <= 60, address
        assert "oäng" not in text
        assert "tickprov" not in text


def test_an_agreement_that_is_not_there_is_not_found(officer: Client) -> None:
    for address in ("1999/", "1999/besluta/", "2019/policy/9/", "2019/dragning/99/", "2017-2018/dragning/1/"):
        assert officer.get(f"/utbetalning/granskning/{address}").status_code == 404, address
