# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Everything that must hold, derived anew: the ledger, the papers, and that cases stand where their money does."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from django.db.models import BigIntegerField, Count, F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from overens.agreements.models import Decision, DecisionRow
from overens.agreements.models.decision import DecisionKind
from overens.agreements.reading import agreements_of
from overens.bank.models import OutgoingFile
from overens.grants import bank_days, control
from overens.grants.actions import selecting
from overens.grants.models import (
    Batch,
    Case,
    Draw,
    Examination,
    FinancialReport,
    InterestClaim,
    Match,
    Payment,
    Settlement,
)
from overens.grants.models.examination import Outcome
from overens.grants.models.payment import PaymentState
from overens.grants.models.policy import Way
from overens.ledger import reading
from overens.ledger.models import Line
from overens.people.actions import proof
from overens.records import checkpoints, documents, events, renditions
from overens.rules.process import GIVEN_UP, Place, State

# Money that may be at the recipient's places in a state. What the parties agreed is in the ledger's own checks.
P = Place
ENDED = {P.USED, P.RETURNED, *GIVEN_UP, P.LAPSED}
ALLOWED: dict[State, set[Place]] = {
    State.DECIDED: {P.ALLOCATED},
    State.REQUISITIONED: {P.REQUISITIONED, P.ALLOCATED, *ENDED},
    State.ACCOUNT_UNPROVEN: {P.REQUISITIONED, P.ALLOCATED, *ENDED},
    State.RETURNED: {P.REQUISITIONED, P.ALLOCATED, *ENDED},
    State.APPROVED: {P.REQUISITIONED, P.ALLOCATED, *ENDED},
    State.BATCHED: {P.REQUISITIONED, P.ALLOCATED, *ENDED},
    State.IN_PAYMENT: {P.IN_PAYMENT, P.ALLOCATED, *ENDED},
    State.PAID: {P.HELD, P.ALLOCATED, P.TO_REPAY, *ENDED},
    State.REPORTED: {P.HELD, P.TO_REPAY, P.ALLOCATED, *ENDED},
    State.REPORT_RETURNED: {P.HELD, P.TO_REPAY, P.ALLOCATED, *ENDED},
    State.SETTLED: {P.TO_REPAY, P.ALLOCATED, *ENDED},
    State.CLAWED_BACK: {P.HELD, P.TO_REPAY, P.ALLOCATED, *ENDED},
    State.CLOSED: ENDED,
    State.LAPSED: {P.LAPSED},
}


def all_checks(kept: dict[str, Any] | None = None) -> Iterator[tuple[str, str | None]]:
    """What is checked, and the first difference in words or None. kept: a checkpoint from outside, as read."""
    yield "ledger: balances, movements and sums follow from the transfers", reading.first_difference()
    yield "records: every paper, attestation and signature has its hash", documents.first_difference()
    yield "seals: every kept PDF is whole, sealed, and shows its paper", renditions.first_difference()
    yield "events: every chain holds from its first event to its last", events.first_difference()
    yield "events: every paper is named by an event", _unbound()
    yield "mandates: every one is as it was given and ended", proof.first_difference()
    yield "checkpoints: every chain has what was written down of it", checkpoints.first_difference(kept)
    yield "cases: every case stands where its money is", _cases()
    yield "decisions: every decided sum is in the ledger", _decisions()
    yield "lines: every approved line comes to what the text in force says", _lines()
    yield "payments: nothing was paid twice", _payments()
    yield "batches: every control list is what was approved, and every file what was released", _batches()
    yield "bank: every day's rows are what they moved, what goes back, and what is open", bank_days.first_difference()
    yield "interest: every claim's paid sum is what bank rows met of it", _interest()
    yield "draws: every draw comes out the same again", _draws()
    yield "by rule: only what was sorted to pass has been accepted without an officer", _by_rule()
    yield "settlements: used and unused are what was received", _settlements()


def first_difference(kept: dict[str, Any] | None = None) -> str | None:
    """The first check that does not hold, and how."""
    return next((f"{what}: {difference}" for what, difference in all_checks(kept) if difference), None)


def _unbound() -> str | None:
    version = next(events.unbound(), None)
    return None if version is None else f"document version {version.pk} ({version.kind}): no event names it"


