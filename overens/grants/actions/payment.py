# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Paying once: collect, two approvals of the same control list, release; then the bank answers.

A first person looks at the frozen list and approves its hash, a second approves the same hash, and the release writes
the files to the bank and moves the money in one transaction. Whatever changes the list leaves no approval standing.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet

from overens.bank.actions import giros, outgoing
from overens.grants import control
from overens.grants.actions import account, debt
from overens.grants.actions.performing import Performance, performing
from overens.grants.models import Batch, Case, Examination, Payment
from overens.grants.models.examination import Outcome
from overens.grants.models.payment import PaymentState
from overens.people.models import Person
from overens.records import clock
from overens.records.models import DocumentVersion
from overens.rules.findings import refuse
from overens.rules.process import Place


@transaction.atomic
def prepare(cases: Sequence[Case], person: Person) -> Batch:
    """Collect approved cases in a batch and freeze its control list. Raises Refused when one of them is not approved
    (``wrong-state``) or its account is not known to be the recipient's (``account-not-listed``); prepares none then.
    """
    if not cases:
        refuse("batch-empty", key="case")
    batch = Batch.objects.create(prepared_by=person, prepared_at=clock.now())
    for case in sorted(cases, key=lambda case: case.pk):
        with performing("prepare-payment", case, person) as p:
            requisition = p.case.requisitions.select_related("version").get(superseded=False)
            if not giros.is_listed(p.case.recipient, requisition.giro):
                refuse("account-not-listed", recipient=p.case.recipient.name, giro=requisition.giro)
            _keep_apart(p, "payer", person)
            refund = DocumentVersion.objects.filter(kind="refund-decision", document__subject=p.case.key).last()
            Payment.objects.create(
                batch=batch,
                case=p.case,
                basis=refund or requisition.version,
                # 35 characters at most, as ISO 20022 has it; unique whatever happens.
                end_to_end_id=f"OV{uuid.uuid4().hex.upper()}"[:35],
                kronor=p.case.money[Place.REQUISITIONED],
                giro=requisition.giro,
                reference=requisition.reference,
            )
    control.freeze(batch)
    return batch


@transaction.atomic
def approve_first(batch: Batch, sha256: str, person: Person) -> Batch:
    """A payer has gone through the control list with this hash. Raises Refused: ``batch-not-open``,
    ``control-list-changed``, ``batch-approved``.
    """
    locked = _approvable(batch, sha256)
    if locked.first_by_id is not None:
        refuse("batch-approved", number=locked.pk)
    for payment in _unpaid(locked):
        with performing("first-approve-payment", payment.case, person) as p:
            _keep_apart(p, "payer", person)
            p.bound.append(sha256)
    locked.first_by, locked.first_at, locked.first_sha256 = person, clock.now(), sha256
    locked.save(update_fields=["first_by", "first_at", "first_sha256"])
    return locked


@transaction.atomic
def approve_second(batch: Batch, sha256: str, person: Person) -> Batch:
    """Another person, who has examined none of it, has gone through the same list. Raises Refused as the first approval
    does, ``batch-not-approved`` before it, and the code of the separation that would be broken.
    """
    locked = _approvable(batch, sha256)
    if locked.first_by_id is None:
        refuse("batch-not-approved", number=locked.pk)
    if locked.second_by_id is not None:
        refuse("batch-approved", number=locked.pk)
    for payment in _unpaid(locked):
        with performing("second-approve-payment", payment.case, person) as p:
            _keep_apart(p, "second-payer", person, _payers(locked))
            p.bound.append(sha256)
    locked.second_by, locked.second_at, locked.second_sha256 = person, clock.now(), sha256
    locked.save(update_fields=["second_by", "second_at", "second_sha256"])
    return locked


@transaction.atomic
def release(batch: Batch, person: Person) -> Batch:
    """Write the files to the bank and put the money in payment, all of it or nothing.

    Raises Refused: ``batch-not-open`` (released or dissolved), ``batch-not-approved`` (two approvals are needed),
    ``control-list-outdated`` (the bank's profile is another than the list was drawn up for), the code of the separation
    that would be broken, and what the bank's files are refused for (``outgoing.write``).
    """
    locked = _open(batch)
    if locked.second_by_id is None:
        refuse("batch-not-approved", number=locked.pk)
    if locked.control.get("profile") != outgoing.configured().profile:
        refuse("control-list-outdated", number=locked.pk)
    if problem := control.difference(locked):
        raise RuntimeError(f"batch {locked.pk}: {problem}")  # the database's guards were passed by
    for payment in _unpaid(locked):
        with performing("release-payment", payment.case, person) as p:
            _keep_apart(p, "second-payer", person, _payers(locked))
            p.write({"payment": payment.end_to_end_id, "kronor": payment.kronor, "giro": payment.giro})
            p.move(Place.REQUISITIONED, Place.IN_PAYMENT, payment.kronor)
    for file, carried in outgoing.write(locked.pk, control.transfers(locked), locked.control_sha256):
        ids = [transfer.id for transfer in carried]
        locked.payments.filter(end_to_end_id__in=ids).update(state=PaymentState.RELEASED, file=file)
    locked.released_by, locked.released_at = person, clock.now()
    locked.save(update_fields=["released_by", "released_at"])
    return locked


