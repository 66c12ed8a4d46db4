# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""An organisation's people on its administrators' pages: only theirs, and what was typed survives a refusal."""

from __future__ import annotations

import datetime as dt
import re
import time

import pytest
from django.core import mail
from django.test import Client
from django.test.utils import override_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from overens.demo.people import person
from overens.people.models import Mandate, Organisation, Person
from overens.records.models import Event
from overens.rules.process import Assurance, Role
from overens.web.login import assurance
from overens.web.login.accounts import LOGGED_IN_AT

NEW = {
    "name": "Ny Ekonomichef",
    "email": "ny@03.demo.invalid",
    "title": "Ekonomichef",
    "telephone": "018-000 00 00",
    "role": "head-of-finance",
    "agreement": "2019",
    "first_day": "2019-12-01",
    "last_day": "2020-12-31",
    "citation": "Delegationsordning DEMO 2019:3",
}


def client_of(code: str, role: Role = Role.ADMINISTRATOR) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person(code, role))
    return client


@pytest.fixture
def uppsala(demo: None) -> Client:
    return client_of("03")


def test_the_list_shows_the_organisations_own_and_nobody_elses(uppsala: Client) -> None:
    page = uppsala.get("/organisation/").text
    for role in (Role.PREPARER, Role.HEAD_OF_FINANCE, Role.AUTHORISED_SIGNATORY, Role.ADMINISTRATOR):
        assert person("03", role).email in page
    assert "@12.demo.invalid" not in page
    assert "Ekonomichef/verksamhetschef (2019)" in page  # as the agreement calls it


def test_the_list_as_of_a_day_and_of_those_that_have_ended(uppsala: Client) -> None:
    mandate = Mandate.objects.get(person=person("03", Role.PREPARER))
    done = uppsala.post(
        f"/organisation/uppdrag/{mandate.pk}/avsluta/", {"last_day": "2019-11-30", "reason": "Byter tjänst"}
    )
    assert done.status_code == 303
    email = person("03", Role.PREPARER).email
    assert email in uppsala.get("/organisation/", {"dag": "2019-11-30"}).text
    assert email not in uppsala.get("/organisation/", {"dag": "2019-12-01"}).text
    assert email in uppsala.get("/organisation/", {"visa": "avslutade", "dag": "2019-12-01"}).text
    assert email not in uppsala.get("/organisation/", {"visa": "kommande", "dag": "2019-12-01"}).text
    assert email in uppsala.get("/organisation/", {"visa": "alla", "roll": "preparer"}).text
    assert email not in uppsala.get("/organisation/", {"visa": "alla", "roll": "planner"}).text
    assert "Inga uppdrag i urvalet" in uppsala.get("/organisation/", {"sok": "ingen sådan"}).text
    # An old or odd address still shows something.
    assert email in uppsala.get("/organisation/", {"dag": "31/12", "roll": "kung", "visa": "x", "page": "99"}).text


def test_the_list_as_a_file(uppsala: Client) -> None:
    answer = uppsala.get("/organisation/", {"format": "csv", "roll": "preparer"})
    assert answer["Content-Disposition"] == 'attachment; filename="uppdrag-03.csv"'
    header, row, rest = answer.content.decode("utf-8-sig").split("\r\n")
    assert header.startswith("Namn;E-post;Uppdrag;")
    assert "preparer@03.demo.invalid;Handläggare;;;2019-01-01;;Delegationsordning DEMO 2019:1" in row
    assert rest == ""


def test_an_invited_person_comes_in_with_a_mandate(uppsala: Client) -> None:
    answer = uppsala.post("/organisation/bjud-in/", NEW)
    invited = Person.objects.get(email=NEW["email"])
    assert answer["Location"] == f"/organisation/person/{invited.pk}/?inbjuden=1"
    page = uppsala.get(answer["Location"]).text
    assert "/valkommen/" in page  # the demo sends no letters
    assert "/valkommen/" not in uppsala.get(f"/organisation/person/{invited.pk}/").text
    mandate = invited.mandates.get()
    assert (mandate.role, mandate.agreement, mandate.citation) == ("head-of-finance", "2019", NEW["citation"])
    assert (mandate.valid_from, mandate.valid_to) == (dt.date(2019, 12, 1), dt.date(2020, 12, 31))
    assert mandate.given_by == person("03", Role.ADMINISTRATOR)
    event = Event.objects.filter(subject="organisation/03").latest("number")
    assert (event.act, event.person) == ("invite-person", mandate.given_by)
    assert "En person bjöds in" in uppsala.get("/organisation/historik/").text


