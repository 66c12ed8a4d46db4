# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Several people write in one part at once, and nothing that anybody typed is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connections

from overens.demo.people import person
from overens.demo.script import at
from overens.followup.actions import rounds, writing
from overens.followup.models import Part, PartRevision, Report
from overens.people.models import Person
from overens.records import clock
from overens.records.models import Event
from overens.rules.findings import Refused
from overens.rules.followup import prose
from overens.rules.followup.process import ReportState
from overens.rules.process import Role
from tests.integration.followup.conftest import OPENED

KEY = "answer/1.1"


@pytest.fixture
def one(report: Report) -> Person:
    return person("23", Role.CONTRIBUTOR)


@pytest.fixture
def other(report: Report) -> Person:
    return person("23", Role.PREPARER)


def text(report: Report, key: str = KEY) -> str:
    return Part.objects.get(report=report, key=key).content.get("text", "")


def test_changes_of_different_paragraphs_are_both_there(report: Report, one: Person, other: Person) -> None:
    writing.save(report, KEY, {"text": "Ledningen.\n\nArbetet."}, 0, one)
    writing.save(report, KEY, {"text": "Ledningen stödjer.\n\nArbetet."}, 1, other)
    saved = writing.save(report, KEY, {"text": "Ledningen.\n\nArbetet har börjat."}, 1, one)
    assert text(report) == "Ledningen stödjer.\n\nArbetet har börjat."
    assert saved.others == (other.name,)
    assert saved.set_aside == {}
    revision = saved.revision
    assert revision is not None
    assert revision.merged
    assert revision.typed == {"text": "Ledningen.\n\nArbetet har börjat."}


def test_of_a_clash_both_are_kept_until_somebody_chooses(report: Report, one: Person, other: Person) -> None:
    writing.save(report, KEY, {"text": "Ledningen."}, 0, one)
    writing.save(report, KEY, {"text": "Ledningen stödjer."}, 1, other)
    saved = writing.save(report, KEY, {"text": "Ledningen följer upp."}, 1, one)
    assert text(report) == "Ledningen stödjer."
    assert saved.set_aside == {"text": "Ledningen följer upp."}
    (waits,) = writing.waiting(report)
    # Meanwhile somebody writes on; a choice is a save like any other.
    writing.save(report, KEY, {"text": "Ledningen stödjer.\n\nMer."}, 3, other)
    writing.choose(waits, {"text": "Ledningen följer upp."}, other)
    assert text(report) == "Ledningen följer upp.\n\nMer."
    assert writing.waiting(report) == []


def test_who_goes_on_typing_has_one_passage_set_aside(report: Report, one: Person, other: Person) -> None:
    writing.save(report, KEY, {"text": "A"}, 0, one)
    writing.save(report, KEY, {"text": "A2"}, 1, other)
    number = 1
    for typed in ("Ab", "Abc", "Abcd"):
        saved = writing.save(report, KEY, {"text": typed}, number, one, over_typed=number > 1)
        assert saved.revision
        number = saved.revision.number
    assert [each.set_aside for each in writing.waiting(report)] == [{"text": "Abcd"}]
    assert text(report) == "A2"


def test_who_goes_on_typing_before_the_answer_does_not_take_the_others_text_away(
    report: Report, one: Person, other: Person
) -> None:
    writing.save(report, KEY, {"text": "A"}, 0, one)
    writing.save(report, KEY, {"text": "A\n\nÖ"}, 1, other)
    saved = writing.save(report, KEY, {"text": "A\n\nB"}, 1, one)
    assert saved.revision
    writing.save(report, KEY, {"text": "A\n\nBc"}, saved.revision.number, one, over_typed=True)
    assert text(report) == "A\n\nBc\n\nÖ"


def test_the_same_save_sent_again_is_made_once(report: Report, one: Person, other: Person) -> None:
    first = writing.save(report, KEY, {"text": "A"}, 0, one)
    again = writing.save(report, KEY, {"text": "A"}, 0, one)
    writing.save(report, KEY, {"text": "A\n\nB"}, 1, other)
    later = writing.save(report, KEY, {"text": "A"}, 0, one)
    assert first.revision == again.revision == later.revision
    assert text(report) == "A\n\nB"
    assert writing.save(report, KEY, {"text": "A"}, 1, one).revision is None
    assert PartRevision.objects.filter(part__report=report).count() == 2


