# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A rota planned in the background: how near the best it is as it goes, what clashed, and the last good one kept."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from overens.desks.access import ActingRequest
from overens.desks.asking import whole
from overens.desks.entry.views import person_of
from overens.desks.planner import places
from overens.desks.planner.access import writers
from overens.desks.planner.roster.access import frame, roster_to_write
from overens.desks.planner.roster.form import row_id
from overens.desks.planner.roster.words import named
from overens.desks.refusals import Shown, at_fields, shown, tell
from overens.desks.saying import number, picture
from overens.planner import reading, results, rosters
from overens.planner.actions import rostering
from overens.planner.models import Computed, ProblemVersion, SavedProblem
from overens.planning.roster.judged import judge
from overens.planning.roster.problem import Roster
from overens.rules.edition.charts import Lines, Point, Series
from overens.rules.findings import Refused

SECONDS, SEED = 60, 1
# That no roster keeps everything, which is not known where none was only found.
CLASHES = ("roster-clash", "roster-clash-some")
# Points of the figure of a run.
DRAWN = 16
Trace = Sequence[Sequence[Any]]


@writers
@require_safe
def plan(request: ActingRequest, code: str) -> HttpResponse:
    return _page(request, roster_to_write(request, code))


def _page(request: ActingRequest, saved: SavedProblem, refused: Refused | None = None) -> HttpResponse:
    """With what was typed, where that is refused."""
    version = reading.newest(saved)
    roster, _findings = rosters.read(version)
    run = results.unfinished_run_of(rosters.KIND, saved) or results.last_run(rosters.KIND, version)
    made = rosters.plans(saved)
    tried = rosters.tried(version)
    going_on = run is not None and run.state in results.GOING_ON
    context: dict[str, Any] = {
        **frame(request, version, roster),
        "run": run,
        "going_on": going_on,
        "going_of": saved.versions.get(pk=run.arguments["version"]) if run is not None and going_on else None,
        "now": _now(run.told) if run is not None and going_on else None,
        "seconds": request.POST.get("seconds", SECONDS),
        "seed": request.POST.get("seed", SEED),
        "saved_weighs": _weighs(version) if roster is not None else "",
        "begun": request.POST.get("begun", "yes"),
        "wrong": at_fields(refused.findings) if refused else {},
        "has_rota": rosters.LAID in version.tables,
        "clash_shown": tried is not None and any(e.code in CLASHES for e in rostering.clashing(tried.facts)),
        "clashing": _clashing(tried, roster) if tried and roster and not tried.facts["has_roster"] else None,
        "plans": [_made(each) for each in made],
    }
    return render(request, "planner/roster/plan.html", context, status=422 if refused else 200)


@writers
@require_POST
def start(request: ActingRequest, code: str) -> HttpResponse:
    """Have the newest version planned."""
    saved = roster_to_write(request, code)
    seconds, seed = (whole(request.POST.get(name, "").replace(" ", "")) for name in ("seconds", "seed"))
    begun = request.POST.get("begun") == "yes"
    try:
        version = reading.newest(saved)
        rostering.ask(version, seconds or 0, -1 if seed is None else seed, begun, person_of(request))
    except Refused as refusal:
        return _page(request, saved, refusal)
    return places.to(saved, rosters.KIND)


@writers
@require_POST
def take(request: ActingRequest, code: str, number: int) -> HttpResponse:
    """Keep a computed rota as a version of the problem."""
    saved = roster_to_write(request, code)
    try:
        version = rostering.take(computed_of(saved, number), person_of(request))
        messages.success(request, _("Schemat är sparat som version %(number)d.") % {"number": version.number})
    except Refused as refusal:
        tell(request, refusal)
        return places.to(saved, rosters.KIND)
    return HttpResponseRedirect(f"{reverse('planner-roster-board', args=[code])}?fran=sparat", status=303)


def computed_of(saved: SavedProblem, number: int) -> Computed:
    """One of those that gave a rota. Raises Http404."""
    found = next((each for each in rosters.plans(saved) if each.pk == number), None)
    if found is None:
        raise Http404(number)
    return found


def _weighs(version: ProblemVersion) -> str:
    """What the rota that a version has costs; empty where it has none."""
    days = rosters.laid(version)
    return "" if days is None else number(judge(rosters.opened(version)[1], days).objective)


def gap(objective: int | None, bound: int) -> float | None:
    """How far from the best at most, in percent of the objective."""
    return None if objective is None else 100 * (objective - bound) / max(objective, 1)


def _now(trace: Trace) -> dict[str, Any] | None:
    """What a run has said of itself last, with a figure of how the gap has fallen."""
    if not trace:
        return None
    seconds, objective, bound = trace[-1]
    return {
        "seconds": round(seconds),
        "objective": None if objective is None else number(objective),
        "bound": number(bound),
        "gap": _percent(objective, bound),
        "bounded": bound > 0,
        "figure": _figure(trace),
    }


def _made(found: Computed) -> dict[str, Any]:
    facts = found.facts
    return {
        "found": found,
        "objective": number(facts["objective"]),
        "gap": _percent(facts["objective"], facts["lower_bound"]),
        "bound": number(facts["lower_bound"]),
        "feasible": facts["feasible"],
        "stopped_early": facts["stopped_early"],
        "took": number(round(facts["took"])),
        "figure": _figure(facts.get("trace", ())),
    }


def _percent(objective: int | None, bound: int) -> str:
    found = gap(objective, bound)
    return "" if found is None else number(round(Decimal(found), 1))


def _figure(trace: Trace) -> Any:
    """What the best weighs and the bound, over time: between them is the gap. Nothing where there is hardly a line."""
    there = [(seconds, objective, bound) for seconds, objective, bound in trace if objective is not None]
    if len(there) < 2:
        return ""
    moments = [there[-1][0] * at / (DRAWN - 1) for at in range(DRAWN)]
    passed = [[each for each in there if each[0] <= moment][-1:] for moment in moments]
    series = tuple(
        Series(name=name, points=tuple(Point(number=each[0][at]) if each else Point(instead="–") for each in passed))
        for name, at in ((_("Vägt"), 1), (_("Gräns"), 2))
    )
    years = tuple(f"{round(each)} s" for each in moments)
    return picture(Lines(years=years, series=series), _("Avståndet medan det räknades"), 480)


def _clashing(tried: Computed, roster: Roster) -> list[tuple[Shown, str]]:
    """Rules that cannot all hold, in words, each with its row in the form."""
    findings = rostering.clashing(tried.facts)
    return [(each, row_id(each.key) if each.key else "") for each in shown(named(findings, roster))]
