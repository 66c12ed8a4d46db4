# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Logging in by a real OpenID provider, which runs beside the tests as a program of its own."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from overens.demo.people import address, person
from overens.people.models import Person
from overens.rules.process import Role
from overens.web.login.providers import LEVELS, configured
from tests.identity.running import HERE, free_port, running
from tests.integration.login.conftest import acts, browser, log_in, with_password

LOA = "http://id.elegnamnden.se/loa/1.0/loa"
ID = "legitimering"
SIGNATORY, PREPARER = address("03", Role.AUTHORISED_SIGNATORY), address("03", Role.PREPARER)
IDENTITIES = {
    "at-loa3": {"email": SIGNATORY, "email_verified": True, "acr": LOA + "3"},
    "at-loa2": {"email": SIGNATORY, "email_verified": True, "acr": LOA + "2"},
    "without-level": {"email": SIGNATORY, "email_verified": True},
    "at-unknown-level": {"email": SIGNATORY, "email_verified": True, "acr": LOA + "4-nearly"},
    "unverified": {"email": SIGNATORY, "email_verified": False, "acr": LOA + "3"},
    "verified-in-words": {"email": SIGNATORY, "email_verified": "false", "acr": LOA + "3"},
    "stranger": {"email": "ingen@region.example", "email_verified": True, "acr": LOA + "3"},
    "preparer": {"email": PREPARER.upper(), "email_verified": True, "acr": LOA + "2"},
}


@pytest.fixture(scope="module")
def provider() -> Iterator[dict[str, Any]]:
    given = {
        "port": free_port(), "client_id": "overens", "secret": "a secret of the test, at least 32 bytes",
        "redirect_uri": f"http://127.0.0.1/logga-in/oidc/{ID}/svar/", "identities": IDENTITIES,
    }  # fmt: skip
    with running([sys.executable, "-W", "ignore", HERE / "oidc" / "provider.py"], given) as answered:
        yield answered


@pytest.fixture
def configure(provider: dict[str, Any], settings_: Callable[..., Any]) -> Callable[..., None]:
    def change(how: str = "", **more: Any) -> None:
        there = f"http://127.0.0.1:{provider['port']}{f'/as/{how}' if how else ''}/o"
        entry = {
            "id": ID, "name": "Statens e-legitimation", "server_url": there, "client_id": "overens",
            "secret": provider["secret"], **more,
        }  # fmt: skip
        settings_(SOCIALACCOUNT_PROVIDERS=configured(json.dumps([entry]), ""))

    change()
    return change


class Walk:
    """A browser that is sent to the provider and back."""

    def __init__(self, client: Client | None = None) -> None:
        self.client = client or browser()

    def leaves(self, next_page: str = "") -> str:
        query = f"?{urlencode({'next': next_page})}" if next_page else ""
        answer = self.client.post(f"/logga-in/oidc/{ID}/{query}")
        assert answer.status_code == 302, answer.text
        return str(answer["Location"])

    def identifies(self, there: str, who: str) -> str:
        """At the provider; the address, with code and state, that it sends the browser back to."""
        with requests.Session() as session:
            page = session.get(there, timeout=10)
            back = session.post(page.url, {"who": who}, allow_redirects=False, timeout=10)
            while not back.headers["Location"].startswith("http://127.0.0.1/logga-in/"):
                back = session.get(
                    requests.compat.urljoin(back.url, back.headers["Location"]), allow_redirects=False, timeout=10
                )
            return str(back.headers["Location"]).removeprefix("http://127.0.0.1")

    def comes_back(self, back: str) -> Any:
        return self.client.get(back)

    def as_(self, who: str, next_page: str = "") -> Any:
        return self.comes_back(self.identifies(self.leaves(next_page), who))

    @property
    def logged_in(self) -> bool:
        return "_auth_user_id" in self.client.session


def test_the_level_is_asked_for_and_pkce_state_and_nonce_go_along(world: None, configure: Any) -> None:
    asked = parse_qs(urlsplit(Walk().leaves()).query)
    assert asked["acr_values"] == [" ".join(LEVELS)]
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["state"][0]) >= 16
    assert len(asked["nonce"][0]) == 32
    assert set(asked["scope"][0].split()) == {"openid", "email"}


