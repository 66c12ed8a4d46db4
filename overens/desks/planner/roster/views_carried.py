# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who carries nights, evenings, weekends and short notice over the year, against a fair share; wishes that were met."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from overens.desks import exports
from overens.desks.access import ActingRequest
from overens.desks.asking import whole
from overens.desks.planner.access import may_write, readers
from overens.desks.planner.roster.access import frame, newest
from overens.desks.planner.roster.saying import wished
from overens.desks.planner.roster.words import said
from overens.desks.saying import number, picture
from overens.planner import staff
from overens.planner.models import SavedProblem
from overens.planning.roster import carried
from overens.planning.roster.carried import BURDENS, Burden, Carried
from overens.rules.edition.charts import Bar, Bars, Point

WORDS: dict[Burden, Promise] = {
    "nights": gettext_lazy("Nätter"),
    "evenings": gettext_lazy("Kvällar"),
    "weekends": gettext_lazy("Helger"),
    "recalls": gettext_lazy("Inkallad med kort varsel"),
    "moved": gettext_lazy("Ändrat pass med kort varsel"),
    "given_up": gettext_lazy("Önskemål som inte gick"),
}


@readers
@require_safe
def burden(request: ActingRequest, code: str) -> HttpResponse:
    """``ar``: which year, else the newest that has been published; ``visa``: which burden the figure shows."""
    saved, version, roster, _case = newest(request, code)
    periods = _periods(saved)
    years = _years(periods)
    year = _year(request, years)
    shown = next((each for each in BURDENS if each == request.GET.get("visa")), BURDENS[0])
    rows = _carried(periods, year) if year else []
    context = {
        **frame(request, version, roster),
        "formats": exports.FORMATS,
        "years": years,
        "year": year,
        "burdens": [(each, WORDS[each], each == shown) for each in BURDENS],
        "columns": [WORDS[each] for each in BURDENS],
        "rows": [
            (row, [_cell(row, each) for each in BURDENS], number(row.shifts), row.asked) for row in rows
        ],
        "figure": _figure(rows, shown) if rows else "",
        "shown": WORDS[shown],
        "wishes": _wishes(periods, year) if year and may_write(request, saved) else [],
        "spans": [
            (each.last.edition.roster.first, each.last.edition.roster.last, each.last.decision, len(each.published))
            for each in periods
        ],
    }  # fmt: skip
    return render(request, "planner/roster/carried.html", context)


@readers
@require_safe
def table(request: ActingRequest, code: str) -> HttpResponse:
    """The year's table; ``format``: csv, xlsx or json."""
    saved, _version, roster, _case = newest(request, code)
    periods = _periods(saved)
    year = _year(request, _years(periods))
    form = request.GET.get("format", "csv")
    if not year or form not in exports.FORMATS:
        raise Http404(code)
    header = ["person", "title", "shifts", *(name for each in BURDENS for name in (each, f"{each}_fair")), "wishes"]
    rows = [
        [row.who, row.title, row.shifts, *(cell for each in BURDENS for cell in _plain(row, each)), row.asked,
         "yes" if roster.synthetic else "no"]
        for row in _carried(periods, year)
    ]  # fmt: skip
    return exports.table_response(form, f"{saved.code}-{year}", [*header, "synthetic"], rows)


def _periods(saved: SavedProblem) -> list[staff.Period]:
    """Those of the unit that hold, in their order."""
    found = [each for problem in staff.of_unit(saved) for each in staff.periods(problem) if not each.withdrawn]
    return sorted(found, key=lambda each: each.last.edition.roster.first)


def _years(periods: Sequence[staff.Period]) -> list[int]:
    """Newest first."""
    spans = [each.last.edition.roster for each in periods]
    return sorted({day.year for each in spans for day in (each.first, each.last)}, reverse=True)


def _year(request: ActingRequest, years: Sequence[int]) -> int | None:
    asked = whole(request.GET.get("ar"))
    return asked if asked in years else next(iter(years), None)


def _carried(periods: Sequence[staff.Period], year: int) -> list[Carried]:
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    return carried.carried([each.editions for each in periods], first, last)


def _cell(row: Carried, each: Burden) -> dict[str, Any]:
    """What was carried, the share, and how far above it in words where that is more than a whole one."""
    over = row.done[each] - row.fair[each]
    kind = "" if each not in row.may else "over" if over >= 1 else "under" if over <= -1 else "even"
    return {
        "done": row.done[each],
        "fair": number(round(Decimal(float(row.fair[each])), 1)) if row.fair[each] else "",
        "kind": kind,
    }


def _plain(row: Carried, each: Burden) -> tuple[int, float]:
    return row.done[each], round(float(row.fair[each]), 2)


def _figure(rows: Sequence[Carried], shown: Burden) -> Any:
    """What everybody carried beside their share, most above it first."""
    ordered = sorted((each for each in rows if shown in each.may), key=lambda each: each.fair[shown] - each.done[shown])
    bars = tuple(
        Bar(label=each.title, points=(Point(number=each.done[shown]), Point(number=round(float(each.fair[shown]), 1))))
        for each in ordered
    )
    series = (_("Har burit"), _("Rimlig andel"))
    return picture(Bars(series=series, rows=bars, unit=str(WORDS[shown]).lower()), str(WORDS[shown]))


def _wishes(periods: Sequence[staff.Period], year: int) -> list[tuple[str, list[str], list[str]]]:
    """Of each person the wishes that became so and those that did not."""
    found: dict[tuple[str, str], tuple[str, list[str], list[str]]] = {}
    for each in periods:
        edition = each.last.edition
        for who in edition.roster.persons:
            for wish, met in carried.wishes(edition, who):
                if wish.day.year == year:
                    _title, became, became_not = found.setdefault((who.id, who.title), (said(who), [], []))
                    (became if met else became_not).append(wished(wish, edition.roster))
    return list(found.values())
