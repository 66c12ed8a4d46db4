# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The control list of a batch: what exactly would be paid, to whom, where, and what differs from the time before.

It is frozen with the batch. What people approve is its hash, and what is written to the bank is what it says, in the
characters that the bank takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from overens.bank.actions import outgoing
from overens.bank.models import ListedGiro
from overens.exchange import orders
from overens.exchange.orders import Transfer, fitted
from overens.grants.models import Batch, Payment
from overens.grants.models.payment import PaymentState
from overens.records import clock
from overens.records.canonical import canonical, digest

FROZEN = ("control", "control_sha256")
APPROVALS = ("first_by", "first_at", "first_sha256", "second_by", "second_at", "second_sha256")


def freeze(batch: Batch) -> None:
    """Draw the list up anew from what is in the batch now. No approval stands after it. Saves the batch."""
    batch.control = _drawn_up(batch)
    batch.control_sha256 = digest(canonical(batch.control))
    for name in APPROVALS:
        setattr(batch, name, None)
    batch.save(update_fields=[*FROZEN, *APPROVALS])


def difference(batch: Batch) -> str | None:
    """The first thing in which a batch's list is not what was frozen, or not what its payments are; in words."""
    if not batch.control:  # from before there were lists
        return None
    if digest(canonical(batch.control)) != batch.control_sha256:
        return "the control list does not have its hash"
    listed = {row["id"]: (row["case"], row["giro"], row["kronor"]) for row in batch.control["rows"]}
    paid = {payment.end_to_end_id: (payment.case.key, payment.giro, payment.kronor) for payment in _payments(batch)}
    if listed != paid:
        first = min(set(listed) ^ set(paid) or {id for id in listed if listed[id] != paid[id]})
        return f"the control list and the payments differ at {first}"
    return None


def transfers(batch: Batch) -> list[Transfer]:
    """What is to be written to the bank, in the list's order."""
    return [
        Transfer(row["id"], row["payee"], row["giro"], row["kronor"], row["reference"]) for row in batch.control["rows"]
    ]


def _payments(batch: Batch) -> list[Payment]:
    """What the batch pays, by the recipient's name; once it is dissolved, what it would have paid."""
    found = batch.payments.select_related("case__recipient", "case__line")
    if batch.dissolved_at is None:
        found = found.exclude(state=PaymentState.DISSOLVED)
    return list(found.order_by("case__recipient__sort_key", "pk"))


def _drawn_up(batch: Batch) -> dict[str, Any]:
    profile = outgoing.configured().profile
    letters = orders.profile(profile).letters
    payments = _payments(batch)
    before, sources = _before(payments), _sources(payments)
    rows = []
    for payment in payments:
        recipient = payment.case.recipient
        name = recipient.name_on(clock.today())
        # What the payee reads: its own reference, or else the key of the case.
        reference = payment.reference or payment.case.key
        rows.append(
            {
                "id": payment.end_to_end_id,
                "case": payment.case.key,
                "name": name,
                "orgnr": recipient.orgnr,
                "payee": fitted(name, letters, letters.payee),
                "giro": payment.giro,
                "listed": sources.get((recipient.pk, payment.giro), ""),
                "kronor": payment.kronor,
                "asked_reference": reference,
                "reference": fitted(reference, letters, letters.reference),
                "before": before.get(recipient.pk),
            }
        )
    return {
        "batch": batch.pk,
        "profile": profile,
        "count": len(rows),
        "kronor": sum(payment.kronor for payment in payments),
        "rows": rows,
    }


def _before(payments: Iterable[Payment]) -> dict[int, Mapping[str, Any]]:
    """By recipient the last payment to it that the bank has confirmed."""
    recipients = {payment.case.recipient_id for payment in payments}
    last = (
        Payment.objects.filter(case__recipient__in=recipients, state=PaymentState.CONFIRMED)
        .order_by("case__recipient", "-answered_at", "-pk")
        .distinct("case__recipient")
        .values_list("case__recipient", "giro", "kronor", "answered_at")
    )
    return {
        recipient: {"giro": giro, "kronor": kronor, "on": at.astimezone(clock.STOCKHOLM).date().isoformat()}
        for recipient, giro, kronor, at in last
        if at is not None
    }


def _sources(payments: Iterable[Payment]) -> dict[tuple[int, str], str]:
    """By recipient and giro how the number is known to be the recipient's."""
    found = ListedGiro.objects.filter(organisation__in={payment.case.recipient_id for payment in payments})
    return {(each.organisation_id, each.giro): each.source for each in found}
