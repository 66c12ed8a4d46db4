# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Logging in by a real SAML identity provider (pysaml2), which runs beside the tests as a program of its own."""

from __future__ import annotations

import base64
import copy
import json
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings
from lxml import etree, html

from overens.demo.people import address, person
from overens.people.models import Person
from overens.rules.process import Role
from overens.web.login.providers import LEVELS, configured
from tests.identity.running import HERE, free_port, running
from tests.integration.login.conftest import acts, browser

LOA = "http://id.elegnamnden.se/loa/1.0/loa"
ID = "organisationen"
OURS = f"/logga-in/saml/{ID}/"
PROVIDERS_PYTHON = Path(__file__).parents[3] / ".venv-saml" / "bin" / "python"
SIGNATORY, OTHER = address("03", Role.AUTHORISED_SIGNATORY), address("12", Role.AUTHORISED_SIGNATORY)
SAML = {"saml": "urn:oasis:names:tc:SAML:2.0:assertion"}


def identity(email: str, level: str, subject: str) -> dict[str, Any]:
    return {"attributes": {"mail": [email]}, "level": level, "subject": subject}


IDENTITIES = {
    "at-loa3": identity(SIGNATORY, LOA + "3", "a1"),
    "at-loa2": identity(SIGNATORY, LOA + "2", "a1"),
    "by-password-there": identity(SIGNATORY, "urn:oasis:names:tc:SAML:2.0:ac:classes:Password", "a1"),
    "stranger": identity("ingen@region.example", LOA + "3", "b2"),
}


def providers(certificate: str, entity_id: str, port: int, **more: Any) -> dict[str, Any]:
    entry = {
        "id": ID, "name": "Organisationens inloggning", "entity_id": entity_id, "certificate": certificate,
        "sso_url": f"http://127.0.0.1:{port}/sso", **more,
    }  # fmt: skip
    return configured("", json.dumps([entry]))


@pytest.fixture(scope="module")
def provider() -> Iterator[dict[str, Any]]:
    assert PROVIDERS_PYTHON.exists(), "make test makes .venv-saml"
    port = free_port()
    with override_settings(SOCIALACCOUNT_PROVIDERS=providers("not known yet", "https://not.known.yet", port)):
        metadata = our_metadata()
    given = {"port": port, "identities": IDENTITIES, "metadata": metadata}
    with running([PROVIDERS_PYTHON, HERE / "saml" / "provider.py"], given) as answered:
        yield answered


def our_metadata() -> str:
    """What an identity provider is given of us. Without a database: nobody need log in to read it."""
    from django.http import HttpRequest

    from overens.web.login import saml

    request = HttpRequest()
    request.method, request.META = "GET", {"HTTP_HOST": "127.0.0.1", "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80",
                                           "PATH_INFO": f"{OURS}metadata/"}  # fmt: skip
    return saml.metadata(request, ID).content.decode()


@pytest.fixture
def configure(provider: dict[str, Any], settings_: Callable[..., Any]) -> Callable[..., None]:
    def change(**more: Any) -> None:
        known = {key: provider[key] for key in ("certificate", "entity_id", "port")}
        settings_(SOCIALACCOUNT_PROVIDERS=providers(**known, **more))

    change()
    return change


class Walk:
    """A browser that is sent to the provider and back."""

    def __init__(self) -> None:
        self.client = browser()

    def leaves(self, next_page: str = "") -> str:
        answer = self.client.post(f"{OURS}?next={next_page}")
        assert answer.status_code == 302, answer.text
        return str(answer["Location"])

    def identifies(self, there: str, who: str, how: str = "") -> str:
        """At the provider; the answer (XML) that its page lets the browser send to us."""
        page = html.fromstring(requests.get(f"{there}&who={who}&how={how}", timeout=10).text)
        (form,) = page.forms
        assert form.action == f"http://127.0.0.1{OURS}svar/"
        return base64.b64decode(form.fields["SAMLResponse"]).decode()

    def comes_back(self, answer: str) -> Any:
        # From the provider's page the browser brings no cookie of ours along; it has them in the request after it.
        across = browser().post(f"{OURS}svar/", {"SAMLResponse": base64.b64encode(answer.encode()).decode()})
        if across.status_code != 302:
            return across
        kept = across.cookies["saml-acs-session"]
        assert kept["httponly"]
        self.client.cookies["saml-acs-session"] = kept.value
        return self.client.get(across["Location"])

    def as_(self, who: str, how: str = "", next_page: str = "") -> Any:
        return self.comes_back(self.identifies(self.leaves(next_page), who, how))

    @property
    def logged_in(self) -> bool:
        return "_auth_user_id" in self.client.session


