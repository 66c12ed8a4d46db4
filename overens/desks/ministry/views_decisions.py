# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Recording what the government decides: that an agreement holds, and the payment of its lines."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from overens.agreements.models import AgreementVersion, Decision
from overens.agreements.models.decision import DecisionKind
from overens.agreements.reading import agreement_of, agreements_of
from overens.agreements.standing import standing_of
from overens.desks.access import ActingRequest, for_desk
from overens.desks.ministry.files import files_of
from overens.desks.ministry.forms import MinutesForm
from overens.desks.refusals import Shown, shown
from overens.followup.amending import consequences
from overens.grants.actions import amending
from overens.grants.actions.opening import decide_payment
from overens.ledger.models import Line
from overens.people.models import Organisation
from overens.people.models.organisation import Kind
from overens.records import clock
from overens.rules.agreement import Agreement
from overens.rules.ceilings import ceilings
from overens.rules.findings import Refused
from overens.rules.process import Role

GOVERNMENT = "Regeringen"


def may_decide(request: ActingRequest) -> bool:
    return Role.MINISTRY_OFFICER in request.acting.roles


@require_GET
@for_desk(Kind.MINISTRY)
def decisions(request: ActingRequest) -> HttpResponse:
    """Every agreement with what has been decided on it, and what can be decided next."""
    made_decisions = Decision.objects.select_related("paper__document", "version").order_by("version__number", "pk")
    approvals = {each.agreement: each for each in made_decisions.filter(kind=DecisionKind.APPROVAL)}
    lowerings = list(made_decisions.filter(kind=DecisionKind.LOWERING))
    payments = {decision.line_id: decision for decision in made_decisions.filter(kind=DecisionKind.PAYMENT)}
    files = files_of([each.paper for each in (*approvals.values(), *lowerings, *payments.values())])
    lines = list(Line.objects.all())
    newest = {version.code: version for version in AgreementVersion.objects.newest()}
    stored = agreements_of(newest)
    agreements = [
        {
            "version": version,
            "approval": (approved := approvals.get(version.code)),
            "approval_pdf": files[approved.paper_id] if approved else None,
            "amendment": newest[version.code] if approved and newest[version.code] != version else None,
            "lines": [
                (
                    line,
                    payments.get(line.pk),
                    files[payments[line.pk].paper_id] if line.pk in payments else None,
                    [(each, files[each.paper_id]) for each in lowerings if each.line_id == line.pk],
                )
                for line in lines
                if line.agreement == version.code and line.code in {each.id for each in stored[version.code].lines}
            ],
        }
        for version in AgreementVersion.objects.current(unsigned=True)
    ]
    return render(request, "ministry/decisions.html", {"agreements": agreements})


def _crumbs() -> list[tuple[str, str]]:
    return [(gettext("Beslut"), reverse("ministry-decisions"))]


@require_http_methods(["GET", "POST"])
@for_desk(Kind.MINISTRY)
def approve(request: ActingRequest, code: str) -> HttpResponse:
    version = AgreementVersion.objects.newest().filter(code=code).first()
    if version is None:
        raise Http404
    form = MinutesForm(
        request.POST if request.method == "POST" else None, initial={"decided_on": clock.today(), "decider": GOVERNMENT}
    )
    if request.method == "POST" and form.carried_out(
        lambda typed: amending.approve(code, form.minutes(), request.user)
    ):
        messages.success(
            request,
            gettext("Godkännandet är registrerat. Summorna finns nu, och utbetalning kan beslutas rad för rad."),
        )
        return HttpResponseRedirect(reverse("ministry-decisions"), status=303)
    agreement = agreement_of(code, version.number)
    standing = standing_of(version)
    return render(
        request,
        "ministry/approve.html",
        {
            "crumbs": _crumbs(),
            "version": version,
            "lines": agreement.lines,
            "standing": standing,
            "approved": standing.approval,
            "consequences": shown(consequences(agreement, version.number)),
            "form": form,
            "may": may_decide(request),
        },
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
@for_desk(Kind.MINISTRY)
def decide(request: ActingRequest, code: str, line: str) -> HttpResponse:
    """Each recipient's sum as the decision would give it (GET), and recording the decision (POST)."""
    decided = get_object_or_404(Line, agreement=code, code=line)
    form = MinutesForm(
        request.POST if request.method == "POST" else None, initial={"decided_on": clock.today(), "decider": GOVERNMENT}
    )
    if request.method == "POST" and form.carried_out(
        lambda typed: decide_payment(decided, form.minutes(), request.user)
    ):
        messages.success(
            request, gettext("Beslutet är registrerat. Mottagarna kan nu rekvirera, var och en högst sin summa.")
        )
        return HttpResponseRedirect(reverse("ministry-decisions"), status=303)
    agreement = agreement_of(code)
    if line not in {each.id for each in agreement.lines}:  # a text before the approval had it
        raise Http404
    rows, refused = _rows(agreement, line)
    total = sum(row["kronor"] for row in rows)
    pots = [pot for pot in agreement.pots if any(pot.id in row["parts"] for row in rows)]
    return render(
        request,
        "ministry/decide.html",
        {
            "crumbs": _crumbs(),
            "line": decided,
            "pots": pots,
            "rows": [{**row, "parts": [row["parts"].get(pot.id, 0) for pot in pots]} for row in rows],
            "sums": [sum(row["parts"].get(pot.id, 0) for row in rows) for pot in pots],
            "total": total,
            "rest": decided.kronor - total,
            "refused": refused,
            "approved": Decision.objects.filter(agreement=code, kind=DecisionKind.APPROVAL).exists(),
            "made": Decision.objects.filter(line=decided, kind=DecisionKind.PAYMENT).first(),
            "form": form,
            "may": may_decide(request),
        },
        status=422 if form.errors else 200,
    )


def _rows(agreement: Agreement, line: str) -> tuple[list[dict[str, Any]], list[Shown]]:
    """What the agreement's own key and rounding give each recipient; or why the file cannot carry a decision."""
    try:
        found = ceilings(agreement, line)
    except Refused as refusal:
        return [], shown(refusal.findings)
    names = dict(Organisation.objects.filter(code__in=[row.organisation for row in found]).values_list("code", "name"))
    return [
        {
            "code": row.organisation,
            "name": names.get(row.organisation, row.organisation),
            "kronor": row.kronor,
            "parts": row.parts,
        }
        for row in found
    ], []
