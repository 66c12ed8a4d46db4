# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Deciding how long papers are kept, and disposing of those that are due: one person proposes, another confirms.

The decision is a paper. Carrying it out is the database owner's (``overens dispose``): what faces the web can empty
nothing. What rests on the papers, rows, money and events, stays.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import connections, transaction

from overens.archive import retaining
from overens.archive.actions.authority import CONFIRMERS, DECIDERS, authority
from overens.archive.models import Disposal, DisposalItem, DisposalOutcome, RetentionRule
from overens.archive.register import DISPOSAL, WAYS
from overens.people.models import Organisation, Person
from overens.records import clock, documents, events, locks
from overens.records.models import DocumentVersion
from overens.rules.findings import refuse

LONGEST_YEARS = 200
LONGEST_REFERENCE = 200
LONGEST_REASON = 300


@transaction.atomic
def set_rule(
    organisation: Organisation,
    kind: str,
    years: int | None,
    reference: str,
    decided_on: dt.date,
    valid_from: dt.date,
    person: Person,
) -> RetentionRule:
    """Record an organisation's decision for a kind of paper ("" for every kind); years None keeps for ever.

    Raises Refused: ``no-mandate``, ``kind-unknown``, ``years-out-of-range``, ``decision-reference-missing``,
    ``reference-too-long``, ``decision-in-future``, ``valid-before-decided``.
    """
    mandate = authority(person, organisation, DECIDERS, "set-retention")
    if kind and kind not in WAYS:
        refuse("kind-unknown", key="kind", kind=kind)
    if years is not None and not 1 <= years <= LONGEST_YEARS:
        refuse("years-out-of-range", key="years", longest=LONGEST_YEARS)
    _check_reference(reference)
    if decided_on > clock.today():
        refuse("decision-in-future", key="decided_on", day=decided_on.isoformat())
    if valid_from < decided_on:
        refuse("valid-before-decided", key="valid_from", decided_on=decided_on.isoformat())
    rule = RetentionRule.objects.create(
        organisation=organisation,
        kind=kind,
        years=years,
        reference=reference.strip(),
        decided_on=decided_on,
        valid_from=valid_from,
        mandate=mandate,
    )
    events.record(f"organisation/{organisation.code}", "set-retention", mandate)
    return rule


@transaction.atomic
def propose(organisation: Organisation, papers: Sequence[int], reason: str, reference: str, person: Person) -> Disposal:
    """Propose that papers (ids of versions) be disposed of.

    Raises Refused: ``no-mandate``, ``nothing-chosen``, ``reason-missing``, ``decision-reference-missing``, ``not-due``
    with the number of those that are not (any more).
    """
    mandate = authority(person, organisation, DECIDERS, "propose-disposal")
    if not reason.strip():
        refuse("reason-missing", key="reason")
    _check_reference(reference)
    chosen = set(papers)
    if not chosen:
        refuse("nothing-chosen", key="paper")
    _hold()
    found = [each.version for each in retaining.due(organisation) if each.version.pk in chosen]
    if len(found) < len(chosen):
        refuse("not-due", key="paper", count=len(chosen) - len(found))
    disposal = Disposal.objects.create(
        organisation=organisation,
        reason=reason.strip(),
        reference=reference.strip(),
        mandate=mandate,
        proposed_at=clock.now(),
    )
    DisposalItem.objects.bulk_create(
        DisposalItem(disposal=disposal, version=version, sha256=version.sha256) for version in found
    )
    events.record(f"organisation/{organisation.code}", "propose-disposal", mandate)
    return disposal


@transaction.atomic
def confirm(disposal: Disposal, person: Person) -> DocumentVersion:
    """Another person confirms: the decision is made, as a paper with the hashes of what goes.

    Raises Refused: ``no-mandate``, ``disposal-answered``, ``disposal-same-person``, ``not-due`` when a rule or a case
    has changed since it was proposed.
    """
    mandate = authority(person, disposal.organisation, CONFIRMERS, "confirm-disposal")
    _open(disposal)
    if disposal.mandate.person_id == person.pk:
        refuse("disposal-same-person", who=person.name)
    items = list(disposal.items.select_related("version__document__organisation"))
    verdicts = retaining.kept(disposal.organisation, [item.version for item in items])
    late = sum(not each.verdict.is_due for each in verdicts)
    if late:
        refuse("not-due", count=late)
    organisation = disposal.organisation
    subject = f"organisation/{organisation.code}"
    decision = documents.single(
        DISPOSAL,
        subject,
        organisation,
        {
            "organisation": organisation.code,
            "proposal": disposal.pk,
            "reason": disposal.reason,
            "reference": disposal.reference,
            "proposed_by": disposal.mandate_id,
            "proposed_at": disposal.proposed_at,
            "confirmed_by": mandate.pk,
            "versions": [item.sha256 for item in items],
        },
        person=person,
        mandate=mandate,
        registration_number=disposal.reference[:60],
    )
    DisposalOutcome.objects.create(disposal=disposal, decision=decision, mandate=mandate, at=clock.now())
    events.record(subject, "confirm-disposal", mandate, decision)
    # The chain of each case says that its papers go, and by which decision.
    for case in sorted({item.version.document.subject for item in items}):
        events.record(case, "decide-disposal", mandate, decision)
    return decision


@transaction.atomic
def decline(disposal: Disposal, reason: str, person: Person) -> None:
    """The papers stay, for a reason; the proposer may take the proposal back so too.

    Raises Refused: ``no-mandate``, ``disposal-answered``, ``reason-missing``, ``note-too-long``.
    """
    mandate = authority(person, disposal.organisation, CONFIRMERS, "decline-disposal")
    _open(disposal)
    if not reason.strip():
        refuse("reason-missing", key="reason")
    if len(reason.strip()) > LONGEST_REASON:
        refuse("note-too-long", key="reason", longest=LONGEST_REASON, length=len(reason.strip()))
    DisposalOutcome.objects.create(disposal=disposal, reason=reason.strip(), mandate=mandate, at=clock.now())
    events.record(f"organisation/{disposal.organisation.code}", "decline-disposal", mandate)


def waiting() -> list[DocumentVersion]:
    """Decisions that have not been carried out: none of their tombstones is there."""
    return list(DocumentVersion.objects.filter(kind=DISPOSAL, tombstones=None).order_by("pk"))


def carry_out(decision: DocumentVersion) -> int:
    """Empty what a decision lists, as the database's owner. Returns how many papers were emptied."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT records_dispose(%s)", [decision.pk])
        (count,) = cursor.fetchone()
    return int(count)


def _hold() -> None:
    """One at a time over all organisations: a paper is kept by several, and goes once."""
    locks.hold("disposal")


def _open(disposal: Disposal) -> None:
    _hold()
    if DisposalOutcome.objects.filter(disposal=disposal).exists():
        refuse("disposal-answered")


def _check_reference(reference: str) -> None:
    if not reference.strip():
        refuse("decision-reference-missing", key="reference")
    if len(reference.strip()) > LONGEST_REFERENCE:
        refuse("reference-too-long", key="reference", longest=LONGEST_REFERENCE, length=len(reference.strip()))
