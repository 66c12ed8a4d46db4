# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A case at the payer: what was signed, what the rules say about it, what has happened, and what may be done."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from overens.desks import casefile, debtfile, downloads, released, words
from overens.desks.access import ActingRequest, examined_case, for_desk
from overens.desks.accounts import pages as accounts
from overens.desks.asking import whole
from overens.desks.casefile import Paper
from overens.desks.downloads import Download
from overens.desks.payer import selected
from overens.desks.payer.stepping import Step
from overens.desks.payer.steps import OF_ACT, STEPS
from overens.desks.refusals import shown
from overens.grants.actions import matching
from overens.grants.examining import findings_of
from overens.grants.models import Case, FinancialReport, Way
from overens.people.models.organisation import Kind
from overens.records.models import DocumentVersion
from overens.rules.findings import Finding
from overens.rules.process import ACTS, Act, Place, Role, Side, State, acts_of, given_up
from overens.rules.settlement import outcome, settle


def address(name: str, case: Case, *more: str | int) -> str:
    return reverse(name, args=[case.agreement, case.line.code, case.recipient.code, *more])


def settlement_items(
    report: FinancialReport, money: Mapping[Place, int], elsewhere: Mapping[Place, int]
) -> list[dict[str, Any]]:
    """What accepting the report comes to, by the same rules as the act, before it is done."""
    result = outcome(report.received, report.costs)
    change = settle(
        held=money.get(Place.HELD, 0) + elsewhere.get(Place.HELD, 0),
        used=money.get(Place.USED, 0) + elsewhere.get(Place.USED, 0),
        to_repay=money.get(Place.TO_REPAY, 0),
        returned=money.get(Place.RETURNED, 0),
        given_up=given_up(money),
        report=result,
    )
    owed = money.get(Place.TO_REPAY, 0) + change.used_to_repay - change.repay_to_used
    items: list[dict[str, Any]] = [
        {"label": gettext("Erhållet bidrag"), "value": report.received, "kind": "kr"},
        {"label": gettext("Kostnader"), "value": report.costs, "kind": "kr"},
        {"label": gettext("Använt av bidraget"), "value": result.used, "kind": "kr"},
        {"label": gettext("Ej använt, ska återbetalas"), "value": result.unused, "kind": "kr"},
        {"label": gettext("Redan återbetalat"), "value": money.get(Place.RETURNED, 0), "kind": "kr"},
        {"label": gettext("Kvar att återbetala"), "value": owed, "kind": "kr"},
        {
            "label": gettext("Mottagarens egen del"),
            "value": result.own_share,
            "kind": "kr",
            "note": gettext(
                "Kostnader över bidraget ger ingen rätt till mer pengar (Överens val: avtalet säger inget)."
            ),
        },
    ]
    if change.refund:
        items.append(
            {
                "label": gettext("Betalas ut igen"),
                "value": change.refund,
                "kind": "kr",
                "note": gettext("Återbetalades men ska enligt rättelsen inte återbetalas."),
            }
        )
    return items


def _acts(case: Case, roles: Iterable[str]) -> tuple[list[Step], list[tuple[Any, str]]]:
    """The steps that the person may take now, and (title, role) of those that somebody else at the agency may."""
    state = State(case.state)
    held = frozenset(Role(role) for role in roles)
    mine = acts_of(Side.PAYER, held, state)
    others = [act for act in acts_of(Side.PAYER, frozenset(Role), state) if act not in mine]

    def offered(act: Act) -> bool:
        return act.name in OF_ACT and OF_ACT[act.name].page == "payer-case"

    ours = {act.name for act in mine if offered(act)}
    return (
        [step for step in STEPS.values() if step.act in ours],
        [
            (OF_ACT[act.name].title, ", ".join(str(words.ROLES[role]) for role in act.roles))
            for act in others
            if offered(act)
        ],
    )


def crumbs(case: Case | None = None) -> list[tuple[Any, str]]:
    found = [(gettext("Att göra"), reverse("payer-queue"))]
    if case is not None:
        found.append((case.recipient.name, address("payer-case", case)))
    return found


@require_GET
@for_desk(Kind.PAYER)
def case_page(request: ActingRequest, agreement: str, line: str, recipient: str) -> HttpResponse:
    case = examined_case(request, agreement, line, recipient)
    money, elsewhere = case.money, casefile.passed_on(case)
    mine, others = _acts(case, request.acting.roles)
    findings = findings_of([case]).get(case.pk)
    signed = {kind: casefile.papers(case, kind) for kind in (casefile.REPORT, casefile.REQUISITION)}
    decided = list(downloads.decided(case))
    files = _files(case, [*(paper.version for papers in signed.values() for paper in papers), *decided])
    papers = [_shown(case, kind, signed[kind], files, findings) for kind in signed]
    standing = papers[0]["current"]
    return render(
        request,
        "payer/case.html",
        {
            "crumbs": crumbs(),
            "case": case,
            "steps": casefile.steps(case),
            "acts": [{"title": step.title, "url": address("payer-act", case, step.slug)} for step in mine],
            "account": address("payer-account", case) if case.state == State.ACCOUNT_UNPROVEN else "",
            "others": others,
            "decided": case.decided,
            "money": casefile.money_rows(money, elsewhere),
            "passed_on": sum(elsewhere.values()),
            "examining": findings is not None,
            "shown_drafts": released.drafts(case),
            **accounts.offered(request, case),
            "risk": selected.in_case(case, findings),
            "papers": [paper for paper in papers if paper["versions"]],
            "decisions": [files[version.pk] for version in decided],
            "examinations": case.examinations.select_related("version", "person").order_by("-pk"),
            "payments": case.payments.select_related("batch").order_by("-pk"),
            "repayments": case.matches.live().filter(way=Way.REPAYMENT).select_related("row"),
            "settlement": settlement_items(standing.version.financial_report, money, elsewhere)
            if standing and case.state == State.REPORTED
            else None,
            "debt": debtfile.file_of(case) if money.get(Place.TO_REPAY) else None,
            "has_debt": debtfile.has_debt(money, case),
            "clawback": case.clawbacks.first(),
            "history": casefile.history(case),
        },
    )


