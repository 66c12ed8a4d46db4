# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The bank's rows: those that something remains to be done with, one of them, and what became of the others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from overens.bank.actions import incoming
from overens.bank.models import BankRow
from overens.desks.access import ActingRequest, for_desk
from overens.desks.asking import AskingForm, whole
from overens.desks.payer import bank_lists, banking
from overens.desks.payer.forms import (
    BankRowForm,
    InterestForm,
    MatchForm,
    PaidBackForm,
    RowFilter,
    SetAsideForm,
    UndoForm,
)
from overens.grants import bank_days
from overens.grants.actions import matching
from overens.grants.models import InterestClaim, Match, Payment, Way
from overens.grants.suggesting import debtors, open_ore, open_rows, suggestions
from overens.people.models import Person
from overens.people.models.organisation import Kind
from overens.records import clock
from overens.rules.amounts import format_ore
from overens.rules.findings import refuse

PAGE = 50
MATCHED = Match.objects.live().select_related("row", "case__recipient", "case__line", "mandate__person")


def crumbs() -> list[tuple[Any, str]]:
    return [(_("Bank"), reverse("payer-bank"))]


def may(request: ActingRequest) -> bool:
    return bool(banking.MATCHERS & request.acting.roles)


def _paged(request: ActingRequest, rows: QuerySet[Any]) -> Page[Any]:
    return Paginator(rows, PAGE).get_page(request.GET.get("page"))


@require_GET
@for_desk(Kind.PAYER)
def bank(request: ActingRequest) -> HttpResponse:
    """Open rows, the oldest first, each with what it may be."""
    form = RowFilter(request.GET)
    rows = banking.searched(open_rows(), form.chosen("sok")).order_by("booked_on", "pk")
    if direction := form.chosen("riktning"):
        rows = rows.filter(ore__gt=0) if direction == "in" else rows.filter(ore__lt=0)
    if request.GET.get("format") == "csv":
        return bank_lists.of_open(rows)
    page = _paged(request, rows)
    count = page.paginator.count
    shown = list(page.object_list)
    found = suggestions(shown)
    return render(
        request,
        "payer/bank.html",
        {
            "tabs": banking.tabs("payer-bank"),
            "fields": form.shown,
            "filtered": form.narrows,
            "result_text": ngettext("%(count)s rad", "%(count)s rader", count) % {"count": count},
            "page": page,
            "rows": [(row, [banking.offer(each) for each in found[row.pk]]) for row in shown],
            "may": may(request),
        },
    )


@require_GET
@for_desk(Kind.PAYER)
def matched(request: ActingRequest) -> HttpResponse:
    """What rows turned out to be, the latest first."""
    form = RowFilter(request.GET, ways=True)
    matches = banking.searched(MATCHED, form.chosen("sok"), "row__")
    if way := form.chosen("slag"):
        matches = matches.filter(way=way)
    matches = matches.order_by("-row__booked_on", "-pk")
    if request.GET.get("format") == "csv":
        return bank_lists.of_matches(matches)
    page = _paged(request, matches)
    return render(
        request,
        "payer/bank_matched.html",
        {
            "tabs": banking.tabs("payer-bank-matched"),
            "fields": form.shown,
            "filtered": form.narrows,
            "page": page,
            "rows": banking.with_words(page.object_list),
            "may": may(request),
        },
    )


@require_GET
@for_desk(Kind.PAYER)
def days(request: ActingRequest) -> HttpResponse:
    """Each day of each account: what its rows come to."""
    if request.GET.get("format") == "csv":
        return bank_lists.of_days(bank_days.bank_days())
    page = Paginator(range(bank_days.count()), PAGE).get_page(request.GET.get("page"))
    shown = bank_days.bank_days(PAGE, max(0, page.start_index() - 1))
    context = {"tabs": banking.tabs("payer-bank-days"), "page": page, "days": shown}
    return render(request, "payer/bank_days.html", context)


