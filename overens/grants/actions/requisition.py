# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Asking for the money: write, sign, withdraw; examine; what passes when the day has passed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from overens.agreements.reading import deadline_of, in_time, last_day
from overens.grants import forms
from overens.grants.actions import debt, signing
from overens.grants.actions.performing import Performance, performing
from overens.grants.models import Case, Examination, Requisition
from overens.grants.models.examination import Outcome
from overens.people.models import Mandate, Person
from overens.records import clock, documents, drafts
from overens.records.documents import IN_APP, Signing
from overens.records.models import DocumentVersion, Draft
from overens.rules.findings import refuse
from overens.rules.process import Place

FORM = "requisition"


def write(case: Case, typed: Mapping[str, Any], revision: int, person: Person) -> Draft:
    """Save what is typed, right or wrong: a draft may be unfinished. Raises Refused (``draft-changed``)."""
    with performing("write-requisition", case, person) as p:
        document = documents.open_document(FORM, p.case.key, p.case.recipient)
        return drafts.save(document, typed, revision, person)


def freeze(case: Case, revision: int, person: Person) -> DocumentVersion:
    """Make the draft a version that can be signed outside the service. Raises Refused with the form's own findings."""
    with performing("write-requisition", case, person) as p:
        version = _add_version(p, revision)
        p.bound.append(version.sha256)
        return version


def reviewable(case: Case) -> DocumentVersion | None:
    """The newest version, when the draft has not been edited since and it is not signed."""
    return forms.unsigned(case, FORM)


def sign(case: Case, revision: int, person: Person, how: Signing = IN_APP) -> Requisition:
    """Freeze the draft, sign it and so hand it in. The sum, or what it differs from the one before, is requisitioned.

    First receipt stands: a requisition that came in time and was returned does not lapse while it is completed.
    Raises Refused: the form's own findings (``above-decision`` among them), ``too-late``, ``increase-too-late``,
    ``draft-changed``, ``method-not-allowed``, ``assurance-too-low``.
    """
    with performing("sign-requisition", case, person) as p:
        signing.require(p.case, how)
        _require_in_time(p.case, p.at)
        return hand_in(p, _add_version(p, revision), p.by, how, p.at)


def hand_in(
    p: Performance, version: DocumentVersion, by: Mandate, how: Signing, received_at: dt.datetime
) -> Requisition:
    """Within an act: the version is signed by the signatory's mandate and was received at a time.

    Raises Refused as :func:`sign` does.
    """
    signing.require(p.case, how)
    _require_in_time(p.case, received_at)
    p.keep_apart("signatory", by.person, preparer=version.preparers.values_list("pk", flat=True))
    content = version.data
    kronor = int(forms.value_of(p.case, FORM, content, "requested-sum"))
    money = p.case.money
    asked = money.get(Place.REQUISITIONED, 0)
    field = forms.form_of(p.case, FORM).meaning("requested-sum").id
    # An increase is received when it is made; only a proof of timely receipt stands for a whole requisition.
    if kronor > asked > 0 and not in_time(p.case.agreement, FORM, received_at, p.case.recipient_id):
        last = str(last_day(p.case.agreement, FORM, p.case.recipient_id))
        refuse("increase-too-late", key=field, asked=kronor, before=asked, deadline=last)
    ceiling = asked + money.get(Place.ALLOCATED, 0)
    if kronor > ceiling:  # what was frozen earlier may be more than what is left now
        refuse("above-decision", key=field, asked=kronor, decided=ceiling, above=kronor - ceiling)
    p.paper = version
    if forms.unsigned(p.case, FORM) == version:  # what was written since it was frozen is kept
        drafts.discard(version.document)
    signature = documents.sign(version, None, forms.declared(version), by, how)
    p.bound.append(signature.sha256)
    if kronor >= asked:
        p.move(Place.ALLOCATED, Place.REQUISITIONED, kronor - asked)
    else:
        p.move(Place.REQUISITIONED, Place.ALLOCATED, asked - kronor)
    p.case.requisitions.update(superseded=True)
    p.case.received_at = p.case.received_at or received_at
    return Requisition.objects.create(
        case=p.case,
        version=version,
        kronor=kronor,
        giro=forms.value_of(p.case, FORM, content, "giro"),
        reference=forms.value_of(p.case, FORM, content, "payment-reference"),
        received_at=received_at,
    )