def surely_identified(client: Client) -> None:
    """As somebody who logged in at LoA 3: outside the demo administrators must show more than a password."""
    session = client.session
    session[assurance.KEY], session[LOGGED_IN_AT] = Assurance.LOA3.value, int(time.time())
    session.save()


def test_outside_the_demo_the_invitation_is_sent_to_the_person_and_shown_to_nobody(
    uppsala: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    surely_identified(uppsala)
    monkeypatch.setattr(mail, "outbox", [], raising=False)
    with override_settings(DEMO=False, EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        answer = uppsala.post("/organisation/bjud-in/", NEW)
        (letter,) = mail.outbox
        assert letter.to == [NEW["email"]]
        assert "http://127.0.0.1/valkommen/" in letter.body
        assert "/valkommen/" not in uppsala.get(answer["Location"]).text
        again = f"/organisation/person/{Person.objects.get(email=NEW['email']).pk}/inbjudan/"
        assert uppsala.post(again).status_code == 303
        assert len(mail.outbox) == 2


def test_a_letter_that_cannot_be_sent_is_told_and_the_mandate_stands(uppsala: Client) -> None:
    surely_identified(uppsala)
    with override_settings(
        DEMO=False, EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=9
    ):
        answer = uppsala.post("/organisation/bjud-in/", NEW, follow=True)
    assert "kunde inte skickas" in answer.text
    assert Person.objects.get(email=NEW["email"]).mandates.exists()


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("email", "ingen adress", "giltig e-postadress"),
        ("email", "", "måste fyllas i"),
        ("name", " ", "Skriv personens namn"),
        ("telephone", "ring mig", "”ring mig” är inget telefonnummer"),
        ("role", "payer", "payer"),
        ("first_day", "2019-02-30", "giltigt datum"),
        ("last_day", "2019-11-30", "före den första"),
        ("citation", "", "Ange beslutet"),
        ("agreement", "2031", "2031"),
        ("name", "x" * 201, "200"),
    ],
)
def test_bad_input_is_told_at_its_field_and_what_was_typed_is_kept(
    uppsala: Client, field: str, typed: str, said: str
) -> None:
    before = Person.objects.count(), Event.objects.count()
    answer = uppsala.post("/organisation/bjud-in/", {**NEW, field: typed})
    assert answer.status_code == 422
    at_field = re.search(rf'id="id_{field}_error">(.*?)</div>', answer.text, re.DOTALL)
    assert at_field is not None
    assert said in at_field[1]
    kept = {"citation": NEW["citation"], "email": NEW["email"], "name": NEW["name"]}
    assert all(f'value="{value}"' in answer.text for name, value in kept.items() if name != field)
    assert (Person.objects.count(), Event.objects.count()) == before


def test_the_organisations_own_demands_hold_and_are_shown(uppsala: Client) -> None:
    page = "/organisation/skilda-personer/"
    refused = uppsala.post(page, {"separations": ["preparer != signatory"], "citation": ""})
    assert refused.status_code == 422
    assert 'value="preparer != signatory" checked' in refused.text
    assert uppsala.post(page, {"separations": ["preparer != signatory"], "citation": "Beslut 1"}).status_code == 303
    assert Organisation.objects.get(code="03").separations == ["preparer != signatory"]
    assert "Beslut 1" in uppsala.get(page).text
    assert "Beslut 1" in uppsala.get("/organisation/historik/").text
    assert uppsala.post(page, {"separations": ["payer != second-payer"], "citation": "x"}).status_code == 422


