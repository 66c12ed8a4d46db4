# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The payer's books: a period by account, held against the trace, and the file for its accounting system."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from overens.desks.access import ActingRequest, for_desk
from overens.desks.downloads import attachment
from overens.desks.payer.forms import PeriodForm
from overens.desks.refusals import shown
from overens.grants import vouchers as reading
from overens.grants.actions import exporting
from overens.grants.models import VoucherExport
from overens.people.models.organisation import Kind
from overens.records import clock
from overens.rules.findings import Refused

PAGE = 50


@require_http_methods(["GET", "POST"])
@for_desk(Kind.PAYER)
def vouchers(request: ActingRequest) -> HttpResponse:
    """A period by account (GET), and making its file (POST). The period stays in the address."""
    form = PeriodForm(request.POST if request.method == "POST" else _asked(request))
    may = bool(set(exporting.ROLES) & request.acting.roles)
    if request.method == "POST" and form.is_valid():
        try:
            made = exporting.export(form.cleaned_data["fran"], form.cleaned_data["till"], request.user)
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, gettext("Filen är gjord. Hämta den nedan och läs in den i ekonomisystemet."))
            period = f"?fran={made.first_day}&till={made.last_day}"
            return HttpResponseRedirect(reverse("payer-vouchers") + period, status=303)
    return _page(request, form, may)


def _asked(request: HttpRequest) -> dict[str, str]:
    """The period of the address; this month so far where it has none."""
    today = clock.today()
    return {
        "fran": request.GET.get("fran", today.replace(day=1).isoformat()),
        "till": request.GET.get("till", today.isoformat()),
    }


def _page(request: HttpRequest, form: PeriodForm, may: bool) -> HttpResponse:
    made = VoucherExport.objects.defer("content").select_related("mandate__person").order_by("-pk")
    exports = Paginator(made.annotate(count=Count("vouchers")), PAGE).get_page(request.GET.get("page"))
    found: dict[str, object] = {"form": form, "may": may, "exports": exports.object_list, "page": exports}
    refused: list[object] = []
    if form.is_valid() or {"fran", "till"} <= set(form.cleaned_data):
        try:
            found |= _period(form.cleaned_data["fran"], form.cleaned_data["till"])
            found["chart"] = reading.chart()
        except Refused as refusal:
            refused = list(shown(refusal.findings))
    failed = request.method == "POST" or refused
    return render(request, "payer/vouchers.html", {**found, "refused": refused}, status=422 if failed else 200)


def _period(first: dt.date, last: dt.date) -> dict[str, object]:
    legs = reading.booked(first, last)
    new = reading.not_exported(legs)
    sums = reading.sums(legs)
    answers = reading.answers(last)
    return {
        "first": first,
        "last": last,
        "sums": sums,
        "total": sum(each.debit for each in sums),
        "count": len({leg.cause_id for leg in legs}),
        "new": len({leg.cause_id for leg in new}),
        "answers": answers,
        "agrees": all(each.booked == each.traced for each in answers),
    }


@require_GET
@for_desk(Kind.PAYER)
def download(request: ActingRequest, number: int) -> HttpResponse:
    """The file as it was made."""
    made = get_object_or_404(VoucherExport, pk=number)
    name = f"overens-{made.first_day:%Y%m%d}-{made.last_day:%Y%m%d}-{made.pk}.si"
    return attachment(bytes(made.content), "application/octet-stream", name)
