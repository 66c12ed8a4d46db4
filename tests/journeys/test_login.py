# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""From invitation to desk in a browser: password, passkey (Chromium's virtual authenticator), and identity provider."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator

import pytest
from django.test import override_settings
from playwright.sync_api import Browser

from overens.demo.people import address, person
from overens.rules.process import Role
from overens.web.login import invitation_link
from tests.identity.running import HERE, free_port, running
from tests.journeys.conftest import Visitor

PASSWORD = "en lång mening om ingenting"
SIGNATORY = address("03", Role.AUTHORISED_SIGNATORY)


@pytest.fixture
def at_localhost(browser: Browser, site: str) -> Iterator[Visitor]:
    """A passkey belongs to a name, so the site has one here; the device says yes to whatever it is asked."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
                     "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}},
    )  # fmt: skip
    yield Visitor(page, site.replace("127.0.0.1", "localhost"))
    context.close()


def test_an_invited_payer_chooses_a_password_adds_a_passkey_and_later_logs_in_with_it_alone(
    at_localhost: Visitor,
) -> None:
    v = at_localhost
    payer = person("KAM", Role.PAYER)
    with override_settings(SECRET_KEY="for one journey"):
        link = invitation_link(payer)
    v.opens(link).reads(payer.email).reads("Din roll kräver också en andra faktor")
    v.fills("Välj ett lösenord", "kort").fills("Lösenordet igen", "kort").presses("Spara lösenordet")
    v.reads("minst 12 tecken").sees_a_good_page()
    v.fills("Välj ett lösenord", PASSWORD).fills("Lösenordet igen", PASSWORD).presses("Spara lösenordet")
    v.reads("Lösenordet är valt").sees_a_good_page()

    v.fills("E-postadress", payer.email)
    v.page.get_by_label("Lösenord", exact=True).fill("något annat helt fel")
    v.page.get_by_role("button", name="Logga in", exact=True).click()
    v.reads("hör inte ihop").sees_a_good_page()
    assert v.page.get_by_label("E-postadress").input_value() == payer.email
    v.page.get_by_label("Lösenord", exact=True).fill(PASSWORD)
    v.page.get_by_role("button", name="Logga in", exact=True).click()
    v.reads("En andra faktor behövs").sees_a_good_page()
    v.opens("/utbetalning/").reads("En andra faktor behövs")

    v.follows("Lägg till en autentiseringsapp").sees_a_good_page()
    v.fills("Kod från appen", "000000").presses("Lägg till").reads("Koden stämmer inte").sees_a_good_page()
    v.opens("/logga-in/andra-faktor/").follows("Lägg till en passnyckel").sees_a_good_page()
    v.fills("Namn", "Tjänstedatorn")
    v.page.get_by_label("Logga in med bara den här passnyckeln").check()
    v.presses("Lägg till")
    v.page.wait_for_url("**/reservkoder/")
    v.reads("Reservkoder").sees_a_good_page()
    assert len(re.findall(r"\b\d{8}\b", v.page.locator("main").inner_text())) == 10
    v.follows("Jag har sparat dem")
    assert v.page.url.endswith("/utbetalning/")
    v.opens("/konto/inloggning/").reads("En tillagd.").reads("10 koder kvar").reads("Den här inloggningen")
    v.opens("/konto/inloggning/passnycklar/").reads("Tjänstedatorn").reads("Räcker för att logga in.")
    v.opens("/konto/inloggning/reservkoder/nya/")

    v.page.locator("summary", has_text=payer.name).click()
    v.presses("Logga ut").opens("/logga-in/")
    v.presses("Logga in med passnyckel")
    v.page.wait_for_url("**/utbetalning/")

    # The password alone asks for the passkey, and opens nothing before it.
    v.page.locator("summary", has_text=payer.name).click()
    v.presses("Logga ut").opens("/logga-in/")
    v.fills("E-postadress", payer.email)
    v.page.get_by_label("Lösenord", exact=True).fill(PASSWORD)
    v.page.get_by_role("button", name="Logga in", exact=True).click()
    v.reads("Andra faktorn").sees_a_good_page()
    v.presses("Använd passnyckeln")
    v.page.wait_for_url("**/utbetalning/")
    assert not v.trouble, v.trouble


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A real OpenID provider, which the site is configured with. (It lets a loopback address come back to any port.)"""
    given = {
        "port": free_port(), "client_id": "overens", "secret": "a secret of the test, at least 32 bytes",
        "redirect_uri": "http://127.0.0.1/logga-in/oidc/eid/svar/",
        "identities": {"signatory": {"email": SIGNATORY, "email_verified": True,
                                     "acr": "http://id.elegnamnden.se/loa/1.0/loa3"}},
    }  # fmt: skip
    entry = {"id": "eid", "name": "E-legitimation", "server_url": f"http://127.0.0.1:{given['port']}/o",
             "client_id": given["client_id"], "secret": given["secret"]}  # fmt: skip
    monkeypatch.setenv("OVERENS_OIDC", json.dumps([entry]))
    with running([sys.executable, "-W", "ignore", HERE / "oidc" / "provider.py"], given):
        yield


def test_a_signatory_logs_in_with_an_e_identification_and_signs(provider: None, visitor: Visitor) -> None:
    """The login page's policy lets its form lead to the provider, and the way back keeps the page one wanted."""
    v = visitor
    v.opens("/region/03/2019/regioner/").reads("Med e-legitimation")
    v.presses("E-legitimation")
    v.page.wait_for_url("**/login/**")
    v.page.get_by_role("button", name="signatory").click()
    v.page.wait_for_url("**/region/03/2019/regioner/")
    v.reads("Region Uppsala").sees_a_good_page()
    v.opens("/konto/inloggning/").reads("Du har inget lösenord här")


def test_the_pages_of_an_account_are_in_english_too(at_localhost: Visitor) -> None:
    v = at_localhost
    v.opens("/logga-in/").presses("English").reads("Log in with a passkey").reads("Forgotten the password?")
    v.opens("/logga-in/glomt-losenord/").reads("Send the link")
    v.fills("E-mail address", "ingen@region.example").presses("Send the link").reads("Look in your inbox")