@transaction.atomic
def take_out(payment: Payment, person: Person) -> Batch:
    """Take one payment out of a batch that is not released; its case is approved and unpaid again. The list is drawn up
    anew and approved by nobody. With its last payment the batch is dissolved. Raises Refused: ``batch-not-open``,
    ``payment-not-open``.
    """
    locked = _open(payment.batch)
    found = locked.payments.select_related("case").get(pk=payment.pk)
    if found.state != PaymentState.PREPARED:
        refuse("payment-not-open", payment=found.end_to_end_id, state=found.state)
    if _unpaid(locked).count() == 1:
        return dissolve(locked, person)
    with performing("dissolve-payment", found.case, person):
        pass
    found.state = PaymentState.DISSOLVED
    found.save(update_fields=["state"])
    control.freeze(locked)
    return locked


@transaction.atomic
def dissolve(batch: Batch, person: Person) -> Batch:
    """Give the batch up before it is released; its cases are approved and unpaid again."""
    locked = _open(batch)
    for payment in _unpaid(locked):
        with performing("dissolve-payment", payment.case, person):
            pass
    _unpaid(locked).update(state=PaymentState.DISSOLVED)
    locked.dissolved_at = clock.now()
    locked.save(update_fields=["dissolved_at"])
    return locked


def _unpaid(batch: Batch) -> QuerySet[Payment]:
    """What is in the batch, in the order in which cases are always locked."""
    return batch.payments.filter(state=PaymentState.PREPARED).select_related("case").order_by("case_id")


def _keep_apart(p: Performance, part: str, person: Person, payers: Sequence[int] = ()) -> None:
    """Whoever pays is another than those who found the requisition in order, accepted the account, or paid first."""
    standing = p.case.requisitions.get(superseded=False)
    found = Examination.objects.filter(version=standing.version_id, outcome=Outcome.ACCEPTED, person__isnull=False)
    examiners = [number for number in found.values_list("person_id", flat=True) if number is not None]
    on_account = account.examiners(p.case, standing.giro)
    p.keep_apart(part, person, **{"payer": payers, "examiner": examiners, "account-examiner": on_account})


def _payers(batch: Batch) -> list[int]:
    """Who has had the first payer's part."""
    return [number for number in (batch.prepared_by_id, batch.first_by_id) if number is not None]


def _approvable(batch: Batch, sha256: str) -> Batch:
    locked = _open(batch)
    if sha256 != locked.control_sha256 or not locked.control:
        refuse("control-list-changed", number=locked.pk)
    return locked


def _open(batch: Batch) -> Batch:
    locked = Batch.objects.select_for_update().get(pk=batch.pk)
    if locked.released_at or locked.dissolved_at:
        refuse("batch-not-open", number=locked.pk)
    return locked


def confirm(payment: Payment) -> DocumentVersion | None:
    """The bank has paid: the recipient holds the money. Returns the paper that says so; None for the same answer
    again, which changes nothing.

    Raises Refused (``payment-not-open``) for a payment that is not on its way.
    """
    with transaction.atomic():
        locked = Payment.objects.select_for_update(of=("self",)).select_related("case", "basis").get(pk=payment.pk)
        if locked.state == PaymentState.CONFIRMED:
            return None
        if locked.state != PaymentState.RELEASED:
            refuse("payment-not-open", payment=locked.end_to_end_id, state=locked.state)
        with performing("confirm-payment", locked.case) as p:
            paper = p.write({"payment": locked.end_to_end_id, "kronor": locked.kronor})
            p.move(Place.IN_PAYMENT, Place.HELD, locked.kronor)
        if locked.basis.kind == "refund-decision":
            _settle_refund(locked)
        locked.state, locked.answered_at = PaymentState.CONFIRMED, p.at
        locked.save(update_fields=["state", "answered_at"])
    return paper


def _settle_refund(payment: Payment) -> None:
    """What was returned too much is back with the recipient, who has already accounted for it."""
    with performing("settle-refund", payment.case) as p:
        p.write({"payment": payment.end_to_end_id, "used": payment.kronor})
        p.move(Place.HELD, Place.USED, payment.kronor)
    debt.close_when_settled(payment.case)


def reject(payment: Payment, reason: str) -> DocumentVersion | None:
    """The bank has not paid, or the payment bounced: the requisition goes back to the recipient with the bank's reason.
    Returns the paper that says so; None for the same answer again, which changes nothing.

    Raises Refused (``payment-not-open``) for a payment that was never released, or whose money has been passed on.
    """
    with transaction.atomic():
        locked = Payment.objects.select_for_update(of=("self",)).select_related("case", "basis").get(pk=payment.pk)
        if locked.state == PaymentState.REJECTED:
            return None
        if locked.state not in (PaymentState.RELEASED, PaymentState.CONFIRMED):
            refuse("payment-not-open", payment=locked.end_to_end_id, state=locked.state)
        origin = Place.HELD if locked.state == PaymentState.CONFIRMED else Place.IN_PAYMENT
        with performing("reject-payment", locked.case) as p:
            if p.case.money.get(origin, 0) < locked.kronor:
                refuse("payment-not-open", payment=locked.end_to_end_id, state=locked.state)
            paper = p.write({"payment": locked.end_to_end_id, "kronor": locked.kronor, "reason": reason})
            p.move(origin, Place.REQUISITIONED, locked.kronor)
            Examination.objects.create(
                case=p.case, version=locked.basis, outcome=Outcome.RETURNED, reason=reason, effective_at=p.at
            )
        locked.state, locked.answered_at, locked.bank_reason = PaymentState.REJECTED, p.at, reason
        locked.save(update_fields=["state", "answered_at", "bank_reason"])
    return paper