def _cases() -> str | None:
    cases = list(Case.objects.values_list("key", "state", "line_id", "recipient_id"))
    money = reading.balances((line, owner) for _, _, line, owner in cases)
    for key, state, line, owner in cases:
        if wrong := money[line, owner].keys() - ALLOWED[State(state)]:
            return f"case {key} is {state}, but money is {', '.join(sorted(wrong))}"
    return None


def _decisions() -> str | None:
    rows = DecisionRow.objects.values_list("decision__line_id", "decision__line__code").annotate(kronor=Sum("kronor"))
    for line, code, kronor in rows:
        places = reading.by_place(line=line)
        placed = sum(places.values()) - places.get(P.RESERVED, 0)
        if placed != kronor:
            return f"line {code}: {kronor} kronor were decided, {placed} are placed"
    return None


def _lines() -> str | None:
    agreements = agreements_of(
        Decision.objects.filter(kind=DecisionKind.APPROVAL).values_list("agreement", flat=True).distinct()
    )
    for line in Line.objects.filter(agreement__in=agreements):
        stated = next((each.amount for each in agreements[line.agreement].lines if each.id == line.code), None)
        if line.kronor != stated:
            return f"line {line}: {line.kronor} kronor are approved, the text in force says {stated}"
    return None


def _payments() -> str | None:
    paid = (
        Payment.objects.filter(state=PaymentState.CONFIRMED, basis__kind="requisition")
        .values_list("case__key", "basis__requisition__kronor")
        .annotate(kronor=Sum("kronor"))
    )
    for key, asked, kronor in paid:
        if kronor > asked:
            return f"case {key}: {asked} kronor were requisitioned, {kronor} paid"
    return None


def _batches() -> str | None:
    for batch in Batch.objects.iterator(chunk_size=100):
        if problem := control.difference(batch):
            return f"batch {batch.pk}: {problem}"
        if batch.control and batch.released_at and (problem := _files(batch)):
            return f"batch {batch.pk}: {problem}"
    return None


def _files(batch: Batch) -> str | None:
    files = list(OutgoingFile.objects.filter(batch=batch.pk))
    for file in files:
        carried = file.payments.aggregate(count=Count("pk"), kronor=Sum("kronor"))
        if (file.count, file.kronor) != (carried["count"], carried["kronor"]):
            return f"the file {file.name} does not carry what it says"
        if hashlib.sha256(file.content).hexdigest() != file.sha256:
            return f"the file {file.name} does not have its hash"
    if sum(file.count for file in files) != batch.control["count"]:
        return "its files are not what was released"
    return None


def _interest() -> str | None:
    live = Match.objects.live().filter(interest_claim=OuterRef("pk")).order_by().values("interest_claim")
    met = Coalesce(Subquery(live.annotate(ore=Sum("ore")).values("ore"), output_field=BigIntegerField()), 0)
    differing = InterestClaim.objects.annotate(met=met).exclude(met=F("paid") * 100)
    for key, number, paid, ore in differing.values_list("case__key", "number", "paid", "met"):
        return f"case {key}: {paid} kronor are paid of interest claim {number}, and rows met {ore} öre of it"
    return None


def _draws() -> str | None:
    for draw in Draw.objects.select_related("paper", "policy__paper").order_by("pk"):
        if draw.paper.content and (differing := selecting.differences(draw)):
            return f"draw {draw.pk}: {', '.join(differing)}"
    return None


def _by_rule() -> str | None:
    without = Examination.objects.filter(
        person=None, outcome=Outcome.ACCEPTED, version__kind="financial-report"
    ).exclude(version__financial_report__selection__way=Way.PASSES, version__financial_report__taken_out=None)
    for key in without.values_list("case__key", flat=True):
        return f"case {key}: its report was accepted by rule, and was not to pass"
    return None


def _settlements() -> str | None:
    for settlement in Settlement.objects.select_related("report", "case"):
        if settlement.used + settlement.unused != settlement.report.received:
            return f"case {settlement.case.key}: the settlement is not about the received sum"
    for report in FinancialReport.objects.select_related("case"):
        if report.unused != max(0, report.received - report.costs):
            return f"case {report.case.key}: the unused sum of the report is wrong"
    return None
