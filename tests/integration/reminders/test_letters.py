# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A digest a day: to those with a mandate that day, in their language, of what is new, once."""

from __future__ import annotations

import datetime as dt
import json
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from typer.testing import CliRunner

from overens.demo import replay
from overens.demo.people import person
from overens.grants.tick import tick
from overens.people.models import Mandate, Notice, Organisation, Person
from overens.records import clock, runs
from overens.records.models import Run
from overens.reminders import declining, letters
from overens.reminders.models import Letter, Telling
from overens.rules.followup.process import REPORT_ACTS
from overens.rules.notices import INCOMING, OPTIONAL, PROGRESS, TOLD, kind_of
from overens.rules.process import ACTS, Role
from tests.integration.chain.life import Life

R = Role


@pytest.fixture(autouse=True)
def really_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters go to Django's outbox of the tests."""
    monkeypatch.setattr(settings, "OVERENS_SEND_LETTERS", True)
    monkeypatch.setattr(settings, "EMAIL_BACKEND", "django.core.mail.backends.locmem.EmailBackend")
    mail.outbox = []


@pytest.fixture
def told(world: None) -> Life:
    """Something formal and something good to know has happened to Region Blekinge, and three days are left."""
    life = Life()
    life.requisition()
    life.return_requisition()
    life.requisition()
    life.approve_requisition()
    return life


def send_all() -> list[Any]:
    for run in Run.objects.filter(kind="letter", state__in=["waiting", "failed"]):
        runs.carry_out.func(run.pk)
    return mail.outbox


def to(role: Role, code: str = "10") -> list[Any]:
    return [message for message in mail.outbox if message.to == [person(code, role).email]]


def test_a_person_gets_one_letter_of_all_that_is_new_once(told: Life) -> None:
    letters.daily(clock.today())
    send_all()
    (message,) = to(R.PREPARER)
    assert "lämnat tillbaka rekvisitionen" in message.body
    assert "godkänt rekvisitionen" in message.body
    assert message.body.count("2019/regioner/10") == 2
    assert "<h2>Nytt</h2>" in message.alternatives[0][0]
    letters.daily(clock.today())
    send_all()
    assert len(to(R.PREPARER)) == 1
    clock.step_to(clock.now() + dt.timedelta(days=1))
    letters.daily(clock.today())
    assert len(send_all()) == len({m.to[0] for m in mail.outbox})


def test_who_reads_follows_the_mandates_of_the_day(told: Life) -> None:
    told.newcomer("new", R.PREPARER, agreement="2019")
    told.newcomer("elsewhere", R.PREPARER, agreement="2017-2018")
    told.newcomer("later", R.PREPARER, since="2030-01-01")
    told.newcomer("analyst", R.ANALYST)
    told.end_mandates(of="head-of-finance", on=str(clock.today() - dt.timedelta(days=1)))
    Person.objects.filter(pk=person("10", R.AUTHORISED_SIGNATORY).pk).update(is_active=False)
    addresses = {digest.person.email for digest in letters.due(clock.today())}
    ours = {address for address in addresses if address.endswith(("@10.demo.invalid", "@new.invalid"))}
    assert ours == {person("10", R.PREPARER).email, "new@new.invalid"}
    assert person("KAM", R.CASE_OFFICER).email in addresses
    assert person("12", R.PREPARER).email not in addresses


def test_it_is_in_the_persons_language(told: Life) -> None:
    Person.objects.filter(pk=person("10", R.PREPARER).pk).update(language="en")
    letters.daily(clock.today())
    send_all()
    (message,) = to(R.PREPARER)
    assert "has returned the requisition" in message.body
    assert 'lang="en"' in message.alternatives[0][0]
    (swedish,) = to(R.HEAD_OF_FINANCE)
    assert "lämnat tillbaka" in swedish.body


def test_what_is_declined_is_not_sent_and_what_is_formal_always_is(told: Life) -> None:
    declining.choose(person("10", R.PREPARER), ())
    letters.daily(clock.today())
    send_all()
    (message,) = to(R.PREPARER)
    assert "lämnat tillbaka rekvisitionen" in message.body
    assert "godkänt" not in message.body
    assert "List-Unsubscribe" not in message.extra_headers
    (other,) = to(R.HEAD_OF_FINANCE)
    assert other.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_one_click_in_the_letter_declines_without_a_login(told: Life) -> None:
    letters.daily(clock.today())
    send_all()
    address = to(R.PREPARER)[0].extra_headers["List-Unsubscribe"].strip("<>").removeprefix(settings.OVERENS_URL)
    stranger = Client(headers={"host": "127.0.0.1"}, enforce_csrf_checks=True)
    assert stranger.get(address).status_code == 200
    assert declining.wanted(person("10", R.PREPARER)) == list(OPTIONAL)
    assert stranger.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert stranger.post(address).status_code == 303
    assert declining.wanted(person("10", R.PREPARER)) == []
    assert declining.wanted(person("10", R.HEAD_OF_FINANCE)) == list(OPTIONAL)
    assert stranger.post(address[:-3] + "x/").status_code == 404


