# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a case's package holds: its papers as they were frozen, and its data as tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q

from overens.archive import register
from overens.grants.models import Case
from overens.records import intake, registrations
from overens.records.models import DocumentVersion, Event, Purpose, Registration, Rendition
from overens.rules.findings import refuse
from overens.rules.process import OWN_SPACE, State

CLOSED = (State.CLOSED, State.LAPSED)
EXTENSIONS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg", intake.XLSX: "xlsx"}


@dataclass(frozen=True)
class File:
    """A file of the package. ``path`` is relative to the representation's data folder, or to the package's root."""

    path: str
    media_type: str
    content: bytes
    created: dt.datetime
    title: str


@dataclass(frozen=True)
class Table:
    """Rows of text under column names; ``row`` is what one of them is called in XML."""

    name: str
    row: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


@dataclass(frozen=True)
class Contents:
    """A closed case as its package holds it. ``made_at`` is when the case's chain ended."""

    name: str
    case: Case
    made_at: dt.datetime
    numbers: tuple[str, ...]
    files: tuple[File, ...]
    tables: tuple[Table, ...]
    events: tuple[Event, ...]


def name_of(case: Case) -> str:
    return f"overens-{case.key.replace('/', '-')}"


def contents(case: Case) -> Contents:
    """Gather a closed case. Raises Refused (``case-not-closed``) for one that is still going on.

    Papers are those that were sent or drawn up; what a recipient wrote and never handed in is its own and not here.
    """
    if case.state not in CLOSED:
        refuse("case-not-closed", case=case.key, state=case.state)
    versions = papers(case)
    events = tuple(
        Event.objects.filter(subject=case.key).select_related("mandate__organisation", "cause").order_by("number")
    )
    files: list[File] = []
    rows: list[tuple[str, ...]] = []
    for number, version in enumerate(versions, start=1):
        of_paper = list(_files(number, version))
        files += of_paper
        rows.append(_row(number, version, of_paper))
    documents = Table("documents", "document", DOCUMENTS, rows)
    tables = (documents, _registrations(case), _transfers(case), _events(events, versions))
    numbers = tuple(f"{each['organisation']} {each['number']}" for each in registrations.of(case.key))
    return Contents(name_of(case), case, events[-1].effective_at, numbers, tuple(files), tables, events)


def papers(case: Case) -> list[DocumentVersion]:
    """The papers of a case in the order that they came to be: its own, and those of its agreement that it rests on."""
    own = Q(document__subject=case.key)
    shared = Q(document__subject=f"agreement/{case.agreement}") & (
        Q(kind__in=("agreement", "approval")) | Q(decision__line=case.line_id)
    )
    return list(
        register.submitted(DocumentVersion.objects.filter(own | shared))
        .select_related("document__organisation", "signature__evidence")
        .order_by("effective_at", "pk")
    )


DOCUMENTS = (
    "number", "kind", "version", "sha256", "predecessor", "registration-number", "organisation", "effective-at",
    "recorded-at", "signature-method", "signature-sha256", "signature-evidence-sha256", "disposed", "files",
)  # fmt: skip


def _files(number: int, version: DocumentVersion) -> Iterator[File]:
    """The frozen text, the sealed PDF, the signature's text and the received file, as far as they are there."""
    stem = f"papers/{number:04d}-{version.kind}-v{version.number}"
    title = f"{version.kind} v{version.number}"
    if version.content:
        yield File(f"{stem}.json", "application/json", version.content.encode(), version.effective_at, title)
    sealed = Rendition.objects.filter(version=version, purpose=Purpose.SEALED).first()
    if sealed and sealed.content:
        yield File(f"{stem}.pdf", "application/pdf", bytes(sealed.content), sealed.recorded_at, f"{title}, sealed")
    for count, attachment in enumerate(version.attachments.select_related("file"), start=1):
        file = attachment.file
        if file.content:
            extension = EXTENSIONS.get(file.media_type, "bin")
            yield File(
                f"{stem}-attached-{count}.{extension}", file.media_type, bytes(file.content), file.recorded_at,
                f"{title}, attachment {count}",
            )  # fmt: skip
    signature = getattr(version, "signature", None)
    if signature is None:
        return
    if signature.content:
        yield File(
            f"{stem}-signature.json", "application/json", signature.content.encode(), signature.effective_at,
            f"{title}, signature",
        )  # fmt: skip
    evidence = signature.evidence
    if evidence and evidence.content:
        extension = EXTENSIONS.get(evidence.media_type, "bin")
        yield File(
            f"{stem}-received.{extension}", evidence.media_type, bytes(evidence.content), evidence.recorded_at,
            f"{title}, as received",
        )  # fmt: skip


