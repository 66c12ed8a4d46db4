# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writing down what happened, in the same transaction as what it did, and proving afterwards that nothing was changed.

Every subject (a case, an agreement, an organisation, a person) has a chain of its own, so that cases do not wait for
each other. A checkpoint says where every chain ended at one time; whoever keeps an exported one finds a chain that was
rewritten later, even by somebody with every right in the database.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from django.db import connection

from overens.people.models import Mandate, Person
from overens.records import clock
from overens.records.canonical import canonical, digest
from overens.records.locks import hold
from overens.records.models import DocumentVersion, Event


def record(
    subject: str,
    act: str,
    mandate: Mandate | None = None,
    cause: DocumentVersion | None = None,
    *,
    person: Person | None = None,
    papers: Iterable[str] = (),
    at: dt.datetime | None = None,
) -> Event:
    """Append an act to the chain of its subject. Nothing of a person but their number goes in.

    person: who acted, where they did so without a mandate. papers: SHA-256 of what the act froze besides its cause.
    at: when it took effect, where the act has asked the clock already.
    """
    hold(f"events/{subject}")
    with connection.cursor() as cursor:
        # A statement of its own, so that it sees what the one who held the lock before us has written.
        cursor.execute(
            "SELECT clock_timestamp(), (SELECT (number, sha256)::text FROM records_event WHERE subject = %s"
            " ORDER BY number DESC LIMIT 1)",
            [subject],
        )
        moment, head = cursor.fetchone()
    number, predecessor = head.strip("()").split(",") if head else ("0", "")
    event = Event(
        subject=subject,
        number=int(number) + 1,
        act=act,
        person=mandate.person if mandate else person,
        mandate=mandate,
        cause=cause,
        papers=list(papers),
        effective_at=at or clock.now(),
        recorded_at=moment,
        predecessor=predecessor,
    )
    event.sha256 = digest_of(event, cause.sha256 if cause else None)
    event.save(force_insert=True)
    return event


def digest_of(event: Event, cause_sha256: str | None) -> str:
    """SHA-256 over the canonical form of everything in the row but the hash itself and the row's own id."""
    return digest(
        canonical(
            {
                "subject": event.subject,
                "number": event.number,
                "act": event.act,
                "person": event.person_id,
                "mandate": event.mandate_id,
                "cause": cause_sha256,
                "papers": event.papers,
                "effective_at": _utc(event.effective_at),
                "recorded_at": _utc(event.recorded_at),
                "predecessor": event.predecessor,
            }
        )
    )


def _utc(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat(timespec="microseconds")


def heads() -> dict[str, tuple[int, str]]:
    """Per subject the number and hash of its last event."""
    last = Event.objects.order_by("subject", "-number").distinct("subject").values_list("subject", "number", "sha256")
    return {subject: (number, sha256) for subject, number, sha256 in last}


def first_difference() -> str | None:
    """Walk every chain from its first event; the first link that does not hold, in words."""
    before: Event | None = None
    rows = Event.objects.select_related("cause").only(*_COLUMNS, "cause__sha256").order_by("subject", "number")
    for event in rows.iterator(chunk_size=2000):
        follows = before if before is not None and before.subject == event.subject else None
        if broken := _broken(event, follows):
            return f"event {event.number} of {event.subject} ({event.act}): {broken}"
        before = event
    return None


_COLUMNS = [f.name for f in Event._meta.concrete_fields]


def _broken(event: Event, before: Event | None) -> str | None:
    if event.number != (before.number + 1 if before else 1):
        return f"event {before.number + 1 if before else 1} is missing before it"
    if event.predecessor != (before.sha256 if before else ""):
        return "it does not follow the event before it"
    if digest_of(event, event.cause.sha256 if event.cause else None) != event.sha256:
        return "it does not have the recorded hash"
    return None


def unbound() -> Iterator[DocumentVersion]:
    """Versions that no event names: somebody wrote them past the actions, or took their event away."""
    named = Event.objects.exclude(papers=[]).values_list("papers", flat=True)
    also = {sha256 for papers in named.iterator(chunk_size=2000) for sha256 in papers}
    for version in DocumentVersion.objects.filter(events=None).only("pk", "sha256", "kind").iterator(chunk_size=2000):
        if version.sha256 not in also:
            yield version


def at(chain: Mapping[str, tuple[int, str]]) -> Iterator[tuple[str, str | None]]:
    """For each subject of a checkpoint: the hash that its chain has today at the number that was kept."""
    subjects = list(chain)
    for start in range(0, len(subjects), 1000):
        part = subjects[start : start + 1000]
        found = {
            (subject, number): sha256
            for subject, number, sha256 in Event.objects.filter(subject__in=part).values_list(
                "subject", "number", "sha256"
            )
        }
        for subject in part:
            yield subject, found.get((subject, chain[subject][0]))
