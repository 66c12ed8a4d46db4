# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The organisation's production problems: all of them by unit, and one of them with its five steps and versions."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from overens.desks.access import ActingRequest
from overens.desks.planner.access import may_plan, own_problem, readers, seen
from overens.desks.planner.production.steps import steps
from overens.desks.planner.production.told import frame, is_synthetic, told
from overens.desks.planner.views_kept import kept_context, version_of
from overens.desks.public.pages import slice_of
from overens.planner import reading
from overens.planner.models import ProblemKind, SavedProblem
from overens.planning.production.reading import shipped_ids


@readers
@require_safe
def start(request: ActingRequest) -> HttpResponse:
    """Those of the whole organisation first, then by unit; with what is done of the five steps in each."""
    page = slice_of(request, seen(request, ProblemKind.PRODUCTION).order_by("unit__title", "title", "pk"))
    context = {
        "page": page,
        "rows": [_listed(each) for each in page.object_list],
        "shipped": shipped_ids(),
        "may_plan": may_plan(request) or bool(request.acting.units),
    }
    return render(request, "planner/production/start.html", context)


@readers
@require_safe
def problem(request: ActingRequest, code: str) -> HttpResponse:
    """One version, the newest unless ``version`` says another."""
    version = version_of(request, own_problem(request, ProblemKind.PRODUCTION, code))
    context = {**kept_context(version), **told(version), **frame(request, version)}
    return render(request, "planner/production/problem.html", context)


def _listed(saved: SavedProblem) -> dict[str, Any]:
    version = reading.newest(saved)
    return {"saved": saved, "steps": steps(version), "synthetic": is_synthetic(version)}
