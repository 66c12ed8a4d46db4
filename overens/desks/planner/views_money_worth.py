# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where the next krona is worth most: worked out in the background, ranked, and put into the scenario as a proposal."""

from __future__ import annotations

from typing import Any

import numpy as np
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from overens.desks.access import ActingRequest
from overens.desks.asking import whole as number_in
from overens.desks.entry.views import person_of
from overens.desks.planner import places, shown_money, shown_result
from overens.desks.planner.access import own_scenario, planners, readers
from overens.desks.planner.shown_gap import Figure
from overens.desks.planner.shown_money import interval, kronor
from overens.desks.planner.shown_result import OwnResult, title
from overens.desks.planner.shown_tables import Table
from overens.desks.planner.views_money import money_page, valued_of, whole
from overens.desks.planner.views_results import none_yet
from overens.desks.planner.views_results_posts import BOUNDS
from overens.desks.planner.words import MEASURES, WORDS
from overens.desks.refusals import tell
from overens.planner import allocations, reading, results, valuations
from overens.planner.actions import valuing
from overens.planning.supply import money, ranking
from overens.planning.supply.building import REST
from overens.planning.supply.ranking import Bid, Worth
from overens.planning.supply.reference import Data
from overens.planning.supply.scenario import Measure
from overens.planning.supply.worth import Candidate, Valued
from overens.rules.findings import Refused

DRAWS = 5


@readers
@require_safe
def worth(request: ActingRequest, code: str) -> HttpResponse:
    """What is worth most first, and what a grant's money would go to by that order."""
    found = shown_result.result(request, code)
    if (computed := whole(found)) is None:
        return none_yet(request, found)
    projection, scenario, data = computed
    picked = shown_result.chosen(request.GET, projection, data)
    valued, run = valued_of(found), results.last_run(valuations.KIND, found.version)
    context: dict[str, Any] = {
        "run": run,
        "valued": valued,
        "draws": DRAWS,
        "first_year": scenario.first_year,
        "last_year": scenario.last_year,
        "is_newest": found.of.pk == found.version.pk,
    }
    if valued is not None:
        region = picked.regions[0]
        occupations = picked.rows if picked.occupation else None
        rows = ranking.ranked(valued, data, region, occupations)
        names = _names(data)
        context |= {
            "fields": shown_result.filters("yrke region", projection, data, picked),
            "subject": shown_result.region_titles(projection)[projection.facts.regions[region]],
            "year": valued.year,
            "drawn": len(valued.begun) - 1,
            "rows": [_row(row, names) for row in rows if row.cost],
            "nothing": [_name(row.candidate, names) for row in rows if not row.cost],
            "proposals": [_proposal(found, valued, grant.id) for grant in scenario.grants],
            "table": Table(
                f"{code}-nasta-krona",
                _("Timmar mindre brist för en miljon kronor"),
                [
                    _("Åtgärd"), _("Slag"), _("Timmar i yrket för en miljon kronor"), _("Från"), _("Till"),
                    _("Timmar i alla yrken för en miljon kronor"),
                    _("Kronor för en till"), _("Plats för fler"),
                ],
                [
                    [
                        _name(row.candidate, names), str(MEASURES[row.candidate.kind]), row.hours, row.low, row.high,
                        row.net, row.cost, row.room if np.isfinite(row.room) else None,
                    ]
                    for row in rows
                ],
                texts=2,
            ),
        }  # fmt: skip
    return money_page(request, "worth", found, context)


@planners
@require_POST
def compute(request: ActingRequest, code: str) -> HttpResponse:
    """Have it worked out of the newest version."""
    saved = own_scenario(request, code)
    # What is no number is refused as one that is out of bounds: the refusal says what may be typed.
    year, draws = (number_in(request.POST.get(name, "")) for name in ("year", "draws"))
    try:
        valuing.ask(reading.newest(saved), year or 0, -1 if draws is None else draws, person_of(request))
    except Refused as refusal:
        tell(request, refusal)
    return _back(code)


