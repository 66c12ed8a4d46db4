# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is owed back: claimed when it is missing, written off, paid out again. (What comes in: matching.py.)"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from overens.grants.actions.performing import performing
from overens.grants.models import Case, Claim, Settlement
from overens.grants.models.debt import ClaimReason
from overens.people.models import Person
from overens.records import clock
from overens.rules.deadlines import next_working_day
from overens.rules.findings import refuse
from overens.rules.process import ACTS, Place, State

# Days from a claim to its due date. Assumed: the sources state none.
CLAIM_DAYS = 30


def claim(case: Case) -> Claim:
    """Claim what is owed and has not come. Done by rule the day after it was due."""
    with performing("raise-claim", case) as p:
        owed = p.case.money.get(Place.TO_REPAY, 0)
        if not owed:
            refuse("nothing-owed", case=p.case.key)
        reason = ClaimReason.CLAWBACK if p.case.state == State.CLAWED_BACK else ClaimReason.UNUSED
        due_on = next_working_day(p.at.astimezone(clock.STOCKHOLM).date() + dt.timedelta(days=CLAIM_DAYS))
        return Claim.objects.create(case=p.case, reason=reason, kronor=owed, due_on=due_on, raised_at=p.at)


@transaction.atomic
def write_off(case: Case, reason: str, person: Person) -> None:
    """Give up collecting what is owed, by decision with its reason. (Writing off is not remitting the debt.)"""
    with performing("write-off", case, person) as p:
        owed = p.case.money.get(Place.TO_REPAY, 0)
        if not owed:
            refuse("nothing-owed", case=p.case.key)
        if not reason.strip():
            refuse("reason-missing", key="reason")
        p.write({"kronor": owed, "reason": reason})
        p.move(Place.TO_REPAY, Place.WRITTEN_OFF, owed)
    close_when_settled(case)


def refund(case: Case, kronor: int, settlement: Settlement, person: Person) -> None:
    """Decide to pay returned money out again, after a correction in the recipient's favour."""
    with performing("refund", case, person) as p:
        p.write({"kronor": kronor, "settlement": settlement.version.sha256})
        p.move(Place.RETURNED, Place.REQUISITIONED, kronor)


def close_when_settled(case: Case) -> None:
    """Close the case when nothing is owed, held or on its way any more."""
    case.refresh_from_db()
    left = {Place.ALLOCATED, Place.REQUISITIONED, Place.IN_PAYMENT, Place.HELD, Place.TO_REPAY} & case.money.keys()
    if left or case.state not in ACTS["close"].states:
        return
    with performing("close", case) as p:
        p.case.claims.filter(ended_at=None).update(ended_at=p.at)
