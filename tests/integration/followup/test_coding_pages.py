# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from overens.followup import agreeing, coded
from overens.followup.actions import codebooks, coding, second, suggesting
from overens.followup.models import Coding, Report, SavedSearch, Suggestion, Text
from overens.people.models import Person
from overens.rules.followup import codebook_file
from overens.rules.followup.passages import paragraphs
from overens.rules.process import Role
from tests.integration.followup.coded_world import SERVICE, analyst, colleague, hand_in, place_of


def client_of(person: Person) -> Client:
    made = Client(headers={"host": "127.0.0.1"})
    made.force_login(person)
    return made


@pytest.fixture
def client(report: Report) -> Client:
    return client_of(analyst())


@pytest.fixture
def text(client: Client, report: Report) -> Text:
    codebooks.adopt(analyst())
    (made,) = hand_in(report, {"answer/2.1#text": SERVICE})
    return made


def shown(response: HttpResponse, status: int = 200) -> str:
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()


def test_before_there_is_a_codebook_every_page_offers_one(client: Client) -> None:
    for name in ("coding", "themes", "codebook", "second", "carry", "theme-new", "choose"):
        assert "kodbok 1" in shown(client.get(reverse(f"analyst-{name}")))
    shown(client.get(reverse("analyst-search")))
    assert client.post(reverse("analyst-codebook-adopt")).status_code == 303
    assert "Utgåva 1" in shown(client.get(reverse("analyst-codebook")))


def test_words_that_are_selected_become_a_mark_that_is_shown_and_can_be_removed(client: Client, text: Text) -> None:
    start, end = place_of(text, "vårdnära service")
    sent = {"start": start, "end": end, "themes": ["vns", "kompetensmix"], "mention": "does", "note": "På alla"}
    response = client.post(reverse("analyst-mark", args=[text.pk]), sent)
    assert response.status_code == 303
    page = shown(client.get(reverse("analyst-text", args=[text.pk])))
    assert '<mark class="coded is-2">vårdnära service</mark>' in page
    first = Coding.objects.standing().first()
    assert first
    assert client.post(reverse("analyst-unmark", args=[first.pk])).status_code == 303
    page = shown(client.get(reverse("analyst-text", args=[text.pk])))
    assert '<mark class="coded is-1">vårdnära service</mark>' in page
    assert "En markering som inte gäller längre" in page


def test_paragraphs_and_sentences_that_are_ticked_become_marks(client: Client, text: Text) -> None:
    first, second_one, _ = paragraphs(text.body)
    start, _end = place_of(text, "Servicevärdar")
    pieces = [f"{start}-{first.end}", f"{second_one.start}-{second_one.end}"]
    sent = {"piece": pieces, "themes": ["pok"], "mention": "plans"}
    assert client.post(reverse("analyst-mark", args=[text.pk]), sent).status_code == 303
    assert [each.quote[:13] for each in Coding.objects.all()] == ["Servicevärdar", "Arbetet med s"]


def test_what_is_missing_is_said_at_its_field_and_what_was_chosen_is_kept(client: Client, text: Text) -> None:
    first = paragraphs(text.body)[0]
    sent = {"piece": [f"{first.start}-{first.end}"], "mention": "plans", "note": "Att minnas"}
    page = shown(client.post(reverse("analyst-mark", args=[text.pk]), sent), 422)
    assert 'href="#id_themes"' in page
    assert "Att minnas" in page
    assert f'value="{first.start}-{first.end}" id="piece-1" checked' in page
    assert 'value="plans" checked' in page
    page = shown(client.post(reverse("analyst-mark", args=[text.pk]), {"themes": ["vns"], "mention": "does"}), 422)
    assert "Ingen passage är vald" in page
    for bad in ("x", "9" * 9, "-1"):
        sent = {"start": bad, "end": "9" * 9, "themes": ["vns"], "mention": "does"}
        assert client.post(reverse("analyst-mark", args=[text.pk]), sent).status_code == 422


def test_a_text_is_shown_as_it_is_whatever_is_written_in_it(client: Client, report: Report) -> None:
    codebooks.adopt(analyst())
    (text,) = hand_in(report, {"answer/1.1#text": "<script>alert(1)</script> & mer"})
    page = shown(client.get(reverse("analyst-text", args=[text.pk])))
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; mer" in page
    found = shown(client.get(reverse("analyst-search"), {"q": "alert mer"}))
    assert "<script>alert" not in found


