# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The second factor: of whom it is demanded, and that nothing opens without. Passkeys: tests/journeys/test_login.py."""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from overens.demo.people import person
from overens.people.actions import mandates
from overens.people.models import Person
from overens.records import clock
from overens.rules.process import Role
from overens.web.login import factors
from tests.integration.login.conftest import PASSWORD, acts, browser, log_in, with_password

ADD = "/konto/inloggning/app/"
WHY = "/logga-in/andra-faktor/"


def code(secret: str, seconds: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, (int(time.time()) + seconds) // 30))


def add_app(client: Client) -> str:
    """Sets up an app as a person does; its secret."""
    secret = re.search(r"<code[^>]*>([A-Z2-7]{32})</code>", client.get(ADD).text)[1]  # type: ignore[index]
    answer = client.post(ADD, {"code": code(secret)})
    assert answer.status_code == 302, answer.text
    return secret


@pytest.fixture
def payer(fresh_world: str) -> Person:
    return with_password("KAM", Role.PAYER)


@pytest.mark.parametrize(
    ("organisation", "role", "demanded"),
    [
        ("KAM", Role.PAYER, True),
        ("KAM", Role.SECOND_PAYER, True),
        ("KAM", Role.CASE_OFFICER, False),
        ("KAM", Role.ADMINISTRATOR, True),
        ("03", Role.AUTHORISED_SIGNATORY, True),
        ("03", Role.HEAD_OF_FINANCE, True),
        ("03", Role.PREPARER, False),
        ("03", Role.ADMINISTRATOR, True),
        ("SOC", Role.MINISTRY_OFFICER, False),
        ("SOC", Role.NEGOTIATOR, False),
    ],
)
def test_those_who_can_pay_sign_or_appoint_see_nothing_with_a_password_alone(
    world: None, organisation: str, role: Role, demanded: bool
) -> None:
    client = browser()
    who = with_password(organisation, role)
    log_in(client, who)
    start = client.get("/start/")["Location"]
    assert (start == WHY) is demanded
    for page in ("/utbetalning/", "/region/", "/departementet/", "/organisation/", "/arkiv/", "/agera-for/"):
        answer = client.get(page)
        assert answer.get("Location", "").startswith(WHY) is demanded, page
    assert client.get("/").status_code == 200
    assert client.get("/konto/inloggning/").status_code == 200


def test_a_role_is_demanding_while_it_is_held(world: None) -> None:
    who = with_password("03", Role.PREPARER)
    today = clock.today()
    administrator = person("03", Role.ADMINISTRATOR)
    terms = mandates.Terms(Role.HEAD_OF_FINANCE, today, "Delegationsordning DEMO 2019:2")
    given = mandates.give(who.mandates.get().organisation, who, terms, administrator)
    client = browser()
    log_in(client, who)
    assert client.get("/region/").status_code == 302
    mandates.end(given, today - dt.timedelta(days=1), "Gavs till fel person", administrator)
    assert client.get("/region/").status_code == 200


def test_what_is_posted_before_the_second_factor_is_not_done(world: None) -> None:
    client = browser()
    log_in(client, with_password("03", Role.AUTHORISED_SIGNATORY))
    answer = client.post("/region/03/2019/regioner/rekvisition/skriv-under/", {"revision": "1"})
    assert answer["Location"] == f"{WHY}?next=/start/".replace("/start/", "%2Fstart%2F")


def test_adding_an_app_opens_the_desk_and_is_asked_for_at_the_next_login(payer: Person) -> None:
    client = browser()
    log_in(client, payer)
    assert "En andra faktor behövs" in client.get(WHY).text
    with time_machine.travel("2026-03-02 09:00:00+01:00", tick=False) as now:
        client = browser()
        log_in(client, payer)
        secret = add_app(client)
        assert client.session["assurance"] == "mfa"
        assert client.get("/utbetalning/").status_code == 200
        assert len(re.findall(r"<code>\d{8}</code>", client.get("/konto/inloggning/reservkoder/").text)) == 10

        now.shift(60)
        again = browser()
        assert log_in(again, payer)["Location"] == "/logga-in/kod/"
        assert again.get("/utbetalning/").status_code == 302
        wrong = again.post("/logga-in/kod/", {"code": "000000"})
        assert "Koden stämmer inte" in wrong.text
        assert acts(payer)[-1] == "login-refused"
        right = code(secret)
        assert again.post("/logga-in/kod/", {"code": right})["Location"] == "/start/"
        assert again.session["assurance"] == "mfa"
        assert again.get("/utbetalning/").status_code == 200

        # The same code does not work twice, wherever it was seen.
        thief = browser()
        log_in(thief, payer)
        assert "redan använd" in thief.post("/logga-in/kod/", {"code": right}).text


def test_codes_cannot_be_guessed(payer: Person) -> None:
    with time_machine.travel("2026-03-02 09:00:00+01:00", tick=False) as now:
        client = browser()
        log_in(client, payer)
        secret = add_app(client)
        now.shift(60)
        client = browser()
        log_in(client, payer)
        for n in range(5):
            client.post("/logga-in/kod/", {"code": f"{n:06}"})
        assert "Vänta fem minuter" in client.post("/logga-in/kod/", {"code": code(secret)}).text
        now.shift(301)
        assert client.post("/logga-in/kod/", {"code": code(secret)}).status_code == 302


def test_a_recovery_code_works_once(payer: Person) -> None:
    client = browser()
    log_in(client, payer)
    add_app(client)
    spare = re.search(r"<code>(\d{8})</code>", client.get("/konto/inloggning/reservkoder/").text)[1]  # type: ignore[index]
    assert spare in client.get("/konto/inloggning/reservkoder/fil/").text
    for expected in (302, 200):
        other = browser()
        log_in(other, payer)
        assert other.post("/logga-in/kod/", {"code": spare}).status_code == expected


def test_who_must_have_one_cannot_remove_the_last(payer: Person) -> None:
    client = browser()
    log_in(client, payer)
    add_app(client)
    page = client.get("/konto/inloggning/app/ta-bort/").text
    assert "Lägg till en annan innan" in page
    client.post("/konto/inloggning/app/ta-bort/")
    assert factors.has_one(payer)


def test_who_need_not_have_one_can_remove_it(fresh_world: str) -> None:
    who = with_password("03", Role.PREPARER)
    client = browser()
    log_in(client, who)
    add_app(client)
    assert client.post("/konto/inloggning/app/ta-bort/").status_code == 302
    assert not Authenticator.objects.filter(user=who).exists()
    assert log_in(browser(), who)["Location"] == "/start/"


def test_changing_how_one_logs_in_asks_for_the_password_again_after_five_minutes(world: None) -> None:
    with time_machine.travel("2026-03-02 09:00:00+01:00", tick=False) as now:
        client = browser()
        log_in(client, with_password("03", Role.PREPARER))
        assert client.get(ADD).status_code == 200
        now.shift(301)
        answer = client.get(ADD)
        assert answer["Location"].startswith("/logga-in/igen/?next=")
        page = client.get(answer["Location"])
        assert "Visa att det är du" in page.text
        assert "Lösenordet stämmer inte" in client.post(answer["Location"], {"password": "fel"}).text
        assert client.post(answer["Location"], {"password": PASSWORD})["Location"] == ADD
        assert client.get(ADD).status_code == 200


def test_whoever_reads_the_database_alone_can_make_no_codes(payer: Person) -> None:
    client = browser()
    log_in(client, payer)
    secret = add_app(client)
    kept = Authenticator.objects.get(user=payer, type="totp").data["secret"]
    assert secret not in kept
    assert factors.FactorAdapter().decrypt(kept) == secret


def test_a_second_factor_survives_a_change_of_the_servers_key(settings_: Callable[..., Any]) -> None:
    settings_(SECRET_KEY="old", SECRET_KEY_FALLBACKS=[])
    kept = factors.FactorAdapter().encrypt("hemligt")
    settings_(SECRET_KEY="new", SECRET_KEY_FALLBACKS=["old"])
    assert factors.FactorAdapter().decrypt(kept) == "hemligt"


def test_nobody_touches_anothers_passkeys(world: None) -> None:
    other = person("12", Role.PREPARER)
    theirs = Authenticator.objects.create(user=other, type="webauthn", data={"name": "Min", "credential": {}})
    client = browser()
    log_in(client, with_password("03", Role.PREPARER))
    for page in (f"/konto/inloggning/passnycklar/{theirs.pk}/", f"/konto/inloggning/passnycklar/{theirs.pk}/ta-bort/"):
        assert client.get(page).status_code == 404
        assert client.post(page, {"name": "x"}).status_code == 404


def test_the_demos_click_is_enough_in_the_demo_and_nothing_outside_it(
    world: None, settings_: Callable[..., Any]
) -> None:
    who = person("KAM", Role.PAYER)
    client = browser()
    client.post("/logga-in/demo/", {"mandate": who.mandates.get().pk})
    assert client.get("/utbetalning/").status_code == 200
    settings_(DEMO=False)
    assert client.get("/utbetalning/").status_code == 302