@require_http_methods(["GET", "POST"])
@for_desk(Kind.PAYER)
def register(request: ActingRequest) -> HttpResponse:
    """A row that no file tells of, by hand."""
    form = BankRowForm(request.POST if request.method == "POST" else None, initial={"booked_on": clock.today()})
    if request.method == "POST" and form.carried_out(lambda typed: incoming.register(**typed, person=request.user)):
        messages.success(request, gettext("Inbetalningen är registrerad. Pricka av den mot skulden den hör till."))
        return HttpResponseRedirect(reverse("payer-bank"), status=303)
    context = {"crumbs": crumbs(), "form": form, "may": may(request)}
    return render(request, "payer/bank_register.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_desk(Kind.PAYER)
def row_page(request: ActingRequest, row: int) -> HttpResponse:
    """One row: what it may be, and saying what it is (POST, ``what`` and what that needs)."""
    found = get_object_or_404(BankRow, pk=row)
    asked = request.POST if request.method == "POST" else None
    what = asked.get("what", "") if asked else ""
    wanted = request.GET.get("case")
    forms_by: dict[str, AskingForm] = {
        "repay": MatchForm(asked if what == "repay" else None, initial={"case": wanted}),
        "interest": InterestForm(asked if what == "interest" else None, auto_id="interest_%s"),
        "set-aside": SetAsideForm(asked if what == "set-aside" else None),
    }
    form = forms_by.get(what) or TargetForm(asked)
    if asked is not None:
        act = DONE.get(what)
        if act is not None and form.carried_out(lambda typed: act(found, typed, request.user)):
            messages.success(request, gettext("Raden är avprickad."))
            more = open_ore([found])[found.pk] != 0
            where = reverse("payer-bank-row", args=[found.pk]) if more else reverse("payer-bank")
            return HttpResponseRedirect(where, status=303)
    left = open_ore([found])[found.pk]
    parts = list(found.parts.all())
    return render(
        request,
        "payer/bank_row.html",
        {
            "crumbs": crumbs(),
            "row": found,
            "open": left,
            "parts": parts,
            "files": found.statements.select_related("file"),
            "offers": [banking.offer(each) for each in suggestions([found]).get(found.pk, ())] if not parts else (),
            "matches": banking.with_words(MATCHED.filter(row=found)),
            "undone": found.matches.exclude(undoing=None).select_related("undoing__mandate__person"),
            "form": form,
            "match_form": forms_by["repay"],
            "interest_form": forms_by["interest"],
            "aside_form": forms_by["set-aside"],
            "refused": form.summary if isinstance(form, TargetForm) and form.is_bound else (),
            "may": may(request),
        },
        status=422 if asked is not None else 200,
    )


class TargetForm(AskingForm):
    """What a suggestion's button carries."""

    case = forms.CharField(max_length=100, required=False)
    payment = forms.CharField(max_length=35, required=False)
    refund = forms.CharField(max_length=18, required=False)


def _repay(row: BankRow, typed: dict[str, Any], person: Person) -> None:
    case = debtors().filter(key__iexact=typed["case"].strip()).first()
    if case is None:
        refuse("debt-unknown", key="case", case=typed["case"])
    matching.repay(row, case, person, kronor=typed.get("kronor"))


def _interest(row: BankRow, typed: dict[str, Any], person: Person) -> None:
    claims = InterestClaim.objects.unpaid().filter(case__key__iexact=typed["case"].strip())
    if number := whole(typed["number"]):
        claims = claims.filter(number=number)
    claim = claims.order_by("number").first()
    if claim is None:
        refuse("interest-unknown", key="case", case=typed["case"])
    matching.interest(row, claim, person, kronor=typed["kronor"])


def _pay(row: BankRow, typed: dict[str, Any], person: Person) -> None:
    matching.pay(row, get_object_or_404(Payment, end_to_end_id=typed["payment"]), person)


def _bounce(row: BankRow, typed: dict[str, Any], person: Person) -> None:
    matching.bounce(row, get_object_or_404(Payment, end_to_end_id=typed["payment"]), person)


def _pay_back(row: BankRow, typed: dict[str, Any], person: Person) -> None:
    matching.pay_back(row, get_object_or_404(Match, pk=whole(typed["refund"]), way=Way.REFUND), person)


DONE: dict[str, Callable[[BankRow, dict[str, Any], Person], object]] = {
    "repay": _repay,
    "interest": _interest,
    "pay": _pay,
    "bounce": _bounce,
    "pay-back": _pay_back,
    "send-back": lambda row, typed, person: matching.send_back(row, person),
    "set-aside": lambda row, typed, person: matching.set_aside(row, typed["note"], person),
}


@require_http_methods(["GET", "POST"])
@for_desk(Kind.PAYER)
def undo(request: ActingRequest, match: int) -> HttpResponse:
    """Take a match back, with its reason."""
    found = get_object_or_404(MATCHED, pk=match)
    form = UndoForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.carried_out(lambda typed: matching.undo(found, typed["reason"], request.user)):
        messages.success(request, gettext("Avprickningen är återtagen. Raden är öppen igen."))
        return HttpResponseRedirect(reverse("payer-bank-row", args=[found.row_id]), status=303)
    (shown,) = banking.with_words([found])
    context = {"crumbs": crumbs(), "match": found, "shown": shown, "form": form, "may": may(request)}
    return render(request, "payer/bank_undo.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_desk(Kind.PAYER)
def refunds(request: ActingRequest) -> HttpResponse:
    """What came in too much: what is still to be paid back, and saying under which reference it was (POST)."""
    typed = PaidBackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and typed.is_valid():
        refund = get_object_or_404(Match, pk=whole(request.POST.get("match")), way=Way.REFUND)
        if typed.carried_out(lambda said: matching.refunded(refund, said["reference"], request.user)):
            messages.success(
                request, gettext("%(amount)s är noterat som tillbakabetalt.") % {"amount": format_ore(refund.ore)}
            )
            return HttpResponseRedirect(reverse("payer-bank-refunds"), status=303)
    owed = Match.objects.owed_back().select_related("row", "case__recipient", "case__line").order_by("row__booked_on")
    done = MATCHED.filter(way=Way.REFUND).exclude(refunded=None).select_related("refunded").order_by("-refunded__at")
    page = _paged(request, owed)
    return render(
        request,
        "payer/bank_refunds.html",
        {
            "tabs": banking.tabs("payer-bank-refunds"),
            "page": page,
            "owed": list(page.object_list),
            "done": done[:PAGE],
            "form": typed,
            "at": whole(request.POST.get("match")),
            "may": may(request),
        },
        status=422 if typed.errors else 200,
    )
