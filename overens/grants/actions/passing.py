# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What no rule, no points and no draw chose for examination is accepted by rule, when its time to be taken out is over.

It is an automated decision, and says so wherever it is read, with the policy that it followed and how to have a person
look at it (förvaltningslagen 2017:900, section 28, general knowledge: to be confirmed).
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from overens.grants import examining
from overens.grants.actions import debt, report, selecting
from overens.grants.actions import policy as policies
from overens.grants.actions.performing import performing
from overens.grants.models import Case, FinancialReport, Selection, Settlement
from overens.grants.models.clawback import ClawbackState
from overens.grants.models.policy import Way
from overens.people.models import Notice
from overens.records import clock
from overens.rules.findings import refuse
from overens.rules.process import State


def obstacle(case: Case, standing: FinancialReport) -> str:
    """What has come since the draw and keeps a report from passing, by code; empty where nothing does."""
    if policies.standing(case.agreement) is None:
        return "policy-ended"
    if case.clawbacks.filter(state=ClawbackState.PROPOSED).exists():
        return "clawback-proposed"
    if case.accounts_requests.open().exists():
        return "accounts-open"
    if case.settlements.exists():
        return "settled-before"
    return "error-finding" if examining.has_error(standing) else ""


def due(agreement: str) -> Iterable[Selection]:
    """What passes by rule today."""
    found = Selection.objects.filter(
        report__case__agreement=agreement, report__case__state=State.REPORTED, report__superseded=False,
        report__taken_out=None, way=Way.PASSES, passes_on__lte=clock.today(),
    )  # fmt: skip
    for selection in found.select_related("report__case__line", "report__case__recipient", "report__version"):
        if not obstacle(selection.report.case, selection.report):
            yield selection


@transaction.atomic
def accept(case: Case) -> Settlement:
    """Settle a case by its report without an officer.

    Raises Refused: ``wrong-state``, ``not-passing`` (not sorted, chosen for examination, or taken out),
    ``passes-later``, ``kept-from-passing``.
    """
    with performing("accept-report-by-rule", case) as p:
        selection = selecting.passing_of(p.case)
        if selection is None:
            refuse("not-passing", case=p.case.key)
        assert selection.passes_on is not None, "a row that passes has its day"
        if clock.today() < selection.passes_on:
            refuse("passes-later", case=p.case.key, day=selection.passes_on.isoformat())
        if code := obstacle(p.case, selection.report):
            refuse("kept-from-passing", case=p.case.key, why=f"kept-{code}")
        decision = selection.draw.policy
        settlement, change = report.settle_by(
            p,
            selection.report,
            None,
            {
                "decided_how": "by-rule",
                "policy": str(decision.policy.number),
                "policy_sha256": decision.sha256,
                "policy_decision": decision.paper.registration_number,
                "rules_asked": "examination-policy",
                "review": "by-a-person",
            },
        )
        assert not change.refund, "a case that was not settled before has nothing to refund"
        Notice.objects.create(
            organisation=p.case.recipient,
            key=f"accepted-by-rule/{settlement.version.sha256}",
            code="accepted-by-rule",
            values={},
            subject=p.case.key,
            at=p.at,
        )
    debt.close_when_settled(case)
    return settlement
