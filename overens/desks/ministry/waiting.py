# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What waits for the ministry: reads over agreements, decisions, reports and clawbacks."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from overens.agreements.models import AgreementVersion, Decision
from overens.agreements.models.decision import DecisionKind
from overens.agreements.reading import last_days, moved_days
from overens.agreements.standing import standing_of
from overens.desks.casefile import REPORT
from overens.grants.models import Case, Clawback
from overens.grants.models.clawback import ClawbackState
from overens.ledger.models import Line
from overens.records import clock
from overens.rules.process import RECLAIMABLE


def unapproved() -> list[AgreementVersion]:
    """The newest version of each agreement that is signed and that the government has not approved."""
    approved = Decision.objects.filter(kind=DecisionKind.APPROVAL, version=OuterRef("pk"))
    return [
        each for each in AgreementVersion.objects.newest().filter(~Exists(approved)) if not standing_of(each).missing
    ]


def undecided_lines() -> QuerySet[Line]:
    """Lines of approved agreements that no payment is decided on."""
    approved = Decision.objects.filter(kind=DecisionKind.APPROVAL, agreement=OuterRef("agreement"))
    decided = Decision.objects.filter(kind=DecisionKind.PAYMENT, line=OuterRef("pk"))
    return Line.objects.filter(Exists(approved), ~Exists(decided))


def late_reports() -> QuerySet[Any]:
    """Cases whose first financial report is not here, or came, after its last day, and that are not settled.

    ``proposed``: a clawback is proposed already.
    """
    late = Q(pk__in=())
    codes = set(Line.objects.values_list("agreement", flat=True))
    own = {(code, recipient) for code, recipient in moved_days(codes, REPORT) if recipient}
    for (code, recipient), due in last_days({*own, *((code, None) for code in codes)}, REPORT).items():
        if due is not None and due < clock.today():
            after = Q(reported_at=None) | Q(reported_at__gt=clock.end_of_day(due))
            others = ~Q(recipient__in=[number for agreement, number in own if agreement == code])
            late |= Q(agreement=code) & after & (Q(recipient=recipient) if recipient else others)
    open_proposal = Clawback.objects.filter(case=OuterRef("pk"), state=ClawbackState.PROPOSED)
    return (
        Case.objects.filter(late, state__in=RECLAIMABLE)
        .with_parties()
        .annotate(proposed=Exists(open_proposal))
        .order_by("pk")
    )


def proposed_clawbacks() -> QuerySet[Clawback]:
    return Clawback.objects.filter(state=ClawbackState.PROPOSED).select_related("case__recipient", "case__line")
