# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What has happened to the debts of cases, as the rules know it: from the ledger's transfers, the claims and the plans.

Nothing of it is stored twice: what is left of a claim, what is late and the interest follow from it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from overens.agreements.reading import agreement_of
from overens.grants.models import Case, Claim, PaymentPlan
from overens.ledger.reading import Change, changes
from overens.records import clock
from overens.records.models import DocumentVersion
from overens.rules import owing
from overens.rules.agreement import Claims
from overens.rules.interest import Stretch
from overens.rules.owing import Debt, Happening, Instalment, What
from overens.rules.process import Place

RECEIPT, UNDONE, WRITTEN_OFF, REVERSED = "bank-receipt", "match-undone", "write-off", "write-off-reversed"


def happenings(cases: Collection[Case]) -> dict[int, tuple[Happening, ...]]:
    """By case id everything that has happened to its debt. A few queries for any number of cases."""
    from_ledger = changes(((case.line_id, case.recipient_id) for case in cases), Place.TO_REPAY)
    receipts = {
        change.cause_id for rows in from_ledger.values() for change in rows if change.cause_kind in (RECEIPT, UNDONE)
    }
    papers = {version.pk: version.data for version in DocumentVersion.objects.filter(pk__in=receipts)}
    ids = [case.pk for case in cases]
    found = {case.pk: list(_from_ledger(from_ledger[case.line_id, case.recipient_id], papers)) for case in cases}
    for row in Claim.objects.filter(case__in=ids):
        found[row.case_id].append(
            Happening(_day(row.raised_at), What.CLAIMED, row.kronor, due_on=row.due_on, number=row.number)
        )
    for plan in PaymentPlan.objects.filter(case__in=ids).prefetch_related("rows"):
        rows = tuple(Instalment(row.due_on, row.kronor) for row in plan.rows.all())
        found[plan.case_id].append(
            Happening(_day(plan.decided_at), What.PLANNED, due_on=plan.interest_after, rows=rows)
        )
        if plan.broken_on:
            found[plan.case_id].append(Happening(plan.broken_on, What.BROKEN))
    return {case: tuple(sorted(each, key=lambda one: (one.on, one.what))) for case, each in found.items()}


def happenings_of(case: Case) -> tuple[Happening, ...]:
    return happenings([case])[case.pk]


def standing(case: Case) -> Debt:
    """How the debt of a case stands today."""
    return owing.standing(happenings_of(case))


def rules_of(case: Case) -> Claims:
    """How the case's agreement lets debts be claimed."""
    return agreement_of(case.agreement).claims


def interest(rules: Claims, happened: tuple[Happening, ...], through: dt.date) -> tuple[Stretch, ...]:
    """All interest on a debt through a day; none where the agreement lets late payment bear none.

    Raises Refused (``rate-unknown``).
    """
    if rules.interest == "none" or not happened:
        return ()
    return owing.interest(happened, min(each.on for each in happened), through)


def _from_ledger(rows: list[Change], papers: Mapping[int, Mapping[str, Any]]) -> Iterator[Happening]:
    """What is taken back (a match, a write-off) has never been, so that the days that held before hold again."""
    gone: set[int] = set()
    for place, row in enumerate(rows):
        if row.cause_kind == UNDONE:
            undone = papers[row.cause_id].get("bank_row")
            match = next(
                (
                    earlier
                    for earlier in range(place - 1, -1, -1)
                    if earlier not in gone
                    and rows[earlier].cause_kind == RECEIPT
                    and rows[earlier].kronor == -row.kronor
                    and papers[rows[earlier].cause_id].get("bank_row") == undone
                ),
                None,
            )
            gone |= {place, match} if match is not None else set()
        elif row.cause_kind == REVERSED:
            gone |= {place, *(earlier for earlier in range(place) if rows[earlier].cause_kind == WRITTEN_OFF)}
    for place, row in enumerate(rows):
        if place not in gone:
            what = What.ROSE if row.kronor > 0 else What.FELL
            yield Happening(_counts_from(row, papers), what, abs(row.kronor))


def _counts_from(row: Change, papers: Mapping[int, Mapping[str, Any]]) -> dt.date:
    """A repayment counts from the day on which the bank booked it, however late it is matched."""
    day = _day(row.effective_at)
    booked = papers[row.cause_id].get("booked_on") if row.cause_kind == RECEIPT else None
    return min(day, dt.date.fromisoformat(booked[:10])) if booked else day


def _day(moment: dt.datetime) -> dt.date:
    return moment.astimezone(clock.STOCKHOLM).date()
