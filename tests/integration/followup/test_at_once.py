# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What two people do at the same moment: whoever comes second waits, and is told what the first one did."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import pytest
from django.db import connection, transaction

from overens.demo.people import person
from overens.demo.script import at
from overens.followup import coded
from overens.followup.actions import codebooks, coding, rounds
from overens.followup.actions.performing import performing
from overens.followup.models import Coding, Report
from overens.records import clock
from overens.rules.findings import Refused
from overens.rules.followup import codebook as book
from overens.rules.process import Role
from tests.integration.followup.coded_world import SERVICE, analyst, hand_in, place_of
from tests.integration.followup.conftest import OPENED

# Long enough for the other to have come to where it has to wait.
A_WHILE = 0.4


@pytest.fixture
def committed_report(fresh_world: str) -> Report:
    clock.step_to(at(OPENED))
    for each in rounds.prepare("2019"):
        rounds.open_round(each)
    return Report.objects.with_parties().get(key="2019/redogorelse/23")


@contextmanager
def meanwhile(act: Callable[[], object]) -> Iterator[threading.Thread]:
    """Somebody else begins an act now, and has finished it at the end of the block."""
    failed: list[BaseException] = []

    def run() -> None:
        try:
            act()
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    other = threading.Thread(target=run)
    other.start()
    other.join(A_WHILE)
    yield other
    other.join(10)
    assert not failed, failed


def test_a_round_is_not_closed_while_a_report_is_being_frozen(committed_report: Report) -> None:
    report, asker = committed_report, person("SOS", Role.ANALYST)
    with ExitStack() as after, performing("freeze-activity-report", report, person("23", Role.PREPARER)):
        other = after.enter_context(meanwhile(lambda: rounds.close(report.round, "Nu räcker det.", asker)))
        assert other.is_alive(), "waits for the one that came first"
    report.round.refresh_from_db()
    assert report.round.state == "closed"
    with (
        pytest.raises(Refused, match="round-not-open"),
        performing("freeze-activity-report", report, person("23", Role.PREPARER)),
    ):
        pass


def test_an_edition_that_puts_themes_together_takes_a_mark_along_that_was_on_its_way(committed_report: Report) -> None:
    first = codebooks.adopt(analyst())
    (text,) = hand_in(committed_report, {"answer/2.1#text": SERVICE})
    gone = "vardnara-administration"
    merged = book.merge(first.codebook, gone, "vns")
    with ExitStack() as after, transaction.atomic():
        coding.mark(text, [place_of(text, "vårdnära service")], [gone], "does", "", analyst())
        other = after.enter_context(
            meanwhile(lambda: codebooks.publish(merged, "Slår ihop två teman", first.number, analyst()))
        )
        assert other.is_alive(), "waits for the one that came first"
    edition = coded.edition()
    assert edition is not None
    assert edition.number == 2
    assert [each.theme.code for each in Coding.objects.standing()] == ["vns"]