def _shown(
    case: Case,
    kind: str,
    versions: list[Paper],
    files: Mapping[int, Download],
    findings: tuple[Finding, ...] | None,
) -> dict[str, Any]:
    """A paper of the case: the version that holds, its findings while it is worked with, and the ones before it."""
    current = casefile.standing(versions)
    examined = findings is not None and (kind == casefile.REPORT) == (case.state == State.REPORTED)
    return {
        "kind": kind,
        "versions": versions,
        "current": current,
        "file": files[current.version.pk] if current else None,
        "earlier": [(paper, files[paper.version.pk]) for paper in versions if paper is not current],
        "examined": examined,
        "findings": shown(findings or ()),
    }


def _files(case: Case, versions: Collection[DocumentVersion]) -> dict[int, Download]:
    return downloads.all_offered(versions, lambda version, page: address(f"payer-paper-{page}", case, version.pk))


@require_http_methods(["GET", "POST"])
@for_desk(Kind.PAYER)
def act(request: ActingRequest, agreement: str, line: str, recipient: str, step: str) -> HttpResponse:
    """One step: what it does and on what (GET), then doing it (POST)."""
    case = examined_case(request, agreement, line, recipient)
    if step not in STEPS:
        raise Http404
    taken = STEPS[step]
    person = request.user
    form = taken.form(request.POST) if request.method == "POST" else taken.form(initial=taken.initial(case))
    current = _examined(case, taken)
    if request.method == "POST":
        version = current.version if current else None
        number = whole(request.POST.get("version")) or 0
        seen = DocumentVersion.objects.filter(pk=number, document__subject=case.key).first()
        if form.carried_out(lambda typed: taken.does(case, typed, seen or version, person)):
            messages.success(request, str(taken.done))
            return HttpResponseRedirect(address(taken.page, case), status=303)
    allowed = ACTS[taken.act] in acts_of(
        Side.PAYER, frozenset(Role(role) for role in request.acting.roles), State(case.state)
    )
    findings = findings_of([case]).get(case.pk, ()) if taken.paper else ()
    return render(
        request,
        "payer/act.html",
        {
            "crumbs": [*crumbs(case), *_above(taken, case)],
            "case": case,
            "step": taken,
            "form": form,
            "paper": current,
            "items": _summary(case, taken),
            "findings": shown(findings),
            "allowed": allowed or form.errors,
            "roles": ", ".join(str(words.ROLES[role]) for role in ACTS[taken.act].roles),
            "back": address(taken.page, case),
        },
        status=422 if form.errors else 200,
    )


def _above(step: Step, case: Case) -> list[tuple[Any, str]]:
    """The page between the case and the step, where there is one."""
    return [(gettext("Skuld"), address(step.page, case))] if step.page == "payer-debt" else []


def _examined(case: Case, step: Step) -> Paper | None:
    return casefile.standing(casefile.papers(case, step.paper)) if step.paper else None


def _summary(case: Case, step: Step) -> list[dict[str, Any]]:
    """The figures that the step is about."""
    if step.paper == casefile.REPORT:
        report = case.reports.filter(superseded=False).first()
        if report is None or case.state != State.REPORTED:
            return []
        return settlement_items(report, case.money, casefile.passed_on(case))
    if step.paper == casefile.REQUISITION:
        requisition = case.requisitions.filter(superseded=False).first()
        if requisition is None:
            return []
        return [
            {"label": gettext("Belopp"), "value": requisition.kronor, "kind": "kr"},
            {"label": gettext("Beslutat"), "value": case.decided, "kind": "kr"},
            {"label": gettext("Konto"), "value": requisition.giro},
            {"label": gettext("Betalningsreferens"), "value": requisition.reference or None},
        ]
    if step.page == "payer-debt":
        return _debt_summary(case, step)
    place = Place.LAPSED
    return [{"label": words.PLACES[place], "value": case.money.get(place, 0), "kind": "kr"}]


def _debt_summary(case: Case, step: Step) -> list[dict[str, Any]]:
    """What is owed, written off, or left of the interest that the step is about."""
    if step.act == "remit-interest":
        row = matching.oldest_interest(case)
        return [] if row is None else [
            {"label": gettext("Räntekrav"), "value": str(row.number)},
            {"label": gettext("Kvar av det"), "value": row.left, "kind": "kr"},
        ]  # fmt: skip
    file = debtfile.file_of(case)
    if step.act == "claim-interest":
        claimed = sum(row.kronor for row in case.interest_claims.all())
        return [
            {"label": gettext("Ränta till och med i dag"), "value": file.interest, "kind": "kr", "note": file.unknown},
            {"label": gettext("Redan krävt"), "value": claimed, "kind": "kr"},
            {"label": gettext("Krävs nu"), "value": max(0, file.interest - claimed), "kind": "kr"},
        ]
    if step.act == "reverse-write-off":
        return [{"label": words.PLACES[Place.WRITTEN_OFF], "value": case.money.get(Place.WRITTEN_OFF, 0), "kind": "kr"}]
    return [
        {"label": words.PLACES[Place.TO_REPAY], "value": file.owed, "kind": "kr"},
        {"label": gettext("Varav förfallet"), "value": file.overdue, "kind": "kr"},
    ]
