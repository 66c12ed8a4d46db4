# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is owed back and comes: repaid by the recipient's own act, matched with a bank row, closed. (What does not come:
claims.py.)
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from overens.grants.actions.ending import end_claims
from overens.grants.actions.performing import performing
from overens.grants.models import BankRow, Case, Settlement
from overens.people.models import Person
from overens.rules.findings import refuse
from overens.rules.process import ACTS, Place, State


def receive(bank_reference: str, booked_on: dt.date, kronor: int, sender: str, message: str = "") -> BankRow:
    """Take in a row of the bank statement. The same reference twice is the same row."""
    row, _ = BankRow.objects.get_or_create(
        bank_reference=bank_reference,
        defaults={"booked_on": booked_on, "kronor": kronor, "sender": sender, "message": message},
    )
    return row


@transaction.atomic
def match(row: BankRow, case: Case, person: Person) -> BankRow:
    """Meet the case's debt with an incoming row; what is above the debt is owed back to the sender.

    Raises Refused: ``row-matched`` (once only), ``nothing-owed``.
    """
    with performing("match-repayment", case, person) as p:
        locked = BankRow.objects.select_for_update().get(pk=row.pk)
        if locked.case_id:
            refuse("row-matched", reference=locked.bank_reference)
        owed = p.case.money.get(Place.TO_REPAY, 0)
        if not owed:
            refuse("nothing-owed", case=p.case.key)
        applied = min(owed, locked.kronor)
        paper = p.write({"bank_row": locked.bank_reference, "booked_on": locked.booked_on, "kronor": applied})
        p.move(Place.TO_REPAY, Place.RETURNED, applied)
        locked.case, locked.applied, locked.receipt = p.case, applied, paper
        locked.save()
    close_when_settled(case)
    return locked


def undo_match(row: BankRow, reason: str, person: Person) -> None:
    """Take a match back: the debt stands again and the row is an open work item.

    Raises Refused: ``row-not-matched``, ``reason-missing``, ``row-refunded`` when its money has been paid out again.
    """
    if row.case is None:
        refuse("row-not-matched", reference=row.bank_reference)
    with transaction.atomic():
        with performing("undo-match", row.case, person) as p:
            locked = BankRow.objects.select_for_update().get(pk=row.pk)
            if locked.case_id != p.case.pk:
                refuse("row-not-matched", reference=locked.bank_reference)
            if not reason.strip():
                refuse("reason-missing", key="reason")
            returned = p.case.money.get(Place.RETURNED, 0)
            if returned < locked.applied:
                refuse("row-refunded", reference=locked.bank_reference, applied=locked.applied, returned=returned)
            p.write({"bank_row": locked.bank_reference, "reason": reason})
            p.move(Place.RETURNED, Place.TO_REPAY, locked.applied)
            locked.case, locked.applied, locked.receipt = None, 0, None
            locked.save()
            was_closed = p.case.state == State.CLOSED
        if was_closed:
            with performing("reopen", p.case):
                pass
        end_claims(p.case)


def refund(case: Case, kronor: int, settlement: Settlement, person: Person) -> None:
    """Decide to pay returned money out again, after a correction in the recipient's favour."""
    with performing("refund", case, person) as p:
        p.write({"kronor": kronor, "settlement": settlement.version.sha256})
        p.move(Place.RETURNED, Place.REQUISITIONED, kronor)


def close_when_settled(case: Case) -> None:
    """Close the case when nothing is owed, held or on its way any more."""
    case.refresh_from_db()
    end_claims(case)
    left = {Place.ALLOCATED, Place.REQUISITIONED, Place.IN_PAYMENT, Place.HELD, Place.TO_REPAY} & case.money.keys()
    if left or case.state not in ACTS["close"].states:
        return
    with performing("close", case):
        pass
