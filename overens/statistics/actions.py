# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Taking statistics in: receive what was handed in or fetched, then approve or reject it, once.

Nothing is shared out by a table before somebody has looked at what is said of it, and at what it changes, and approved
it. A mistake is mended by a new table; what was decided by the old one keeps it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from overens.exchange import statistics
from overens.people.models import Mandate, Organisation, Person
from overens.people.models.organisation import Kind
from overens.records import clock, events, files, locks, runs
from overens.records.models import Run
from overens.rules.finding_rows import as_rows
from overens.rules.findings import Refused, refuse
from overens.rules.process import Role
from overens.rules.statistics.asked import Asked, Format, Read
from overens.rules.statistics.checks import check
from overens.rules.statistics.table import columns_of
from overens.rules.statistics.units import SWEDISH_ASCII
from overens.statistics import fetching, storing
from overens.statistics.fetching import MIB, Question
from overens.statistics.models import Arrival, Reply, StoredTable, TableState

# Who takes statistics in, at which kind of organisation.
WHO = {Kind.MINISTRY: Role.NEGOTIATOR, Kind.ASSOCIATION: Role.NEGOTIATOR, Kind.FOLLOWUP: Role.ANALYST}
LARGEST = fetching.LARGEST
# Bytes. Read while its sender waits; what is larger, and several answers, are read by a worker.
AT_ONCE = 4 * MIB
MEDIA = {"jsonstat": "application/json", "kolada": "application/json", "csv": "text/csv"}


def authority(person: Person, act: str) -> Mandate:
    """The mandate by which somebody does it. Raises Refused (``no-mandate``)."""
    held = person.mandates.on(clock.today()).select_related("organisation", "person")
    mandate = next((each for each in held if WHO.get(Kind(each.organisation.kind)) == each.role), None)
    if mandate is None:
        names = Organisation.objects.filter(kind__in=WHO).values_list("name", flat=True)
        roles = sorted({role.value for role in WHO.values()})
        refuse("no-mandate", act=act, roles=roles, organisation=", ".join(names), day=clock.today().isoformat())
    return mandate


def read(format: Format, replies: Sequence[bytes], asked: Asked) -> Read:
    """Read a table, with everything that is said of it; nothing is kept. Raises Refused where it cannot be read."""
    if format == "csv":
        for name in ("title", "source"):
            if not getattr(asked, name).strip():
                refuse(f"statistics-{name}", name)
    found = statistics.read(format, replies, asked)
    whole = format != "kolada"  # many key figures are not measured everywhere
    said = (*found.findings, *check(found.table, asked, whole=whole))
    return Read(found.table, found.subject, found.table_id, said)


