# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Points, reasons, sample and an officer's choice are nowhere but on the payer's pages: asked for over every route."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client

from overens.archive.package import contents
from overens.archive.register import papers_of
from overens.demo import replay
from overens.demo.people import person
from overens.grants.actions import selecting
from overens.grants.models import Case, Draw, TakenOut
from overens.people.models import Organisation
from overens.records.models import DocumentVersion
from overens.rules.process import Role, State
from tests.integration.desks.examination import deciding
from tests.integration.desks.test_access import TABLE, VISITORS, logged_in

SECRET = "Något i den här stämmer inte"
# What the score and the sample are told in.
WORDS = re.compile(r"poäng|stickprov|granskas:|passerar enligt regel|riskpoäng", re.IGNORECASE)
OURS = "kammarkollegiet"
# A token of a form, which is another each time, and the name of a kind of paper among all kinds in a register's filter.
NOTHING = re.compile(r'<option value="sample-draw">[^<]*|(name="csrfmiddlewaretoken" value=|"X-CSRFToken": )"\w+"')


@pytest.fixture
def hidden(spring: None) -> Draw:
    """Something of everything: always, sample, passes, and one that an officer took out."""
    deciding.adopt()
    drawn = deciding.draw()
    officer = person("KAM", Role.CASE_OFFICER)
    selecting.take_out(deciding.sorted_as(drawn, "passes")[0], SECRET, officer)
    return drawn


def addresses(cases: list[Case]) -> Iterator[tuple[str, str]]:
    """(visitor, address): every address of the table that has no number in it, and every case of its own."""
    for visitor in VISITORS:
        if visitor == OURS:
            continue
        for group in TABLE.values():
            for _name, address, *_how in group["routes"]:
                if "{" not in address and not address.startswith("/logga-in"):
                    yield visitor, address
        for case in cases:
            yield visitor, f"/departementet/arende/{case.key}/"
            yield visitor, f"/api/agreements/{case.agreement}/trace?owner={case.recipient.code}"


def text_of(client: Client, address: str) -> str:
    return NOTHING.sub("", client.get(address).content.decode("utf-8", "replace"))


def test_nobody_else_sees_it_on_any_page(hidden: Draw) -> None:
    cases = [each.report.case for each in hidden.selections.select_related("report__case__recipient")]
    secrets = (hidden.policy.seed, hidden.paper.sha256, SECRET)
    clients = {visitor: logged_in(visitor) for visitor in VISITORS}
    asked = 0
    for visitor, address in addresses(cases):
        text = text_of(clients[visitor], address)
        assert not any(secret in text for secret in secrets), (visitor, address)
        assert not WORDS.search(text), (visitor, address)
        asked += 1
    assert asked > 500


def test_a_recipients_own_pages_are_the_same_whether_its_report_was_drawn_or_not(spring: None) -> None:
    """The pages of every recipient that waits, before anything was decided and after the draw: not a letter differs."""
    cases = [each.case for each in selecting.waiting("2019")]

    def pages() -> dict[str, str]:
        found = {}
        for case in cases:
            client = deciding.client_of(case.recipient.code, Role.AUTHORISED_SIGNATORY)
            code = case.recipient.code
            for address in (
                "/region/",
                f"/region/{code}/{case.agreement}/{case.line.code}/",
                "/arkiv/",
                f"/arkiv/arende/{case.key}/",
                f"/regioner/{code}/",
                "/overenskommelser/2019/spar/",
            ):
                found[f"{code} {address}"] = text_of(client, address)
        return found

    before = pages()
    assert len(before) >= 24
    deciding.adopt(deciding.TEXT)
    drawn = deciding.draw()
    selecting.take_out(deciding.sorted_as(drawn, "passes")[0], SECRET, person("KAM", Role.CASE_OFFICER))
    assert pages() == before
    assert set(drawn.selections.values_list("way", flat=True)) == {"always", "sample", "passes"}
    assert TakenOut.objects.exists()


def test_no_paper_of_a_case_and_no_package_has_it(spring: None) -> None:
    """One that was drawn and accepted by an officer, and one that passed, to the end of their lives."""
    deciding.adopt(deciding.TEXT)
    drawn = deciding.draw()
    assert replay.play(replay.END) == []
    closed = [each.report.case for each in drawn.selections.select_related("report__case")]
    closed = [case for case in closed if Case.objects.get(pk=case.pk).state == State.CLOSED]
    ways = {case.key: drawn.selections.get(report__case=case).way for case in closed}
    assert set(ways.values()) >= {"sample", "passes"}
    for case in closed:
        found = contents.contents(Case.objects.with_parties().get(pk=case.pk))
        everything = b"\n".join(file.content for file in found.files).decode("utf-8", "replace")
        everything += str(found.tables) + str(found.events)
        for word in ("sample", "stickprov", "score", "poäng", drawn.policy.seed, drawn.paper.sha256):
            assert word not in everything.lower(), (case.key, word)
    papers = DocumentVersion.objects.filter(document__subject__in=[case.key for case in closed])
    assert not papers.filter(kind__in=("sample-draw", "examination-policy")).exists()


def test_the_draws_papers_are_in_the_payers_register_and_in_nobody_elses(hidden: Draw) -> None:
    kinds = ("sample-draw", "examination-policy")
    keepers = {
        organisation.code
        for organisation in Organisation.objects.all()
        if papers_of(organisation).filter(kind__in=kinds).exists()
    }
    assert keepers == {"KAM"}
    # Nor is it opened by its number.
    for visitor in VISITORS:
        if visitor != OURS:
            for page in ("", "lamna-ut/"):
                response = logged_in(visitor).get(f"/arkiv/handling/{hidden.paper_id}/{page}")
                assert response.status_code in (302, 403, 404)


def test_the_words_would_be_found(hidden: Draw) -> None:
    """The payer's own page has all that the others are searched for."""
    page = text_of(logged_in("kammarkollegiet"), "/utbetalning/granskning/2019/")
    case = deciding.sorted_as(hidden, "passes")[0]
    paper = text_of(logged_in("kammarkollegiet"), f"/utbetalning/granskning/2019/dragning/{hidden.pk}/")
    assert WORDS.search(page)
    assert SECRET in text_of(logged_in("kammarkollegiet"), f"/utbetalning/arende/{case.key}/")
    assert hidden.policy.seed in paper
