# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two to four scenarios beside each other: what is lacking by occupation and year, and posts."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from overens.desks.access import ActingRequest
from overens.desks.asking import whole
from overens.desks.exports import FORMATS, table_response
from overens.desks.planner.access import own, own_scenario, readers
from overens.desks.planner.answering import said
from overens.desks.planner.comparing import Compared, Value, compared
from overens.desks.planner.shown_tables import rounded, stands_on
from overens.desks.saying import picture
from overens.followup.fact_subjects import region_names
from overens.planner import reading, results
from overens.planner.models import Computed, ProblemKind, SavedProblem
from overens.planning.supply.projection import Projection
from overens.rules.edition.charts import Lines, Point, Series

MOST = 4
LETTERS = "ABCD"


@readers
@require_safe
def compare(request: ActingRequest) -> HttpResponse:
    """``f`` again and again: an own scenario's code. The others are held against the first. ``yrke``: an occupation,
    none for all of them together; ``ar``: the year of the table by occupation; ``rader``: ``skiljer`` for those only in
    which anything differs.
    """
    chosen = list(dict.fromkeys(code for code in request.GET.getlist("f") if code))[:MOST]
    context: dict[str, Any] = {
        "chosen": chosen,
        "choices": list(reading.problems(own(request), ProblemKind.SUPPLY).values_list("code", "title")),
        "places": range(MOST),
        "crumbs": [(_("Scenarier"), reverse("planner-start"))],
    }
    saved = [own_scenario(request, code) for code in chosen]
    lasts = [(each, results.last_of(reading.KIND, each)) for each in saved]
    context["not_computed"] = [each for each, last in lasts if last is None]
    found = [(each, last, reading.unpacked(last)) for each, last in lasts if last is not None]
    if len(saved) < 2 or len(found) < len(saved):
        return render(request, "planner/compare.html", context)
    try:
        comparison = compared([projection for _each, _last, projection in found])
    except ValueError:
        return render(request, "planner/compare.html", {**context, "nothing_in_common": True})
    year = whole(request.GET.get("ar")) or comparison.years[-1]
    year = year if year in comparison.years else comparison.years[-1]
    codes = [each.code for each in comparison.occupations]
    asked = request.GET.get("yrke", "")
    occupations = [asked] if asked in codes else codes
    titles = [each.title for each in saved]
    differing = request.GET.get("rader") == "skiljer"
    if (form := request.GET.get("form", "")) in FORMATS:
        header, rows = _as_table(comparison, titles)
        return table_response(form, "jamforelse-scenarier", header, rows)
    names = region_names()
    query = request.GET.copy()
    query.pop("form", None)
    context |= {
        "comparison": comparison,
        "columns": [_column(at, *each) for at, each in enumerate(found)],
        "regions": [names.get(code, code) for code in comparison.regions],
        "occupations": [(each.code, said(each)) for each in comparison.occupations],
        "occupation": asked if asked in codes else "",
        "year": year,
        "rows": _listed(
            [{"title": said(each), "cells": _cells(comparison, [each.code], year)} for each in comparison.occupations],
            differing,
        ),
        "differing": differing,
        "sum": _cells(comparison, codes, year),
        "by_year": [{"year": each, "cells": _cells(comparison, occupations, each)} for each in comparison.years],
        "posts": _listed(_posts(comparison), differing),
        "chart": _chart(comparison, titles, occupations),
        "real": not any(projection.facts.synthetic for projection in comparison.projections),
        "downloads": [(form, f"{request.path}?{query.urlencode()}&form={form}") for form in FORMATS],
    }
    return render(request, "planner/compare.html", context)


def _column(at: int, saved: SavedProblem, last: Computed, projection: Projection) -> dict[str, Any]:
    return {
        "letter": LETTERS[at],
        "saved": saved,
        "last": last,
        "is_first": at == 0,
        "is_old": last.of.number != saved.number,
        "facts": projection.facts,
    }


def _cells(comparison: Compared, occupations: list[str], year: int) -> list[dict[str, Any]]:
    return [
        _cell(*comparison.gap(at, occupations, year)) for at in range(len(comparison.projections))
    ]  # fmt: skip


def _listed(rows: list[dict[str, Any]], differing: bool) -> list[dict[str, Any]]:
    """All, or those in which any scenario differs from the first."""
    return [
        row
        for row in rows
        if not differing or any(cell["difference"] and cell["difference"]["expected"] for cell in row["cells"])
    ]


def _cell(value: Value, difference: Value | None) -> dict[str, Any]:
    return {"value": _shown(value), "difference": None if difference is None else _shown(difference)}


def _shown(value: Value) -> dict[str, Any]:
    return {
        "expected": _whole(value.expected),
        "low": None if value.low is None else _whole(value.low),
        "high": None if value.high is None else _whole(value.high),
    }


def _whole(number: float) -> int:
    """Of a full-time equivalent there is no part to be told, nor more digits than :func:`rounded` leaves."""
    return round(rounded(number))


def _posts(comparison: Compared) -> list[dict[str, Any]]:
    """Programmes that anybody begins in any of the scenarios."""
    found = []
    for programme in comparison.programmes:
        for what, word in (("started", _("Påbörjade")), ("completed", _("Klara"))):
            cells = [_cell(*comparison.posts(at, programme.code, what)) for at in range(len(comparison.projections))]
            if any(each["value"]["expected"] for each in cells):
                found.append({"title": said(programme), "what": word, "cells": cells})
    return found


def _chart(comparison: Compared, titles: list[str], occupations: list[str]) -> SafeString:
    series = []
    for at, title in enumerate(titles):
        values = [comparison.gap(at, occupations, year)[0] for year in comparison.years]
        points = tuple(Point(number=round(each.expected, 1), low=each.low, high=each.high) for each in values)
        series.append(Series(name=f"{LETTERS[at]}. {title}", points=points))
    years = tuple(str(year) for year in comparison.years)
    return picture(Lines(years=years, series=tuple(series), unit=_("heltider")), _("Heltider som saknas"))


def _as_table(comparison: Compared, titles: list[str]) -> tuple[list[str], list[list[object]]]:
    """Every occupation and year, for a spreadsheet: one row each and scenario."""
    header = [_("Scenario"), _("Yrke"), _("År"), _("Heltider som saknas"), _("Lågt"), _("Högt")]
    header += [_("Skillnad mot det första"), _("Skillnaden lågt"), _("Skillnaden högt"), _("Uppgifter")]
    rows: list[list[object]] = []
    for at, title in enumerate(titles):
        of = stands_on(comparison.projections[at].facts.synthetic)
        for each in comparison.occupations:
            for year in comparison.years:
                value, difference = comparison.gap(at, [each.code], year)
                against = difference or Value(0.0)
                figures = (value.expected, value.low, value.high, against.expected, against.low, against.high)
                told = [None if figure is None else round(figure, 2) for figure in figures]
                rows.append([title, said(each), year, *told, of])
    return header, rows