@transaction.atomic
def receive(
    question: Question,
    replies: Sequence[tuple[str, bytes]],
    person: Person,
    *,
    name: str = "",
    fetched_at: dt.datetime | None = None,
    progress: Callable[[int], object] = lambda percent: None,
) -> StoredTable:
    """Keep a table with the bytes that it was read from, to be looked through. replies: each with its address, empty
    for a file of this name.

    Raises Refused: ``no-mandate``, ``statistics-bytes``, ``statistics-same``, and those of :func:`read`.
    """
    mandate = authority(person, "receive-statistics")
    contents = [content for _, content in replies]
    if sum(map(len, contents)) > LARGEST:
        refuse("statistics-bytes", "file", limit=LARGEST // MIB)
    found = read(question.format, contents, question.asked)
    hashes = [hashlib.sha256(content).hexdigest() for content in contents]
    sha256 = storing.hash_of(hashes)
    asked = question.asked.as_values()
    same = StoredTable.objects.filter(sha256=sha256, asked=asked).exclude(state=TableState.REJECTED).first()
    if same:
        refuse("statistics-same", "file", code=same.code)
    columns = columns_of(found.table.values)
    code = _free_code(found)
    stored = StoredTable.objects.create(
        code=code,
        subject=found.subject[:160],
        format=question.format,
        asked=asked,
        table_id=(found.table_id or question.table_id)[:100],
        query=dict(question.query),
        title=found.table.title,
        title_en=found.table.title_en,
        measure=found.table.measure[:60],
        level=found.table.level,
        source=found.table.source,
        note=found.table.note,
        units=list(columns.units),
        names=dict(found.table.names),
        findings=as_rows(found.findings),
        sha256=sha256,
        fetched_at=fetched_at or clock.now(),
        received_by=mandate,
    )
    for number, (address, content) in enumerate(replies, start=1):
        kept = files.store(content, MEDIA[question.format], name or f"{code}-{number}.json", mandate)
        Reply.objects.create(table=stored, number=number, address=address, file=kept)
    storing.store(stored, columns, progress)
    events.record(f"statistics/{code}", "receive-statistics", mandate, papers=hashes)
    return stored


def _free_code(found: Read) -> str:
    """From what it is of and its last time: ``scb-tab638-2018``, with a number where that is taken."""
    locks.hold("statistics/codes")
    what = found.subject if not found.table_id else f"{found.subject.split('/')[0]}-{found.table_id}"
    times = found.table.times
    base = slugify(f"{what.replace('/', '-')}-{times[-1] if times else ''}".translate(SWEDISH_ASCII))[:54].strip("-")
    taken = set(StoredTable.objects.filter(code__startswith=base).values_list("code", flat=True))
    return next(code for code in (base, *(f"{base}-{number}" for number in range(2, 10_000))) if code not in taken)


def approve(code: str, person: Person) -> StoredTable:
    """From now on it may be shared out by. Raises Refused: ``no-mandate``, ``statistics-decided``,
    ``statistics-wrong``.
    """
    return _decide(code, TableState.APPROVED, "", person)


def reject(code: str, reason: str, person: Person) -> StoredTable:
    """It stays, with the reason, and is not used. Raises Refused: as :func:`approve`, and ``statistics-reason``."""
    if not reason.strip():
        refuse("statistics-reason", "reason")
    return _decide(code, TableState.REJECTED, reason.strip(), person)


@transaction.atomic
def _decide(code: str, state: TableState, reason: str, person: Person) -> StoredTable:
    act = "approve-statistics" if state == TableState.APPROVED else "reject-statistics"
    mandate = authority(person, act)
    stored = StoredTable.objects.select_for_update().get(code=code)
    if stored.state != TableState.RECEIVED:
        refuse("statistics-decided", code=code)
    if state == TableState.APPROVED and any(each["level"] == "error" for each in stored.findings):
        refuse("statistics-wrong", code=code)
    stored.state, stored.reason, stored.decided_by, stored.decided_at = state, reason, mandate, clock.now()
    stored.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    events.record(f"statistics/{code}", act, mandate, papers=[stored.sha256])
    return stored


@transaction.atomic
def wait(question: Question, person: Person, content: bytes | None = None, name: str = "") -> Arrival:
    """Have a worker fetch the answers to a question, or read a large file. Raises Refused (``no-mandate``)."""
    mandate = authority(person, "receive-statistics")
    arrival = Arrival.objects.create(
        question=question.as_values(), content=content, name=files.shown_name(name) if name else "", mandate=mandate
    )
    runs.start("statistics", key_of(arrival), take_in, asked_by=person, number=arrival.pk)
    return arrival


def key_of(arrival: Arrival) -> str:
    """The key of the run that takes it in."""
    return f"statistics/{arrival.pk}"


def take_in(run: Run, number: int, get: fetching.Get | None = None) -> None:
    """The work of a run: fetch where that is asked, read, and keep the table or what is wrong with it."""
    arrival = Arrival.objects.select_for_update(of=("self",)).select_related("mandate__person").get(pk=number)
    question = Question.from_values(arrival.question)

    def report(percent: int) -> None:
        runs.report_progress(run, percent)

    try:
        if question.addresses:
            replies, moment = fetching.fetch(question, get, report)
        else:
            replies, moment = (("", bytes(arrival.content or b"")),), arrival.at
        arrival.table = receive(
            question,
            replies,
            arrival.mandate.person,
            name=arrival.name,
            fetched_at=moment,
            progress=lambda percent: report(50 + percent // 2),
        )
    except Refused as refusal:
        arrival.findings = as_rows(refusal.findings)
    arrival.content = None
    arrival.save()


def fetch_now(question: Question, person: Person, get: fetching.Get | None = None) -> StoredTable:
    """Fetch and keep while whoever asked waits. Raises Refused, as :func:`fetching.fetch` and :func:`receive`."""
    authority(person, "receive-statistics")
    replies, moment = fetching.fetch(question, get)
    return receive(question, replies, person, fetched_at=moment)


def file_question(format: str, asked: Asked, more: Mapping[str, Any] | None = None) -> Question:
    """What is asked of a file that was handed in. Raises Refused (``statistics-format``)."""
    if format not in MEDIA:
        refuse("statistics-format", "format", format=format[:20])
    return Question(format, (), "", asked, more or {})  # type: ignore[arg-type]
