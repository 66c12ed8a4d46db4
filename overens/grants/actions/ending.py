# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which claims and plans hold, kept with the rows after everything that changes a debt, so that lists find them."""

from __future__ import annotations

from overens.grants import debts
from overens.grants.models import Case
from overens.records import clock


def end_claims(case: Case) -> None:
    """End the claims of which nothing is left, and the plan when nothing is owed; let hold again what is owed again."""
    plan = case.plans.first()
    if plan is None and not case.claims.exists():
        return  # a debt that nobody has claimed: nothing of it is kept here, and its whole life need not be read
    debt = debts.standing(case)
    left = {due.claim for due in debt.open if due.claim is not None}
    case.claims.filter(ended_at=None).exclude(number__in=left).update(ended_at=clock.now())
    case.claims.filter(number__in=left).exclude(ended_at=None).update(ended_at=None)
    if plan is None or plan.broken_on:
        return
    ended = not any(due.deferred for due in debt.open)
    if ended != (plan.ended_at is not None):
        plan.ended_at = clock.now() if ended else None
        plan.save(update_fields=["ended_at"])