def test_an_earlier_text_is_brought_back(report: Report, one: Person) -> None:
    first = writing.save(report, KEY, {"text": "A"}, 0, one).revision
    writing.save(report, KEY, {}, 1, one)
    assert first
    writing.restore(first, one)
    assert text(report) == "A"
    assert Part.objects.get(report=report, key=KEY).revision == 3


def test_what_was_taken_away_comes_back_when_somebody_writes_in_it(report: Report, one: Person, other: Person) -> None:
    writing.save(report, "measure/1", {"name": "Stöd"}, 0, one)
    writing.remove(report, "measure/1", other)
    assert Part.objects.get(key="measure/1").removed
    assert writing.save(report, "measure/1", {"name": "Stöd"}, 1, one).revision is None
    assert Part.objects.get(key="measure/1").removed
    writing.save(report, "measure/1", {"name": "Stöd", "goal": "Mål"}, 1, one)
    assert not Part.objects.get(key="measure/1").removed
    with pytest.raises(Refused, match="part-unknown"):
        writing.remove(report, KEY, one)


def test_what_cannot_be_seen_is_taken_out_and_counted(report: Report, one: Person) -> None:
    saved = writing.save(report, KEY, {"text": "a\u200b\u202eb\r\nc\x00"}, 0, one)
    assert (text(report), saved.removed) == ("ab\nc", 3)


@pytest.mark.parametrize(
    ("key", "typed", "base", "code"),
    [
        ("answer/9.9", {"text": "x"}, 0, "part-unknown"),
        ("nonsense", {"text": "x"}, 0, "part-unknown"),
        (KEY, {"text": "x" * (prose.LARGEST + 1)}, 0, "part-too-long"),
        (KEY, {"text": "x"}, 7, "revision-unknown"),
    ],
)
def test_refused(report: Report, one: Person, key: str, typed: dict[str, str], base: int, code: str) -> None:
    with pytest.raises(Refused, match=code):
        writing.save(report, key, typed, base, one)
    assert not PartRevision.objects.exists()


def test_what_is_handed_in_is_not_written_in(report: Report, one: Person) -> None:
    Report.objects.filter(pk=report.pk).update(state=ReportState.SUBMITTED, submitted_at=clock.now())
    with pytest.raises(Refused, match="wrong-report-state"):
        writing.save(report, KEY, {"text": "x"}, 0, one)


def test_many_saves_write_no_events(report: Report, one: Person) -> None:
    writing.save(report, KEY, {"text": "x"}, 0, one)
    assert not Event.objects.filter(subject=report.key).exists()


def type_lines(report: Report, who: Person, name: str, times: int, key: str = KEY) -> Callable[[], None]:
    """A writer who adds a line at a time, as a browser does: over what they last saw, or what they had typed."""

    def write() -> None:
        try:
            seen, base = "", 0
            for number in range(times):
                typed = f"{seen}\n{name} {number}".strip()
                saved = writing.save(report, key, {"text": typed}, base, who)
                seen, base = saved.part.content["text"], saved.part.revision
        finally:
            connections.close_all()

    return write


def test_two_who_write_at_once_lose_nothing(fresh_world: str) -> None:
    """bench/writing.py does the same a thousand times."""
    clock.step_to(at(OPENED))
    for each in rounds.prepare("2019"):
        rounds.open_round(each)
    report = Report.objects.with_parties().get(key="2019/redogorelse/23")
    writers = {"a": person("23", Role.CONTRIBUTOR), "b": person("23", Role.PREPARER)}
    threads = [threading.Thread(target=type_lines(report, who, name, 40)) for name, who in writers.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lines = text(report).split("\n")
    assert {line for line in lines if line} == {f"{name} {number}" for name in "ab" for number in range(40)}
    assert writing.waiting(report) == []
    assert PartRevision.objects.filter(part__report=report).count() == 80