def test_others_do_not_code(client: Client, text: Text) -> None:
    mate = client_of(colleague("Registrator", "SOS", "administrator"))  # type: ignore[arg-type]
    shown(mate.get(reverse("analyst-text", args=[text.pk])))
    sent = {"start": 0, "end": 8, "themes": ["vns"], "mention": "does"}
    assert mate.post(reverse("analyst-mark", args=[text.pk]), sent).status_code == 422
    assert not Coding.objects.exists()


def test_counts_are_a_page_and_three_files(client: Client, text: Text) -> None:
    coding.mark(text, [place_of(text, "vårdnära service")], ["vns"], "does", "", analyst())
    page = shown(client.get(reverse("analyst-themes")))
    assert "betyder inte att det inte görs" in page
    response = client.get(reverse("analyst-themes"), {"format": "json"})
    rows = json.loads(response.content)
    mine = [row for row in rows if row["Temats kod"] == "vns"]
    assert len(mine) == 21
    assert {row["Vad regionen säger"] for row in mine} == {"Gör det", "Ingen redogörelse"}
    assert client.get(reverse("analyst-themes"), {"format": "xlsx"}).content[:2] == b"PK"
    assert "Vårdnära service" in client.get(reverse("analyst-themes"), {"format": "csv"}).content.decode("utf-8-sig")
    page = shown(client.get(reverse("analyst-theme", args=["kompetens"]), {"ar": 2019, "region": "23"}))
    assert "vårdnära service" in page
    assert "Region Jämtland Härjedalen" in page
    for form in ("csv", "xlsx", "json"):
        assert client.get(reverse("analyst-theme", args=["vns"]), {"format": form}).status_code == 200
    assert client.get(reverse("analyst-theme", args=["finns-inte"])).status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "vård",
        '"',
        "-x",
        "*e",
        "och",
        "a" * 400,
        "%_\\",
        "&|!()<->:*",
        "' OR 1=1 --",
        "😀",
        "~5",
        '""~5',
        "\x00",
        "*%%%",
    ],
)
def test_no_search_is_too_bad_to_answer(client: Client, text: Text, query: str) -> None:
    assert client.get(reverse("analyst-search"), {"q": query}).status_code in (200, 400, 422)


def test_search_shows_marks_saves_and_exports(client: Client, text: Text) -> None:
    page = shown(client.get(reverse("analyst-search"), {"q": "schemaläggning"}))
    assert "<mark>schemaläggning</mark>" in page or "<mark>schemaläggningen</mark>" in page or "<mark>" in page
    assert f"{reverse('analyst-text', args=[text.pk])}#stycke-2" in page
    assert client.get(reverse("analyst-search"), {"q": "städning", "format": "json"}).status_code == 200
    sent = {"name": "Städning", "query": "q=st%C3%A4dning&annat=1"}
    assert client.post(reverse("analyst-search-save"), sent).status_code == 303
    kept = SavedSearch.objects.get()
    assert kept.query == "q=st%C3%A4dning"
    assert "Städning" in shown(client.get(reverse("analyst-search")))
    assert client.post(reverse("analyst-search-forget", args=[kept.pk])).status_code == 303
    assert "Inga än" in shown(client.get(reverse("analyst-search")))


