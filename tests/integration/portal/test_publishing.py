# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The portal is what its sources say, is written only when they change, and tells what has changed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from overens.agreements.actions import Minutes, extend
from overens.demo.people import person
from overens.portal import reading, sources, tick
from overens.portal.actions import publishing
from overens.portal.models import Change, Grant, GrantShare, Recipient
from overens.records import clock
from overens.rules import reading as agreements
from overens.rules.process import Role

pytestmark = pytest.mark.usefixtures("world")


def test_every_grant_is_there_once_with_its_recipients() -> None:
    done = publishing.refresh()
    assert {"2019", "2017-2018", "god-och-nara-vard-2020"} <= set(done.new)
    assert "medarbetare-2019" not in done.new, "what the agreement is, its frame is not once more"
    assert Recipient.objects.filter(kind="municipality").count() == 290
    assert Recipient.objects.filter(kind="region").count() == 21
    grant = Grant.objects.get(code="2019")
    assert (grant.frame, grant.certainty, grant.years) == (3_360_000_000, "as-signed", [2019])
    assert reading.given(grant)["kronor"] == 3_235_000_000 + 125_000_000


def test_a_share_says_how_it_is_known() -> None:
    publishing.refresh()

    def share(grant: str, code: str) -> tuple[int | None, str, str]:
        found = GrantShare.objects.get(grant__code=grant, recipient__code=code)
        return found.kronor, found.how, found.through

    assert share("2019", "01") == (741_261_389, "decided", "")
    assert share("2019", "RSS-23") == (1_273_486, "computed", "SKL")
    assert share("2017-2018", "SKL") == (None, "not-known", "")
    assert share("god-och-nara-vard-2020", "1280") == (None, "not-known", "")


def test_nothing_is_written_when_nothing_has_changed() -> None:
    publishing.refresh()
    again = publishing.refresh()
    assert (again.new, again.changed, again.withdrawn) == ([], [], [])
    assert {run.state for run in tick.tick()} == {"done"}
    told = Change.objects.count()
    tick.tick()
    assert Change.objects.count() == told


def test_a_moved_day_is_told_and_counts_for_whom_it_is_for() -> None:
    publishing.refresh()
    before = sources.fingerprint()
    later = dt.date(2020, 4, 15)
    officer = person("SOC", Role.MINISTRY_OFFICER)
    minutes = Minutes(clock.today(), "S2019/77", "Regeringen", "", "Senare besked.")
    skane = Recipient.objects.get(code="12")
    extend("2019", "activity-report", later, [skane.organisation], minutes, officer)
    assert sources.fingerprint() != before

    def day(code: str) -> dt.date | None:
        recipient = Recipient.objects.get(code=code)
        some = [share.grant for share in reading.shares_of(recipient, 2019)]
        return next(each.day for each in reading.due_days(recipient, some) if each.duty.id == "activity-report")

    assert (day("12"), day("23")) == (later, dt.date(2020, 3, 31))
    assert publishing.refresh().changed == []
    extend("2019", "activity-report", later, [], minutes, officer)
    assert publishing.refresh().changed == ["2019"]
    assert (Change.objects.first().kind, Change.objects.first().what) == ("changed", ["duty"])


def test_a_period_that_ends_within_the_year_is_seen_the_day_after(monkeypatch: pytest.MonkeyPatch) -> None:
    text = agreements.find("2019").read_text("utf-8").replace('id = "2019"', 'id = "kort"', 1)
    short = agreements.stored(text.replace("to = 2019-12-31", "to = 2019-12-10", 1))
    monkeypatch.setattr(sources, "agreements_of", lambda codes: {"kort": short})

    def on(day: int) -> str:
        monkeypatch.setattr(clock, "today", lambda: dt.date(2019, 12, day))
        return sources.fingerprint()

    assert on(9) == on(10) != on(11) == on(12)


def test_what_no_source_has_any_longer_is_withdrawn_and_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    publishing.refresh()
    with monkeypatch.context() as without:
        without.setattr("overens.rules.portal.shipped.frames", lambda: ())
        assert "god-och-nara-vard-2020" in publishing.refresh().withdrawn
        assert publishing.refresh().withdrawn == []
        assert not reading.grants(reading.Asked(year=2020)).filter(code="god-och-nara-vard-2020").exists()
    assert "god-och-nara-vard-2020" in publishing.refresh().changed


def test_what_was_told_stays() -> None:
    publishing.refresh()
    with pytest.raises(DatabaseError), transaction.atomic():
        Change.objects.update(kind="withdrawn")
    with pytest.raises(DatabaseError), transaction.atomic():
        Change.objects.all().delete()


def test_a_municipality_sees_what_its_county_gets_for_it() -> None:
    publishing.refresh()
    ostersund = Recipient.objects.get(code="2380")
    through = [share.recipient.code for share in reading.shares_of(ostersund, 2019)]
    assert through == ["RSS-23"]
    assert {share.recipient.code for share in reading.shares_of(ostersund, 2020)} == {"2380"}
