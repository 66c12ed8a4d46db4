# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The organisation's scenarios: all of them with what waits, and one of them with its versions and runs."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from overens.desks.access import ActingRequest
from overens.desks.planner.access import heads_only, may_plan, own, own_scenario, readers, seen
from overens.desks.planner.answering import said
from overens.desks.planner.places import PLACES
from overens.desks.planner.told import told
from overens.desks.planner.views_kept import kept_context, version_of
from overens.desks.public.pages import slice_of
from overens.planner import plans, reading, results
from overens.planner.models import ProblemKind, SavedProblem
from overens.planning.supply import reference


@readers
@require_safe
def start(request: ActingRequest) -> HttpResponse:
    """What is being computed and what waits for it, then every scenario."""
    page = slice_of(request, seen(request, ProblemKind.SUPPLY))
    rows = [_listed(each) for each in page.object_list]
    context = {
        "page": page,
        "rows": rows,
        "going_on": [row for row in rows if row["run"]],
        "waiting": [row for row in rows if not row["is_current"] and not row["run"]],
        "rounds": plans.waiting(own(request), heads_only(request)),
        "shipped": said(reference.base()),
        "may_plan": may_plan(request),
        "of_unit": _of_units(request),
    }
    return render(request, "planner/start.html", context)


def _of_units(request: ActingRequest) -> list[tuple[Any, SavedProblem, str]]:
    """What is planned at the units of who is there as their head and nothing else: its kind in words, and its page."""
    if heads_only(request) is None:
        return []
    kinds = ((kind, place) for kind, place in PLACES.items() if kind != ProblemKind.SUPPLY)
    return [
        (place.title, each, reverse(place.one, args=[each.code]))
        for kind, place in kinds
        for each in seen(request, ProblemKind(kind))
    ]


@readers
@require_safe
def scenario(request: ActingRequest, code: str) -> HttpResponse:
    """One version, the newest unless ``version`` says another."""
    saved = own_scenario(request, code)
    version = version_of(request, saved)
    last = results.last_of(reading.KIND, saved)
    context = {
        **kept_context(version),
        "run": results.last_run(reading.KIND, version),
        "finished": results.last(reading.KIND, version),
        "earlier": last if last and last.version_id != version.pk else None,
        "may_plan": may_plan(request),
        **told(version),
    }
    return render(request, "planner/scenario.html", context)


def _listed(saved: SavedProblem) -> dict[str, Any]:
    version = reading.newest(saved)
    last = results.last_of(reading.KIND, saved)
    return {
        "saved": saved,
        "run": results.unfinished_run(reading.KIND, version),
        "last": last,
        "is_current": last is not None and last.version_id == version.pk,
    }
