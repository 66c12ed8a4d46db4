# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Real waiting lists of another country: what the forecast and the stocks say of months that have been."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from overens.desks import exports
from overens.desks.access import ActingRequest
from overens.desks.planner.access import readers
from overens.desks.planner.production.ground import FORMATS
from overens.desks.planner.shown_tables import Cell, Table, said
from overens.desks.saying import number, picture
from overens.rules.edition.charts import Fan, Lines, Panel, Point, Series

# Kinds of list by the source's names for them.
KINDS = {
    "Out Patient": gettext_lazy("mottagning (Out Patient)"),
    "In Patient": gettext_lazy("inskrivning (In Patient)"),
}

if TYPE_CHECKING:
    from overens.planning.production.waiting import Banded, Held


@lru_cache(1)
def _lists() -> dict[str, Banded]:
    from overens.planning.production import waiting

    return {f"{each.speciality}/{each.kind}": each for each in waiting.by_speciality(waiting.ireland())}


@lru_cache(64)
def _held(name: str) -> Held | None:
    from overens.planning.production import waiting

    return waiting.held_back(_lists()[name])


@readers
@require_safe
def lists(request: ActingRequest) -> HttpResponse:
    """``lista``: which; else the longest. ``prognos``: with the forecast of its last months."""
    from overens.planning.production import waiting

    every = _lists()
    name = request.GET.get("lista", "")
    if name not in every:
        name = max(every, key=lambda each: int(every[each].totals[-1]))
    banded = every[name]
    table = _table(banded)
    if (form := request.GET.get("format")) in FORMATS:
        rows = [[*row, waiting.SOURCE] for row in table.rows]
        return exports.table_response(form, table.name, [*table.header, _("Källa")], rows)
    # Computing it takes seconds: the list is shown first, and asks for it.
    is_asked = "prognos" in request.GET
    held = _held(name) if is_asked else None
    options = [(each, _named(each)) for each in sorted(every)]
    first, last = banded.counts[0], banded.counts[-1]
    bounds = list(waiting.bounds(banded))
    context = {
        "name": _named(name),
        "months": len(banded.dates),
        "fields": [{"name": "lista", "label": _("Lista"), "value": name, "type": "select", "options": options}],
        "now": number(int(last.sum())),
        "before": number(int(first.sum())),
        "came": number(sum(each.came for each in bounds)),
        "left": number(sum(each.left for each in bounds)),
        "first": banded.dates[0],
        "last": banded.dates[-1],
        "figure": _figure(banded),
        "is_asked": is_asked,
        "held": _said(held) if held else None,
        "held_figure": _held_figure(banded, held) if held else None,
        "table": table,
        "formats": FORMATS,
        "query": urlencode({"lista": name}),
        "unmarked": True,
        "crumbs": [(_("Produktion och kapacitet"), reverse("planner-productions"))],
    }
    return render(request, "planner/production/lists.html", context)


def _named(name: str) -> str:
    """The speciality as the source has it, and the kind of list in words."""
    speciality, kind = name.split("/", 1)
    return f"{speciality}, {KINDS.get(kind, kind)}"


def _bands(banded: Banded) -> list[str]:
    ends = [*(each - 1 for each in banded.edges[1:]), None]
    known, endless = _("%(first)d–%(last)d veckor"), _("%(first)d veckor eller mer")
    return [
        (endless if last is None else known) % {"first": first, "last": last}
        for first, last in zip(banded.edges, ends, strict=True)
    ]


def _table(banded: Banded) -> Table:
    rows: list[list[Cell]] = [
        [day.isoformat(), *(int(each) for each in counts), int(counts.sum())]
        for day, counts in zip(banded.dates, banded.counts, strict=True)
    ]
    return Table("verkliga-listor", _("Månad för månad"), [_("Dag"), *_bands(banded), _("Summa")], rows, whole=True)


def _figure(banded: Banded) -> Any:
    days = tuple(f"{day:%Y-%m}" for day in banded.dates)
    series = tuple(
        Series(name=name, points=tuple(Point(number=int(each)) for each in banded.counts[:, at]))
        for at, name in enumerate(_bands(banded))
    )
    return picture(
        Lines(years=days, series=series, unit=_("patienter")), _("Hur många som väntar, efter hur länge"), 860
    )


def _held_figure(banded: Banded, held: Held) -> Any:
    """The list, and for its last months what was forecast of them from those before."""
    totals = banded.months().counts
    known, told = len(totals) - len(held.true), held.forecast
    before = banded.dates[0].year * 12 + banded.dates[0].month - 1
    months = tuple(f"{(before + at) // 12}-{(before + at) % 12 + 1:02}" for at in range(len(totals)))
    real = tuple(Point(number=None if np.isnan(each) else int(each)) for each in totals)
    empty = (Point(),) * known
    forecast = tuple(
        Point(number=round(float(mean)), low=round(float(low)), high=round(float(high)))
        for mean, low, high in zip(told.mean, told.inner_low, told.inner_high, strict=True)
    )
    series = (Series(name=_("Väntar"), points=real), Series(name=_("Prognos"), points=(*empty, *forecast)))
    panel = Panel(title="", series=series)
    return picture(Fan(years=months, panels=(panel,), unit=_("patienter")), _("Prognos mot utfall"), 860)


def _said(held: Held) -> dict[str, Any]:
    known = ~np.isnan(held.true)
    inside = (np.floor(held.forecast.inner_low) <= held.true) & (held.true <= np.ceil(held.forecast.inner_high))
    return {
        "months": len(held.true),
        "mase": said(float(np.nanmean(held.mase(held.forecast.mean)))),
        "naive": said(float(np.nanmean(held.mase(held.naive)))),
        "seasonal": said(float(np.nanmean(held.mase(held.seasonal)))),
        "inside": _("%(inside)d av %(months)d") % {"inside": inside[known].sum(), "months": known.sum()},
        "error": said(float(np.nanmean(np.abs(held.forecast.mean - held.true)))),
    }
