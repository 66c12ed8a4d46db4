# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where every krona is: one row for each line, owner and place, now or then, as known now or then."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.request import QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from overens.agreements import tracing
from overens.agreements.tracing import ORDER, TraceRow
from overens.desks.exports import csv_response
from overens.desks.public.pages import agreement_crumbs, agreement_tabs, name_of, slice_of, stored_agreement
from overens.desks.refusals import Shown, shown
from overens.desks.words import PLACES
from overens.people.models import Organisation
from overens.people.models.organisation import Kind
from overens.records import clock
from overens.rules.findings import Refused

RECIPIENTS = (Kind.REGION, Kind.ASSOCIATION, Kind.STRUCTURE)
# What the fields are called in the API, which answers with JSON.
API_NAMES = {"mottagare": "recipient", "per": "at", "kant": "known_at"}


def _fields(asked: QueryDict, refusals: Iterable[Shown]) -> list[dict[str, object]]:
    """Whose money, where, on which day, as known on which day. Everything may be left out."""
    owners = Organisation.objects.filter(kind__in=RECIPIENTS).order_by("sort_key").values_list("code", "name")
    errors = {refusal.key: refusal.text for refusal in refusals}
    fields: tuple[tuple[str, str, str, list[tuple[str, Any]]], ...] = (
        ("mottagare", _("Mottagare"), "select", [("", _("Alla mottagare")), *owners]),
        ("plats", _("Plats"), "select", [("", _("Alla platser")), *((place, PLACES[place]) for place in ORDER)]),
        ("per", _("Var pengarna var den"), "date", []),
        ("kant", _("Enligt vad som var känt den"), "date", []),
    )
    return [
        {
            "name": name,
            "label": label,
            "type": type_,
            "options": options,
            "value": asked.get(name, ""),
            "error": errors.get(name) or errors.get(API_NAMES.get(name, "")),
        }
        for name, label, type_, options in fields
    ]


def _rows(agreement: str, asked: QueryDict) -> list[TraceRow]:
    """Raises Refused, with the field as the finding's key."""
    recipient, place, at, known_at = (asked.get(name) or None for name in ("mottagare", "plats", "per", "kant"))
    found = tracing.trace(
        agreement,
        recipient,
        clock.moment(at, "per") if at else None,
        clock.moment(known_at, "kant") if known_at else None,
    )
    return [row for row in found if row.place == place] if place else found


@require_safe
def trace(request: HttpRequest, code: str) -> HttpResponse:
    """The rows, their sum and the picture of them. What is agreed but not decided is a row too."""
    a, _version = stored_agreement(code)
    try:
        rows, refusals = _rows(a.id, request.GET), []
    except Refused as refusal:
        rows, refusals = [], shown(refusal.findings)
    if request.GET.get("format") == "csv" and not refusals:
        cells = ([row.line, row.code, row.owner, row.place, row.kronor] for row in rows)
        return csv_response(f"spar-{a.id}", ["line", "code", "owner", "place", "kronor"], cells)
    titles = {line.id: line for line in a.lines}
    page = slice_of(request, rows)
    places: dict[str, int] = {}
    for row in rows:
        places[row.place] = places.get(row.place, 0) + row.kronor
    query = QueryDict(mutable=True)
    query.update({API_NAMES[name]: request.GET[name] for name in API_NAMES if request.GET.get(name)})
    context = {
        "a": a,
        "tabs": agreement_tabs(a, "public-trace"),
        "crumbs": agreement_crumbs(a),
        "title": name_of(a),
        "fields": _fields(request.GET, refusals),
        "refusals": refusals,
        "page": page,
        "rows": [(titles.get(row.line, row.line), row) for row in page],
        "total": sum(row.kronor for row in rows),
        "is_whole": not (request.GET.get("mottagare") or request.GET.get("plats")),
        "places": places,
        "day": request.GET.get("per") or clock.today().isoformat(),
        "json": reverse("api:trace", args=[a.id]) + (f"?{query.urlencode()}" if query else ""),
    }
    return render(request, "public/trace.html", context, status=422 if refusals else 200)