@planners
@require_POST
def add(request: ActingRequest, code: str) -> HttpResponse:
    """Put a grant's proposal into the scenario, as a new version over the one that it was shown for."""
    found = shown_result.result(request, code)
    valued, grant = valued_of(found), request.POST.get("grant", "")
    if valued is None or found.scenario is None or grant not in {each.id for each in found.scenario.grants}:
        raise Http404(grant)
    measures = _measures(found, valued, grant)
    try:
        if measures:
            valuing.add(found.saved, measures, number_in(request.POST.get("base", "")) or 0, person_of(request))
            messages.success(request, _("Förslaget ligger i en ny version. Kör den för att se vad det ger."))
    except Refused as refusal:
        tell(request, refusal)
        return _back(code)
    return places.to(found.saved)


def _back(code: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("planner-money-worth", args=[code]), status=303)


def _names(data: Data) -> dict[str, str]:
    """Programmes, educations, groups and occupations, by code."""
    things: tuple[Any, ...] = (*data.occupations, *data.groups, *data.educations, *data.programmes)
    return {each.code: title(each) for each in things}


def _name(candidate: Candidate, names: dict[str, str]) -> str:
    name = names[candidate.thing]
    return f"{name}, {str(WORDS['pay']['study']).lower()}" if candidate.pay == "study" else name


def _row(row: Worth, names: dict[str, str]) -> dict[str, Any]:
    return {
        "title": _name(row.candidate, names),
        "kind": MEASURES[row.candidate.kind],
        "hours": interval(Figure(row.hours, row.low, row.high)),
        "net": interval(Figure(row.net)),
        "cost": kronor(row.cost),
        "bound": BOUNDS.get(row.bound, ""),
        "room": "" if np.isinf(row.room) else interval(Figure(float(int(row.room)))),
        "less": row.net < 0,
    }


def _bids(found: OwnResult, valued: Valued, grant: str) -> tuple[dict[str, int], tuple[Bid, ...]]:
    """What is left of a grant in each region of the scenario, and what it would go to."""
    computed = whole(found)
    assert computed is not None
    _projection, scenario, data = computed
    sums, _unknown = allocations.sums(scenario)
    if grant not in sums or not sums[grant].first <= valued.year <= sums[grant].last:
        return {}, ()
    balance = money.balance(shown_money.priced(found).costs, sums[grant])
    left = {region: max(int(kr), 0) for region, kr in zip(valued.regions, balance.left, strict=True) if region != REST}
    return left, ranking.greedy(valued, data, left)


def _measures(found: OwnResult, valued: Valued, grant: str) -> tuple[Measure, ...]:
    computed = whole(found)
    assert computed is not None
    _left, bids = _bids(found, valued, grant)
    return ranking.proposed(bids, computed[1], computed[2], valued.year, grant)


def _proposal(found: OwnResult, valued: Valued, grant: str) -> dict[str, Any]:
    computed = whole(found)
    assert computed is not None
    projection, scenario, data = computed
    left, bids = _bids(found, valued, grant)
    names, regions = _names(data), shown_result.region_titles(projection)
    less = {
        (code, row.candidate)
        for at, code in enumerate(valued.regions)
        for row in ranking.ranked(valued, data, at)
        if row.net < 0
    }
    return {
        "less": any((each.region, each.candidate) in less for each in bids),
        "grant": grant,
        "title": title(next(each for each in scenario.grants if each.id == grant)),
        "left": kronor(sum(left.values())),
        "bids": [
            {
                "region": regions[each.region],
                "title": _name(each.candidate, names),
                "posts": each.posts,
                "kronor": kronor(each.kronor),
                "less": (each.region, each.candidate) in less,
            }
            for each in bids
        ],
        "spent": kronor(sum(each.kronor for each in bids)),
        "text": valuing.as_text(_measures(found, valued, grant)) if bids else "",
    }
