# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a scenario's measures cost, and the money that is to pay for them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from overens.desks.access import ActingRequest
from overens.desks.planner import answering, shown_grants, shown_money, shown_result
from overens.desks.planner.access import readers
from overens.desks.planner.answering import MOST_REGIONS
from overens.desks.planner.shown_gap import Figure
from overens.desks.planner.shown_grants import Closed, Got
from overens.desks.planner.shown_money import PARTS, Priced, between, interval, kronor, of_runs, one
from overens.desks.planner.shown_result import OwnResult, title
from overens.desks.planner.shown_tables import Table, about
from overens.desks.planner.views_results import none_yet, page
from overens.desks.planner.words import MEASURES
from overens.desks.refusals import shown
from overens.desks.saying import picture
from overens.planner import allocations, standing, valuations
from overens.planning.supply import money, pricing
from overens.planning.supply.money import Sum
from overens.planning.supply.projection import Projection
from overens.planning.supply.reference import Data
from overens.planning.supply.scenario import Scenario
from overens.planning.supply.worth import Valued
from overens.rules.edition.charts import Fan, Panel, Series

# So many years after the money is given, what it has done to the gap is told, where nothing else is asked for.
AFTER = 5


def money_page(request: ActingRequest, template: str, found: OwnResult, context: dict[str, Any]) -> HttpResponse:
    """A page of the money of a result, with the navigation between those."""
    code = found.saved.code
    names = [
        ("planner-money", _("Kostnader")),
        ("planner-money-grants", _("Bidrag")),
        ("planner-money-worth", _("Nästa krona")),
        ("planner-money-outcome", _("Utfall")),
    ]
    urls = [(reverse(name, args=[code]), label) for name, label in names]
    tabs = [{"url": url, "label": label, "current": url == request.path} for url, label in urls]
    here = next((label for url, label in urls if url == request.path), "")
    more = {"money_tabs": tabs, "page_title": f"{here}: {found.saved.title}", **context}
    return page(request, template, found, more, folder="money")


def whole(found: OwnResult) -> tuple[Projection, Scenario, Data] | None:
    """What prices hang on; None where a result is not computed yet, or its file no longer can be read."""
    if found.projection is None or found.scenario is None or found.data is None:
        return None
    return found.projection, found.scenario, found.data


