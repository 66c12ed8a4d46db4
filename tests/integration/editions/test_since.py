# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What comes in after an edition stands never changes it: it is a proposal for the next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.test import Client

from overens.demo import editions as demo
from overens.demo import replay
from overens.demo.people import person
from overens.editions import current, tick
from overens.editions.actions import proposing
from overens.editions.models import Edition, Proposal
from overens.editions.standing import document_of
from overens.people.models import Notice
from overens.rules.edition.differences import differences
from overens.rules.findings import Refused
from overens.rules.process import Role

R = Role


@pytest.fixture(scope="module")
def corrected(databases: SimpleNamespace, demo_on: object) -> str:
    """The demo when a region has corrected its account after the report of the year was final."""
    base = demo_on(dt.date(2020, 6, 2))  # type: ignore[operator]
    return databases.clone(databases.template("corrected", base, lambda: replay.play(dt.date(2020, 8, 26))))


@pytest.fixture
def edition(databases: SimpleNamespace, corrected: str) -> Iterator[Edition]:
    with databases.rolled_back(corrected):
        yield Edition.objects.select_related("owner", "version").get(code=demo.CODE)


def test_the_demos_report_on_2019_stands_and_is_sound(edition: Edition) -> None:
    assert edition.state == "frozen"
    document = document_of(edition)
    assert document.registration == demo.NUMBER
    assert len(document.values) > 500


def test_a_later_correction_opens_one_proposal_and_changes_nothing(edition: Edition) -> None:
    before = document_of(edition)
    proposal = Proposal.objects.get(edition=edition)
    assert proposal.submission.organisation is not None
    assert (proposal.state, proposal.submission.organisation.code) == ("open", demo.CORRECTS)
    assert Notice.objects.filter(code="edition-proposal", organisation=edition.owner).count() == 1
    tick.tick()
    assert Proposal.objects.filter(edition=edition).count() == 1
    assert document_of(edition) == before
    assert before.sha256() == document_of(edition).sha256()


def test_what_it_would_change_is_told_in_numbers_pictures_and_tables(edition: Edition) -> None:
    found = differences(document_of(edition), current.today(edition).document)
    changed = {each.key for each in found.numbers}
    assert any(f"region={demo.CORRECTS}" in key for key in changed)
    assert found.tables or found.figures


def test_a_proposal_is_decided_once_and_declined_with_a_reason(edition: Edition) -> None:
    proposal = Proposal.objects.get(edition=edition)
    with pytest.raises(Refused) as refused:
        proposing.decide(proposal, False, " ", person("SOS", R.ANALYST))
    assert [each.code for each in refused.value.findings] == ["reason-missing"]
    proposing.decide(proposal, True, "", person("SOS", R.ANALYST))
    with pytest.raises(Refused):
        proposing.decide(proposal, False, "Nej", person("SOS", R.ANALYST))


@pytest.mark.usefixtures("seen_context")
def test_the_page_shows_what_would_change(edition: Edition) -> None:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person("SOS", R.ANALYST))
    page = client.get(f"/uppfoljning/rapporter/{demo.CODE}/andringar/")
    assert page.status_code == 200
    assert "Region Dalarna" in page.content.decode()
    assert "<svg" in page.content.decode()
