# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The organisation's scenarios: all of them with what waits, and one of them with its versions and runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from overens.desks.access import ActingRequest
from overens.desks.asking import whole
from overens.desks.entry.views import person_of
from overens.desks.planner.access import heads_only, may_plan, own, own_scenario, planners, readers
from overens.desks.planner.answering import said
from overens.desks.planner.words import CHANGES, LABELS, LABELS_OF, MEASURES, WORDS, in_words
from overens.desks.public.pages import slice_of
from overens.desks.refusals import shown, tell
from overens.desks.saying import number
from overens.followup.fact_subjects import region_names
from overens.people.models import Organisation
from overens.planner import datasets, plans, reading, standing
from overens.planner.actions import scenarios
from overens.planner.models import SavedScenario, ScenarioVersion
from overens.planning.supply import reference
from overens.planning.supply.scenario import Change, Measure, Scenario
from overens.records.models.run import RunState
from overens.rules.findings import Refused


@readers
@require_safe
def start(request: ActingRequest) -> HttpResponse:
    """What is being computed and what waits for it, then every scenario."""
    page = slice_of(request, reading.scenarios(own(request)))
    rows = [_listed(each) for each in page.object_list]
    context = {
        "page": page,
        "rows": rows,
        "going_on": [row for row in rows if row["run"] and row["run"].state in (RunState.WAITING, RunState.RUNNING)],
        "waiting": [row for row in rows if not row["is_current"] and not row["run"]],
        "rounds": plans.waiting(own(request), heads_only(request)),
        "shipped": said(reference.base()),
        "may_plan": may_plan(request),
    }
    return render(request, "planner/start.html", context)


@readers
@require_safe
def scenario(request: ActingRequest, code: str) -> HttpResponse:
    """One version, the newest unless ``version`` says another."""
    saved = own_scenario(request, code)
    version = version_of(request, saved)
    last = reading.last_finished(saved)
    context = {
        "saved": saved,
        "version": version,
        "versions": saved.versions.select_related("person").defer("text"),
        "links": saved.links.filter(ended_at=None).select_related("person"),
        "run": reading.last_run(version),
        "finished": reading.finished(version),
        "earlier": last if last and last.version_id != version.pk else None,
        "may_plan": may_plan(request),
        "crumbs": [(_("Scenarier"), reverse("planner-start"))],
        **told(version),
    }
    return render(request, "planner/scenario.html", context)


@planners
@require_POST
def restore(request: ActingRequest, code: str, number: int) -> HttpResponse:
    """Let it be as an earlier version was."""
    saved = own_scenario(request, code)
    version = saved.versions.filter(number=number).first()
    if version is None:
        raise Http404(number)
    try:
        made = scenarios.restore(version, person_of(request))
        messages.success(request, _("Scenariot är som i version %(number)d igen.") % {"number": number})
        if made is None:
            messages.info(request, _("Inget hade ändrats."))
    except Refused as refusal:
        tell(request, refusal)
    return to_scenario(saved)


@planners
@require_POST
def remove(request: ActingRequest, code: str) -> HttpResponse:
    scenarios.remove(own_scenario(request, code), person_of(request))
    messages.success(request, _("Scenariot är borttaget ur listan. Versionerna är kvar."))
    return HttpResponseRedirect(reverse("planner-start"), status=303)


def version_of(request: HttpRequest, saved: SavedScenario) -> ScenarioVersion:
    """The version that ``version`` asks for, else the newest. Raises Http404."""
    number = whole(request.GET.get("version")) or saved.number
    found = saved.versions.select_related("person", "scenario__owner").filter(number=number).first()
    if found is None:
        raise Http404(number)
    return found


def told(version: ScenarioVersion) -> dict[str, Any]:
    """What a version says, in words; or what is to be mended in it now (data that it stood on may be gone)."""
    parsed, findings = standing.read(version.text, version.scenario.owner)
    if parsed is None:
        return {"mistakes": shown(in_words(findings))}
    grants = {each.id: said(each) for each in parsed.grants}
    return {
        "scenario": parsed,
        "conditions": _conditions(parsed, version.scenario.owner),
        "measures": [_thing(each, MEASURES[each.kind], grants) for each in parsed.measures],
        "changes": [_thing(each, CHANGES[each.kind], grants) for each in parsed.changes],
    }


def to_scenario(saved: SavedScenario) -> HttpResponse:
    return HttpResponseRedirect(reverse("planner-scenario", args=[saved.code]), status=303)


def _listed(saved: SavedScenario) -> dict[str, Any]:
    version = reading.newest(saved)
    last = reading.last_finished(saved)
    return {
        "saved": saved,
        "run": reading.unfinished_run(version),
        "last": last,
        "is_current": last is not None and last.version_id == version.pk,
    }


def _conditions(scenario: Scenario, owner: Organisation) -> list[tuple[str, str]]:
    """What a scenario is of: its years, regions, data, and how many assumptions are its own."""
    names, last = region_names(), scenario.first_year + scenario.years
    where = ", ".join(names.get(code, code) for code in scenario.regions) or _("Alla 21 regioner")
    step = WORDS["step"][scenario.step]
    own = dict(datasets.data_sets(owner).values_list("code", "title"))
    return [
        (_("År"), f"{scenario.first_year}–{last} ({str(step).lower()})"),
        (_("Regioner"), where),
        (_("Uppgifter om personal"), own.get(scenario.data.workforce) or said(reference.data())),
        (_("Uppgifter om behov"), own.get(scenario.data.need) or said(reference.data())),
        (_("Ändrade antaganden"), str(len(scenario.parameters))),
    ]


def _thing(thing: Measure | Change, kind: Promise, grants: Mapping[str, str]) -> dict[str, Any]:
    """A measure or a change: its first figure with what it is a figure of, and what it is paid with."""
    figures = ((key, getattr(thing, key, None)) for key in ("amount", "share", "factor", "months", "years"))
    key, figure = next(((key, each) for key, each in figures if each is not None), ("", None))
    label = LABELS_OF.get((thing.kind, key)) or LABELS[key] if key else ""
    return {
        "title": said(thing),
        "kind": kind,
        "thing": thing,
        "figure": f"{label}: {number(figure)}" if figure is not None else "",
        "paid": grants.get(getattr(thing, "grant", None) or "", ""),
    }
