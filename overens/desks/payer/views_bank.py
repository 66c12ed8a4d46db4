# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Money that comes back: rows of the bank statement, matching them with debts, and who owes what."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from overens.agreements.reading import last_days
from overens.desks.access import ActingRequest, for_desk
from overens.desks.exports import csv_response
from overens.desks.payer.forms import BankRowForm, MatchForm, UndoForm
from overens.desks.payer.owing import bank_days, debtors, suggestions
from overens.grants.actions import debt
from overens.grants.models import BankRow, Claim
from overens.people.models.organisation import Kind
from overens.records import clock
from overens.rules.amounts import format_amount
from overens.rules.process import Role

PAGE = 50
DAYS = 14
NO_SUCH_DEBT = gettext_noop(
    "Inget ärende med en skuld har den nyckeln. Välj ett förslag, eller sök upp ärendet under Skulder."
)
MATCHERS = {Role.CASE_OFFICER, Role.PAYER}


@require_http_methods(["GET", "POST"])
@for_desk(Kind.PAYER)
def bank(request: ActingRequest) -> HttpResponse:
    """Open rows with suggestions, the matched ones, and each day's sum; registering a row (POST)."""
    may = bool(MATCHERS & request.acting.roles)
    form = BankRowForm(request.POST if request.method == "POST" else None, initial={"booked_on": clock.today()})
    if request.method == "POST" and may and form.is_valid():
        typed = form.cleaned_data
        row = debt.receive(**typed)
        if all(getattr(row, name) == value for name, value in typed.items()):
            messages.success(request, gettext("Inbetalningen är registrerad. Pricka av den mot skulden den hör till."))
            return HttpResponseRedirect(reverse("payer-bank"), status=303)
        form.add_error(
            "bank_reference",
            gettext("Referensen finns redan, med ett annat belopp, en annan dag eller en annan avsändare. En referens "
                    "är en enda rad hos banken. Kontrollera kontoutdraget och rätta det som skiljer."),
        )  # fmt: skip
    return _page(request, form, may)


def _page(request: HttpRequest, form: BankRowForm, may: bool) -> HttpResponse:
    unmatched = Paginator(BankRow.objects.filter(case=None).order_by("booked_on", "pk"), PAGE)
    opened = unmatched.get_page(request.GET.get("page"))
    rows = list(opened.object_list)
    found = suggestions(rows)
    matched = Paginator(
        BankRow.objects.exclude(case=None)
        .select_related("case__recipient", "case__line")
        .order_by("-booked_on", "-pk"),
        PAGE,
    ).get_page(request.GET.get("avprickade"))
    return render(
        request,
        "payer/bank.html",
        {
            "form": form,
            "may": may,
            "page": opened,
            "rows": [(row, found[row.pk]) for row in rows],
            "matched": matched,
            "days": bank_days(DAYS),
        },
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
@for_desk(Kind.PAYER)
def match(request: ActingRequest, row: int) -> HttpResponse:
    """Meet a debt with a row: what that comes to (GET), then doing it (POST)."""
    bank_row = get_object_or_404(BankRow, pk=row)
    asked = request.POST if request.method == "POST" else request.GET
    form = MatchForm(asked if "case" in asked else None)
    typed = form.cleaned_data["case"].strip() if form.is_valid() else ""
    case = debtors().filter(key__iexact=typed).first() if typed else None

    if request.method == "POST" and form.is_valid():
        if case is None:
            form.add_error("case", gettext(NO_SUCH_DEBT))
        elif form.carried_out(lambda typed: messages.success(request, _met(debt.match(bank_row, case, request.user)))):
            return HttpResponseRedirect(reverse("payer-bank"), status=303)
    return render(
        request,
        "payer/match.html",
        {
            "crumbs": _crumbs(),
            "row": bank_row,
            "form": form,
            "case": case,
            "applied": min(bank_row.kronor, case.owed) if case else None,
            "may": bool(MATCHERS & request.acting.roles),
            "suggested": suggestions([bank_row])[bank_row.pk],
        },
        status=422 if request.method == "POST" else 200,
    )


def _met(row: BankRow) -> str:
    """What a match came to, in words."""
    text = gettext("%(kronor)s är avprickat mot skulden.") % {"kronor": format_amount(row.applied)}
    if row.excess:
        text += " " + gettext("%(kronor)s är för mycket inbetalt och ska betalas tillbaka till avsändaren.") % {
            "kronor": format_amount(row.excess)
        }
    return text


@require_http_methods(["GET", "POST"])
@for_desk(Kind.PAYER)
def undo(request: ActingRequest, row: int) -> HttpResponse:
    """Take a match back, with its reason."""
    bank_row = get_object_or_404(BankRow.objects.select_related("case__recipient", "case__line"), pk=row)
    form = UndoForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.carried_out(
        lambda typed: debt.undo_match(bank_row, typed["reason"], request.user)
    ):
        messages.success(request, gettext("Avprickningen är återtagen. Skulden gäller igen och raden är öppen."))
        return HttpResponseRedirect(reverse("payer-bank"), status=303)
    return render(
        request,
        "payer/undo.html",
        {"crumbs": _crumbs(), "row": bank_row, "form": form, "may": bool(MATCHERS & request.acting.roles)},
        status=422 if form.errors else 200,
    )


def _crumbs() -> list[tuple[Any, str]]:
    return [(_("Bank"), reverse("payer-bank"))]


@require_GET
@for_desk(Kind.PAYER)
def debts(request: ActingRequest) -> HttpResponse:
    """Who owes what, the overdue first."""
    owing = debtors().order_by(F("claim_due").asc(nulls_last=True), "recipient__sort_key", "pk")
    if request.GET.get("format") == "csv":
        return csv_response(
            "skulder",
            [gettext("Mottagare"), gettext("Ärende"), gettext("Skuld"), gettext("Krav"), gettext("Förfaller")],
            ([c.recipient.name, c.key, c.owed, c.claimed, c.claim_due] for c in owing),
        )
    page = Paginator(owing, PAGE).get_page(request.GET.get("page"))
    cases = list(page.object_list)
    due = last_days(((case.agreement, case.recipient_id) for case in cases), "repayment")
    paid: dict[int, int] = {}
    for case_id, applied in BankRow.objects.filter(case__in=cases).values_list("case", "applied"):
        paid[case_id] = paid.get(case_id, 0) + applied
    return render(
        request,
        "payer/debts.html",
        {
            "page": page,
            "rows": [
                {
                    "case": case,
                    "due": case.claim_due or due[case.agreement, case.recipient_id],
                    "paid": paid.get(case.pk, 0),
                }
                for case in cases
            ],
            "total": sum(owing.values_list("owed", flat=True)),
            "claims": Claim.objects.filter(ended_at=None).count(),
            "overdue": Claim.objects.filter(ended_at=None, due_on__lt=clock.today()).count(),
        },
    )
