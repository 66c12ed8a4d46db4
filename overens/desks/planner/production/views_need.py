# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Step 1, what is needed: the lists of all steps, a service's year, and having it computed. Step 2: what there is."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from overens.desks.access import ActingRequest
from overens.desks.entry.views import person_of
from overens.desks.planner import places
from overens.desks.planner.access import problem_to_write, writers
from overens.desks.planner.answering import said
from overens.desks.planner.production import shown_capacity, shown_need
from overens.desks.planner.production.ground import Ground, Shown, stepped
from overens.desks.refusals import tell
from overens.planner import needs, reading
from overens.planner.actions import needing
from overens.planner.models import ProblemKind
from overens.rules.findings import Refused

NEED, CAPACITY = "planner-production-need", "planner-production-capacity"


@stepped(NEED, "planner/production/need.html")
def need(request: ActingRequest, ground: Ground) -> Shown:
    code, given = ground.version.problem.code, ground.given
    services = [
        (said(each), f"{reverse('planner-production-service', args=[code, each.id])}?version={ground.version.number}")
        for each in given.problem.services
    ]
    priorities = [said(each) for each in given.problem.priorities]
    context = {"services": services, "scores": shown_need.scores(ground), "priorities": priorities}
    return Shown(context, shown_need.waits(ground))


@stepped(NEED, "planner/production/service.html")
def service(request: ActingRequest, ground: Ground, service: str) -> Shown:
    """A service's year, by step. ``steg``: which; else the first."""
    steps = [(at, each) for at, (of, each) in enumerate(ground.given.problem.every_step) if of.id == service]
    if not steps:
        raise Http404(service)
    asked = request.GET.get("steg")
    at, step = next(((at, each) for at, each in steps if each.id == asked), steps[0])
    of = next(each for each in ground.given.problem.services if each.id == service)
    table, figures = shown_need.year(ground, at)
    options = [(each.id, said(each)) for _at, each in steps]
    return Shown(
        {
            "step": step,
            "step_name": said(of),
            "figures": figures,
            "weeks": shown_need.limits_of(ground, at),
            "priorities": "/".join(said(each) for each in ground.given.problem.priorities),
            "fields": [{"name": "steg", "label": _("Steg"), "value": step.id, "type": "select", "options": options}],
        },
        table,
    )


@writers
@require_POST
def compute(request: ActingRequest, code: str) -> HttpResponse:
    """Have the need of the newest version computed."""
    saved = problem_to_write(request, ProblemKind.PRODUCTION, code)
    try:
        needing.ask(reading.newest(saved), person_of(request))
    except Refused as refusal:
        tell(request, refusal)
    return places.to(saved, needs.KIND)


@stepped(CAPACITY, "planner/production/capacity.html")
def capacity(request: ActingRequest, ground: Ground) -> Shown:
    return Shown(
        {
            "things": shown_capacity.things(ground),
            "changes": shown_capacity.changes(ground),
            "figure": shown_capacity.share_figure(ground),
        },
        shown_capacity.by_week(ground),
    )
