# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The negotiator's pages: a file is tried without being stored, differences are said in words, few may store."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import get_args

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from pydantic import BaseModel

from overens.agreements.models import AgreementVersion
from overens.demo.people import person
from overens.desks.negotiator.differences import Difference, differences
from overens.desks.negotiator.keys import FIELDS, SECTIONS
from overens.rules import reading
from overens.rules.agreement import Agreement
from overens.rules.process import Role

pytestmark = pytest.mark.usefixtures("demo")
TEXT = reading.find("2019").read_text("utf-8")
CHECK, STORE = "/forhandling/prova/", "/forhandling/lagg-in/"
# One krona less to the first pot, and so to its line and to the whole.
AMENDED = (
    TEXT.replace("3 360 000 000 kr", "3 359 999 999 kr", 1)
    .replace("amount = 3_235_000_000", "amount = 3_234_999_999", 1)
    .replace("amount = 2_835_000_000", "amount = 2_834_999_999", 1)
)


def client(code: str = "SOC", role: Role = Role.NEGOTIATOR) -> Client:
    logged_in = Client(headers={"host": "127.0.0.1"})
    logged_in.force_login(person(code, role))
    return logged_in


def words(response: HttpResponse) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", response.content.decode())).split())


@pytest.mark.parametrize(
    "path", ["/forhandling/", "/forhandling/overenskommelse/2019/", CHECK, "/forhandling/skillnader/"]
)
def test_the_desk_is_for_negotiators_of_both_sides(path: str) -> None:
    assert client("SOC").get(path).status_code == 200
    assert client("SKL").get(path).status_code == 200
    assert client("SOC", Role.MINISTRY_OFFICER).get(path).status_code == 403
    assert client("KAM", Role.CASE_OFFICER).get(path).status_code == 403
    assert client("10", Role.PREPARER).get(path).status_code == 403
    assert Client(headers={"host": "127.0.0.1"}).get(path).status_code == 302


def test_a_stored_agreement_shows_its_findings_and_its_text() -> None:
    text = words(client().get("/forhandling/overenskommelse/2019/"))
    assert "2 834 999 998 kr och inte 2 835 000 000 kr" in text
    assert 'id = "2019"' in text
    assert client().get("/forhandling/overenskommelse/1999/").status_code == 404
    assert client().get("/forhandling/overenskommelse/2019/?version=7").status_code == 404


def test_a_good_file_is_tried_without_being_stored() -> None:
    before = AgreementVersion.objects.count()
    response = client().post(CHECK, {"text": AMENDED})
    assert response.status_code == 200
    assert "Filen är utan fel" in words(response)
    assert "2 834 999 999" in words(response)
    assert AgreementVersion.objects.count() == before


def test_a_third_party_s_file_with_its_own_weights_is_shared_out() -> None:
    text = (
        'format = 1\nid = "x"\ntitle = "X"\ntotal = 100\n[period]\nfrom = 2030-01-01\nto = 2030-12-31\n'
        '[allocation]\nrounding = "largest-remainder"\n'
        '[[group]]\nid = "g"\ntitle = "G"\n'
        'recipients = [ { code = "a", name = "A", weight = "1,5" }, { code = "b", name = "B", weight = 3 } ]\n'
        '[[line]]\nid = "l"\ntitle = "L"\namount = 100\nrecipients = "g"\n'
        '[[pot]]\nid = "p"\nline = "l"\ntitle = "P"\namount = 100\nkey = "weights"\nrecipients = "g"\n'
    )
    said = words(client().post(CHECK, {"text": text}))
    assert "A a 1.5 33" in said.replace("1,5", "1.5")
    assert "B b 3 67" in said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            ("amount = 2_835_000_000", 'amount = "544 99 160"'),
            ("Möjlig läsning: 54 499 160 kr", "pot[insatser].amount"),
        ),
        (('rounding = "half-up"', 'rounding = "halfup"'), ("Avrundningen ”halfup” är okänd", "allocation.rounding")),
        (("format = 1", "format = 1\ncolour = 2"), ("Nyckeln ”colour” finns inte här", "rad 8")),
    ],
)
def test_a_bad_file_is_answered_line_by_line_and_kept(change: tuple[str, str], said: tuple[str, str]) -> None:
    text = TEXT.replace(*change, 1)
    response = client().post(CHECK, {"text": text})
    assert response.status_code == 422
    for part in said:
        assert part in words(response)
    assert html.escape(change[1]) in response.content.decode().replace("&#x27;", "'")


def test_a_file_that_is_no_text_is_refused_and_one_that_is_goes_before_the_text() -> None:
    junk = client().post(CHECK, {"file": SimpleUploadedFile("x.toml", b"\xff\xfe\x00")})
    assert junk.status_code == 422
    assert "inte UTF-8" in words(junk)
    huge = client().post(CHECK, {"file": SimpleUploadedFile("x.toml", b"#" * (reading.LARGEST_FILE + 1))})
    assert "större än" in words(huge)
    good = client().post(CHECK, {"file": SimpleUploadedFile("x.toml", AMENDED.encode()), "text": "nonsense"})
    assert "Filen är utan fel" in words(good)
    assert client().post(CHECK, {"text": ""}).status_code == 422


