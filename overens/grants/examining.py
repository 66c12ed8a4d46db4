# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the rules have to say about the papers that stand in cases; many cases cost as many queries as one."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence

from django.db.models import Sum
from django.utils.translation import get_language

from overens.agreements.models import DecisionRow
from overens.agreements.reading import last_days
from overens.grants.models import Case, Examination, FinancialReport, Payment, Requisition, Settlement
from overens.grants.models.examination import Outcome
from overens.grants.models.payment import PaymentState
from overens.grants.papers import form_of, heads, labels_by_source
from overens.records import clock
from overens.records.models import DocumentVersion
from overens.rules import checks, risk
from overens.rules.checks import Cost, ReportFacts, RequisitionFacts
from overens.rules.findings import Finding
from overens.rules.policy import Policy
from overens.rules.process import State
from overens.rules.risk import Facts, Previous, Risk

Found = dict[int, tuple[Finding, ...]]
ASKING = (State.REQUISITIONED, State.ACCOUNT_UNPROVEN, State.APPROVED, State.BATCHED)
# What the checks of a requisition say about the account: as good a reason to look at the report as one of its own.
OF_ACCOUNT = ("giro-rejected-before", "giro-shared", "giro-differs", "giro-not-known")
CONTACT = ("organisation.telephone", "organisation.email", "organisation.postal_address")


def findings_of(cases: Sequence[Case]) -> Found:
    """By case id, the findings on the paper that the payer now works with. The cases have their recipients loaded."""
    asking = [case for case in cases if case.state in ASKING]
    reported = [case for case in cases if case.state == State.REPORTED]
    return {**on_requisitions(asking), **on_reports(reported)}


def decided_sums(cases: Sequence[Case]) -> dict[int, int]:
    """By case id, the kronor that the payment decisions gave."""
    rows = (
        DecisionRow.objects.filter(
            decision__line__in={case.line_id for case in cases}, recipient__in={case.recipient_id for case in cases}
        )
        .order_by()
        .values_list("decision__line", "recipient")
        .annotate(Sum("kronor"))
    )
    found = {(line, recipient): kronor for line, recipient, kronor in rows}
    return {case.pk: found.get((case.line_id, case.recipient_id), 0) for case in cases}


def on_requisitions(cases: Sequence[Case]) -> Found:
    """Findings on the standing requisitions, by case id; cases without one are left out."""
    if not cases:
        return {}
    by_id = {case.pk: case for case in cases}
    signed = list(Requisition.objects.filter(case__in=by_id).select_related("version").order_by("pk"))
    # One whose content was disposed of is examined no more, also where its case was opened again.
    standing = [each for each in signed if not each.superseded and each.version.content]
    before = {each.case_id: each.kronor for each in signed if each.superseded}
    proofs = set(
        DocumentVersion.objects.filter(
            kind="readmission", document__subject__in=[case.key for case in cases]
        ).values_list("document__subject", flat=True)
    )
    rejected: dict[int, set[str]] = defaultdict(set)
    for case_id, giro in Payment.objects.filter(case__in=by_id, state=PaymentState.REJECTED).values_list(
        "case", "giro"
    ):
        rejected[case_id].add(giro)
    users: dict[str, dict[int, str]] = defaultdict(dict)
    others = Requisition.objects.filter(superseded=False, giro__in={each.giro for each in standing})
    named = others.order_by().values_list("giro", "case__recipient", "case__recipient__name").distinct()
    for giro, recipient, name in named:
        users[giro][recipient] = name
    decided = decided_sums(cases)
    due = last_days(((case.agreement, case.recipient_id) for case in cases), "requisition")
    found: Found = {}
    for requisition in standing:
        case = by_id[requisition.case_id]
        form = form_of(requisition.version)
        labels = labels_by_source(form, _language())
        fields: dict[str, str] = {field.prefill: field.id for field in form.fields if field.prefill}
        stated = requisition.version.data["fields"]
        known = {source: getattr(case.recipient, source.partition(".")[2]) for source in CONTACT}
        found[case.pk] = checks.requisition_findings(
            RequisitionFacts(
                decided=decided[case.pk],
                asked=requisition.kronor,
                giro=requisition.giro,
                known_giro=case.recipient.giro,
                reference=requisition.reference,
                contact={labels[source]: stated.get(fields[source], "") for source in CONTACT if source in labels},
                known_contact={labels[source]: known[source] for source in CONTACT if source in labels},
                rejected_giros=frozenset(rejected[case.pk]),
                giro_of_others=tuple(
                    sorted(
                        name for recipient, name in users[requisition.giro].items() if recipient != case.recipient_id
                    )
                ),
                received_on=_day(requisition.received_at),
                first_received_on=_day(case.received_at or requisition.received_at),
                deadline=due[case.agreement, case.recipient_id],
                before=before.get(case.pk),
                by_proof=case.key in proofs,
            )
        )
    return found


