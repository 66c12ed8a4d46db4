# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What happened cannot be changed unseen: not in the middle of a chain, not at its end, not by writing it all anew."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from django.db import connection, connections, transaction

from overens.grants import verifying
from overens.people.models import Organisation, Person
from overens.records import checkpoints, documents, events
from overens.records.canonical import canonical, digest
from overens.records.models import Checkpoint, DocumentVersion, Event
from overens.rules.findings import Refused
from overens.web import database

CASE = "2019/regioner/10"


@contextmanager
def with_every_right(name: str) -> Iterator[psycopg.Connection]:
    """As somebody who can do anything in the database."""
    with psycopg.connect(f"host={database.data_dir() / 'pg'} user=postgres dbname={name}", autocommit=True) as c:
        yield c


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("act", "'approve-requisition-'"),
        ("person_id", "(SELECT max(id) FROM people_person)"),
        ("person_id", "NULL"),
        ("mandate_id", "(SELECT max(id) FROM people_mandate)"),
        ("cause_id", "NULL"),
        ("papers", "'[\"0\"]'"),
        ("effective_at", "effective_at - interval '1 microsecond'"),
        ("recorded_at", "recorded_at + interval '1 microsecond'"),
        ("sha256", "repeat('0', 64)"),
        ("predecessor", "repeat('0', 64)"),
        ("number", "99"),
        ("subject", "'2019/regioner/12x'"),
    ],
)
def test_a_changed_event_is_found_and_named(fresh_demo: str, column: str, value: str) -> None:
    event = Event.objects.filter(subject=CASE, mandate__isnull=False).exclude(cause=None).earliest("number")
    with with_every_right(fresh_demo) as c:
        c.execute(f"UPDATE records_event SET {column} = {value} WHERE id = {event.pk}")
    found = events.first_difference()
    assert found
    named = (
        f"event {event.number} of {CASE}",
        f"event {event.number + 1} of {CASE}",
        "event 99 of",
        "2019/regioner/12x",
    )
    assert any(name in found for name in named)
    assert verifying.first_difference()


def test_an_event_taken_out_of_the_middle_is_missed(fresh_demo: str) -> None:
    event = Event.objects.filter(subject=CASE).earliest("number")
    with with_every_right(fresh_demo) as c:
        c.execute("DELETE FROM records_event WHERE id = %s", [event.pk])
    later = Event.objects.filter(subject=CASE).earliest("number")
    found = events.first_difference()
    assert found == f"event {later.number} of {CASE} ({later.act}): event 1 is missing before it"


def test_an_event_taken_from_the_end_is_missed_by_its_paper_and_by_the_checkpoint(fresh_demo: str) -> None:
    checkpoints.take()
    last = Event.objects.filter(subject=CASE).latest("number")
    with with_every_right(fresh_demo) as c:
        c.execute("DELETE FROM records_event WHERE id = %s", [last.pk])
    assert events.first_difference() is None  # the chain that is left holds
    assert checkpoints.first_difference() == (
        f"{CASE}: its chain ends before event {last.number}, which the newest checkpoint has"
    )


def test_a_paper_that_no_event_names_is_found(demo: None) -> None:
    region = Organisation.objects.get(code="10")
    version = documents.single("settlement", CASE, region, {"used": 1})
    assert [v.pk for v in events.unbound()] == [version.pk]
    assert str(version.pk) in str(verifying.first_difference())


def test_a_chain_written_anew_from_its_first_event_is_found_by_whoever_kept_a_checkpoint(fresh_demo: str) -> None:
    """Somebody with every right changes an act, all hashes after it and the checkpoints, but not the kept file."""
    kept = checkpoints.read(_text(checkpoints.exported(checkpoints.take())))
    assert checkpoints.first_difference(kept) is None
    with with_every_right(fresh_demo) as c:
        before = ""
        for event in Event.objects.filter(subject=CASE).select_related("cause").order_by("number"):
            event.act, event.predecessor = f"{event.act}-", before
            before = events.digest_of(event, event.cause.sha256 if event.cause else None)
            c.execute(
                "UPDATE records_event SET act = %s, predecessor = %s, sha256 = %s WHERE id = %s",
                [event.act, event.predecessor, before, event.pk],
            )
        assert events.first_difference() is None
        assert "is not the one that the newest checkpoint has" in str(checkpoints.first_difference())
        previous = ""
        for checkpoint in Checkpoint.objects.order_by("number"):
            data = {**checkpoint.data, "predecessor": previous}
            if CASE in data["heads"]:
                number, _old = data["heads"][CASE]
                data["heads"][CASE] = [number, Event.objects.get(subject=CASE, number=number).sha256]
            text = canonical(data)
            previous = digest(text)
            c.execute(
                "UPDATE records_checkpoint SET content = %s, sha256 = %s WHERE id = %s",
                [text, previous, checkpoint.pk],
            )
    assert verifying.first_difference() is None  # nothing inside the database tells
    assert "is not the one that was kept" in str(checkpoints.first_difference(kept))
    assert "is not the one that was kept" in str(verifying.first_difference(kept))


def test_a_changed_checkpoint_is_found(fresh_demo: str) -> None:
    checkpoints.take()
    with with_every_right(fresh_demo) as c:
        c.execute("UPDATE records_checkpoint SET content = replace(content, 'heads', 'Heads') WHERE number = 1")
    assert checkpoints.first_difference() == "checkpoint 1: it does not have the recorded hash"


