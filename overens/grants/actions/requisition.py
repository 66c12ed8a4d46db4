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
from overens.grants.actions.performing import performing
from overens.grants.models import Case, Examination, Requisition
from overens.grants.models.examination import Outcome
from overens.people.models import Person
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


def sign(case: Case, revision: int, person: Person, how: Signing = IN_APP) -> Requisition:
    """Freeze the draft, sign it and so hand it in. The sum, or what it differs from the one before, is requisitioned.

    First receipt stands: a requisition that came in time and was returned does not lapse while it is completed.
    Raises Refused: the form's own findings (``above-decision`` among them), ``too-late``, ``increase-too-late``,
    ``draft-changed``, ``method-not-allowed``, ``assurance-too-low``.
    """
    with performing("sign-requisition", case, person) as p:
        signing.require(p.case, how)
        last = str(last_day(p.case.agreement, FORM))
        received_at = p.case.received_at or p.at
        if not in_time(p.case.agreement, FORM, received_at):
            refuse("too-late", deadline=last, received=received_at.isoformat())
        document = documents.open_document(FORM, p.case.key, p.case.recipient)
        content = forms.frozen(p.case, FORM, document, revision)
        kronor = int(forms.value_of(p.case, FORM, content, "requested-sum"))
        asked = p.case.money.get(Place.REQUISITIONED, 0)
        # An increase is received when it is made; only a proof of timely receipt stands for a whole requisition.
        if kronor > asked > 0 and not in_time(p.case.agreement, FORM, p.at):
            field = forms.form_of(p.case, FORM).meaning("requested-sum").id
            refuse("increase-too-late", key=field, asked=kronor, before=asked, deadline=last)
        p.paper = documents.add_version(
            document,
            content,
            person=person,
            mandate=p.mandate,
            preparers=drafts.editors(document),
            effective_at=p.at,
        )
        signature = documents.sign(p.paper, None, forms.declaration(p.case, FORM), p.by, how)
        p.bound.append(signature.sha256)
        drafts.discard(document)
        if kronor >= asked:
            p.move(Place.ALLOCATED, Place.REQUISITIONED, kronor - asked)
        else:
            p.move(Place.REQUISITIONED, Place.ALLOCATED, asked - kronor)
        p.case.requisitions.update(superseded=True)
        p.case.received_at = received_at
        return Requisition.objects.create(
            case=p.case,
            version=p.paper,
            kronor=kronor,
            giro=forms.value_of(p.case, FORM, content, "giro"),
            reference=forms.value_of(p.case, FORM, content, "payment-reference"),
            received_at=p.at,
        )


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
        p.write({"deadline": deadline.on, "rule": deadline.non_working_day, "kronor": left})
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
        if not in_time(p.case.agreement, FORM, moment):
            last = str(last_day(p.case.agreement, FORM))
            refuse("proof-too-late", key="received_on", deadline=last, received=received_on.isoformat())
        p.write({"received_on": received_on, "reason": reason})
        p.move(Place.LAPSED, Place.ALLOCATED, p.case.money.get(Place.LAPSED, 0))
        p.case.received_at = moment
