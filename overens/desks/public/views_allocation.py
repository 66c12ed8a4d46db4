# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who gets what: the printed table, what its rows add up to, and what another rounding would have given."""

from __future__ import annotations

from typing import get_args

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from overens.desks.agreement_words import ROUNDING_NOTES, ROUNDINGS
from overens.desks.allocation_shown import findings_shown, lines_shown
from overens.desks.exports import csv_response
from overens.desks.public.pages import agreement_crumbs, agreement_tabs, name_of, stored_agreement
from overens.rules import allocation as rule
from overens.rules import annex, series
from overens.rules.agreement import Agreement
from overens.rules.pots import Rounding

METHODS: tuple[str, ...] = get_args(Rounding)


@require_safe
def allocation(request: HttpRequest, code: str) -> HttpResponse:
    """The tables with their findings; ``avrundning`` sets another method beside, ``format=csv`` downloads the first."""
    a, _version = stored_agreement(code)
    rounding = request.GET.get("avrundning", "")
    if rounding and rounding not in METHODS:
        raise Http404(rounding)
    if request.GET.get("format") == "csv":
        return _csv(a, rounding)
    query = f"?rounding={rounding}" if rounding else ""
    context = {
        "a": a,
        "tabs": agreement_tabs(a, "public-allocation"),
        "crumbs": agreement_crumbs(a),
        "title": name_of(a),
        "lines": lines_shown(a, rounding or None),
        "findings": findings_shown(a),
        "rounding": rounding,
        "methods": [(method, ROUNDINGS[method], ROUNDING_NOTES[method]) for method in METHODS],
        "method_name": ROUNDINGS.get(rounding),
        "series": series.shipped().get(a.population.series) if a.population else None,
        "json": reverse("api:allocation", args=[a.id]) + query,
    }
    return render(request, "public/allocation.html", context)


def _csv(a: Agreement, rounding: str) -> HttpResponse:
    """As decided, or by the rounding asked for; the columns of ``overens allocate``."""
    table = rule.allocate(a, None, rounding) if rounding else annex.decided(a, a.lines[0].id)
    name = "-".join(part for part in (_("fordelning"), a.id, rounding) if part)
    rows = ([row.code, row.name, row.weight, *row.kronor.values(), row.sum] for row in table.rows)
    return csv_response(name, ["lanskod", "region", "weight", *table.pots, annex.SUM], rows)
