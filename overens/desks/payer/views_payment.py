# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Paying: approved cases to tick, and making them a batch. The batch itself: views_batch.py."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from overens.desks.access import ActingRequest, for_desk
from overens.desks.asking import whole
from overens.desks.payer.views_batch import state_of, with_sums
from overens.desks.refusals import shown
from overens.grants.actions import payment
from overens.grants.examining import on_requisitions
from overens.grants.models import Case, Requisition
from overens.ledger.reading import balances
from overens.people.models.organisation import Kind
from overens.rules.findings import Refused
from overens.rules.process import Place, Role, State

PAGE = 50


@require_GET
@for_desk(Kind.PAYER)
def batches(request: ActingRequest) -> HttpResponse:
    approved = Case.objects.filter(state=State.APPROVED).with_parties().order_by("changed_at", "pk")
    page = Paginator(approved, PAGE).get_page(request.GET.get("page"))
    listed = Paginator(with_sums(), PAGE).get_page(request.GET.get("filer"))
    return render(
        request,
        "payer/batches.html",
        {
            "page": page,
            "rows": _payable(list(page.object_list)),
            "all_ticked": request.GET.get("markera") == "alla",
            "may_prepare": Role.PAYER in request.acting.roles,
            "listed": [(batch, *state_of(batch)) for batch in listed.object_list],
            "more": listed,
        },
    )


def _payable(cases: list[Case]) -> list[dict[str, Any]]:
    """Approved cases with the sum, account and reference that would be paid."""
    money = balances((case.line_id, case.recipient_id) for case in cases)
    standing = {each.case_id: each for each in Requisition.objects.filter(case__in=cases, superseded=False)}
    found = on_requisitions(cases)
    return [
        {
            "case": case,
            "requisition": standing.get(case.pk),
            "kronor": money[case.line_id, case.recipient_id].get(Place.REQUISITIONED, 0),
            "warnings": shown(finding for finding in found.get(case.pk, ()) if finding.level == "warning"),
        }
        for case in cases
    ]


@require_http_methods(["GET", "POST"])
@for_desk(Kind.PAYER)
def prepare(request: ActingRequest) -> HttpResponse:
    """The control list of the ticked cases (GET), and making them a batch (POST)."""
    asked = request.POST if request.method == "POST" else request.GET
    ids = [each for each in map(whole, asked.getlist("case")) if each is not None]
    cases = list(Case.objects.filter(pk__in=ids).with_parties().order_by("recipient__sort_key", "pk"))
    refused: list[Any] = []
    if request.method == "POST":
        try:
            batch = payment.prepare(cases, request.user)
        except Refused as refusal:
            refused = shown(refusal.findings)
        else:
            messages.success(
                request,
                gettext(
                    "Betalningsfilen är förberedd och kontrollistan är fryst. Gå igenom den och ge den första attesten."
                ),
            )
            return HttpResponseRedirect(reverse("payer-batch", args=[batch.pk]), status=303)
    rows = _payable(cases)
    return render(
        request,
        "payer/prepare.html",
        {
            "crumbs": [(gettext("Utbetalningar"), reverse("payer-batches"))],
            "rows": rows,
            "total": sum(row["kronor"] for row in rows),
            "refused": refused,
            "may_prepare": Role.PAYER in request.acting.roles,
        },
        status=422 if refused else 200,
    )