def test_a_person_identified_at_loa3_is_at_their_desk_without_a_second_factor(world: None, configure: Any) -> None:
    walk = Walk()
    answer = walk.as_("at-loa3", next_page="/region/03/2019/regioner/")
    assert answer["Location"] == "/region/03/2019/regioner/"
    assert walk.client.session["assurance"] == "loa3"
    assert walk.client.get("/region/").status_code == 200
    assert acts(person("03", Role.AUTHORISED_SIGNATORY))[-1] == "login"


@pytest.mark.parametrize(
    ("who", "level"), [("at-loa2", "loa2"), ("without-level", "password"), ("at-unknown-level", "password")]
)
def test_whoever_was_identified_less_surely_needs_a_second_factor(
    world: None, configure: Any, who: str, level: str
) -> None:
    walk = Walk()
    assert walk.as_(who).status_code == 302
    assert walk.client.session["assurance"] == level
    assert walk.client.get("/region/")["Location"].startswith("/logga-in/andra-faktor/")


def test_levels_are_what_the_operator_says_they_are(world: None, configure: Any) -> None:
    configure(levels={LOA + "2": "loa3"}, ask_for=[LOA + "2"])
    walk = Walk()
    walk.as_("at-loa2")
    assert walk.client.session["assurance"] == "loa3"
    walk = Walk()
    walk.as_("at-loa3")
    assert walk.client.session["assurance"] == "password"


def test_the_provider_is_remembered_by_its_own_name_for_the_person_and_nothing_else_is(
    world: None, configure: Any
) -> None:
    Walk().as_("at-loa3")
    (kept,) = SocialAccount.objects.all()
    assert (kept.provider, kept.user.email, kept.extra_data) == (ID, SIGNATORY, {"acr": LOA + "3"})
    # A changed address here, or there, changes nothing any more.
    Person.objects.filter(pk=kept.user_id).update(email="nytt@region.example")
    walk = Walk()
    walk.as_("at-loa3")
    assert walk.client.session["_auth_user_id"] == str(kept.user_id)


def test_the_address_is_the_same_whatever_its_letters_case(world: None, configure: Any) -> None:
    walk = Walk()
    walk.as_("preparer")
    assert walk.client.session["_auth_user_id"] == str(person("03", Role.PREPARER).pk)
    assert walk.client.get("/region/").status_code == 200


def test_a_password_that_one_had_still_works_after_the_first_login_by_provider(world: None, configure: Any) -> None:
    who = with_password("03", Role.PREPARER)
    Walk().as_("preparer")
    assert log_in(browser(), who).status_code == 302


@pytest.mark.parametrize("who", ["stranger", "unverified", "verified-in-words"])
def test_nobody_is_created_and_an_address_counts_only_when_verified(world: None, configure: Any, who: str) -> None:
    before = Person.objects.count()
    walk = Walk()
    answer = walk.as_(who)
    assert answer.status_code == 403
    assert "ingen med din e-postadress är inbjuden" in answer.text
    assert not walk.logged_in
    assert (Person.objects.count(), SocialAccount.objects.count()) == (before, 0)


def test_a_provider_vouches_only_for_the_domains_it_is_trusted_with(world: None, configure: Any) -> None:
    configure(email_domains=["annan.demo.invalid"])
    walk = Walk()
    assert walk.as_("at-loa3").status_code == 403
    configure(email_domains=["03.DEMO.invalid"])
    assert Walk().as_("at-loa3").status_code == 302


def test_a_closed_account_opens_for_no_provider(world: None, configure: Any) -> None:
    who = person("03", Role.AUTHORISED_SIGNATORY)
    Walk().as_("at-loa3")
    Person.objects.filter(pk=who.pk).update(is_active=False)
    walk = Walk()
    assert walk.as_("at-loa3")["Location"] == "/logga-in/avstangt/"
    assert not walk.logged_in
    assert acts(who)[-1] == "login-refused"


def test_an_answer_is_taken_once(world: None, configure: Any) -> None:
    walk = Walk()
    back = walk.identifies(walk.leaves(), "at-loa3")
    assert walk.comes_back(back).status_code == 302
    walk.client.post("/logga-ut/")
    again = walk.comes_back(back)
    assert (again.status_code, walk.logged_in) == (401, False)
    assert "gick inte att bekräfta" in again.text


