# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The agreements: the list, and one page for each with what it says and where its money is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from overens.agreements import tracing
from overens.agreements.models import Decision, Extension
from overens.agreements.reading import agreement_of, extensions, followed
from overens.agreements.tracing import ORDER, TraceRow
from overens.desks import form_files
from overens.desks.public import figures
from overens.desks.public.pages import agreement_tabs, name_of, slice_of, stored_agreement
from overens.desks.saying import language
from overens.desks.words import PLACES
from overens.rules.agreement import Agreement, Area, Deadline, Line, OurChoice, said
from overens.rules.deadlines import falls
from overens.rules.pots import Pot


@require_safe
def agreements(request: HttpRequest) -> HttpResponse:
    """Every stored agreement, newest first."""
    shown = slice_of(request, figures.stored())
    context = {
        "page": shown,
        "rows": [(stored, agreement_of(stored.code)) for stored in shown],
        "crumbs": [(_("Startsidan"), reverse("home"))],
    }
    return render(request, "public/agreements.html", context)


@require_safe
def agreement(request: HttpRequest, code: str) -> HttpResponse:
    """What the agreement says, what Överens has chosen where it is silent, what was decided, where the money is."""
    a, version = stored_agreement(code)
    rows = tracing.trace(code)
    places = _by_place(rows)
    moved = list(extensions(code))
    context = {
        "a": a,
        "version": version,
        "followed": code in followed(),
        "tabs": agreement_tabs(a, "public-agreement"),
        "crumbs": [(_("Överenskommelser"), reverse("public-agreements"))],
        "places": places,
        "figures": figures.key_figures(places),
        "money": _by_line(a, rows),
        "place_links": {place: f"{reverse('public-trace', args=[code])}?plats={place}" for place in places},
        "lines": [(line, _pots(a, line), _choices(a, line.our_choices)) for line in a.lines],
        "deadlines": [_deadline(a, each, moved) for each in a.deadlines],
        "claims_choices": [choice for choice in a.our_choices if choice.where.startswith("claims")],
        "areas": _tree(a.areas),
        "decisions": Decision.objects.filter(agreement=code).select_related("line"),
        "forms": [
            (form, sum(1 for _field in form.fields), reverse("public-form", args=[code, form_files.slug_of(form.id)]))
            for form in a.forms
        ],
        "title": name_of(a),
    }
    return render(request, "public/agreement.html", context)


@require_safe
def file(request: HttpRequest, code: str) -> HttpResponse:
    """The stored file, word for word."""
    _a, version = stored_agreement(code)
    response = HttpResponse(version.text.encode(), content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{code}-v{version.number}.toml"'
    return response


@require_safe
def blank(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """A blank form in the page's language, with what the agreement says filled in."""
    stored_agreement(code)
    return form_files.blank(request, code, form)


def _by_place(rows: Iterable[TraceRow]) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in rows:
        found[row.place] = found.get(row.place, 0) + row.kronor
    return {place: found[place] for place in ORDER if place in found}


def _by_line(a: Agreement, rows: list[TraceRow]) -> dict[str, object]:
    """Lines by place: the columns are the places that hold money."""
    places = list(_by_place(rows))
    shown = []
    for line in a.lines:
        of_line = _by_place(row for row in rows if row.line == line.id)
        if of_line:
            cells = [
                said(line, "title", language()),
                *(of_line.get(place, 0) for place in places),
                sum(of_line.values()),
            ]
            shown.append({"cells": cells})
    return {
        "columns": [
            {"label": _("Beslutslinje")},
            *({"label": PLACES[place], "kind": "number"} for place in places),
            {"label": _("Summa"), "kind": "number"},
        ],
        "rows": shown,
        "total": [_("Summa"), *_by_place(rows).values(), sum(row.kronor for row in rows)],
    }


def _pots(a: Agreement, line: Line) -> list[tuple[Pot, bool]]:
    """The line's pots, each with whether its key is our choice."""
    ours = {choice.where for choice in a.our_choices}
    return [(pot, f"pot[{pot.id}].key" in ours) for pot in a.pots_of(line)]


def _choices(a: Agreement, ids: Iterable[str]) -> list[OurChoice]:
    return [choice for choice in a.our_choices if choice.id in set(ids)]


@dataclass(frozen=True)
class ShownDeadline:
    """``day`` is the last day that counts by the deadline's own rule; None where the source states none. ``moved`` are
    the decisions that have moved it since.
    """

    deadline: Deadline
    day: object
    who: tuple[str, ...]
    to: str
    choices: tuple[OurChoice, ...]
    moved: tuple[Extension, ...]


def _deadline(a: Agreement, deadline: Deadline, moved: Iterable[Extension]) -> ShownDeadline:
    names = {
        **{p.code: said(p, "name", language()) for p in a.parties},
        **{g.code: said(g, "name", language()) for g in a.agencies},
    }
    groups = {g.id: said(g, "title", language()) for g in a.groups}
    return ShownDeadline(
        deadline,
        falls(deadline),
        tuple(groups.get(who) or names.get(who, who) for who in deadline.who),
        names.get(deadline.to, deadline.to),
        tuple(choice for choice in a.our_choices if choice.where.startswith(f"deadline[{deadline.id}]")),
        tuple(each for each in moved if each.deadline == deadline.id),
    )


def _tree(areas: tuple[Area, ...]) -> list[tuple[Area, list[Area]]]:
    """Headings with their areas; an area without a heading stands by itself."""
    return [(area, [child for child in areas if child.parent == area.id]) for area in areas if area.parent is None]
