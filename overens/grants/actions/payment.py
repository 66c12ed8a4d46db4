# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Paying once: one person prepares a batch, another releases it, the bank answers."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db import transaction

from overens.grants.actions import debt
from overens.grants.actions.performing import performing
from overens.grants.models import Batch, Case, Examination, Payment, Requisition
from overens.grants.models.examination import Outcome
from overens.grants.models.payment import PaymentState
from overens.people.models import Person
from overens.records import clock
from overens.records.models import DocumentVersion
from overens.rules.findings import refuse
from overens.rules.process import Place


@transaction.atomic
def prepare(cases: Sequence[Case], person: Person) -> Batch:
    """Collect approved cases in a batch. Raises Refused when one of them is not approved, and prepares none then."""
    if not cases:
        refuse("batch-empty", key="case")
    batch = Batch.objects.create(prepared_by=person, prepared_at=clock.now())
    for case in sorted(cases, key=lambda case: case.pk):
        with performing("prepare-payment", case, person) as p:
            requisition = p.case.requisitions.select_related("version").get(superseded=False)
            p.keep_apart("payer", person, examiner=_examiners(requisition))
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
    return batch


@transaction.atomic
def release(batch: Batch, person: Person) -> Batch:
    """A second person releases the batch: its money is in payment. Raises Refused for the one who prepared it,
    and for a batch that has been released or dissolved.
    """
    locked = _open(batch)
    for payment in locked.payments.select_related("case").order_by("case_id"):
        with performing("release-payment", payment.case, person) as p:
            examiners = _examiners(p.case.requisitions.get(superseded=False))
            p.keep_apart("second-payer", person, payer=[locked.prepared_by_id], examiner=examiners)
            p.write({"payment": payment.end_to_end_id, "kronor": payment.kronor, "giro": payment.giro})
            p.move(Place.REQUISITIONED, Place.IN_PAYMENT, payment.kronor)
    locked.payments.update(state=PaymentState.RELEASED)
    locked.released_by, locked.released_at = person, clock.now()
    locked.save()
    return locked


@transaction.atomic
def dissolve(batch: Batch, person: Person) -> None:
    """Give the batch up before it is released; its cases are approved and unpaid again."""
    locked = _open(batch)
    for payment in locked.payments.select_related("case").order_by("case_id"):
        with performing("dissolve-payment", payment.case, person):
            pass
    locked.payments.update(state=PaymentState.DISSOLVED)
    locked.dissolved_at = clock.now()
    locked.save()


def _examiners(requisition: Requisition) -> list[int]:
    """Who found the requisition in order."""
    found = Examination.objects.filter(version=requisition.version_id, outcome=Outcome.ACCEPTED, person__isnull=False)
    return [number for number in found.values_list("person_id", flat=True) if number is not None]


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
        locked.save()
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
        locked.save()
    return paper