def refused(answer: Any, walk: Walk) -> bool:
    assert "gick inte att bekräfta" in answer.text
    return answer.status_code in (401, 403) and not walk.logged_in and not SocialAccount.objects.exists()


def test_the_levels_are_asked_for(world: None, configure: Any) -> None:
    sent = parse_qs(urlsplit(Walk().leaves()).query)["SAMLRequest"][0]
    request = etree.fromstring(zlib.decompress(base64.b64decode(sent), -15))
    asked = request.xpath("//saml:AuthnContextClassRef/text()", namespaces=SAML)
    assert asked == list(LEVELS)


def test_a_person_identified_at_loa3_is_at_their_desk(world: None, configure: Any) -> None:
    walk = Walk()
    assert walk.as_("at-loa3", next_page="/region/03/2019/regioner/")["Location"] == "/region/03/2019/regioner/"
    assert walk.client.session["assurance"] == "loa3"
    assert walk.client.get("/region/").status_code == 200
    assert acts(person("03", Role.AUTHORISED_SIGNATORY))[-1] == "login"
    (kept,) = SocialAccount.objects.all()
    assert (kept.provider, kept.uid, kept.extra_data) == (ID, "a1", {"acr": LOA + "3"})


@pytest.mark.parametrize(("who", "level"), [("at-loa2", "loa2"), ("by-password-there", "password")])
def test_whoever_was_identified_less_surely_needs_a_second_factor(
    world: None, configure: Any, who: str, level: str
) -> None:
    walk = Walk()
    walk.as_(who)
    assert walk.client.session["assurance"] == level
    assert walk.client.get("/region/")["Location"].startswith("/logga-in/andra-faktor/")


def test_nobody_is_created(world: None, configure: Any) -> None:
    before = Person.objects.count()
    walk = Walk()
    answer = walk.as_("stranger")
    assert (answer.status_code, walk.logged_in, Person.objects.count()) == (403, False, before)
    assert "ingen med din e-postadress är inbjuden" in answer.text


def test_a_provider_vouches_only_for_the_domains_it_is_trusted_with(world: None, configure: Any) -> None:
    configure(email_domains=["annan.demo.invalid"])
    assert Walk().as_("at-loa3").status_code == 403


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ("unsigned", "Assertion of the Response is not signed"),
        ("unsigned-assertion", "Assertion of the Response is not signed"),
        ("other-key", "Signature validation failed"),
        ("other-audience", "is not a valid audience"),
        ("unasked", "IdP initiated SSO rejected"),
        ("over", "expired"),
    ],
)
def test_an_answer_that_is_not_the_providers_to_us_now_is_refused(
    world: None, configure: Any, caplog: pytest.LogCaptureFixture, how: str, why: str
) -> None:
    walk = Walk()
    assert refused(walk.as_("at-loa3", how), walk)
    assert why in caplog.text


def test_an_answer_is_taken_once(world: None, configure: Any) -> None:
    walk = Walk()
    answer = walk.identifies(walk.leaves(), "at-loa3")
    assert walk.comes_back(answer).status_code == 302
    walk.client.post("/logga-ut/")
    again = walk.comes_back(answer)
    assert (again.status_code, walk.logged_in) == (401, False)


def test_an_answer_is_taken_only_by_the_browser_that_asked(world: None, configure: Any) -> None:
    walk, victim = Walk(), Walk()
    answer = walk.identifies(walk.leaves(), "at-loa3")
    victim.leaves()
    assert refused(victim.comes_back(answer), victim)


@pytest.mark.parametrize(("said", "instead"), [(SIGNATORY, OTHER), (LOA + "2", LOA + "4"), (">a1<", ">b2<")])
def test_an_answer_that_was_altered_is_refused(world: None, configure: Any, said: str, instead: str) -> None:
    walk = Walk()
    answer = walk.identifies(walk.leaves(), "at-loa2")
    assert said in answer
    assert refused(walk.comes_back(answer.replace(said, instead)), walk)