@readers
@require_safe
def costs(request: ActingRequest, code: str) -> HttpResponse:
    """By measure and by year, in the chosen region or all; what the hired cost beside it."""
    found = shown_result.result(request, code)
    if (computed := whole(found)) is None:
        return none_yet(request, found)
    projection, scenario, data = computed
    picked = shown_result.chosen(request.GET, projection, data)
    of, regions = shown_money.priced(found), list(picked.regions)
    years = tuple(map(str, projection.years[:-1]))
    central = of.costs.kronor[:, :, regions].sum(2)  # [M, Y, 5]
    by_run = of.kronor[..., regions].sum(-1)  # [N, M, Y]
    subject = shown_result.subject(projection, data, picked)
    caption = _("Åtgärdernas kostnad, miljoner kronor om året")
    by_year = of_runs(central.sum((0, 2)) / 1e6, by_run.sum(1) / 1e6)
    line = Series(name=_("Kostnad"), points=tuple(each.point() for each in by_year))
    hired = [(year, about(100 * float(share))) for year, share in zip(years, of.hired[:, regions].mean(1), strict=True)]
    return money_page(
        request,
        "costs",
        found,
        {
            "fields": shown_result.filters("region", projection, data, picked),
            "rows": [
                _row(scenario, of, at, regions, central[at], by_run[:, at]) for at in range(len(scenario.measures))
            ],
            "total": kronor(int(central.sum())),
            "caption": caption,
            "chart": picture(
                Fan(years=years, panels=(Panel(title=subject, series=(line,)),), unit=_("miljoner kronor")), caption
            ),
            "goal": round(100 * pricing.HIRED_GOAL),
            "hired": hired[:: max(1, len(hired) // 5)],
            "table": Table(
                f"{code}-kostnader",
                _("Kronor efter åtgärd, region och år"),
                [
                    _("Åtgärd"), _("Region"), _("År"), _("Antal"), *map(str, PARTS.values()),
                    _("Kronor"), _("Från"), _("Till"),
                ],
                _long(projection, scenario, of, regions),
                texts=3,
            ),
        },
    )  # fmt: skip


def _row(scenario: Scenario, of: Priced, at: int, regions: list[int], central: Any, by_run: Any) -> dict[str, Any]:
    """A measure over all the years: central[Y, 5] and by_run[N, Y] in kronor."""
    measure, begun = scenario.measures[at], float(of.costs.begun[at][:, regions].sum())
    spent = one(np.array([central.sum(), *by_run.sum(-1)], float))
    return {
        "title": title(measure),
        "kind": MEASURES[measure.kind],
        "grant": next((title(each) for each in scenario.grants if each.id == measure.grant), ""),
        "priced": of.costs.priced[at],
        "begun": interval(Figure(begun)),
        "kronor": kronor(spent.number),
        "between": "" if spent.low is None or spent.high is None else between(spent.low, spent.high),
        "each": kronor(spent.number / begun) if begun >= shown_money.SMALLEST else "–",
        "parts": [
            (name, kronor(int(amount))) for name, amount in zip(PARTS.values(), central.sum(0), strict=True) if amount
        ],
    }


def _long(projection: Projection, scenario: Scenario, of: Priced, regions: list[int]) -> list[list[Any]]:
    """One row for a measure, a region and a year in which it costs anything or anybody begins."""
    names = shown_result.region_titles(projection)
    rows = []
    for at, region, year in np.ndindex(len(scenario.measures), len(regions), scenario.years):
        there = regions[region]
        parts, begun = of.costs.kronor[at, year, there], float(of.costs.begun[at, year, there])
        if parts.any() or begun >= shown_money.SMALLEST:
            figure = one(np.array([parts.sum(), *of.kronor[:, at, year, there]], float))
            where = [title(scenario.measures[at]), names[of.costs.regions[there]], str(of.costs.year + year)]
            rows.append([*where, begun, *map(int, parts), int(parts.sum()), figure.low, figure.high])
    return rows


@readers
@require_safe
def grants(request: ActingRequest, code: str) -> HttpResponse:
    """Each grant against what its measures cost, region by region, and what it gives."""
    found = shown_result.result(request, code)
    if (computed := whole(found)) is None:
        return none_yet(request, found)
    projection, scenario, data = computed
    picked = shown_result.chosen(request.GET, projection, data)
    sums, unknown = allocations.sums(scenario)
    of = shown_money.priced(found, {id: (given.first, given.last) for id, given in sums.items()})
    names = shown_result.region_titles(projection)
    asked = picked.year if request.GET.get("ar") else None
    year = asked or min([projection.years[-1], *(each.first + AFTER for each in sums.values())])
    blocks, rows = [], []
    for at, grant in enumerate(scenario.grants):
        if grant.id in sums:
            given = sums[grant.id]
            spent = money.spent(of.costs, grant.id)
            got = Got(of.costs.year, of.costs.regions, spent, of.begun[:, at], of.completed[:, at])
            shown_grant = shown_grants.block(given, got, names, _closed(found, at, given, year))
            blocks.append({"title": title(grant), **shown_grant})
            rows += [[title(grant), *row] for row in shown_grant["cells"]]
    table = Table(f"{code}-bidrag", _("Bidrag efter region"), [_("Bidrag"), *shown_grants.head()], rows, texts=3)
    return money_page(
        request,
        "grants",
        found,
        {
            "fields": shown_result.filters("ar", projection, data, replace(picked, year=year)),
            "blocks": blocks,
            "findings": shown((*unknown, *money.findings(of.costs, sums))),
            "table": table if blocks else None,
        },
    )


def _closed(found: OwnResult, grant: int, given: Sum, year: int) -> Closed | None:
    """By how much a grant makes the gap smaller: as worked out in the background, else as expected where that is quick,
    else None.
    """
    computed = whole(found)
    assert computed is not None
    projection, scenario, data = computed
    aimed = shown_grants.aimed_at(scenario, data, scenario.grants[grant].id)
    full_time = np.array([each.full_time for each in projection.facts.occupations])
    at = year - projection.facts.year
    if (valued := valued_of(found)) is not None:
        return shown_grants.closed(valued.without[:, grant, at].astype(float), full_time, aimed, year)
    if not 0 < len(scenario.regions) <= MOST_REGIONS:
        return None
    lacking = []
    for one_of in (scenario, money.without(scenario, given.grant, given.first, given.last)):
        problem, outcome = answering.expected(one_of, data, standing.digest(scenario, found.saved.owner))
        lacking.append(np.maximum(problem.need - outcome.hours, 0)[at * problem.steps])
    return shown_grants.closed((lacking[1] - lacking[0])[None], full_time, aimed, year)


def valued_of(found: OwnResult) -> Valued | None:
    """What was worked out of the same version and data as the result, newest first."""
    last = valuations.last(found.of)
    if last is None or found.scenario is None or last.basis != standing.digest(found.scenario, found.saved.owner):
        return None
    return valuations.unpacked(last)
