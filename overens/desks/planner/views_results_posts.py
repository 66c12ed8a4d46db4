# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a training post becomes: paid for, begun, completed, come to work as a specialist; and what stood in its way."""

from __future__ import annotations

from typing import Any

import numpy as np
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from overens.desks.planner import shown_result
from overens.desks.planner.shown_gap import Figure, figures
from overens.desks.planner.shown_result import Chosen, Result, title
from overens.desks.planner.shown_tables import Cell, Table, about
from overens.desks.planner.views_results import none_yet, page
from overens.desks.saying import picture
from overens.planning.supply import outcome as out
from overens.planning.supply.problem import Floats
from overens.planning.supply.projection import Projection, chosen
from overens.rules.edition.charts import Fan, Panel, Series

BOUNDS: dict[str, Promise] = {
    "posts": gettext_lazy("hur många tjänster som betalas"),
    "seats": gettext_lazy("platserna på lärosätet"),
    "supervisors": gettext_lazy("handledarna"),
    "applicants": gettext_lazy("de som kan söka"),
}


def posts(request: HttpRequest, found: Result) -> HttpResponse:
    """By programme and year. ``program`` in the query string: one of them."""
    if found.projection is None or found.data is None:
        return none_yet(request, found)
    projection = found.projection
    picked = shown_result.chosen(request.GET, projection, found.data)
    codes = [each.code for each in projection.facts.programmes]
    asked = request.GET.get("program", "")
    each = [codes.index(asked)] if asked in codes else list(range(len(codes)))
    years = tuple(map(str, projection.years[:-1]))
    pipelines = {at: _pipeline(projection, picked, [at]) for at in each}
    options = [("", _("Alla utbildningar")), *((one.code, title(one)) for one in projection.facts.programmes)]
    whole = pipelines[each[0]] if len(each) == 1 else _pipeline(projection, picked, each)
    subject = dict(options)[asked if asked in codes else ""]
    field = {
        "name": "program",
        "label": _("Specialistutbildning"),
        "value": asked,
        "type": "select",
        "options": options,
    }
    return page(
        request,
        "posts",
        found,
        {
            "fields": [field, *shown_result.filters("region", projection, found.data, picked)],
            "subject": subject,
            "chart": picture(
                Fan(years=years, panels=(Panel(title=subject, series=_lines(whole)),), unit=_("personer om året")),
                _("Från tjänst till specialist, %(subject)s") % {"subject": subject},
            ),
            "summaries": [_summary(projection, at, pipelines[at], _binding(projection, picked, at)) for at in each],
            "turned_away": _turned_away(projection, picked),
            "table": Table(
                f"{found.code}-utbildningstjanster",
                _("Utbildningstjänster år för år, %(subject)s") % {"subject": subject},
                [
                    _("Utbildning"), _("År"), _("Vad som begränsade"), _("Betalda"), _("Började"), _("Började, från"),
                    _("Började, till"), _("Blev klara"), _("Specialister som tillkom"),
                ],
                [row for at in each for row in _rows(projection, picked, at, pipelines[at], years)],
                texts=3,
            ),
        },
    )  # fmt: skip


Pipeline = dict[str, list[Figure]]


def _pipeline(projection: Projection, picked: Chosen, programmes: list[int]) -> Pipeline:
    """Persons in each year: paid for, begun, completed, and specialists who came to the regions that are chosen."""
    expected = projection.by_year(projection.expected.posts)
    targets = sorted({projection.facts.programmes[at].target for at in programmes})
    runs = projection.by_run if projection.facts.runs else None

    def of(by_run: Any, expectation: Floats, rows: list[int]) -> list[Figure]:
        return figures(chosen(expectation if runs is None else by_run, rows, picked.regions))

    settled = projection.by_year(projection.expected.flows[..., out.SPECIALISED])
    return {
        "funded": figures(chosen(expected[..., out.FUNDED], programmes, picked.regions)),
        "started": of(runs and runs.started, expected[..., out.STARTED], programmes),
        "completed": of(runs and runs.completed, expected[..., out.COMPLETED], programmes),
        "settled": of(runs and runs.specialised, settled, targets),
    }


def _lines(pipeline: Pipeline) -> tuple[Series, ...]:
    names = {
        "funded": _("Betalda tjänster"),
        "started": _("Började"),
        "completed": _("Blev klara"),
        "settled": _("Tillkom som specialister"),
    }
    return tuple(
        Series(name=name, points=tuple(each.point() for each in pipeline[step])) for step, name in names.items()
    )


def _binding(projection: Projection, picked: Chosen, programme: int) -> list[str]:
    """By year, the bound that held back in most of the chosen regions; "" in a year without posts."""
    bound = projection.expected.posts[:, programme, :][:, list(picked.regions)]
    steps, found = projection.facts.steps, []
    for year in range(projection.facts.years):
        rows = bound[year * steps : (year + 1) * steps]
        kinds = rows[..., out.BOUND][rows[..., out.FUNDED] > 0].astype(int)
        counts = np.bincount(kinds, minlength=len(out.BOUNDS))
        found.append(out.BOUNDS[int(counts.argmax())] if len(kinds) else "")
    return found


def _summary(projection: Projection, programme: int, pipeline: Pipeline, binding: list[str]) -> dict[str, Any]:
    """A programme over all its years, in words."""

    def total(step: str) -> str:
        return about(sum(each.number for each in pipeline[step]))

    counts = {kind: binding.count(kind) for kind in out.BOUNDS if kind in binding}
    first = next((at for at, each in enumerate(pipeline["settled"]) if each.number >= 0.5), None)
    return {
        "title": title(projection.facts.programmes[programme]),
        "code": projection.facts.programmes[programme].code,
        **{step: total(step) for step in pipeline},
        "first": projection.years[first] if first is not None else None,
        "bounds": [
            _("%(bound)s (%(n)s av %(years)s år)") % {"bound": BOUNDS[kind], "n": count, "years": len(binding)}
            for kind, count in sorted(counts.items(), key=lambda each: -each[1])
        ],
        "held_back": any(kind != "posts" for kind in counts),
    }


def _rows(
    projection: Projection, picked: Chosen, programme: int, pipeline: Pipeline, years: tuple[str, ...]
) -> list[list[Cell]]:
    name = title(projection.facts.programmes[programme])
    binding = _binding(projection, picked, programme)
    rows: list[list[Cell]] = []
    for at, year in enumerate(years):
        funded, started = pipeline["funded"][at], pipeline["started"][at]
        bound = str(BOUNDS[binding[at]]) if binding[at] else "–"
        later = [pipeline[step][at].number for step in ("completed", "settled")]
        rows.append([name, year, bound, funded.number, started.number, started.low, started.high, *later])
    return rows


def _turned_away(projection: Projection, picked: Chosen) -> list[dict[str, str]]:
    """Educations that could not take all for want of supervisors in the chosen regions: how many over the years."""
    total = chosen_educations(projection, picked)
    return [
        {"title": title(education), "persons": about(float(total[at]))}
        for at, education in enumerate(projection.facts.educations)
        if total[at] >= 0.5
    ]


def chosen_educations(projection: Projection, picked: Chosen) -> Floats:
    """Students turned away [E] over all years."""
    total: Floats = projection.expected.turned_away[..., list(picked.regions)].sum((0, 2))
    return total
