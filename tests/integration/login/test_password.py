# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Logging in with e-mail and password, failing to, and logging out."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.utils import timezone

from overens.demo.people import person
from overens.people.models import Person
from overens.rules.process import Role
from overens.web.login import invitation_link
from tests.integration.login.conftest import PASSWORD, acts, browser, log_in, with_password

DESK = "/region/"


def test_a_person_logs_in_and_lands_at_their_desk(preparer: Person) -> None:
    client = browser()
    answer = log_in(client, preparer)
    assert (answer.status_code, answer["Location"]) == (302, "/start/")
    assert client.get("/start/")["Location"] == DESK
    assert client.get(DESK).status_code == 200
    assert client.session["assurance"] == "password"
    assert acts(preparer)[-1] == "login"


def test_the_session_gets_a_new_key_at_login(preparer: Person) -> None:
    client = browser()
    client.get("/logga-in/")
    session = client.session
    session["before"] = 1
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    log_in(client, preparer)
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_login_goes_on_to_the_page_that_was_asked_for_but_never_to_another_site(preparer: Person) -> None:
    page = "/region/03/2019/regioner/"
    assert log_in(browser(), preparer, next=page)["Location"] == page
    for elsewhere in ("https://example.com/", "//example.com", "javascript:alert(1)"):
        assert log_in(browser(), preparer, next=elsewhere)["Location"] == "/start/"


def test_logging_out_is_a_post_that_ends_the_session(preparer: Person) -> None:
    client = browser()
    log_in(client, preparer)
    assert client.get("/logga-ut/").status_code == 405
    assert client.get(DESK).status_code == 200
    client.post("/logga-ut/")
    assert client.get(DESK)["Location"].startswith("/logga-in/?next=")
    assert acts(preparer)[-2:] == ["login", "logout"]


@pytest.mark.parametrize("typed", ["fel lösenord helt enkelt", PASSWORD.upper()])
def test_a_wrong_password_is_refused_noted_and_keeps_the_address(preparer: Person, typed: str) -> None:
    answer = log_in(browser(), preparer, typed)
    assert answer.status_code == 200
    assert "hör inte ihop" in answer.text
    assert preparer.email in answer.text
    assert typed not in answer.text
    assert acts(preparer)[-1] == "login-refused"


def test_nobody_learns_who_has_an_account(preparer: Person) -> None:
    def said(email: str) -> str:
        page = browser().post("/logga-in/", {"login": email, "password": "fel lösenord helt enkelt"}).text
        return re.sub(r'name="csrfmiddlewaretoken" value="\w+"|"X-CSRFToken": "\w+"', "", page).replace(email, "")

    assert said(preparer.email) == said("ingen@region.example")


def test_somebody_who_was_never_given_a_password_cannot_log_in_with_any(world: None) -> None:
    who = person("03", Role.HEAD_OF_FINANCE)
    for typed in ("", "!", "None", who.password):
        client = browser()
        log_in(client, who, typed)
        assert "_auth_user_id" not in client.session


def test_a_closed_account_opens_for_nobody(preparer: Person) -> None:
    Person.objects.filter(pk=preparer.pk).update(is_active=False)
    client = browser()
    answer = log_in(client, preparer)
    assert answer["Location"] == "/logga-in/avstangt/"
    assert "Kontot är avstängt" in client.get(answer["Location"]).text
    assert client.get(DESK).status_code == 302


def test_an_account_that_is_closed_ends_the_session_that_is_open(preparer: Person) -> None:
    client = browser()
    log_in(client, preparer)
    Person.objects.filter(pk=preparer.pk).update(is_active=False)
    assert client.get(DESK)["Location"].startswith("/logga-in/")


def test_after_five_wrong_passwords_even_the_right_one_must_wait_and_is_told_how_long(preparer: Person) -> None:
    with time_machine.travel("2026-03-02 09:00:00+01:00", tick=False) as clock:
        for _ in range(5):
            assert "hör inte ihop" in log_in(browser(), preparer, "fel lösenord helt enkelt").text
            clock.shift(10)
        # From another address too: it is the account that is guessed at.
        client = browser(REMOTE_ADDR="192.0.2.17")
        assert "Försök igen om 5 minuter." in log_in(client, preparer).text
        clock.shift(200)
        assert "Försök igen om 1 minut." in log_in(client, preparer).text
        clock.shift(60)
        assert log_in(client, preparer).status_code == 302


def test_one_address_cannot_try_many_accounts(world: None) -> None:
    tried = [
        browser().post("/logga-in/", {"login": f"nr{n}@region.example", "password": "x" * 12}).text for n in range(11)
    ]
    assert all("hör inte ihop" in page for page in tried[:10])
    assert "För många misslyckade försök" in tried[10]


def test_the_limits_are_counted_where_every_server_process_sees_them() -> None:
    from django.conf import settings

    assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")


