# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every route has its expected access, tried as a stranger and as everybody with a login; no GET changes anything."""

from __future__ import annotations

import datetime as dt
import re
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from overens.agreements.actions import Minutes
from overens.bank.actions import incoming
from overens.bank.models import AccountProof, BankFile
from overens.demo import replay
from overens.demo.people import person
from overens.grants.actions import accounts, exporting, policy, selecting
from overens.grants.models import Batch, Case, Draw, Match
from overens.portal.actions import publishing
from overens.records import clock, files
from overens.records.models import DocumentVersion, StoredFile
from overens.reminders import calendar, declining
from overens.rules import policy as rules
from overens.rules.process import Role
from overens.web.login.gate import SEEN_AT
from tests.integration.archive import kept
from tests.integration.books import made
from tests.integration.chain.life import SCAN
from tests.integration.editions import begun, frozen
from tests.integration.editions import everywhere as everywhere_editions
from tests.integration.effects import made as effects
from tests.integration.followup import addressed, asked_about, coded_world, formed, handed, handed_in, visited
from tests.integration.papers import filed
from tests.integration.planner import entries as entered
from tests.integration.planner import mixes as mixed
from tests.integration.planner import rotas as rota_made
from tests.integration.planner import scenarios as planned
from tests.integration.planner import staffed, taken_in
from tests.integration.production import made as produced
from tests.integration.proposals import proposed
from tests.integration.statistics import received
from tests.integration.studio import begun as begun_drafts

TABLE = tomllib.loads((Path(__file__).parents[2] / "cases" / "access.toml").read_text(encoding="utf-8"))
R = Role
VISITORS: dict[str, tuple[str, Role] | None] = {
    "stranger": None,
    "jamtland": ("23", R.AUTHORISED_SIGNATORY),
    "skane": ("12", R.AUTHORISED_SIGNATORY),
    "skl": ("SKL", R.AUTHORISED_SIGNATORY),
    "kammarkollegiet": ("KAM", R.CASE_OFFICER),
    "departementet": ("SOC", R.MINISTRY_OFFICER),
    "forhandlare": ("SOC", R.NEGOTIATOR),
    "socialstyrelsen": ("SOS", R.ADMINISTRATOR),
}
# Groups that open to some visitors only.
GUARDED = tuple(group for group, table in TABLE.items() if "open_to" in table)
LATER = dt.date(2020, 5, 12)  # a clawback is proposed, and the recipient has not commented yet


@pytest.fixture
def ids(databases: SimpleNamespace, everywhere: tuple[str, dict[str, int]]) -> Iterator[dict[str, int]]:
    """The demo in May 2020, with something at every address of the table; forgets what is done."""
    name, numbers = everywhere
    with databases.rolled_back(name):
        yield numbers


