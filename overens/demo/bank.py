# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A bank for the demo: it pays what was released before today, and turns back an account that is closed."""

from __future__ import annotations

from overens.bank.actions import outgoing
from overens.bank.models import OutgoingFile
from overens.bank.models.outgoing import FileState
from overens.demo.behaviours import CLOSED_ACCOUNT
from overens.grants.actions import payment as paying
from overens.grants.models import Payment
from overens.grants.models.payment import PaymentState
from overens.records import clock

CLOSED = "Mottagarens konto är avslutat"


def answer() -> None:
    """Take in every file that was written on an earlier day, and give the bank's answer for every payment in them."""
    for file in OutgoingFile.objects.filter(state=FileState.WRITTEN):
        if file.written_at.astimezone(clock.STOCKHOLM).date() < clock.today():
            outgoing.fetch(file)
            outgoing.answered(file.message_id, accepted=True, at=clock.now())
    for payment in Payment.objects.filter(state=PaymentState.RELEASED).select_related("batch").order_by("pk"):
        released = payment.batch.released_at
        if released and released.astimezone(clock.STOCKHOLM).date() < clock.today():
            if payment.giro == CLOSED_ACCOUNT:
                paying.reject(payment, CLOSED)
            else:
                paying.confirm(payment)