def test_storing_asks_first_and_says_what_changes() -> None:
    later = TEXT.replace("on = 2019-12-01", "on = 2019-12-15", 1)
    assert later != TEXT
    asked = client().post(STORE, {"text": later})
    assert "2019-12-01" in words(asked) or "1 december 2019" in words(asked)
    assert AgreementVersion.objects.filter(code="2019").count() == 1

    stored = client().post(STORE, {"text": later, "confirmed": "yes"})
    assert stored.status_code == 303
    version = AgreementVersion.objects.filter(code="2019").latest("number")
    assert (version.number, version.text) == (2, later)
    assert version.paper.person == person("SOC", Role.NEGOTIATOR)
    assert "Vad som skiljer den från version 1" in words(client().get(stored["Location"]))


def test_a_line_is_not_lowered_below_what_its_annex_prints() -> None:
    asked = client().post(STORE, {"text": AMENDED})
    assert "Insatser under 2019 (insatser) · belopp" in words(asked)
    assert "2 835 000 000 kr" in words(asked)
    assert "2 834 999 999 kr" in words(asked)
    refused = client().post(STORE, {"text": AMENDED, "confirmed": "yes"})
    assert refused.status_code == 422
    assert "sänks till 3 234 999 999 kr" in words(refused)
    assert "Skriv in de nya beloppen i bilagan" in words(refused)
    assert AgreementVersion.objects.filter(code="2019").count() == 1


def test_line_ends_of_a_browser_change_no_version() -> None:
    client().post(STORE, {"text": TEXT.replace("\n", "\r\n"), "confirmed": "yes"})
    assert AgreementVersion.objects.filter(code="2019").count() == 1


def test_only_the_ministry_s_negotiator_may_store_and_never_by_opening_a_page() -> None:
    for who in (client("SKL"), client("SOC", Role.MINISTRY_OFFICER), client("KAM", Role.CASE_OFFICER)):
        assert who.post(STORE, {"text": AMENDED, "confirmed": "yes"}).status_code == 403
    assert client().get(STORE).status_code == 405
    assert AgreementVersion.objects.filter(code="2019").count() == 1


def test_a_bad_file_is_not_stored_even_when_confirmed() -> None:
    response = client().post(STORE, {"text": TEXT.replace("half-up", "halfup", 1), "confirmed": "yes"})
    assert response.status_code == 422
    assert AgreementVersion.objects.filter(code="2019").count() == 1


def all_differences(a: str, b: str) -> Iterator[Difference]:
    old, new = (reading.read(text)[0] for text in (a, b))
    assert old
    assert new
    return (each for group in differences(old, new) for each in group.differences)


def test_a_difference_is_said_in_words() -> None:
    found = {each.path: each for each in all_differences(TEXT, AMENDED)}
    assert set(found) == {"total", "line[regioner].amount", "pot[insatser].amount"}
    pot = found["pot[insatser].amount"]
    assert (pot.what, pot.word) == ("Insatser under 2019 (insatser) · belopp", "ändrat")
    assert (pot.before, pot.after) == ("2\u00a0835\u00a0000\u00a0000\u00a0kr", "2\u00a0834\u00a0999\u00a0999\u00a0kr")


def test_a_choice_of_the_file_is_said_by_its_name() -> None:
    moved = TEXT.replace('non_working_day = "stands"', 'non_working_day = "next-working-day"', 1)
    (only,) = all_differences(TEXT, moved)
    assert only.after == "Infaller dagen på en helg gäller nästa vardag"


def test_two_agreements_are_compared_and_equal_ones_do_not_differ() -> None:
    text = words(client().get("/forhandling/skillnader/?fran=2017-2018&till=2019:1"))
    assert "totalt belopp total ändrat ej angivet 3 360 000 000 kr" in text.replace("Totalt", "totalt")
    assert "Inget skiljer dem åt" in words(client().get("/forhandling/skillnader/?fran=2019&till=2019:1"))
    assert client().get("/forhandling/skillnader/?fran=2019&till=1999").status_code == 404
    assert client().get("/forhandling/skillnader/?fran=2019&till=2019:x").status_code == 404


def test_every_key_of_the_file_has_its_word() -> None:
    keys: set[str] = set()
    seen: set[type] = set()

    def walk(type_: object) -> None:
        if isinstance(type_, type) and issubclass(type_, BaseModel) and type_ not in seen:
            seen.add(type_)
            for name, field in type_.model_fields.items():
                keys.add(field.alias or name)
                walk(field.annotation)
        for inner in get_args(type_):
            walk(inner)

    walk(Agreement)
    assert keys == set(SECTIONS) | set(FIELDS)
