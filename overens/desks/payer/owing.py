# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is owed to the agency, what has come in, and how the two agree: reads over the debts and the bank's rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, DateField, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from overens.grants.models import BankRow, Case, Claim
from overens.rules.process import OWING, Place

OWED = """
    SELECT b.kronor FROM ledger_account a JOIN ledger_balance b ON b.account_id = a.id
    WHERE a.line_id = grants_case.line_id AND a.owner_id = grants_case.recipient_id AND a.place = %s
"""


def debtors() -> QuerySet[Any]:
    """Cases that owe, with ``owed`` kronor; where a claim is open, ``claimed``, ``claim_due``, ``claim_raised``."""
    claim = Claim.objects.filter(case=OuterRef("pk"), ended_at=None)
    return (
        Case.objects.filter(state__in=OWING)
        .with_parties()
        .annotate(
            owed=RawSQL(OWED, [Place.TO_REPAY.value], output_field=BigIntegerField()),  # noqa: S611 (a constant)
            claimed=Subquery(claim.values("kronor")[:1], output_field=BigIntegerField()),
            claim_due=Subquery(claim.values("due_on")[:1], output_field=DateField()),
            claim_raised=Subquery(claim.values("raised_at")[:1]),
        )
        .filter(owed__gt=0)
    )


@dataclass(frozen=True)
class Suggestion:
    """A debt that an unmatched row may be the repayment of, and what speaks for it."""

    case: Any
    why: tuple[Promise, ...]


def suggestions(rows: Sequence[BankRow]) -> dict[int, list[Suggestion]]:
    """By row id: the case that the message names, debts of the same amount, debts of the sender; the best first."""
    if not rows:
        return {}
    likely = Q(owed__in={row.kronor for row in rows})
    for row in rows:
        likely |= Q(recipient__name__iexact=row.sender)
        if row.message:
            likely |= Q(key__iexact=row.message)
    debts = list(debtors().filter(likely))
    found: dict[int, list[Suggestion]] = {}
    for row in rows:
        fitting = [Suggestion(case, why) for case in debts if (why := _why(row, case))]
        found[row.pk] = sorted(fitting, key=lambda each: (-len(each.why), each.case.key))[:3]
    return found


def _why(row: BankRow, case: Any) -> tuple[Promise, ...]:
    reasons = (
        (row.message.strip().casefold() == case.key.casefold(), _("meddelandet anger ärendet")),
        (row.kronor == case.owed, _("samma belopp")),
        (row.sender.strip().casefold() == case.recipient.name.casefold(), _("samma avsändare")),
    )
    return tuple(word for holds, word in reasons if holds)


@dataclass(frozen=True)
class BankDay:
    """One day's bank statement. Whole kronor: what its rows caused in the ledger, what is owed back to senders, and
    what is open; the three are always the day's sum.
    """

    day: dt.date
    rows: int
    kronor: int
    transferred: int
    excess: int
    open: int

    @property
    def agrees(self) -> bool:
        return self.kronor == self.transferred + self.excess + self.open


def bank_days(latest: int) -> list[BankDay]:
    """The latest days that have rows, newest first. ``transferred`` is read from the ledger, not from the rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT r.booked_on, count(*), sum(r.kronor)::bigint,
                   coalesce(sum((SELECT sum(t.kronor) FROM ledger_transfer t
                                 WHERE t.cause_id = r.receipt_id)), 0)::bigint,
                   coalesce(sum(r.kronor - r.applied) FILTER (WHERE r.case_id IS NOT NULL), 0)::bigint,
                   coalesce(sum(r.kronor) FILTER (WHERE r.case_id IS NULL), 0)::bigint
            FROM grants_bankrow r
            WHERE r.booked_on IN (SELECT DISTINCT booked_on FROM grants_bankrow ORDER BY booked_on DESC LIMIT %s)
            GROUP BY r.booked_on ORDER BY r.booked_on DESC
            """,
            [latest],
        )
        return [BankDay(*row) for row in cursor.fetchall()]
