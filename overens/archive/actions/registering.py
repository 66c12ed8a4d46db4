# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""An organisation's own registration number on a case, and its secrecy marks."""

from __future__ import annotations

from django.db import transaction

from overens.archive.actions.authority import OFFICERS, authority
from overens.archive.models import SecrecyLift, SecrecyMark
from overens.followup.models import Report
from overens.grants.models import Case
from overens.people.models import Mandate, Organisation, Person
from overens.people.models.organisation import Kind
from overens.records import clock, events, locks, registrations
from overens.records.models import Document, Registration
from overens.rules.disclosure import ground as read_ground
from overens.rules.findings import refuse

LONGEST = 60
LONGEST_NOTE = 300


@transaction.atomic
def register_number(
    case: Case, organisation: Organisation, number: str, person: Person, also: bool = False
) -> Registration:
    """Give a case the number that an organisation has registered it under; a case may have several.

    From then on it stands on every paper of the case. also: the number is meant for this case too, though the
    organisation has another case under it. Raises Refused: ``no-mandate``, ``registration-empty``,
    ``registration-too-long``, ``registration-present`` (this case has it), ``registration-elsewhere``.
    """
    mandate = _party(case, organisation, person, "register-number")
    return _register(case.key, organisation, number, mandate, also)


@transaction.atomic
def register_report_number(
    report: Report, organisation: Organisation, number: str, person: Person, also: bool = False
) -> Registration:
    """Give a report the number that its respondent or its asker has registered it under; otherwise the same."""
    if organisation.pk not in (report.respondent_id, report.round.asker_id):
        refuse("not-a-party", case=report.key, organisation=organisation.name_on(clock.today()))
    mandate = authority(person, organisation, OFFICERS, "register-number")
    return _register(report.key, organisation, number, mandate, also)


def _register(subject: str, organisation: Organisation, number: str, mandate: Mandate, also: bool) -> Registration:
    locks.hold(f"registration/{organisation.pk}")
    text = " ".join(number.split())
    if len(text) > LONGEST:
        refuse("registration-too-long", key="number", longest=LONGEST, length=len(text))
    key = registrations.search_key(text)
    same = (
        Registration.objects.filter(organisation=organisation, search_key=key) if key else Registration.objects.none()
    )
    if there := same.filter(subject=subject).first():
        refuse("registration-present", key="number", number=there.number)
    others = list(same.values_list("subject", flat=True)[:3])
    if others and not also:
        refuse("registration-elsewhere", key="number", number=text, subjects=others)
    row = registrations.register(subject, organisation, text, mandate)
    events.record(subject, "register-number", mandate)
    return row


def _party(case: Case, organisation: Organisation, person: Person, act: str) -> Mandate:
    """Only who takes part in a case has a number for it: its recipient, the payer, the ministry."""
    if organisation.pk != case.recipient_id and organisation.kind not in (Kind.PAYER, Kind.MINISTRY):
        refuse("not-a-party", case=case.key, organisation=organisation.name_on(clock.today()))
    return authority(person, organisation, OFFICERS, act)


@transaction.atomic
def mark_secret(document: Document, organisation: Organisation, ground: str, note: str, person: Person) -> SecrecyMark:
    """Note in the organisation's register that a paper may hold something secret, with the section.

    Raises Refused: ``no-mandate``, ``ground-unreadable``, ``note-too-long``, ``mark-present`` (the same ground stands).
    """
    mandate = authority(person, organisation, OFFICERS, "mark-secret")
    section = read_ground(ground)
    if len(note.strip()) > LONGEST_NOTE:
        refuse("note-too-long", key="note", longest=LONGEST_NOTE, length=len(note.strip()))
    locks.hold(f"secrecy/{organisation.pk}/{document.pk}")
    if SecrecyMark.objects.standing().filter(document=document, organisation=organisation, ground=section).exists():
        refuse("mark-present", key="ground", ground=section)
    mark = SecrecyMark.objects.create(
        document=document,
        organisation=organisation,
        ground=section,
        note=note.strip(),
        mandate=mandate,
        marked_at=clock.now(),
    )
    events.record(f"organisation/{organisation.code}", "mark-secret", mandate)
    return mark


@transaction.atomic
def lift_mark(mark: SecrecyMark, reason: str, person: Person) -> SecrecyLift:
    """The mark no longer holds; it stays in the history.

    Raises Refused: ``no-mandate``, ``reason-missing``, ``note-too-long``, ``mark-lifted``.
    """
    mandate = authority(person, mark.organisation, OFFICERS, "lift-secrecy")
    if not reason.strip():
        refuse("reason-missing", key="reason")
    if len(reason.strip()) > LONGEST_NOTE:
        refuse("note-too-long", key="reason", longest=LONGEST_NOTE, length=len(reason.strip()))
    locks.hold(f"secrecy/{mark.organisation_id}/{mark.document_id}")
    if SecrecyLift.objects.filter(mark=mark).exists():
        refuse("mark-lifted")
    lift = SecrecyLift.objects.create(mark=mark, reason=reason.strip(), mandate=mandate, lifted_at=clock.now())
    events.record(f"organisation/{mark.organisation.code}", "lift-secrecy", mandate)
    return lift
