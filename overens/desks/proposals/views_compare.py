# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two to five proposals or agreements beside each other: who gains, who loses, and why."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from overens.desks.access import ActingRequest
from overens.desks.downloads import attachment
from overens.desks.exports import FORMATS, table_response
from overens.desks.proposals.common import AGREEMENT, agreement, agreements, crumbs, for_both_parties, own, own_proposal
from overens.desks.proposals.shown import bars, county_map, differences, swing
from overens.desks.refusals import shown
from overens.proposals.models import SavedProposal
from overens.proposals.tables import Tables
from overens.rules.findings import Refused
from overens.rules.proposals import comparing, tabulating
from overens.rules.proposals.proposal import Proposal
from overens.rules.proposals.reading import from_agreement, read
from overens.rules.proposals.sensitivity import sensitivity
from overens.rules.proposals.simulating import Outcome, simulate

MOST = 5


@for_both_parties
@require_safe
def compare(request: ActingRequest) -> HttpResponse:
    """``f`` again and again: an own proposal's code, or ``avtal:2019``. The others are held against the first."""
    chosen = list(dict.fromkeys(name for name in request.GET.getlist("f") if name))[:MOST]
    own_ones = SavedProposal.objects.of(own(request)).filter(removed=False)
    choices = [(each.code, each.title) for each in own_ones]
    choices += [(f"{AGREEMENT}{id}", title) for id, title in agreements()]
    context = {"chosen": chosen, "choices": choices, "crumbs": crumbs(), "places": range(MOST)}
    if len(chosen) < 2:
        return render(request, "proposals/compare.html", context)
    tables = Tables()
    try:
        outcomes = [_outcome(request, name, tables) for name in chosen]
        comparison = comparing.compare(outcomes, tables, tables.populations())
    except Refused as refusal:
        return render(request, "proposals/compare.html", {**context, "mistakes": shown(refusal.findings)})
    form = request.GET.get("form", "")
    if form in FORMATS:
        return _file(form, comparison, tables)
    names = [outcome.proposal.title for outcome in outcomes]
    at = next((n for n in range(1, len(outcomes)) if request.GET.get("karta") == str(n + 1)), 1)
    context |= {
        "comparison": comparison,
        "columns": [_column(outcome, number, outcomes[0], tables) for number, outcome in enumerate(outcomes)],
        "rows": [
            {
                "name": row.name,
                "cells": [
                    {"sum": kronor, "difference": row.differences[n], "ore": row.ore[n], "is_first": n == 0}
                    for n, kronor in enumerate(row.sums)
                ],
            }
            for row in comparison.rows
        ],
        "differing": [{**differences(comparison, n), "title": names[n]} for n in range(1, len(outcomes))],
        "chart": bars(comparison, names),
        "map": county_map(comparison, at),
        "mapped": names[at],
        "query": _query(request, "karta"),
        "downloads": [(form, f"{request.path}?{_query(request)}&form={form}") for form in FORMATS],
    }
    return render(request, "proposals/compare.html", context)


def _column(outcome: Outcome, number: int, first: Outcome, tables: Tables) -> dict[str, Any]:
    table = outcome.table
    withheld = sum(table.withheld.values())
    return {
        "title": outcome.proposal.title,
        "outcome": outcome,
        "is_first": number == 0,
        "letter": "ABCDE"[number],
        "more": table.sum - first.table.sum,
        "withheld": withheld,
        "rest": outcome.proposal.total - withheld - table.sum,
        "swing": swing(sensitivity(outcome, tables, tables.populations())),
    }


def _outcome(request: ActingRequest, name: str, tables: Tables) -> Outcome:
    return simulate(_proposal(request, name), tables)


def _proposal(request: ActingRequest, name: str) -> Proposal:
    if name.startswith(AGREEMENT):
        return from_agreement(agreement(name.removeprefix(AGREEMENT)))
    saved = own_proposal(request, name)
    parsed, findings = read(saved.versions.get(number=saved.number).text)
    if parsed is None:
        raise Refused(*findings)
    return parsed


def _file(form: str, comparison: comparing.Comparison, tables: Tables) -> HttpResponse:
    if form == "json":
        swings = [sensitivity(outcome, tables, tables.populations()) for outcome in comparison.outcomes]
        text = json.dumps(tabulating.as_values(comparison, swings), ensure_ascii=False, indent=1)
        return attachment(text.encode(), "application/json; charset=utf-8", "jamforelse.json")
    heading, *rows = tabulating.rows(comparison)
    return table_response(form, "jamforelse", [str(name) for name in heading], [_plain(row) for row in rows])


def _plain(row: list[object]) -> list[object]:
    """Decimals as a spreadsheet's numbers."""
    return [float(cell) if isinstance(cell, Decimal) else cell for cell in row]


def _query(request: ActingRequest, without: str = "form") -> str:
    query = request.GET.copy()
    query.pop(without, None)
    return query.urlencode()