def test_a_theme_is_added_reworded_and_split_with_what_happens_shown_first(client: Client, text: Text) -> None:
    sent = {"over": 1, "code": "hemma", "parent": "it", "title": "I hemmet", "definition": "Vård hemma.",
            "examples": "Vi mäter hemma | s. 3", "changed": "Nytt i år"}  # fmt: skip
    wrong = shown(client.post(reverse("analyst-theme-new"), {**sent, "title": "", "code": "Å b"}), 422)
    assert "Koden får bara ha" in wrong
    assert "Vård hemma." in wrong
    assert client.post(reverse("analyst-theme-new"), sent).status_code == 303
    assert "Vi mäter hemma" in shown(client.get(reverse("analyst-codebook")))
    coding.mark(text, [(0, 8)], ["hemma"], "does", "", analyst())
    address = reverse("analyst-theme-step", args=["hemma", "dela"])
    shown(client.get(address))
    split = {"over": 2, "titles": "Mäta hemma | Att mäta\nBesök hemma | Att besöka", "changed": "För stort"}
    page = shown(client.post(address, split))
    assert "Det gäller 1 passager i 1 texter" in page
    assert coded.edition().number == 2  # type: ignore[union-attr]
    old = shown(client.post(address, {**split, "over": 1, "sure": 1}), 422)
    assert "Någon har gjort en ny utgåva" in old
    response = client.post(address, {**split, "sure": 1})
    assert response.status_code == 303
    assert response.url == reverse("analyst-choose")  # type: ignore[attr-defined]
    page = shown(client.get(reverse("analyst-choose")))
    assert "Mäta hemma" in page
    waiting = Coding.objects.standing().get()
    assert shown(client.post(reverse("analyst-choose"), {"coding": waiting.pk}), 422)
    chosen = {"coding": waiting.pk, "themes": ["mata-hemma"]}
    assert client.post(reverse("analyst-choose"), chosen).status_code == 303
    assert Coding.objects.standing().get().theme.code == "mata-hemma"
    shown(client.get(reverse("analyst-codebook"), {"utgava": 1}))


@pytest.mark.parametrize("step", ["flytta", "avsluta", "aterta", "sla-ihop", "dela"])
def test_every_step_has_its_page_and_asks_why(client: Client, text: Text, step: str) -> None:
    address = reverse("analyst-theme-step", args=["vns", step])
    shown(client.get(address))
    assert client.post(address, {"over": 1, "sure": 1}).status_code == 422


def test_a_codebook_comes_in_as_a_file(client: Client, text: Text) -> None:
    file = client.get(reverse("analyst-codebook"), {"format": "toml"}).content.decode()
    assert codebook_file.read(file)[0] == codebook_file.first()
    changed = file.replace('"Vårdnära service"', '"Servicevärdar"')
    address = reverse("analyst-codebook-import")

    def send(text: str) -> HttpResponse:
        upload = SimpleUploadedFile("kodbok.toml", text.encode(), "application/toml")
        return client.post(address, {"over": 1, "changed": "Inläst", "file": upload})

    page = shown(send(changed.replace('parent = "kompetens"', 'parent = "x"', 1)), 422)
    assert "rad " in page
    assert send(changed).status_code == 303
    assert "Servicevärdar" in shown(client.get(reverse("analyst-codebook")))


def test_suggestions_are_asked_for_and_answered(client: Client, open_rounds: object, text: Text) -> None:
    address = reverse("analyst-suggestions", args=["vns"])
    assert "Det finns för lite att lära av" in shown(client.post(address), 422)
    for number, report in enumerate(Report.objects.filter(round__code="redogorelse").order_by("key")[:4]):
        (made,) = hand_in(report, {"answer/2.1#text": SERVICE.replace("månad", f"månad {number}")})
        if number < 3:
            piece = paragraphs(made.body)[0]
            coding.mark(made, [piece], ["vns"], "does", "", analyst())
            coding.read_to_end(made, analyst())
    assert client.post(address).status_code == 303
    page = shown(client.get(address))
    assert "Det går inte att mäta än" in page
    first = suggesting.waiting(Suggestion.objects.all()[0].made_by, analyst())[0]
    said = reverse("analyst-suggestion", args=[first.pk])
    before = Coding.objects.count()
    assert client.post(said, {"answer": "later"}).status_code == 303
    assert Coding.objects.count() == before
    assert client.post(said, {"answer": "yes-plans"}).status_code == 303
    assert Coding.objects.filter(mention="plans").count() == 1
    assert client.post(said, {"answer": "no"}).status_code == 303
    assert "redan besvarat" in shown(client.get(address))


