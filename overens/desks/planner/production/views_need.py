# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Steps 1 to 3: what is needed, what there is, and how the two are balanced."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from overens.desks.access import ActingRequest
from overens.desks.entry.views import person_of
from overens.desks.planner import places
from overens.desks.planner.access import own_problem, problem_to_write, readers, writers
from overens.desks.planner.production.told import frame
from overens.desks.planner.views_kept import version_of
from overens.desks.refusals import tell
from overens.planner import needs, reading
from overens.planner.actions import needing
from overens.planner.models import ProblemKind
from overens.rules.findings import Refused


def _page(request: ActingRequest, code: str, step: str) -> HttpResponse:
    version = version_of(request, own_problem(request, ProblemKind.PRODUCTION, code))
    return render(request, f"planner/production/{step}.html", frame(request, version, f"planner-production-{step}"))


@readers
@require_safe
def need(request: ActingRequest, code: str) -> HttpResponse:
    return _page(request, code, "need")


@readers
@require_safe
def capacity(request: ActingRequest, code: str) -> HttpResponse:
    return _page(request, code, "capacity")


@readers
@require_safe
def balance(request: ActingRequest, code: str) -> HttpResponse:
    return _page(request, code, "balance")


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