def _add_version(p: Performance, revision: int) -> DocumentVersion:
    document = documents.open_document(FORM, p.case.key, p.case.recipient)
    return documents.add_version(
        document,
        forms.frozen(p.case, FORM, document, revision),
        person=p.by.person,
        mandate=p.mandate,
        preparers=drafts.editors(document),
        effective_at=p.at,
    )


def _require_in_time(case: Case, received_at: dt.datetime) -> None:
    first = case.received_at or received_at
    if not in_time(case.agreement, FORM, first, case.recipient_id):
        refuse("too-late", deadline=str(last_day(case.agreement, FORM, case.recipient_id)), received=first.isoformat())


def withdraw(case: Case, reason: str, person: Person) -> None:
    """Take the requisition back; the sum may be requisitioned anew for as long as the deadline allows."""
    with performing("withdraw-requisition", case, person) as p:
        if p.case.settlements.exists():  # it is a returned sum that is to be paid again, by decision
            refuse("refund-not-withdrawn")
        p.write({"reason": reason})
        p.move(Place.REQUISITIONED, Place.ALLOCATED, p.case.money.get(Place.REQUISITIONED, 0))
        p.case.requisitions.update(superseded=True)
        p.case.received_at = None


def approve(case: Case, version: DocumentVersion, person: Person) -> None:
    """The payer's officer finds the requisition in order; it may be paid."""
    with performing("approve-requisition", case, person) as p:
        _examined(p, version, Outcome.ACCEPTED)


def send_back(case: Case, version: DocumentVersion, reason: str, person: Person) -> None:
    """Return for completion: nothing moves, and the day of receipt stands."""
    with performing("return-requisition", case, person) as p:
        if not reason.strip():
            refuse("reason-missing", key="reason")
        _examined(p, version, Outcome.RETURNED, reason)


def _examined(p: Any, version: DocumentVersion, outcome: Outcome, reason: str = "") -> None:
    standing = p.case.requisitions.get(superseded=False)
    if standing.version_id != version.pk:
        refuse("examined-version-replaced", number=version.number)
    Examination.objects.create(
        case=p.case,
        version=version,
        outcome=outcome,
        reason=reason,
        person=p.by.person,
        mandate=p.mandate,
        effective_at=p.at,
    )


def lapse(case: Case) -> None:
    """The day has passed: what was not requisitioned in time lapses, all of it or what was left above a requisition."""
    name = "lapse" if case.state == "decided" else "lapse-remainder"
    with performing(name, case) as p:
        deadline = deadline_of(p.case.agreement, FORM)
        assert deadline is not None, "nothing lapses without a last day"
        left = p.case.money.get(Place.ALLOCATED, 0)
        last = last_day(p.case.agreement, FORM, p.case.recipient_id)
        p.write({"deadline": last, "rule": deadline.non_working_day, "kronor": left})
        p.move(Place.ALLOCATED, Place.LAPSED, left)
    debt.close_when_settled(case)


def readmit(case: Case, received_on: dt.date, reason: str, person: Person) -> None:
    """A proof shows that a requisition was received in time: the right stands, and it is completed as if returned.

    received_on: the day the proof shows; must be within the deadline. Only that day counts, not the payer's wish.
    """
    with performing("readmit", case, person) as p:
        moment = clock.end_of_day(received_on)
        if not reason.strip():
            refuse("reason-missing", key="reason")
        if not in_time(p.case.agreement, FORM, moment, p.case.recipient_id):
            last = str(last_day(p.case.agreement, FORM, p.case.recipient_id))
            refuse("proof-too-late", key="received_on", deadline=last, received=received_on.isoformat())
        p.write({"received_on": received_on, "reason": reason})
        p.move(Place.LAPSED, Place.ALLOCATED, p.case.money.get(Place.LAPSED, 0))
        p.case.received_at = moment