def test_too_many_logins_get_a_page_that_says_when_to_come_back(
    preparer: Person, settings_: Callable[..., Any]
) -> None:
    settings_(ACCOUNT_RATE_LIMITS={"login": "2/m/ip"})
    answers = [log_in(browser(), preparer) for _ in range(3)]
    assert [each.status_code for each in answers] == [302, 302, 429]
    assert answers[2]["Retry-After"] == "60"
    assert "Vänta en minut" in answers[2].text


class TestSessionLimits:
    def test_a_session_that_nobody_uses_ends_after_half_an_hour(self, preparer: Person) -> None:
        with time_machine.travel("2026-03-02 09:00:00+01:00", tick=False) as clock:
            client = browser()
            log_in(client, preparer)
            for _ in range(3):
                clock.shift(29 * 60)
                assert client.get(DESK).status_code == 200
            clock.shift(30 * 60)
            answer = client.get(DESK)
            assert answer["Location"] == "/logga-in/?next=/region/"
            assert "öppen för länge" in client.get(answer["Location"]).text
            assert acts(preparer)[-1] == "logout"

    def test_a_session_ends_eight_hours_after_its_login_however_much_it_is_used(self, preparer: Person) -> None:
        with time_machine.travel("2026-03-02 08:00:00+01:00", tick=False) as clock:
            client = browser()
            log_in(client, preparer)
            for _ in range(24 * 8 // 8 - 1):
                clock.shift(20 * 60)
                assert client.get(DESK).status_code == 200, timezone.now()
            clock.shift(20 * 60)
            assert client.get(DESK).status_code == 302

    def test_what_was_posted_too_late_is_not_done(self, preparer: Person) -> None:
        with time_machine.travel("2026-03-02 09:00:00+01:00", tick=False) as clock:
            client = browser()
            log_in(client, preparer)
            clock.shift(31 * 60)
            answer = client.post("/region/03/2019/regioner/rekvisition/", {"do": "save", "revision": "0"})
            assert answer["Location"].startswith("/logga-in/?next=")

    def test_outside_the_demo_a_session_that_no_login_began_is_none(
        self, preparer: Person, settings_: Callable[..., Any]
    ) -> None:
        client = browser()
        client.force_login(preparer)
        assert client.get(DESK).status_code == 200
        settings_(DEMO=False)
        assert client.get(DESK).status_code == 302


class TestPasswords:
    def test_changing_it_ends_the_other_sessions_and_says_so_by_e_mail(
        self, preparer: Person, outbox: list[Any]
    ) -> None:
        here, there = browser(), browser()
        log_in(here, preparer)
        log_in(there, preparer)
        new = "en helt annan lång mening"
        answer = here.post("/konto/inloggning/losenord/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
        assert answer.status_code == 302, answer.text
        assert here.get(DESK).status_code == 200
        assert there.get(DESK).status_code == 302
        assert [(each.to, "Lösenordet har ändrats" in each.body) for each in outbox] == [([preparer.email], True)]
        assert log_in(browser(), preparer).status_code == 200
        assert log_in(browser(), preparer, new).status_code == 302

    @pytest.mark.parametrize(
        ("typed", "again", "said"),
        [
            ("kort", "kort", "minst 12 tecken"),
            ("1q2w3e4r5t6y", "1q2w3e4r5t6y", "vanligt"),
            ("preparer@03.demo.invalid", "preparer@03.demo.invalid", "för likt"),
            ("en helt annan lång mening", "en helt annan kort mening", "De två lösenorden är inte lika."),
        ],
    )
    def test_one_that_is_easily_guessed_or_mistyped_is_refused_at_its_field(
        self, preparer: Person, typed: str, again: str, said: str
    ) -> None:
        client = browser()
        log_in(client, preparer)
        page = client.post(
            "/konto/inloggning/losenord/", {"oldpassword": PASSWORD, "password1": typed, "password2": again}
        ).text
        assert said in page, page
        assert log_in(browser(), preparer).status_code == 302

    def test_it_is_kept_by_scrypt(self, preparer: Person) -> None:
        assert preparer.password.startswith("scrypt$")

    def test_a_forgotten_one_is_chosen_anew_by_a_link_that_works_once(
        self, preparer: Person, outbox: list[Any]
    ) -> None:
        open_one = browser()
        log_in(open_one, preparer)
        asked = browser()
        assert asked.post("/logga-in/glomt-losenord/", {"email": preparer.email})["Location"].endswith("/skickat/")
        (letter,) = outbox
        assert letter.to == [preparer.email]
        link = re.search(r"http://127\.0\.0\.1(/\S+)", letter.body)[1]  # type: ignore[index]
        form = asked.get(link)
        assert preparer.password.rpartition("$")[2] not in form["Location"]
        new = "en helt annan lång mening"
        done = asked.post(form["Location"], {"password1": new, "password2": new})
        assert done["Location"] == "/logga-in/nytt-losenord/klart/"
        assert open_one.get(DESK).status_code == 302
        assert log_in(browser(), preparer, new).status_code == 302
        assert "gäller inte längre" in browser().get(link).text

    def test_asking_for_a_link_answers_the_same_for_any_address(self, preparer: Person, outbox: list[Any]) -> None:
        known, unknown = (
            browser().post("/logga-in/glomt-losenord/", {"email": email})
            for email in (preparer.email, "ingen@region.example")
        )
        assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
        assert [each.to for each in outbox] == [[preparer.email], ["ingen@region.example"]]
        assert "http" not in outbox[1].body


class TestInvitation:
    NEW = {"password1": "min första långa mening", "password2": "min första långa mening"}

    def test_somebody_invited_chooses_a_password_by_the_link_and_logs_in(self, world: None) -> None:
        who = person("03", Role.PREPARER)
        link = invitation_link(who)
        client = browser()
        assert who.email in client.get(link).text
        assert client.post(link, self.NEW)["Location"] == "/logga-in/"
        assert acts(who)[-1] == "set-password"
        assert log_in(client, who, self.NEW["password1"]).status_code == 302

    def test_the_link_works_once_and_for_three_days(self, world: None) -> None:
        who = person("03", Role.PREPARER)
        with time_machine.travel("2026-03-02 09:00:00+01:00", tick=False) as clock:
            link = invitation_link(who)
            clock.shift(3 * 24 * 3600 + 1)
            assert browser().get(link).status_code == 404
            clock.shift(-10)
            assert browser().post(link, self.NEW).status_code == 302
            assert browser().get(link).status_code == 404
            answer = browser().post(link, {"password1": "tjuvens långa mening", "password2": "tjuvens långa mening"})
            assert answer.status_code == 409
        assert log_in(browser(), who, "tjuvens långa mening").status_code == 200

    def test_it_is_for_one_person_and_no_link_of_another_kind(self, world: None, outbox: list[Any]) -> None:
        one, other = person("03", Role.PREPARER), person("12", Role.PREPARER)
        _, _, _, token, _ = invitation_link(one).split("/")
        _, _, others, _, _ = invitation_link(other).split("/")
        assert browser().get(f"/valkommen/{others}/{token}/").status_code == 404
        reset = browser().get(f"/logga-in/nytt-losenord/{one.pk}-{token}/")
        assert "gäller inte längre" in reset.text
        for broken in ("x", "MQ", "%00", "9" * 40):
            assert browser().get(f"/valkommen/{broken}/{token}/").status_code in (400, 404)

    def test_a_weak_password_is_refused_and_the_link_still_works(self, world: None) -> None:
        who = person("03", Role.PREPARER)
        link = invitation_link(who)
        answer = browser().post(link, {"password1": "kort", "password2": "kort"})
        assert (answer.status_code, "minst 12 tecken" in answer.text) == (422, True)
        assert browser().post(link, self.NEW).status_code == 302


def test_nobody_signs_up(world: None) -> None:
    page = browser().get("/logga-in/nytt-konto/")
    assert "Man blir inbjuden" in page.text
    before = Person.objects.count()
    assert browser().post("/logga-in/nytt-konto/", {"email": "jag@region.example"}).status_code == 405
    assert Person.objects.count() == before


def test_log_out_everywhere_ends_every_session(preparer: Person) -> None:
    here, there = browser(), browser()
    log_in(there, preparer)
    log_in(here, preparer)
    assert here.get("/konto/inloggning/").text.count("Firefox, Linux") == 2
    here.post("/konto/inloggning/avsluta/")
    assert here.get(DESK).status_code == 302
    assert there.get(DESK).status_code == 302


def test_the_demo_logs_in_by_a_click_and_says_that_it_did(world: None) -> None:
    who = person("KAM", Role.PAYER)
    client = browser()
    client.post("/logga-in/demo/", {"mandate": who.mandates.get().pk})
    assert client.session["assurance"] == "demo"
    assert client.get("/utbetalning/").status_code == 200
    assert acts(who)[-1] == "login"


def test_outside_the_demo_there_is_no_click(world: None, settings_: Callable[..., Any]) -> None:
    settings_(DEMO=False)
    who = person("KAM", Role.PAYER)
    assert browser().post("/logga-in/demo/", {"mandate": who.mandates.get().pk}).status_code == 404
    assert "demo" not in browser().get("/logga-in/").text.lower()


def test_two_who_share_a_browser_do_not_share_a_session(preparer: Person) -> None:
    other = with_password("12", Role.PREPARER)
    client = browser()
    log_in(client, preparer)
    log_in(client, other)
    assert client.session["_auth_user_id"] == str(other.pk)
    assert client.get("/region/03/2019/regioner/").status_code == 404
