# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A scenario computed in the background, and ended before it is done."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from overens.desks.access import ActingRequest
from overens.desks.asking import whole
from overens.desks.entry.views import person_of
from overens.desks.planner.access import own_scenario, planners
from overens.desks.planner.views_scenarios import to_scenario
from overens.desks.refusals import tell
from overens.planner import reading
from overens.planner.actions import running
from overens.records.models import Run
from overens.rules.findings import Refused


@planners
@require_POST
def start(request: ActingRequest, code: str) -> HttpResponse:
    """Have the newest version computed."""
    saved = own_scenario(request, code)
    # What is no number is refused as one that is out of bounds: the refusal says what may be typed.
    count, seed = (whole(request.POST.get(name, "").replace(" ", "")) for name in ("runs", "seed"))
    try:
        running.ask(reading.newest(saved), count or 0, -1 if seed is None else seed, person_of(request))
    except Refused as refusal:
        tell(request, refusal)
    return to_scenario(saved)


@planners
@require_POST
def cancel(request: ActingRequest, code: str, number: int) -> HttpResponse:
    saved = own_scenario(request, code)
    run = get_object_or_404(Run, pk=number)
    if not running.is_of(run, saved):
        raise Http404(number)
    running.cancel(saved, run, person_of(request))
    messages.info(request, _("Körningen avbryts. Det senaste färdiga resultatet är kvar."))
    return to_scenario(saved)