def something_everywhere() -> dict[str, int]:
    """Play on from the end of March to May 2020 and make what is missing; the numbers in braces in the table."""
    draw = drawn()
    replay.play(LATER)
    case = Case.objects.get(key="2019/regioner/23")
    asked = accounts.ask(
        case, "Huvudbok för projekt 4711", clock.today() + dt.timedelta(days=20), person("SOC", R.MINISTRY_OFFICER)
    )
    of_payer = accounts.ask(
        case, "Verifikationer", clock.today() + dt.timedelta(days=20), person("KAM", R.CASE_OFFICER)
    )
    accounts.answer(of_payer, "Bifogas.", person("23", R.PREPARER), [(SCAN, "verifikation.png")])
    paper = DocumentVersion.objects.get(kind="requisition", document__subject=case.key)
    frozen.edition()
    publishing.refresh()
    all_log_in()
    return {
        "paper": paper.pk,
        **filed.numbers(case, paper),
        **kept.numbers(case, paper),
        **made.numbers(case),
        **visited.numbers(),
        # Handed in first: what the next two leave is not ready to be.
        **handed.numbers("2019/redogorelse/23"),
        **addressed.numbers("2019/redogorelse/23"),
        **formed.numbers(),
        **asked_about.numbers(),
        **handed_in.numbers(),
        **coded_world.numbers(),
        **begun.numbers(),
        **everywhere_editions.numbers(),
        **effects.numbers(),
        **received.numbers(),
        **begun_drafts.numbers(),
        "accounts": asked.pk,
        "answered": of_payer.pk,
        "file": StoredFile.objects.get(attachment__version__accounts_request=of_payer).pk,
        "draw": draw.pk,
        "batch": Batch.objects.latest("pk").pk,
        "payment": Batch.objects.latest("pk").payments.latest("pk").pk,
        "proof": account_proof(case).pk,
        "row": incoming.register("ACCESS-1", clock.today(), 17, "Okänd", "", person("KAM", R.PAYER)).pk,
        "match": Match.objects.filter(way="repayment").latest("pk").pk,
        "bankfile": BankFile.objects.latest("pk").pk,
        "vouchers": exporting.export(dt.date(2019, 1, 1), LATER).pk,
        "clawback": case.clawbacks.get().pk,
        "unsubscribe": declining.address(person("23", R.PREPARER)).rstrip("/").rsplit("/", 1)[1],
        **proposed.numbers(),
        **planned.numbers(),
        **entered.numbers(),
        **mixed.numbers(),
        **rota_made.numbers(),
        **staffed.numbers(),
        **produced.numbers(),
        **taken_in.numbers(),
        "feed": calendar.make_feed(case.recipient, person("23", R.PREPARER)),
        "person": person("SOS", R.ANALYST).pk,
        "mandate": person("SOS", R.ANALYST).mandates.get().pk,
    }


def account_proof(case: Case) -> AccountProof:
    """A statement for the case's account, as if it had been asked about."""
    mandate = person(case.recipient.code, R.PREPARER).mandates.get()
    return AccountProof.objects.create(
        organisation=case.recipient,
        case=case.key,
        giro=case.recipient.giro,
        file=files.store(SCAN, "image/png", "kontobevis.png", mandate),
        sent_by=mandate,
        sent_at=clock.now(),
    )


def drawn() -> Draw:
    """A policy is decided, the sample drawn over what waits, and the policy ended, so that life goes on as before."""
    officer = person("KAM", R.CASE_OFFICER)
    minutes = Minutes(clock.today(), "KAM 2020/1", "Enhetschef", "", "Att granska med omdöme.")
    policy.adopt("2019", rules.shipped()[1], minutes, officer)
    draw = selecting.draw("2019", officer)
    policy.end("2019", minutes, officer)
    return draw


def logged_in(visitor: str) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    who = VISITORS[visitor]
    if who:
        client.force_login(person(*who))
    return client


def session_of(visitor: str) -> str:
    return f"session-of-{visitor}"


def all_log_in() -> None:
    """Sessions that last for the whole run, under keys that every process knows. Each was seen only a moment ago, also
    in an hour, so that no request has to note it.
    """
    for visitor in VISITORS:
        session = logged_in(visitor).session
        if VISITORS[visitor]:
            session[SEEN_AT] = int(time.time()) + 24 * 3600
            session.save()
            Session.objects.filter(pk=session.session_key).update(session_key=session_of(visitor))


def client_of(visitor: str, *, raising: bool = True) -> Client:
    """In the session that this visitor has everywhere (the fixtures ``ids`` and ``later``)."""
    client = Client(headers={"host": "127.0.0.1"}, raise_request_exception=raising)
    if VISITORS[visitor]:
        client.cookies[settings.SESSION_COOKIE_NAME] = session_of(visitor)
    return client


def routes() -> Iterator[str]:
    def walk(patterns: list[Any]) -> Iterator[str]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns)
            elif isinstance(pattern, URLPattern):
                yield pattern.name or ""

    return walk(get_resolver().url_patterns)


def test_every_route_is_in_the_table_at_its_address() -> None:
    listed = [(name, address) for group in TABLE.values() for name, address, *_how in group["routes"]]
    assert set(routes()) == {name for name, _address in listed}
    for name, address in listed:
        numbers = dict.fromkeys(re.findall(r"{(\w+)}", address), 1)
        assert (resolve(address.format(**numbers).partition("?")[0]).url_name or "") == name