def on_reports(cases: Sequence[Case]) -> Found:
    """Findings on the standing financial reports, by case id; cases without one are left out."""
    if not cases:
        return {}
    by_id = {case.pk: case for case in cases}
    signed = list(
        FinancialReport.objects.filter(case__in=by_id)
        .select_related("version__signature__attestation__version")
        .prefetch_related("cost_items")
        .order_by("pk")
    )
    standing = [each for each in signed if not each.superseded and each.version.content]
    before = {each.case_id: each.costs for each in signed if each.superseded}
    due = last_days(((case.agreement, case.recipient_id) for case in cases), "financial-report")
    found: Found = {}
    for report in standing:
        case = by_id[report.case_id]
        named = heads(form_of(report.version), _language())
        attestation = report.version.signature.attestation
        told = attestation.version.data if attestation else {}
        found[case.pk] = checks.report_findings(
            ReportFacts(
                received=report.received,
                costs=report.costs,
                items=tuple(
                    Cost(named.get(item.head, item.head), item.title, item.kronor, item.allocation_key)
                    for item in report.cost_items.all()
                ),
                heads=tuple(named.values()),
                alternative=report.alternative,
                first_received_on=_day(case.reported_at or report.received_at),
                deadline=due[case.agreement, case.recipient_id],
                deviations=told.get("deviations", ""),
                measures=told.get("measures", ""),
                costs_before=before.get(case.pk),
            )
        )
    return found


def has_error(report: FinancialReport) -> bool:
    """True when a check says of the report that something must be mended."""
    return any(finding.level == "error" for finding in on_reports([report.case]).get(report.case_id, ()))


def risks(cases: Sequence[Case], policy: Policy, found: Found | None = None) -> dict[int, Risk]:
    """By case id, what a policy says of the standing financial reports; cases without one are left out.

    found: the findings on these reports, where they are known already.
    """
    by_id = {case.pk: case for case in cases}
    found, account = on_reports(cases) if found is None else found, on_requisitions(cases)
    before = _previous(cases)
    corrected: Counter[int] = Counter()
    standing: dict[int, FinancialReport] = {}
    for report in FinancialReport.objects.filter(case__in=by_id).prefetch_related("cost_items"):
        corrected[report.case_id] += report.superseded
        if not report.superseded and report.case_id in found:
            standing[report.case_id] = report
    sent_back = Examination.objects.filter(
        case__in=by_id, outcome=Outcome.RETURNED, version__kind="financial-report"
    ).values_list("case", flat=True)
    returned = Counter(sent_back)
    return {
        number: risk.assess(
            Facts(
                received=report.received,
                costs=report.costs,
                items=tuple(item.kronor for item in report.cost_items.all()),
                findings=(*found[number], *(each for each in account.get(number, ()) if each.code in OF_ACCOUNT)),
                corrected=corrected[number],
                returned=returned[number],
                previous=before.get(number),
            ),
            policy,
        )
        for number, report in standing.items()
    }


def _previous(cases: Sequence[Case]) -> dict[int, Previous]:
    """By case id the last report that was settled for the same recipient and line under another agreement before."""
    settled = (
        Settlement.objects.filter(
            case__recipient__in={case.recipient_id for case in cases}, report__superseded=False
        )
        .order_by("report__received_at", "pk")
        .values_list("case__recipient", "case__line__code", "case__agreement", "report__received_at",
                     "report__received", "report__costs")
    )  # fmt: skip
    rows = list(settled)
    found: dict[int, Previous] = {}
    for case in cases:
        for recipient, line, agreement, at, received, costs in rows:
            same = (recipient, line) == (case.recipient_id, case.line.code) and agreement != case.agreement
            if same and (case.reported_at is None or at < case.reported_at):
                found[case.pk] = Previous(agreement, received, costs)
    return found


def _language() -> str:
    return (get_language() or "sv")[:2]


def _day(moment: dt.datetime) -> dt.date:
    return moment.astimezone(clock.STOCKHOLM).date()
