# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Documents from regions: asked for, delivered by the region or registered as received, and no longer waited for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from overens.followup.actions.authority import mandate_of
from overens.followup.actions.visit_acts import analyst, tell
from overens.followup.models import Collected, CollectedFile, Round, Visit
from overens.people.models import Mandate, Organisation, Person
from overens.records import clock, events, files, intake
from overens.rules import text as texts
from overens.rules.deadlines import next_working_day
from overens.rules.findings import Refused, Where, refuse
from overens.rules.followup.process import WRITERS
from overens.rules.followup.visiting import DOCUMENTS

ACCEPTED = (intake.PDF, intake.XLSX, intake.PNG, intake.JPEG)
MOST_FILES = 10
# Bytes and the sender's name for them.
Sent = Sequence[tuple[bytes, str]]


@dataclass(frozen=True)
class About:
    """What a document is: a kind (DOCUMENTS), a title, and what it belongs to."""

    agreement: str
    year: int
    respondent: Organisation
    kind: str
    title: str
    visit: Visit | None = None
    round: Round | None = None


@transaction.atomic
def ask(asker: Organisation, about: About, wanted: str, due_on: dt.date | None, person: Person) -> Collected:
    """Ask a region for a document by a day, moved to the next working day.

    Raises Refused: ``document-kind-missing``, ``title-missing``, ``wanted-missing``, ``day-missing``,
    ``due-in-the-past``, ``no-mandate``.
    """
    mandate = analyst(asker, person, "ask-for-documents", about.agreement)
    _require_about(about)
    _require_writable({"wanted": wanted})
    if not wanted.strip():
        refuse("wanted-missing", key="wanted")
    if due_on is None:
        refuse("day-missing", key="due_on")
    if due_on <= clock.today():
        refuse("due-in-the-past", key="due_on", day=due_on.isoformat())
    moment = clock.now()
    made = _made(asker, about, mandate, moment, wanted=wanted.strip(), asked_at=moment, due_on=next_working_day(due_on))
    events.record(made.subject, "ask-for-documents", mandate, at=moment)
    _tell(made, made.respondent, "documents-asked", f"documents/{made.pk}/asked", moment)
    return made


@transaction.atomic
def register(
    asker: Organisation,
    about: About,
    received_on: dt.date | None,
    from_whom: str,
    registration_number: str,
    note: str,
    sent: Sent,
    person: Person,
) -> Collected:
    """Enter a document that came in some other way, with its files.

    Raises Refused: ``document-kind-missing``, ``title-missing``, ``day-missing``, ``day-to-come``, ``files-missing``
    and those of the files. Nothing is kept then.
    """
    mandate = analyst(asker, person, "register-document", about.agreement)
    _require_about(about)
    _require_writable({"from_whom": from_whom, "registration_number": registration_number, "note": note})
    if received_on is None:
        refuse("day-missing", key="received_on")
    if received_on > clock.today():
        refuse("day-to-come", key="received_on", day=received_on.isoformat())
    moment = clock.now()
    made = _made(
        asker, about, mandate, moment, received_on=received_on, from_whom=from_whom.strip(),
        registration_number=registration_number.strip(), note=note.strip(),
    )  # fmt: skip
    events.record(made.subject, "register-document", mandate, papers=_keep(made, sent, mandate), at=moment)
    return made


@transaction.atomic
def deliver(collected: Collected, message: str, registration_number: str, sent: Sent, person: Person) -> Collected:
    """The region sends what it was asked for. Raises Refused: ``no-mandate``, ``document-not-awaited``,
    ``files-missing`` and those of the files. Nothing is kept then.
    """
    found = _open(collected)
    mandate = mandate_of(found.respondent, person, WRITERS, "deliver-documents", found.agreement)
    _require_writable({"message": message, "registration_number": registration_number})
    moment = clock.now()
    hashes = _keep(found, sent, mandate)
    found.received_on, found.changed_at = clock.today(), moment
    found.from_whom, found.message = mandate.person.title or "", message.strip()
    found.registration_number = registration_number.strip()
    found.save()
    events.record(found.subject, "deliver-documents", mandate, papers=hashes, at=moment)
    _tell(found, found.asker, "documents-received", f"documents/{found.pk}/received", moment)
    return found


