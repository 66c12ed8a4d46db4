# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The recipients: the list, and one page for each. Public facts only: no persons, no drafts, no free text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from overens.agreements.reading import agreement_of, followed
from overens.agreements.tracing import ORDER
from overens.desks.exports import csv_response
from overens.desks.public import figures
from overens.desks.public.pages import name_of, slice_of
from overens.desks.words import PAPERS, PLACES
from overens.grants.models import Case
from overens.ledger import reading
from overens.ledger.reading import Step
from overens.people.models import Organisation
from overens.people.models.organisation import Kind
from overens.records.models import DocumentVersion
from overens.rules.agreement import Agreement, Line, said
from overens.rules.amounts import format_amount
from overens.rules.process import Place

RECIPIENTS = (Kind.REGION, Kind.ASSOCIATION, Kind.STRUCTURE)


@require_safe
def regions(request: HttpRequest) -> HttpResponse:
    """Every recipient with its money, by name; the structures apart. ``format=csv``: all of them, by place."""
    by_owner = reading.by_owner(followed())
    everyone = Organisation.objects.filter(kind__in=RECIPIENTS).order_by("sort_key")
    rows = [(owner, by_owner.get(owner.pk, {})) for owner in everyone]
    held = [place for place in Place if any(place in places for _owner, places in rows)]
    if request.GET.get("format") == "csv":
        cells = ([owner.code, owner.name, *(places.get(place, 0) for place in held)] for owner, places in rows)
        return csv_response("mottagare", ["code", "name", *(place.value for place in held)], cells)
    direct = [(owner, places) for owner, places in rows if owner.kind != Kind.STRUCTURE]
    through = [(owner, places) for owner, places in rows if owner.kind == Kind.STRUCTURE and places]
    context = {
        "tables": [
            _table(title, note, some)
            for title, note, some in (
                (_("Regioner och SKR"), "", direct),
                (
                    _("Samverkansstrukturer"),
                    _("Kommunernas medel går genom SKR till en samverkansstruktur i varje län."),
                    through,
                ),
            )
            if some
        ],
        "crumbs": [(_("Startsidan"), reverse("home"))],
    }
    return render(request, "public/regions.html", context)


def _table(title: str, note: str, rows: list[tuple[Organisation, dict[Place, int]]]) -> dict[str, object]:
    held = [place for place in Place if any(place in places for _owner, places in rows)]
    return {
        "caption": title,
        "note": note,
        "columns": [
            {"label": _("Mottagare")},
            *({"label": PLACES[place], "kind": "number"} for place in held),
            {"label": _("Summa"), "kind": "number"},
        ],
        "rows": [
            {
                "cells": [owner.name, *(places.get(place, 0) for place in held), sum(places.values())],
                "url": reverse("public-region", args=[owner.code]),
            }
            for owner, places in rows
        ],
        "total": [
            _("Summa"),
            *(sum(places.get(place, 0) for _owner, places in rows) for place in held),
            sum(sum(places.values()) for _owner, places in rows),
        ],
    }


@dataclass(frozen=True)
class Move:
    """One transfer of the recipient's money as an entry of its history."""

    at: object
    what: str
    text: str
    who: str = ""
    url: str = ""


@require_safe
def region(request: HttpRequest, code: str) -> HttpResponse:
    """One recipient: its money by agreement and place, where its cases stand, and how its money has moved."""
    owner = get_object_or_404(Organisation, code=code, kind__in=RECIPIENTS)
    by_agreement: dict[str, dict[str, int]] = {}
    places: dict[str, int] = {}
    by_line: dict[tuple[str, str], dict[str, int]] = {}
    for held in reading.trace(owner=owner.pk):
        for found in (
            places,
            by_agreement.setdefault(held.agreement, {}),
            by_line.setdefault((held.agreement, held.line), {}),
        ):
            found[held.place.value] = found.get(held.place.value, 0) + held.kronor
    codes = sorted(by_agreement, reverse=True)
    chosen = request.GET.get("overenskommelse") or next(iter(codes), "")
    if chosen and chosen not in codes:
        raise Http404(chosen)
    page = slice_of(request, codes)
    cases = (
        Case.objects.of(owner).with_parties().filter(agreement__in=page.object_list).order_by("-agreement", "line_id")
    )
    context = {
        "owner": owner,
        "is_structure": owner.kind == Kind.STRUCTURE,
        "names": owner.names.all(),
        "crumbs": [(_("Regioner"), reverse("public-regions"))],
        "page": page,
        "cases": [
            ShownCase(
                case,
                agreement_of(case.agreement),
                agreement_of(case.agreement).line(case.line.code),
                case.state,
                by_line.get((case.agreement, case.line.code), {}),
            )
            for case in cases
        ],
        "places": {place: places[place] for place in ORDER if place in places},
        "figures": figures.key_figures(places, of_recipient=True),
        "money": _by_agreement(page.object_list, by_agreement),
        "agreements": [(agreement, name_of(agreement_of(agreement))) for agreement in page],
        "chosen": chosen,
        "chosen_name": name_of(agreement_of(chosen)) if chosen else "",
        "history": _journey(chosen, owner) if chosen else [],
    }
    return render(request, "public/region.html", context)


@dataclass(frozen=True)
class ShownCase:
    """A case as the public sees it: its line, its state, and its money."""

    case: Case
    agreement: Agreement
    line: Line
    state: str
    places: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.places.values())


def _by_agreement(codes: Iterable[str], money: Mapping[str, Mapping[str, int]]) -> dict[str, object]:
    codes = list(codes)
    held = [place for place in ORDER if any(place in money[code] for code in codes)]
    return {
        "columns": [
            {"label": _("Överenskommelse")},
            *({"label": PLACES[place], "kind": "number"} for place in held),
            {"label": _("Summa"), "kind": "number"},
        ],
        "rows": [
            {
                "cells": [
                    name_of(agreement_of(code)),
                    *(money[code].get(place, 0) for place in held),
                    sum(money[code].values()),
                ],
                "url": f"{reverse('public-trace', args=[code])}",
            }
            for code in codes
        ],
    }


def _journey(agreement: str, owner: Organisation) -> list[Move]:
    """Newest first; each move with the paper that caused it and its registration number."""
    steps = reading.journey(agreement, owner.pk)
    numbers = dict(
        DocumentVersion.objects.filter(pk__in={step.cause_id for step in steps})
        .exclude(registration_number="")
        .values_list("pk", "registration_number")
    )
    a = agreement_of(agreement)
    return [
        Move(
            step.effective_at,
            " ".join(
                part for part in (str(PAPERS.get(step.cause_kind, step.cause_kind)), numbers.get(step.cause_id)) if part
            ),
            _move_text(step, owner),
            said(a.line(step.line), "title", get_language() or "sv"),
        )
        for step in reversed(steps)
    ]


def _move_text(step: Step, owner: Organisation) -> str:
    """How much went from where to where; the other owner is named where the money changed hands."""
    from_place, to_place = str(PLACES.get(step.from_place, _("Staten"))), str(PLACES.get(step.to_place, _("Staten")))
    values = {"kronor": format_amount(step.kronor), "from": from_place, "to": to_place}
    if step.from_owner and step.to_owner and step.from_owner != step.to_owner:
        if step.to_owner == owner.name:
            return _("%(kronor)s kom från %(other)s") % {**values, "other": step.from_owner}
        return _("%(kronor)s gick vidare till %(other)s") % {**values, "other": step.to_owner}
    return _("%(kronor)s: %(from)s → %(to)s") % values