def test_ones_own_page(demo: None) -> None:
    client = client_of("03", Role.PREPARER)
    page = client.get("/organisation/jag/").text
    assert "Region Uppsala" in page
    assert "Delegationsordning DEMO 2019:1" in page
    assert "gavs av Administratör, Region Uppsala" in page
    assert client.post("/organisation/jag/", {"title": "T", "telephone": "!", "language": "sv"}).status_code == 422
    answer = client.post("/organisation/jag/", {"title": "Controller", "telephone": "018-1", "language": "en"})
    assert answer.status_code == 303
    assert answer.cookies["django_language"].value == "en"
    me = person("03", Role.PREPARER)
    assert (me.title, me.telephone, me.language) == ("Controller", "018-1", "en")
    assert Event.objects.filter(subject=f"person/{me.pk}", act="change-contact", person=me).exists()


def test_who_loses_the_mandate_loses_the_pages_at_once(uppsala: Client) -> None:
    second = person("03", Role.PREPARER)
    give = {"role": "administrator", "first_day": "2019-11-27", "citation": "Beslut"}
    assert uppsala.post(f"/organisation/person/{second.pk}/uppdrag/", give).status_code == 303
    other = client_of("03", Role.PREPARER)
    mandate = person("03", Role.ADMINISTRATOR).mandates.get()
    ended = {"last_day": "2019-11-26", "reason": "Slutar"}
    assert other.post(f"/organisation/uppdrag/{mandate.pk}/avsluta/", ended).status_code == 303
    assert uppsala.get("/organisation/").status_code == 403
    assert uppsala.post(f"/organisation/person/{second.pk}/uppdrag/", give).status_code == 403


def test_an_administrator_acts_on_no_case(uppsala: Client) -> None:
    before = Event.objects.filter(subject="2019/regioner/03").count()
    for page in ("rekvisition/", "rekvisition/skriv-under/"):
        answer = uppsala.post(f"/region/03/2019/regioner/{page}", {"R2.4": "1", "revision": "0", "do": "save"})
        assert answer.status_code != 200
    assert Event.objects.filter(subject="2019/regioner/03").count() == before


PAGES = (
    "person/{}/",
    "person/{}/uppdrag/",
    "person/{}/slutar/",
    "person/{}/namn/",
    "person/{}/inbjudan/",
    "uppdrag/{}/avsluta/",
)
TYPED = {
    **NEW,
    "name": "Kapad",
    "last_day": "2019-11-27",
    "reason": "x",
}


@settings(max_examples=150)
@given(page=st.sampled_from(PAGES), number=st.integers(min_value=-1, max_value=250), post=st.booleans())
def test_random_numbers_never_open_another_organisations_people(demo: None, page: str, number: int, post: bool) -> None:
    client = client_of("12")
    address = f"/organisation/{page.format(number)}"
    held = Mandate.objects.filter(organisation__code="12")
    mine = held.filter(pk=number) if page.startswith("uppdrag") else held.filter(person=number)
    if mine.exists():
        return
    before = list(Mandate.objects.order_by("pk").values_list()), Event.objects.count(), Person.objects.count()
    answer = client.post(address, TYPED) if post else client.get(address)
    assert answer.status_code in (404, 405)
    assert (list(Mandate.objects.order_by("pk").values_list()), Event.objects.count(), Person.objects.count()) == before


def test_of_a_person_at_two_organisations_each_sees_its_own_mandates(uppsala: Client) -> None:
    both = person("12", Role.PREPARER)
    uppsala.post("/organisation/bjud-in/", {**NEW, "email": both.email, "role": "preparer", "agreement": ""})
    page = uppsala.get(f"/organisation/person/{both.pk}/").text
    assert "Region Skåne" not in page.replace("Handläggare, Region Skåne", "")
    theirs = both.mandates.get(organisation__code="12")
    assert uppsala.get(f"/organisation/uppdrag/{theirs.pk}/avsluta/").status_code == 404
    leave = {"last_day": "2019-11-27", "reason": "x"}
    assert uppsala.post(f"/organisation/person/{both.pk}/slutar/", leave).status_code == 303
    theirs.refresh_from_db()
    assert theirs.valid_to is None
    assert client_of("12", Role.PREPARER).get("/organisation/jag/").text.count("Region Uppsala") >= 1