# Sessions, when somebody last logged in, and that an officer has read: the only things that opening a page writes.
UNCOUNTED = ("django_session", "people_person", "records_reading")


def fingerprint() -> dict[str, Any]:
    """Of every table what is in it, but for sessions and when somebody last logged in."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall() if name not in UNCOUNTED]
        found = {}
        for table in tables:
            cursor.execute(f'SELECT count(*), coalesce(sum(hashtext(t::text)::bigint), 0) FROM "{table}" t')
            found[table] = cursor.fetchone()
    return found


def is_open(response: Any) -> bool:
    return response.status_code == 200 or (
        response.status_code == 302 and not response.headers["Location"].startswith("/logga-in/")
    )


def test_each_route_opens_for_those_it_is_for_and_no_get_changes_anything(ids: dict[str, int]) -> None:
    before = fingerprint()
    wrong = []
    for group, told in TABLE.items():
        kind = told.get("kind", group)
        for name, address, *how in told["routes"]:
            for visitor in VISITORS:
                response = client_of(visitor).get(address.format(**ids))
                status = response.status_code
                if kind == "public":
                    good = status == 200
                elif kind == "post":
                    good = status == 405
                elif how == ["post"] and status == 405:
                    good = True
                elif kind == "nowhere":
                    good = status == 404
                elif kind == "midway":
                    good = status == 302
                elif visitor in told["open_to"]:
                    good = is_open(response)
                elif visitor == "stranger":
                    good = status == 302 and response.headers["Location"].startswith("/logga-in/?next=")
                else:
                    good = status in (403, 404)
                if not good:
                    wrong.append(f"{visitor} gets {status} at {name} ({address})")
    assert not wrong, "\n".join(wrong)
    assert fingerprint() == before


def test_nobody_posts_where_they_may_not_look(ids: dict[str, int]) -> None:
    """A POST to somebody else's page is refused as its GET is, and writes nothing."""
    before = fingerprint()
    for group in GUARDED:
        for name, address, *_how in TABLE[group]["routes"]:
            for visitor in VISITORS:
                if visitor in TABLE[group]["open_to"]:
                    continue
                typed = {"reason": "x", "do": "save", "revision": "0"}
                response = client_of(visitor).post(address.format(**ids), typed)
                assert response.status_code in (302, 403, 404, 405), (visitor, name)
                if response.status_code == 302:
                    assert response.headers["Location"].startswith("/logga-in/"), (visitor, name)
    assert fingerprint() == before
    still_in = [visitor for visitor in VISITORS if Session.objects.filter(pk=session_of(visitor)).exists()]
    assert still_in == [visitor for visitor, who in VISITORS.items() if who]


def test_a_head_of_operations_enters_at_the_own_unit_and_nowhere_else(ids: dict[str, int]) -> None:
    client = Client(headers={"host": "127.0.0.1"}, raise_request_exception=True)
    client.force_login(person("23", R.HEAD_OF_OPERATIONS))
    wrong = []
    for told in TABLE.values():
        for name, address, *how in told["routes"] if "head" in told else ():
            opening = told["head"] == "open"
            # What is done with a post is refused inside, once it is known of which unit it is.
            ask = client.get if opening or how != ["post"] else client.post
            response = ask(address.format(**ids))
            opens = is_open(response) or (how == ["post"] and response.status_code == 405)
            if not (opens if opening else response.status_code in (403, 404)):
                wrong.append(f"{response.status_code} at {name} ({address})")
    assert not wrong, "\n".join(wrong)


def test_a_form_of_another_site_is_refused(demo: None) -> None:
    client = Client(headers={"host": "127.0.0.1"}, enforce_csrf_checks=True)
    client.force_login(person("10", R.AUTHORISED_SIGNATORY))
    assert client.post("/region/10/2019/regioner/rekvisition/", {"do": "save"}).status_code == 403
