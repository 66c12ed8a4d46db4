# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The start page, which shows where the money is, and the pages about the service."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from overens.agreements.reading import agreement_of
from overens.desks.public import figures
from overens.desks.public.figures import Money, RecipientRow
from overens.desks.public.pages import name_of
from overens.desks.words import PLACES, STATES
from overens.grants.models import Case
from overens.rendering import countymap
from overens.rules import series
from overens.rules.amounts import SPACE, group_digits
from overens.rules.process import PAID_OUT, Place, State

NEWEST = 10


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Where the money is, of all agreements that are followed here or of one."""
    stored = figures.stored()
    chosen = request.GET.get("overenskommelse", "")
    if chosen and chosen not in {s.code for s in stored}:
        raise Http404(chosen)
    codes = [chosen] if chosen else [s.code for s in stored if s.followed]
    money = figures.money_of(codes)
    map_ = _map(request.GET.get("karta", ""), codes, money)
    newest = [(s, agreement_of(s.code)) for s in stored[:NEWEST]]
    context = {
        "stored": stored,
        "chosen": chosen,
        "chosen_agreement": agreement_of(chosen) if chosen else None,
        "chosen_followed": any(s.followed for s in stored if s.code == chosen),
        "money": money,
        "figures": figures.key_figures(money.places),
        "table": _table(money),
        "map": map_,
        "map_kinds": MAPS,
        "newest": newest,
        "more": len(stored) > NEWEST,
        "links": _trace_links(chosen, money.places) if chosen else None,
    }
    return render(request, "public/home.html", context)


def _trace_links(code: str, places: Mapping[str, int]) -> dict[str, str]:
    return {place: f"{reverse('public-trace', args=[code])}?plats={place}" for place in places}


def _table(money: Money) -> dict[str, object]:
    """Recipients by place: a column for every place that holds money, and the sum."""
    columns = [
        {"label": _("Mottagare")},
        *({"label": PLACES[place], "kind": "number"} for place in money.places),
        {"label": _("Summa"), "kind": "number"},
    ]
    rows = [
        {
            "cells": [row.name, *(row.places.get(place, 0) for place in money.places), row.total],
            "url": reverse("public-region", args=[row.code]) if row.code else "",
        }
        for row in money.rows
    ]
    total = [_("Summa"), *money.places.values(), sum(money.places.values())]
    return {"columns": columns, "rows": rows, "total": total}


@dataclass(frozen=True)
class Shade:
    number: int
    label: str


@dataclass(frozen=True)
class CountyMap:
    """The picture, what its shades mean, and the same values as a table: (county, value in words)."""

    kind: str
    title: str
    svg: SafeString
    shades: Sequence[Shade]
    rows: Sequence[tuple[str, str]]
    source: str


def _paid(row: RecipientRow) -> int:
    return sum(row.places.get(place, 0) for place in PAID_OUT)


def _at(*places: Place) -> Callable[[RecipientRow], int]:
    return lambda row: sum(row.places.get(place, 0) for place in places)


# What the map can show: kronor per inhabitant of some places, or the state of the region's case.
MAPS: dict[str, tuple[str | Promise, Callable[[RecipientRow], int] | None]] = {
    "utbetalt": (gettext_lazy("Utbetalt, kronor per invånare"), _paid),
    "anvant": (gettext_lazy("Använt, kronor per invånare"), _at(Place.USED)),
    "aterbetalas": (
        gettext_lazy("Ska återbetalas eller återbetalat, kronor per invånare"),
        _at(Place.TO_REPAY, Place.RETURNED),
    ),
    "forfallet": (gettext_lazy("Förfallet, kronor per invånare"), _at(Place.LAPSED)),
    "tillstand": (gettext_lazy("Hur långt ärendet har kommit"), None),
}
STATE_ORDER = list(State)


def _map(kind: str, codes: Sequence[str], money: Money) -> CountyMap:
    """By the regions' county codes; the state is that of the case that has come least far."""
    kind = kind if kind in MAPS else "utbetalt"
    title, kronor = MAPS[kind]
    names = countymap.county_names()
    values: dict[str, int | float | None] = dict.fromkeys(names)
    source = ""
    if kronor is None:
        cases = Case.objects.filter(agreement__in=codes, recipient__code__in=names)
        for code, state in cases.values_list("recipient__code", "state").distinct():
            number = STATE_ORDER.index(State(state))
            values[code] = min(number, values[code]) if values[code] is not None else number  # type: ignore[type-var]
    else:
        persons = figures.inhabitants(codes)
        by_code = {row.code: row for row in money.rows if row.code in names}
        for code in names:
            if code in by_code and code in persons:
                values[code] = figures.per_inhabitant(kronor(by_code[code]), persons[code])
        source = _population_source(codes)

    def words(value: int | float | None) -> str:
        if value is None:
            return _("uppgift saknas")
        if kronor is None:
            return str(STATES[STATE_ORDER[int(value)]])
        return f"{group_digits(int(value))}{SPACE}kr"

    steps = countymap.scale(values)
    svg = countymap.county_map(
        values,
        title=str(title),
        labels={code: f"{name}: {words(values[code])}" for code, name in names.items()},
        links={code: reverse("public-region", args=[code]) for code in names},
    )
    known = sorted({value for value in values.values() if value is not None})
    shades = []
    for step in steps:
        within = [value for value in known if step.low <= value <= step.high]
        shown = (
            ", ".join(map(words, within))
            if kronor is None
            else " – ".join(map(words, dict.fromkeys((step.low, step.high))))
        )
        shades.append(Shade(step.number, shown))
    if None in values.values():
        shades.append(Shade(0, words(None)))
    rows = [(name, words(values[code])) for code, name in names.items()]
    return CountyMap(kind, str(title), mark_safe(svg), shades, rows, source)  # noqa: S308 - every label is escaped


def _population_source(codes: Sequence[str]) -> str:
    """Which population figures the kronor are divided by."""
    for code in sorted(codes, reverse=True):
        basis = agreement_of(code).population
        if basis and basis.series in series.shipped():
            day = series.shipped()[basis.series].reference_date
            return _("Folkmängd enligt %(agreement)s: talen från den %(day)s.") % {
                "agreement": name_of(agreement_of(code)),
                "day": day.isoformat(),
            }
    return ""


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What this is, where its facts come from, and the licence."""
    newest = next((stored.code for stored in figures.stored() if stored.followed), "2019")
    endpoints = (
        (reverse("api:agreements"), _("överenskommelserna")),
        (reverse("api:agreement", args=[newest]), _("en överenskommelse, hela filen, och besluten")),
        (reverse("api:allocation", args=[newest]), _("fördelningen, det tryckta bredvid, och anmärkningarna")),
        (reverse("api:findings", args=[newest]), _("anmärkningarna, med raderna bakom")),
        (reverse("api:trace", args=[newest]), _("var varje krona är, en viss dag")),
        (reverse("api:regions"), _("regionerna och deras pengar")),
        (reverse("api:facts"), _("det som regionerna har redovisat, att dela upp som man vill")),
    )
    context = {
        "series": series.shipped().values(),
        "endpoints": endpoints,
        "crumbs": [(_("Startsidan"), reverse("home"))],
    }
    return render(request, "public/about.html", context)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement (Act 2018:1937), with the route for complaints."""
    context = {"contact": settings.OVERENS_CONTACT, "crumbs": [(_("Startsidan"), reverse("home"))]}
    return render(request, "public/accessibility.html", context)
