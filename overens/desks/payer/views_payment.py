# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Paying: approved cases to tick, the control list, the batch, its release by a second person, the bank's answers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet, Sum
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from overens.desks.access import ActingRequest, for_desk, note_reading
from overens.desks.asking import whole
from overens.desks.exports import csv_response
from overens.desks.refusals import shown
from overens.grants.actions import payment
from overens.grants.examining import on_requisitions
from overens.grants.models import Batch, Case, Requisition
from overens.grants.models.payment import PaymentState
from overens.ledger.reading import balances
from overens.people.models.organisation import Kind
from overens.rules.findings import Refused
from overens.rules.process import Place, Role, State

PAGE = 50
ANSWERS = {
    PaymentState.PREPARED: (_("Ej släppt"), "neutral"),
    PaymentState.RELEASED: (_("Väntar på banken"), "info"),
    PaymentState.CONFIRMED: (_("Betald"), "good"),
    PaymentState.REJECTED: (_("Avvisad av banken"), "bad"),
    PaymentState.DISSOLVED: (_("Betalas inte"), "neutral"),
}


def state_of(batch: Batch) -> tuple[Any, str]:
    """What a batch's state is called, and how its pill looks."""
    if batch.dissolved_at:
        return _("Upplöst"), "neutral"
    if batch.released_at is None:
        return _("Att släppa"), "warn"
    return _("Släppt"), "info"


@require_GET
@for_desk(Kind.PAYER)
def batches(request: ActingRequest) -> HttpResponse:
    approved = Case.objects.filter(state=State.APPROVED).with_parties().order_by("changed_at", "pk")
    page = Paginator(approved, PAGE).get_page(request.GET.get("page"))
    listed = Paginator(_with_sums(), PAGE).get_page(request.GET.get("filer"))
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


def _with_sums() -> QuerySet[Any]:
    answered = {
        name: Count("payments", filter=Q(payments__state=state))
        for name, state in (("confirmed", PaymentState.CONFIRMED), ("rejected", PaymentState.REJECTED))
    }
    found = Batch.objects.select_related("prepared_by", "released_by").order_by("-pk")
    return found.annotate(total=Sum("payments__kronor"), count=Count("payments"), **answered)


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
                request, gettext("Betalningsfilen är förberedd. En annan person än du ska kontrollera och släppa den.")
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


@require_GET
@for_desk(Kind.PAYER)
def batch_page(request: ActingRequest, number: int) -> HttpResponse:
    batch = get_object_or_404(_with_sums(), pk=number)
    note_reading(request, f"batch/{batch.pk}")
    return _batch(request, batch)


def _batch(request: HttpRequest, batch: Any, refused: Any = (), status: int = 200) -> HttpResponse:
    payments = batch.payments.select_related("case__recipient", "case__line").order_by(
        "case__recipient__sort_key", "pk"
    )
    if request.GET.get("format") == "csv":
        return csv_response(
            f"betalningsfil-{batch.pk}",
            [
                gettext("Mottagare"),
                gettext("Ärende"),
                gettext("Konto"),
                gettext("Betalningsreferens"),
                gettext("Kronor"),
                gettext("Läge"),
            ],
            (
                [
                    p.case.recipient.name,
                    p.case.key,
                    p.giro,
                    p.reference,
                    p.kronor,
                    str(ANSWERS[PaymentState(p.state)][0]),
                ]
                for p in payments
            ),
        )
    page = Paginator(payments, PAGE).get_page(request.GET.get("page"))
    roles = request.acting.roles  # type: ignore[attr-defined]
    is_open = not (batch.released_at or batch.dissolved_at)
    prepared_it = batch.prepared_by_id == request.user.pk
    return render(
        request,
        "payer/batch.html",
        {
            "crumbs": [(gettext("Utbetalningar"), reverse("payer-batches"))],
            "batch": batch,
            "state": state_of(batch),
            "page": page,
            "rows": [(each, *ANSWERS[PaymentState(each.state)]) for each in page.object_list],
            "is_open": is_open,
            "may_release": is_open and Role.SECOND_PAYER in roles and not prepared_it,
            "prepared_it": prepared_it,
            "may_dissolve": is_open and bool(roles & {Role.PAYER, Role.SECOND_PAYER}),
            "refused": refused,
        },
        status=status,
    )


@require_POST
@for_desk(Kind.PAYER)
def release(request: ActingRequest, number: int) -> HttpResponse:
    """The second person releases the batch: its money is on its way."""
    batch = get_object_or_404(_with_sums(), pk=number)
    try:
        payment.release(batch, request.user)
    except Refused as refusal:
        return _batch(request, batch, shown(refusal.findings), 422)
    messages.success(
        request,
        ngettext(
            "%(count)s betalning är släppt till banken. Bankens svar visas här när det kommer.",
            "%(count)s betalningar är släppta till banken. Bankens svar visas här när de kommer.",
            batch.count,
        )
        % {"count": batch.count},
    )
    return HttpResponseRedirect(reverse("payer-batch", args=[number]), status=303)


@require_POST
@for_desk(Kind.PAYER)
def dissolve(request: ActingRequest, number: int) -> HttpResponse:
    """Give the batch up before it is released."""
    batch = get_object_or_404(_with_sums(), pk=number)
    try:
        payment.dissolve(batch, request.user)
    except Refused as refusal:
        return _batch(request, batch, shown(refusal.findings), 422)
    messages.success(request, gettext("Betalningsfilen är upplöst. Ärendena är godkända och kan tas med i en ny fil."))
    return HttpResponseRedirect(reverse("payer-batches"), status=303)