def test_the_second_coder_codes_blind_and_the_outcome_is_settled(client: Client, text: Text) -> None:
    coding.mark(text, [place_of(text, "vårdnära service")], ["vns"], "does", "", analyst())
    coding.read_to_end(text, analyst())
    mate, address = colleague(), reverse("analyst-sample-new")
    shown(client.get(address))
    assert "Ingen andra kodare är vald" in shown(client.post(address, {"name": "Prov", "size": 3}), 422)
    sent = {"name": "Prov", "size": 3, "second": mate.pk, "themes": ["vns"]}
    response = client.post(address, sent)
    assert response.status_code == 303
    sample = second.Sample.objects.get()
    theirs = client_of(mate)
    assert '<mark class="coded' not in shown(theirs.get(reverse("analyst-text", args=[text.pk])))
    assert "Väntar på dig" in shown(theirs.get(reverse("analyst-second")))
    page = reverse("analyst-sample", args=[sample.pk])
    assert "Stycke 1 av 3" in shown(theirs.get(page))
    assert "Stycke 1 av 3" not in shown(client.get(page))
    units = list(sample.units.all())
    refused = client.post(reverse("analyst-sample-answer", args=[sample.pk, units[0].pk]), {})
    assert refused.status_code == 422
    for unit in units:
        said = reverse("analyst-sample-answer", args=[sample.pk, unit.pk])
        assert theirs.post(said, {"tema-vns": ""}).status_code == 303
    assert "Krippendorffs alfa" in shown(client.get(page))
    sample.refresh_from_db()
    (differs,) = agreeing.disagreements(sample)
    settle = reverse("analyst-resolve", args=[sample.pk, differs.unit.pk, "vns"])
    wrong = shown(client.post(settle, {"mention": "does", "reason": "Vi läste om"}), 422)
    assert "Du är en av de två" in wrong
    assert "Vi läste om" in wrong
    assert client.post(settle, {"mention": "does", "reason": "Vi läste om", "together": "on"}).status_code == 303
    assert "Klar" in shown(client.get(reverse("analyst-second")))


def test_corrected_texts_wait_to_be_carried_over(client: Client, report: Report, text: Text) -> None:
    coding.mark(text, [place_of(text, "vårdnära service")], ["vns"], "does", "", analyst())
    hand_in(report, {"answer/2.1#text": "Nytt. " + SERVICE})
    assert "Texten har rättats" in shown(client.get(reverse("analyst-text", args=[text.pk])))
    assert "Står kvar ord för ord" in shown(client.get(reverse("analyst-carry")))
    assert "räknas inte" in shown(client.get(reverse("analyst-coding")))
    assert client.post(reverse("analyst-carry-all")).status_code == 303
    assert "Inget att föra över" in shown(client.get(reverse("analyst-carry")))


def test_the_list_is_narrowed_and_a_bad_filter_is_none(client: Client, text: Text) -> None:
    address = reverse("analyst-coding")
    assert text.heading in shown(client.get(address, {"ar": "2019", "region": "23", "slag": "answer", "last": "nej"}))
    assert "Ingen text i urvalet" in shown(client.get(address, {"last": "ja"}))
    shown(client.get(address, {"ar": "x", "region": "'", "slag": "?", "last": "kanske", "page": "99"}))
    coding.read_to_end(text, analyst())
    assert text.heading in shown(client.get(address, {"last": "ja"}))
    assert client.post(reverse("analyst-text-read", args=[text.pk]), {"again": 1}).status_code == 303
    assert client.post(reverse("analyst-text-read", args=[text.pk])).status_code == 303


def test_what_was_seen_on_a_visit_is_read_by_analysts_only(client: Client, text: Text) -> None:
    memo = Text.objects.create(place="memo/2019/2019/23/1", heading="Besök", body="Ledningen tvekar om schemat.")
    coding.mark(memo, [place_of(memo, "tvekar om schemat")], ["vns"], "does", "", analyst())
    administrator = client_of(colleague("Annan på myndigheten", role=Role.ADMINISTRATOR))
    pages = [
        f"{reverse('analyst-search')}?q=tvekar", f"{reverse('analyst-search')}?q=tvekar&format=json",
        reverse("analyst-theme", args=["vns"]), f"{reverse('analyst-theme', args=['vns'])}?format=csv",
    ]  # fmt: skip
    for page in pages:
        assert "om schemat" in client.get(page).content.decode()
        assert "om schemat" not in administrator.get(page).content.decode()
    assert administrator.get(reverse("analyst-text", args=[text.pk])).status_code == 200
    assert administrator.get(reverse("analyst-text", args=[memo.pk])).status_code == 404
