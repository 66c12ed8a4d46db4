# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Paid out again, and closed. (What comes in: matching.py; what does not: claims.py.)"""

from __future__ import annotations

from overens.grants.actions.ending import end_claims
from overens.grants.actions.performing import performing
from overens.grants.models import Case, Settlement
from overens.people.models import Person
from overens.rules.process import ACTS, Place


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
