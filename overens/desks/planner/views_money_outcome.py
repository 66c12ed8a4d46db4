# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a scenario planned, beside what the region reported afterwards and the money that was used."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from overens.desks.access import ActingRequest
from overens.desks.facts.shown import table_of
from overens.desks.planner import shown_result
from overens.desks.planner.access import readers
from overens.desks.planner.shown_money import kronor
from overens.desks.planner.shown_result import title
from overens.desks.planner.shown_tables import Table, about
from overens.desks.planner.views_money import money_page, whole
from overens.desks.planner.views_results import none_yet
from overens.desks.saying import language
from overens.planner import allocations, outcomes
from overens.planning.supply import outcomes as plain
from overens.planning.supply import pricing
from overens.planning.supply.building import REST
from overens.planning.supply.outcomes import Beside, Reported
from overens.planning.supply.scenario import Scenario
from overens.rules.findings import word
from overens.rules.process import Place

COUNTS: dict[str, Promise] = {
    "training-posts": gettext_lazy("Sjuksköterskor som började en utbildningstjänst"),
    "study-pay": gettext_lazy("Sjuksköterskor som beviljades studielön"),
}


@readers
@require_safe
def outcome(request: ActingRequest, code: str) -> HttpResponse:
    """``matt`` in the query string: which count."""
    found = shown_result.result(request, code)
    if (computed := whole(found)) is None:
        return none_yet(request, found)
    projection, scenario, data = computed
    picked = shown_result.chosen(request.GET, projection, data)
    count = request.GET.get("matt", "")
    count = count if count in COUNTS else "training-posts"
    own = [code for code in projection.facts.regions if code != REST]
    reported, answer = outcomes.reported(count, own)
    setting = pricing.setting_of(scenario, data, pricing.happened_in(projection, None))
    names, here = shown_result.region_titles(projection), [projection.facts.regions[at] for at in picked.regions]
    rows = [row for row in plain.beside(setting, count, reported) if row.region in here]
    one = here[0] if len(here) == 1 else None
    return money_page(
        request,
        "outcome",
        found,
        {
            "fields": [
                {
                    "name": "matt",
                    "label": _("Mått"),
                    "value": count,
                    "type": "select",
                    "options": [(each, str(name)) for each, name in COUNTS.items()],
                },
                *shown_result.filters("region", projection, data, picked),
            ],
            "caption": COUNTS[count],
            "rows": [
                {
                    "region": names[row.region],
                    "year": row.year,
                    "planned": _said(row.planned),
                    "expected": _said(row.expected),
                    "reported": _reported(row.reported),
                    "is_number": row.reported.number is not None,
                    "difference": _said(row.difference),
                }
                for row in rows
            ],
            "breaks": [(each.how_en if language() == "en" and each.how_en else each.how) for each in answer.breaks],
            "split": table_of(outcomes.split(count, one)) if one else None,
            "money": [_money(scenario, at, here, names) for at in range(len(scenario.grants))],
            "table": Table(
                f"{code}-utfall",
                str(COUNTS[count]),
                [
                    _("Region"),
                    _("År"),
                    _("Planerade"),
                    _("Väntade i modellen"),
                    _("Rapporterade"),
                    _("Rapporterade minus väntade"),
                ],
                [_cells(row, names) for row in rows],
                texts=2,
            ),
        },
    )


def _said(figure: float | None) -> str:
    return "–" if figure is None else about(round(figure, 1))


def _reported(of: Reported) -> str:
    """The number, or in words why there is none: what is not reported is not nought."""
    if of.number is None:
        return word(f"facts-answer-{of.why}", language())
    return f"{about(of.number)} ({word('facts-partial', language())})" if of.why else about(of.number)


def _cells(row: Beside, names: dict[str, str]) -> list[Any]:
    told = row.reported.number if row.reported.number is not None else _reported(row.reported)
    return [names[row.region], str(row.year), row.planned, row.expected, told, row.difference]


def _money(scenario: Scenario, at: int, here: list[str], names: dict[str, str]) -> dict[str, Any]:
    """What a grant gave each region, and what of its line the ledger has as used."""
    grant = scenario.grants[at]
    sums, _unknown = allocations.sums(scenario)
    given, used = sums.get(grant.id), outcomes.used(grant, here)
    return {
        "title": title(grant),
        "rows": [
            {
                "region": names[code],
                "given": kronor(given.kronor[code]),
                "used": kronor(used[code].get(Place.USED, 0)) if code in used else "",
            }
            for code in here
            if given and given.kronor.get(code)
        ],
    }