@pytest.mark.parametrize("where", ["before", "after", "around"])
def test_a_signed_assertion_lends_its_signature_to_no_other(world: None, configure: Any, where: str) -> None:
    """Signature wrapping: the signed assertion is there, untouched, beside a forged one."""
    walk = Walk()
    root = etree.fromstring(walk.identifies(walk.leaves(), "at-loa2").encode())
    for signature in root.xpath("./ds:Signature", namespaces={"ds": "http://www.w3.org/2000/09/xmldsig#"}):
        root.remove(signature)  # the response's own; the assertion keeps its
    (signed,) = root.xpath("./saml:Assertion", namespaces=SAML)
    forged = copy.deepcopy(signed)
    forged.set("ID", "forged")
    (email,) = [each for each in forged.iter() if each.text == SIGNATORY]
    email.text = OTHER
    (inside,) = forged.xpath("./ds:Signature", namespaces={"ds": "http://www.w3.org/2000/09/xmldsig#"})
    forged.remove(inside)
    if where == "before":
        signed.addprevious(forged)
    elif where == "after":
        signed.addnext(forged)
    else:
        root.replace(signed, forged)
        holder = etree.SubElement(forged, "{http://www.w3.org/2000/09/xmldsig#}Object")
        holder.append(signed)
    assert refused(walk.comes_back(etree.tostring(root).decode()), walk)


@pytest.mark.parametrize("sent", ["", "not base 64 !", base64.b64encode(b"<not xml").decode()])
def test_nonsense_is_refused(world: None, configure: Any, sent: str) -> None:
    walk = Walk()
    walk.leaves()
    assert refused(walk.client.post(f"{OURS}svar/", {"SAMLResponse": sent} if sent else {}), walk)


def test_an_entity_in_the_xml_is_not_read(world: None, configure: Any, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(SIGNATORY)
    walk = Walk()
    answer = walk.identifies(walk.leaves(), "at-loa3")
    head = f'<!DOCTYPE r [<!ENTITY e SYSTEM "file://{secret}">]>'
    body = answer.partition("?>")[2] if answer.startswith("<?xml") else answer
    assert refused(walk.comes_back(head + body.replace(SIGNATORY, "&e;")), walk)


def test_the_metadata_say_where_answers_go_and_offer_no_logout(world: None, configure: Any) -> None:
    page = browser().get(f"{OURS}metadata/")
    assert page["Content-Type"] == "application/samlmetadata+xml"
    root = etree.fromstring(page.content)
    assert root.get("entityID") == f"http://127.0.0.1{OURS}metadata/"
    (consumer,) = root.xpath("//*[local-name()='AssertionConsumerService']")
    assert consumer.get("Location") == f"http://127.0.0.1{OURS}svar/"
    assert not root.xpath("//*[local-name()='SingleLogoutService']")
    assert root.xpath("//*[local-name()='SPSSODescriptor']")[0].get("WantAssertionsSigned") == "true"
    assert browser().get(f"{OURS}utloggning/").status_code == 404


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"entity_id": "e", "sso_url": "https://i.example/sso"}, "certificate is missing"),
        ({"entity_id": "e", "sso_url": "http://i.example/sso", "certificate": "c"}, "must be an https address"),
        ({"entity_id": "e", "metadata_url": "https://i.example/"}, "origins must say"),
        ({"sso_url": "https://i.example/sso", "certificate": "c"}, "entity_id is missing"),
    ],
)
def test_a_configuration_that_is_wrong_says_where(entry: dict[str, str], said: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"OVERENS_SAML, provider 1 \(a\)") as wrong:
        configured("", json.dumps([{"id": "a", "name": "x", **entry}]))
    assert said in str(wrong.value)


def test_a_provider_has_one_name() -> None:
    oidc = {"id": "a", "name": "x", "server_url": "https://i.example", "client_id": "c", "secret": "s"}
    saml = {"id": "a", "name": "y", "entity_id": "e", "sso_url": "https://i.example/sso", "certificate": "c"}
    with pytest.raises(ImproperlyConfigured, match="several providers have the id a"):
        configured(json.dumps([oidc]), json.dumps([saml]))