def test_a_choice_on_the_page_is_kept(told: Life) -> None:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person("10", R.PREPARER))
    assert client.post("/organisation/jag/brev/", {"wanted": [PROGRESS]}).status_code == 303
    # What only officers are told of is not theirs to choose, and stays as it was.
    assert declining.wanted(person("10", R.PREPARER)) == [PROGRESS, INCOMING]
    assert client.post("/organisation/jag/brev/", {"wanted": ["formal"]}).status_code == 422
    assert declining.wanted(person("10", R.PREPARER)) == [PROGRESS, INCOMING]


def test_a_crash_after_sending_repeats_one_letter_with_the_same_message_id(
    told: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters.daily(clock.today())
    run = Run.objects.filter(kind="letter").earliest("pk")
    really = EmailMultiAlternatives.send

    def sent_and_gone(self: EmailMultiAlternatives, *how: Any) -> int:
        really(self, *how)
        raise ConnectionResetError("before it could be noted")

    monkeypatch.setattr(EmailMultiAlternatives, "send", sent_and_gone)
    runs.carry_out.func(run.pk)
    run.refresh_from_db()
    assert run.state == "failed"
    monkeypatch.setattr(EmailMultiAlternatives, "send", really)
    Run.objects.update(due_at=None)
    runs.carry_out.func(run.pk)
    runs.carry_out.func(run.pk)
    assert len(mail.outbox) == 2
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 1


@pytest.mark.parametrize(("code", "state", "tried_again"), [(550, "refused", False), (451, "waiting", True)])
def test_an_address_that_is_refused_for_good_is_seen_and_one_for_now_is_tried_again(
    told: Life, monkeypatch: pytest.MonkeyPatch, code: int, state: str, tried_again: bool
) -> None:
    letters.daily(clock.today())
    run = Run.objects.filter(kind="letter").earliest("pk")

    def refused(self: EmailMultiAlternatives, *how: Any) -> int:
        raise SMTPRecipientsRefused({self.to[0]: (code, b"no such mailbox")})

    monkeypatch.setattr(EmailMultiAlternatives, "send", refused)
    runs.carry_out.func(run.pk)
    run.refresh_from_db()
    letter = Letter.objects.get(pk=run.arguments["letter"])
    assert (letter.state, run.state == "failed") == (state, tried_again)
    assert ("no such mailbox" in letter.problem) is not tried_again
    if not tried_again:
        administrator = Client(headers={"host": "127.0.0.1"})
        administrator.force_login(person("KAM", R.ADMINISTRATOR))
        page = administrator.get(f"/utbetalning/bakgrund/brev/?brev={letter.pk}").text
        assert "Avvisat av mottagarens server" in page
        assert "no such mailbox" in page


def test_nothing_of_a_draft_nor_of_what_a_paper_says_is_in_a_letter(told: Life) -> None:
    told.pay() if told.case.state == "requisitioned" else None
    letters.daily(clock.today())
    everything = "".join(letter.text + letter.html for letter in Letter.objects.all())
    assert "Komplettera\n" not in everything  # the officer's reason
    assert "Kontakt" not in everything  # what the recipient wrote
    assert "50 495 445" not in everything


def test_the_words_go_after_some_months_and_the_fact_stays(told: Life) -> None:
    letters.daily(clock.today())
    assert Letter.objects.exclude(text="").exists()
    clock.step_to(clock.now() + letters.KEPT + dt.timedelta(days=1))
    letters.daily(clock.today())
    assert not Letter.objects.filter(day__lt=clock.today()).exclude(text="", html="").exists()
    assert Telling.objects.exists()


def test_what_is_foreseen_is_what_then_comes_and_leaves_nothing_behind(demo: None) -> None:
    """Three days before the last day for requisitions everybody who has not asked is reminded."""
    day = dt.date(2019, 11, 28)
    before = (Letter.objects.count(), Run.objects.count(), clock.now())
    foreseen = {(letter.address, letter.text) for letter in letters.foreseen(day)}
    assert foreseen
    assert (Letter.objects.count(), Run.objects.count(), clock.now()) == before
    clock.step_to(dt.datetime(2019, 11, 28, 7, tzinfo=clock.STOCKHOLM))
    tick()
    letters.daily(day)
    assert {(letter.address, letter.text) for letter in Letter.objects.filter(day=day)} == foreseen
    assert {(letter.address, letter.text) for letter in letters.foreseen(day)} == foreseen


def test_every_act_that_is_told_is_an_act_of_the_side_that_does_not_do_it() -> None:
    acts = {**ACTS, **REPORT_ACTS}
    assert set(TOLD) <= set(acts)
    assert {act for act, told in TOLD.items() if told.side is acts[act].side} == set()
    assert kind_of("remind-requisition") == kind_of("told-lapse") == kind_of("anything-new") == "formal"


def command(*arguments: str) -> Any:
    from overens.cli.main import app

    return CliRunner().invoke(app, ["remind", *arguments])


def test_the_command_shows_a_day_to_come_and_sends_only_today(demo: None) -> None:
    shown = command("--at", "2019-11-28", "--dry-run", "--format", "json")
    assert shown.exit_code == 0
    rows = json.loads(shown.stdout)
    assert rows
    assert "remind-requisition" in {notice["code"] for row in rows for notice in row["notices"]}
    assert all(notice["text"] in row["text"] for row in rows for notice in row["notices"])
    assert not mail.outbox
    refused = command("--at", "2019-11-28")
    assert refused.exit_code == 1
    assert "--dry-run" in refused.stderr
    assert command("--at", "2019-13-01", "--dry-run").exit_code == 1


def test_the_command_sends_once(world: None) -> None:
    life = Life()
    life.requisition()
    life.return_requisition()
    assert command().exit_code == 0
    count = len(mail.outbox)
    assert count == 4  # three at the region, one officer
    assert command().exit_code == 0
    assert len(mail.outbox) == count


def test_the_demo_shows_its_letters_and_sends_none(demo: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "OVERENS_SEND_LETTERS", False)
    replay.play(dt.date(2019, 11, 28))
    assert Letter.objects.filter(day="2019-11-28", state="shown").exists()
    assert not Run.objects.filter(kind="letter").exists()
    reader = Letter.objects.filter(day="2019-11-28").first()
    assert reader is not None
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(reader.person)
    assert "Visas bara här" in client.get("/organisation/jag/brev/").text
    assert Mandate.objects.filter(person=reader.person).exists()


def test_contributors_and_analysts_are_told_of_the_follow_up_and_of_no_money(told: Life) -> None:
    """Region Blekinge is told of money before; now a round opens, and a visit to it is settled."""
    assert not any(digest.person == person("10", R.CONTRIBUTOR) for digest in letters.due(clock.today()))
    code, year = "2019", 2019
    region, agency = Organisation.objects.get(code="10"), Organisation.objects.get(code="SOS")
    for key, whom, subject in (
        ("round-opened", region, "2019/redogorelse/10"),
        ("visit-planned", region, f"visit/{code}/{year}/10"),
        ("documents-received", agency, f"documents/{code}/{year}/10"),
    ):
        Notice.objects.create(
            organisation=whom, key=f"{key}/test", code=key, subject=subject, at=clock.now(),
            values={"round": "R", "asker": agency.name, "who": agency.name, "day": "2020-02-11", "title": "Plan"},
        )  # fmt: skip
    told.newcomer("one-agreement", R.CONTRIBUTOR, agreement="2019")
    digests = {digest.person.email: digest for digest in letters.due(clock.today())}
    writer = digests[person("10", R.CONTRIBUTOR).email]
    assert [notice.code for notice in writer.notices] == ["round-opened", "visit-planned"]
    assert writer.waiting == ()
    assert len(digests["one-agreement@new.invalid"].notices) == 2
    assert [n.code for n in digests[person("SOS", R.ANALYST).email].notices] == ["documents-received"]
    leader = {notice.code for notice in digests[person("10", R.PREPARER).email].notices}
    assert {"round-opened", "told-approve-requisition"} <= leader
    finance = {notice.code for notice in digests[person("10", R.HEAD_OF_FINANCE).email].notices}
    assert not {"round-opened", "visit-planned"} & finance