@transaction.atomic
def give_up(collected: Collected, reason: str, person: Person) -> None:
    """The asker no longer waits for it; the region is told. Raises Refused: ``reason-missing``,
    ``document-not-awaited``.
    """
    found = _open(collected)
    mandate = analyst(found.asker, person, "give-up-documents", found.agreement)
    if not reason.strip():
        refuse("reason-missing", key="reason")
    _require_writable({"reason": reason})
    found.closed_because, found.changed_at = reason.strip(), clock.now()
    found.save()
    events.record(found.subject, "give-up-documents", mandate, at=found.changed_at)
    _tell(found, found.respondent, "documents-not-needed", f"documents/{found.pk}/given-up", found.changed_at)


@transaction.atomic
def annotate(collected: Collected, note: str, registration_number: str, person: Person) -> None:
    """The asker's own note on a document, and the number that it was registered under."""
    mandate = analyst(collected.asker, person, "note-document", collected.agreement)
    _require_writable({"note": note, "registration_number": registration_number})
    found = Collected.objects.select_for_update(of=("self",)).get(pk=collected.pk)
    found.note, found.registration_number, found.changed_at = note.strip(), registration_number.strip(), clock.now()
    found.save()
    events.record(found.subject, "note-document", mandate, at=found.changed_at)


@transaction.atomic
def remind(collected: Collected, key: str) -> None:
    """Tell the region that the day comes, or has passed. Done by rule. Raises Refused: ``document-not-awaited``."""
    found = _open(collected)
    assert found.due_on is not None, "what was asked for has a day"
    late = clock.today() > found.due_on
    _tell(found, found.respondent, "documents-overdue" if late else "documents-remind", key, clock.now())


def _open(collected: Collected) -> Collected:
    found = Collected.objects.select_for_update(of=("self",)).select_related("asker", "respondent").get(pk=collected.pk)
    if found.asked_at is None or found.received_on is not None or found.closed_because:
        refuse("document-not-awaited")
    return found


def _require_about(about: About) -> None:
    _require_writable({"title": about.title})
    if about.kind not in DOCUMENTS:
        refuse("document-kind-missing", key="kind")
    if not about.title.strip():
        refuse("title-missing", key="title")


def _made(asker: Organisation, about: About, mandate: Mandate, moment: dt.datetime, **fields: object) -> Collected:
    return Collected.objects.create(
        agreement=about.agreement, year=about.year, asker=asker, respondent=about.respondent, visit=about.visit,
        round=about.round, kind=about.kind, title=about.title.strip(), mandate=mandate, changed_at=moment, **fields,
    )  # fmt: skip


def _keep(collected: Collected, sent: Sent, mandate: Mandate) -> list[str]:
    """Keep the files; their hashes, which the event binds."""
    if not sent:
        refuse("files-missing", key="file")
    if len(sent) > MOST_FILES:
        refuse("files-too-many", key="file", most=MOST_FILES)
    kept = [files.store(content, _media_type(content, name), name, mandate) for content, name in sent]
    CollectedFile.objects.bulk_create(CollectedFile(collected=collected, file=each) for each in kept)
    return [each.sha256 for each in kept]


def _media_type(content: bytes, name: str) -> str:
    """What a file is; a refusal names the file."""
    try:
        return intake.media_type(content, ACCEPTED)
    except Refused as refusal:
        where = Where(file=name, key="file")
        raise Refused(*(replace(finding, where=where) for finding in refusal.findings)) from None


def _require_writable(typed: dict[str, str]) -> None:
    if wrong := texts.unwritable(typed):
        raise Refused(*wrong)


def _tell(collected: Collected, whom: Organisation, code: str, key: str, at: dt.datetime) -> None:
    other = collected.asker if whom.pk == collected.respondent_id else collected.respondent
    day = collected.due_on.isoformat() if collected.due_on else ""
    tell(whom, code, collected.subject, key, at, who=other.name, title=collected.title, day=day)