def test_an_answer_is_taken_only_by_the_browser_that_asked(world: None, configure: Any) -> None:
    walk, victim = Walk(), Walk()
    back = walk.identifies(walk.leaves(), "at-loa3")
    victim.leaves()
    assert victim.comes_back(back).status_code == 401
    assert not victim.logged_in


@pytest.mark.parametrize("forged", ["state=forged&code={code}", "code={code}", "state={state}&code=forged", ""])
def test_a_forged_answer_is_refused(world: None, configure: Any, forged: str) -> None:
    walk = Walk()
    query = parse_qs(urlsplit(walk.identifies(walk.leaves(), "at-loa3")).query)
    made = forged.format(state=query["state"][0], code=query["code"][0])
    assert walk.comes_back(f"/logga-in/oidc/{ID}/svar/?{made}").status_code == 401
    assert not walk.logged_in


@pytest.mark.parametrize(
    "how", ["other-key", "other-issuer", "unsigned", "no-token", "other-audience", "other-nonce", "shared-secret"]
)
def test_a_token_that_is_not_the_providers_for_this_login_is_refused(world: None, configure: Any, how: str) -> None:
    configure(how)
    walk = Walk()
    answer = walk.as_("at-loa3")
    assert answer.status_code in (401, 403), answer
    assert "gick inte att bekräfta" in answer.text
    assert not walk.logged_in
    assert not SocialAccount.objects.exists()


def test_whoever_gives_up_at_the_provider_is_told_that_nothing_happened(world: None, configure: Any) -> None:
    walk = Walk()
    state = parse_qs(urlsplit(walk.leaves()).query)["state"][0]
    answer = walk.comes_back(f"/logga-in/oidc/{ID}/svar/?state={state}&error=access_denied")
    assert answer["Location"] == "/logga-in/avbruten/"
    assert "Inloggningen avbröts" in walk.client.get(answer["Location"]).text


def test_one_logs_in_more_surely_without_logging_out_first(world: None, configure: Any) -> None:
    walk = Walk()
    log_in(walk.client, with_password("03", Role.AUTHORISED_SIGNATORY))
    assert walk.client.session["assurance"] == "password"
    assert "Statens e-legitimation" in walk.client.get("/logga-in/").text
    walk.as_("at-loa3")
    assert walk.client.session["assurance"] == "loa3"


def test_login_leaves_the_site_only_by_post_and_only_the_login_page_lets_a_form_lead_there(
    world: None, configure: Any, provider: dict[str, Any]
) -> None:
    client = browser()
    assert client.get(f"/logga-in/oidc/{ID}/").status_code == 405
    there = f"http://127.0.0.1:{provider['port']}"
    assert f"form-action 'self' {there};" in client.get("/logga-in/")["Content-Security-Policy"] + ";"
    assert there not in client.get("/")["Content-Security-Policy"]
    assert client.post("/logga-in/oidc/okand/").status_code == 404


def test_a_provider_that_does_not_answer_leaves_the_other_ways_in(world: None, configure: Any) -> None:
    configure("nothing-there")
    answer = browser().post(f"/logga-in/oidc/{ID}/")
    assert (answer.status_code, "svarar inte" in answer.text) == (503, True)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("nonsense", "neither JSON nor the path"),
        ("{}", "not a list"),
        ('[{"name": "x"}]', "provider 1 (no id): id is missing"),
        ('[{"id": "Å", "name": "x"}]', "small letters"),
        ('[{"id": "a", "name": "x", "servr_url": "y"}]', "unknown servr_url"),
        ('[{"id": "a", "name": "x", "server_url": "http://id.example", "client_id": "c", "secret": "s"}]', "https"),
        ('[{"id": "a", "name": "x", "server_url": "https://id.example", "client_id": "c"}]', "secret is missing"),
        (
            '[{"id": "a", "name": "x", "server_url": "https://i.example", "client_id": "c", "secret": "s",'
            ' "levels": {"x": "demo"}}]',
            "levels must give",
        ),
    ],
)
def test_a_configuration_that_is_wrong_says_where(written: str, said: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="OVERENS_OIDC") as refused:
        configured(written, "")
    assert said in str(refused.value)