def test_a_checkpoint_holds_what_has_grown_and_none_is_taken_when_nothing_has(demo: None) -> None:
    first = checkpoints.take()
    assert checkpoints.take().pk == first.pk
    events.record(CASE, "remind")
    second = checkpoints.take()
    assert list(second.data["heads"]) == [CASE]
    assert second.data["predecessor"] == first.sha256
    assert checkpoints.exported(second)["heads"].keys() == events.heads().keys()
    assert verifying.first_difference(checkpoints.read(_text(checkpoints.exported(first)))) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        "\x00",
        '{"format": "overens-checkpoint-2"}',
        '{"format": "overens-checkpoint-1", "heads": {"a": 1}}',
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="checkpoint-unreadable"):
        checkpoints.read(text)


def test_many_at_once_make_one_chain_and_cases_do_not_wait_for_each_other(fresh_demo: str) -> None:
    start = Event.objects.filter(subject=CASE).count()
    ended: list[bool] = []

    def write() -> None:
        for _ in range(5):
            with transaction.atomic():
                events.record(CASE, "remind")
        connections.close_all()

    def elsewhere() -> None:
        with transaction.atomic():
            events.record("2019/regioner/12", "remind")
        ended.append(True)
        connections.close_all()

    with transaction.atomic():
        events.record(CASE, "remind")
        other = threading.Thread(target=elsewhere)
        other.start()
        other.join(timeout=10)
        assert ended == [True], "another case waited for this one"
    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = list(Event.objects.filter(subject=CASE).order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, start + 42))
    assert events.first_difference() is None


def test_an_event_is_there_with_what_it_did_or_not_at_all(fresh_demo: str) -> None:
    before = Event.objects.count()
    with pytest.raises(RuntimeError), transaction.atomic():
        events.record(CASE, "remind")
        raise RuntimeError
    assert Event.objects.count() == before
    assert events.first_difference() is None


def test_events_hold_numbers_and_hashes_never_a_persons_data(demo: None) -> None:
    """Names, addresses and typed text are in papers, which can be disposed of; events stay for ever."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(t::text, ' ') FROM records_event t")
        everything = cursor.fetchone()[0].casefold()
    for person in Person.objects.all():
        for said in (person.name, person.email, person.telephone):
            assert not said or said.casefold() not in everything


# Disposal


def paper_of_disposal(*versions: DocumentVersion, proposed: Any, confirmed: Any) -> DocumentVersion:
    paper = documents.single(
        "disposal-decision",
        CASE,
        proposed.organisation,
        {"versions": [v.sha256 for v in versions], "proposed_by": proposed.pk, "confirmed_by": confirmed.pk},
    )
    events.record(CASE, "dispose", confirmed, paper)
    return paper


@pytest.fixture
def officers(fresh_demo: str) -> SimpleNamespace:
    mandates = {m.role: m for p in Person.objects.all() for m in p.mandates.filter(organisation__code="KAM")}
    version = DocumentVersion.objects.filter(signature__isnull=False).first()
    return SimpleNamespace(a=mandates["case-officer"], b=mandates["payer"], version=version, name=fresh_demo)


def dispose(decision: DocumentVersion) -> int:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT records_dispose(%s)", [decision.pk])
        return int(cursor.fetchone()[0])


def test_a_content_disposed_of_by_decision_leaves_its_hash_and_everything_else_holds(officers: SimpleNamespace) -> None:
    version, signature = officers.version, officers.version.signature
    decision = paper_of_disposal(version, proposed=officers.a, confirmed=officers.b)
    assert dispose(decision) == 1
    version.refresh_from_db()
    signature.refresh_from_db()
    assert (version.content, signature.content) == ("", "")
    assert set(decision.tombstones.values_list("what", "row", "sha256")) >= {
        ("version", version.pk, version.sha256),
        ("signature", signature.pk, signature.sha256),
    }
    assert verifying.first_difference() is None
    assert dispose(decision) == 0  # a second time changes nothing


def test_what_is_emptied_without_a_decision_is_found(officers: SimpleNamespace) -> None:
    with with_every_right(officers.name) as c:
        c.execute("UPDATE records_documentversion SET content = '' WHERE id = %s", [officers.version.pk])
    assert f"document version {officers.version.pk}" in str(verifying.first_difference())


def test_one_person_disposes_of_nothing(officers: SimpleNamespace) -> None:
    decision = paper_of_disposal(officers.version, proposed=officers.a, confirmed=officers.a)
    with pytest.raises(Exception, match="two persons"):
        dispose(decision)


def test_two_persons_of_different_organisations_dispose_of_nothing(officers: SimpleNamespace) -> None:
    other = Person.objects.get(email="preparer@10.demo.invalid").mandates.get()
    decision = paper_of_disposal(officers.version, proposed=officers.a, confirmed=other)
    with pytest.raises(Exception, match="one organisation"):
        dispose(decision)


def test_only_a_decision_disposes(officers: SimpleNamespace) -> None:
    with pytest.raises(Exception, match="no disposal decision"):
        dispose(officers.version)


def test_a_decision_does_not_dispose_of_decisions_to_dispose(officers: SimpleNamespace) -> None:
    first = paper_of_disposal(officers.version, proposed=officers.a, confirmed=officers.b)
    second = paper_of_disposal(first, proposed=officers.a, confirmed=officers.b)
    with pytest.raises(Exception, match="is no paper"):
        dispose(second)


def _text(kept: dict[str, Any]) -> str:
    return json.dumps(kept)
