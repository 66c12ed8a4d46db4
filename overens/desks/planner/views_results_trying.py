# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How far a result can be trusted: which assumption to measure better, and how often the intervals hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from overens.desks.access import ActingRequest
from overens.desks.entry.views import person_of
from overens.desks.planner import shown_published, shown_result
from overens.desks.planner.access import own_scenario, planners
from overens.desks.planner.shown_result import Result, title
from overens.desks.planner.shown_tables import Table, about, rounded
from overens.desks.planner.views_results import page
from overens.desks.refusals import tell
from overens.desks.saying import picture
from overens.planner import reading, results, trying
from overens.planner.actions import trying as acts
from overens.planner.trying import Answers, Weighed, Weights
from overens.planning.supply.assumed import parameters
from overens.planning.supply.backtest import Horizon, meant
from overens.rules.edition.charts import Bar, Intervals, Point
from overens.rules.findings import Refused

# How many assumptions the figure shows; the table has all.
SHOWN = 15
# Those that together are so much of what is not known are named first.
MOST = 0.5


@planners
@require_POST
def start(request: ActingRequest, code: str) -> HttpResponse:
    """Have the last result tried. Nothing is done where there is none."""
    stored = results.last_of(reading.KIND, own_scenario(request, code))
    if stored is None:
        return redirect("planner-scenario", code)
    try:
        acts.ask(stored, person_of(request))
        messages.success(request, _("Resultatet prövas. Du kan lämna sidan."))
    except Refused as refusal:
        tell(request, refusal)
    return HttpResponseRedirect(reverse("planner-result-sensitivity", args=[code]), status=303)


def sensitivity(request: HttpRequest, found: Result) -> HttpResponse:
    answers, context = _tried(found)
    if answers is None or found.scenario is None or found.data is None:
        return page(request, "sensitivity", found, context)
    picked = shown_result.chosen(request.GET, found.shown, found.data)
    weights = trying.weigh(answers, picked.rows)
    titles = {each.id: title(each) for each in parameters(found.scenario, found.data)}
    named = [(titles.get(each.parameter, each.parameter), each) for each in weights.effects]
    first, last = _enough(weights.effects), found.shown.years[-1]
    subject = dict(shown_result.occupation_options(found.shown, found.data))[picked.occupation]
    return page(
        request,
        "sensitivity",
        found,
        {
            **context,
            "fields": shown_result.filters("yrke", found.shown, found.data, picked),
            "subject": subject,
            "many": len(picked.rows) > 1,
            "first": [f"”{name}”" for name, _each in named[:first]],
            "share": about(100 * sum(each.share for each in weights.effects[:first])),
            "last": last,
            "expected": about(weights.expected),
            "ratio": about(100 * weights.linear / weights.drawn) if weights.drawn else None,
            "together": len(answers.together),
            "chart": picture(
                _tornado(named, weights), _("Brist %(year)s när ett antagande ändras") % {"year": last}, 960
            ),
            "table": Table(
                f"{found.code}-kanslighet",
                _("%(subject)s: brist %(year)s i heltider när ett antagande i taget är lågt eller högt")
                % {"subject": subject, "year": last},
                [_("Antagande"), _("Heltider %(year)s när det är lågt") % {"year": last}, _("Heltider när det är högt"),
                 _("Högt minus lågt"),
                 _("Andel av osäkerheten, procent")],
                [[name, each.low, each.high, each.high - each.low, 100 * each.share] for name, each in named],
            ),
        },
    )  # fmt: skip


def _enough(effects: Sequence[Weighed]) -> int:
    """How many of the first are together at least :data:`MOST` of what is not known."""
    together = 0.0
    for at, each in enumerate(effects, start=1):
        together += each.share
        if together >= MOST:
            return at
    return len(effects)


def _tornado(named: Sequence[tuple[str, Weighed]], weights: Weights) -> Intervals:
    rows = tuple(
        Bar(
            label=name,
            points=(
                Point(
                    number=float(rounded(weights.expected)),
                    low=float(rounded(min(each.low, each.high))),
                    high=float(rounded(max(each.low, each.high))),
                ),
            ),
        )
        for name, each in named[:SHOWN]
    )
    return Intervals(
        series=(_("Brist"),),
        rows=rows,
        reference=float(rounded(weights.expected)),
        reference_name=_("Alla antaganden som de är"),
        unit=_("heltider"),
    )


def backtest(request: HttpRequest, found: Result) -> HttpResponse:
    answers, context = _tried(found)
    if found.projection is not None and found.data is not None:
        context["published"] = shown_published.rows(found.projection, found.data)
        context["made_up"] = found.projection.facts.synthetic
    if answers is None:
        return page(request, "backtest", found, context)
    whole, right = answers.all_years, meant(found.shown.facts.runs)
    return page(
        request,
        "backtest",
        found,
        {
            **context,
            "machinery": answers.machinery,
            "histories": acts.HISTORIES,
            "share": about(100 * whole.share),
            "meant": about(100 * right),
            "runs": found.shown.facts.runs,
            "cells": whole.cells,
            "chart": picture(
                Intervals(
                    series=(_("Andel som hamnade i intervallet"),),
                    rows=tuple(Bar(label=_ahead(each), points=(_share(each),)) for each in answers.horizons),
                    reference=round(100 * right),
                    reference_name=_("Så många borde det vara:"),
                    unit=_("procent"),
                ),
                _("Andel av utfallen som hamnade i intervallet, efter antal år framåt"),
            ),
            "table": Table(
                f"{found.code}-provning",
                _("Andel av utfallen som hamnade i intervallet"),
                [_("År framåt"), _("Utfall"), _("I intervallet"), _("Procent"), _("Procent, från"),
                 _("Procent, till"), _("Mitten för hög med, procent")],
                [
                    [name, each.cells, each.inside, *(100 * part for part in (each.share, each.low, each.high)),
                     round(100 * each.bias, 1)]
                    for name, each in (*((str(each.years), each) for each in answers.horizons), (_("Alla år"), whole))
                ],
            ),
        },
    )  # fmt: skip


def _ahead(horizon: Horizon) -> str:
    return ngettext("%(n)s år framåt", "%(n)s år framåt", horizon.years) % {"n": horizon.years}


def _share(horizon: Horizon) -> Point:
    share, low, high = (round(100 * each) for each in (horizon.share, horizon.low, horizon.high))
    return Point(number=share, low=low, high=high)


def _tried(found: Result) -> tuple[Answers | None, dict[str, Any]]:
    """What trying the result gave, if it has been done, and how far that is if it has not."""
    if found.stored is None:
        return None, {}
    answers = trying.answers(found.stored)
    run = None if answers else trying.run_of(found.stored)
    going_on = run is not None and run.state in results.GOING_ON
    return answers, {"tried": answers is not None, "test_run": run, "going_on": going_on}
