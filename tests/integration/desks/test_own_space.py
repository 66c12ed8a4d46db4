# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A draft is seen by the state only while its recipient shows it, and who reads a case is noted."""

from __future__ import annotations

import pytest
from django.test import Client

from overens.demo.people import person
from overens.grants.models import Case
from overens.records.models import Event, Reading, Release
from overens.rules.process import Role

WRITE = "/region/03/2019/regioner/rekvisition/"
SHOW = "/region/03/2019/regioner/visa-utkast/rekvisition/"
OFFICERS = {
    "/utbetalning/arende/2019/regioner/03/": ("KAM", Role.CASE_OFFICER),
    "/departementet/arende/2019/regioner/03/": ("SOC", Role.MINISTRY_OFFICER),
}
SECRET = "Kontakt som bara regionen känner"


def client_of(code: str, role: Role) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person(code, role))
    return client


@pytest.fixture
def region(demo: None) -> Client:
    client = client_of("03", Role.PREPARER)
    client.post(WRITE, {"R1.3": SECRET, "revision": "0", "do": "save"})
    return client


def seen() -> list[bool]:
    return [SECRET in client_of(*who).get(page).content.decode() for page, who in OFFICERS.items()]


def test_a_draft_is_seen_while_it_is_shown_and_only_then(region: Client) -> None:
    assert seen() == [False, False]
    region.post(SHOW, {"do": "show"})
    assert seen() == [True, True]
    region.post(SHOW, {"do": "hide"})
    assert seen() == [False, False]
    assert [e.act for e in Event.objects.filter(subject="2019/regioner/03").order_by("-number")[:2]] == [
        "hide-draft",
        "show-draft",
    ]


def test_showing_twice_shows_once_and_a_signature_ends_it(region: Client) -> None:
    region.post(SHOW, {"do": "show"})
    region.post(SHOW, {"do": "show"})
    assert Release.objects.count() == 1
    client_of("03", Role.AUTHORISED_SIGNATORY).post(WRITE + "skriv-under/", {"revision": "1"})
    assert Case.objects.get(key="2019/regioner/03").state == "requisitioned"
    assert not Release.objects.filter(ended_at=None).exists()


def test_what_is_not_saved_cannot_be_shown(demo: None) -> None:
    client = client_of("03", Role.PREPARER)
    page = client.post(SHOW, {"do": "show"}, follow=True).content.decode()
    assert "<p>Det finns inget sparat utkast att visa. Spara det först.</p>" in page
    assert not Release.objects.exists()


def test_nobody_shows_another_organisations_draft(region: Client) -> None:
    for code, role in (("12", Role.PREPARER), ("KAM", Role.CASE_OFFICER)):
        assert client_of(code, role).post(SHOW, {"do": "show"}).status_code in (403, 404)
    assert not Release.objects.exists()


def test_an_officers_reading_is_noted_and_the_recipients_own_is_not(region: Client) -> None:
    for page, who in OFFICERS.items():
        client_of(*who).get(page)
    region.get("/region/03/2019/regioner/")
    assert sorted(Reading.objects.values_list("subject", "what", "mandate__organisation__code")) == [
        ("2019/regioner/03", "ministry-case", "SOC"),
        ("2019/regioner/03", "payer-case", "KAM"),
    ]