def _row(number: int, version: DocumentVersion, files: Sequence[File]) -> tuple[str, ...]:
    signature = getattr(version, "signature", None)
    return (
        str(number),
        version.kind,
        str(version.number),
        version.sha256,
        version.predecessor,
        version.registration_number,
        version.document.organisation.code,
        stamp(version.effective_at),
        stamp(version.recorded_at),
        signature.method if signature else "",
        signature.sha256 if signature else "",
        signature.evidence.sha256 if signature and signature.evidence else "",
        "" if version.content else "yes",
        " ".join(file.path for file in files),
    )


def _registrations(case: Case) -> Table:
    found = (
        Registration.objects.filter(subject__in=register.subjects_of(case.key))
        .select_related("organisation")
        .order_by("pk")
    )
    rows = [(row.subject, row.organisation.code, row.number, row.search_key, stamp(row.recorded_at)) for row in found]
    return Table(
        "registrations", "registration", ("subject", "organisation", "number", "search-key", "recorded-at"), rows
    )


def _transfers(case: Case) -> Table:
    """Every transfer of the case's line that touches the recipient, or that a paper of the case caused."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT t.effective_at, t.recorded_at, t.kronor, t.from_place, coalesce(f.code, ''), t.to_place,
                   coalesce(g.code, ''), t.cause_kind, v.sha256
            FROM ledger_transfer t
            JOIN ledger_account a ON a.id = t.from_account LEFT JOIN people_organisation f ON f.id = a.owner_id
            JOIN ledger_account b ON b.id = t.to_account LEFT JOIN people_organisation g ON g.id = b.owner_id
            JOIN records_documentversion v ON v.id = t.cause_id JOIN records_document d ON d.id = v.document_id
            WHERE t.line_id = %(line)s
              AND (a.owner_id = %(owner)s OR b.owner_id = %(owner)s OR d.subject = %(case)s)
            ORDER BY t.id
            """,
            {"line": case.line_id, "owner": case.recipient_id, "case": case.key},
        )
        rows = [
            (str(number), stamp(effective), stamp(recorded), str(kronor), *rest)
            for number, (effective, recorded, kronor, *rest) in enumerate(cursor.fetchall(), start=1)
        ]
    columns = (
        "number", "effective-at", "recorded-at", "kronor", "from-place", "from-owner", "to-place", "to-owner",
        "cause-kind", "cause-sha256",
    )  # fmt: skip
    return Table("transfers", "transfer", columns, rows)


def is_told(event: Event, included: set[int]) -> bool:
    """What a recipient did in its own space is in the package only where its paper was handed in."""
    return event.act not in OWN_SPACE or event.cause_id in included


def _events(events: Sequence[Event], versions: Sequence[DocumentVersion]) -> Table:
    """The case's chain. Persons and mandates by number only: with them each link's hash can be computed again.

    Of an act in the recipient's own space only the link is here.
    """
    included = {version.pk for version in versions}
    rows = []
    for event in events:
        link = (event.predecessor, event.sha256)
        if not is_told(event, included):
            rows.append((str(event.number), "own-space", *[""] * 8, *link))
            continue
        mandate = event.mandate
        rows.append(
            (
                str(event.number),
                event.act,
                mandate.role if mandate else "",
                mandate.organisation.code if mandate else "",
                str(event.person_id or ""),
                str(event.mandate_id or ""),
                event.cause.sha256 if event.cause else "",
                " ".join(event.papers),
                stamp(event.effective_at),
                stamp(event.recorded_at),
                *link,
            )
        )
    columns = (
        "number", "act", "role", "organisation", "person", "mandate", "cause-sha256", "papers-sha256", "effective-at",
        "recorded-at", "predecessor", "sha256",
    )  # fmt: skip
    return Table("events", "event", columns, rows)


def stamp(moment: dt.datetime) -> str:
    """A time as the chain writes it: UTC, to the microsecond."""
    return moment.astimezone(dt.UTC).isoformat(timespec="microseconds")
