# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a pot for specialist training does, where and when: for those who negotiate it, whichever party they act for."""

from __future__ import annotations

from typing import Any

import numpy as np
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from overens.desks import exports
from overens.desks.access import ActingRequest, for_desk
from overens.desks.asking import whole as number_in
from overens.desks.entry.views import person_of
from overens.desks.planner import shown_grants
from overens.desks.planner.access import own
from overens.desks.planner.shown_grants import Got
from overens.desks.planner.shown_money import interval, kronor, one, smaller
from overens.desks.planner.shown_result import title
from overens.desks.planner.shown_tables import Table, stands_on
from overens.desks.refusals import tell
from overens.followup.fact_subjects import region_names
from overens.people.models.organisation import Kind
from overens.planner import allocations, results, valuations
from overens.planner.actions import valuing
from overens.planning.supply import reference
from overens.planning.supply.worth import Valued
from overens.rules.findings import Refused

AFTER = 5
both_parties = for_desk(Kind.MINISTRY, Kind.FOLLOWUP, Kind.ASSOCIATION, Kind.REGION)


@both_parties
@require_safe
def national(request: ActingRequest) -> HttpResponse:
    """``ar`` in the query string: at the beginning of which year the gap is told."""
    scenario, last = valuations.national(), valuations.last(None)
    context: dict[str, Any] = {
        "scenario": scenario,
        "scenario_title": title(scenario),
        "run": results.last_run(valuations.KIND, None),
        "may_compute": bool(set(request.acting.roles) & set(valuing.NATIONAL_ROLES)),
        "is_planner": own(request).kind in (Kind.REGION, Kind.ASSOCIATION),
        "formats": exports.FORMATS,
    }
    if last is not None:
        context |= _told(valuations.unpacked(last), number_in(request.GET.get("ar", "")))
        form = request.GET.get("format")
        if form in exports.FORMATS:
            table: Table = context["table"]
            rows = [[*row, stands_on(True)] for row in table.rows]
            return exports.table_response(form, table.name, [*table.header, _("Uppgifter")], rows)
    return render(request, "planner/money/national.html", context)


@both_parties
@require_POST
def compute(request: ActingRequest) -> HttpResponse:
    """Have it worked out in the background."""
    try:
        valuing.ask_national(own(request), person_of(request))
    except Refused as refusal:
        tell(request, refusal)
    return HttpResponseRedirect(reverse("planner-national"), status=303)


def _told(valued: Valued, asked: int | None) -> dict[str, Any]:
    scenario, data = valuations.national(), reference.data(valuations.national().data.workforce)
    grant = scenario.grants[0]
    given = allocations.find(grant)
    years = range(scenario.first_year, scenario.last_year + 2)
    year = asked if asked is not None and asked in years else min(given.first + AFTER, years[-1])
    full_time = np.array([each.full_time for each in data.occupations])
    aimed = shown_grants.aimed_at(scenario, data, grant.id)
    closed = shown_grants.closed(valued.without[:, 0, year - years[0]].astype(float), full_time, aimed, year)
    got = Got(
        valued.first_year,
        valued.regions,
        np.rint(valued.spent[0, 0]).astype(np.int64),
        valued.begun[:, 0].astype(float),
        valued.completed[:, 0].astype(float),
    )
    block = shown_grants.block(given, got, region_names(), closed)
    done = got.completed.sum((1, 2))
    first = next((year for year, each in zip(years, got.completed[0].sum(1), strict=False) if each >= 1), None)
    return {
        "told": block,
        "sum": kronor(given.whole),
        "posts": interval(one(got.begun.sum((1, 2)))),
        "done": interval(one(done)),
        "first": first,
        "aimed": smaller(one(closed.aimed.sum(1))),
        "all": smaller(one(closed.all.sum(1))),
        "used": kronor(int(got.spent[: given.last - given.first + 1].sum())),
        "later": kronor(int(got.spent[given.last - given.first + 1 :].sum())),
        "year": year,
        "draws": len(valued.begun) - 1,
        "fields": [
            {
                "name": "ar",
                "label": _("År"),
                "value": str(year),
                "type": "select",
                "options": [(str(each), str(each)) for each in years],
            }
        ],
        "table": Table("vad-ger-pengarna", _("Bidrag efter region"), shown_grants.head(), block["cells"], texts=2),
    }
