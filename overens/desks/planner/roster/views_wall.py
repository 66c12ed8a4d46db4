# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A rota for the staff-room wall: a page to print, and PDF on A3 and A4."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from overens.desks.access import ActingRequest
from overens.desks.downloads import attachment
from overens.desks.planner.access import may_write, readers
from overens.desks.planner.roster.access import frame, newest
from overens.desks.planner.roster.wall import wall
from overens.planner import rosters, staff
from overens.planner.models import PlanningDecision, ProblemVersion, SavedProblem
from overens.rendering import wall as rendering

DRAFT = "utkast"
PAPERS: dict[str, rendering.Paper] = {"a3": "a3", "a4": "a4"}


@readers
@require_safe
def page(request: ActingRequest, code: str) -> HttpResponse:
    """What is published; ``vad=utkast``: for those who write, the newest version that has another rota."""
    saved, version, roster, _case = newest(request, code)
    context = {**frame(request, version, roster), "papers": PAPERS, "has_draft": _draft(request, saved) is not None}
    found = _what(request, saved)
    if found:
        of, decision = found
        edition = staff.edition_of(of, decision.decided_on if decision else of.at.date())
        context |= {"wall": wall(edition, of, decision), "decision": decision, "draft": decision is None}
    return render(request, "planner/roster/wall.html", context)


@readers
@require_safe
def pdf(request: ActingRequest, code: str, paper: str) -> HttpResponse:
    saved, _version, _roster, _case = newest(request, code)
    found = _what(request, saved)
    if found is None or paper not in PAPERS:
        raise Http404(paper)
    of, decision = found
    at = decision.at if decision else of.at
    content = rendering.pdf(wall(staff.edition_of(of, at.date()), of, decision), PAPERS[paper], at)
    return attachment(content, "application/pdf", f"{saved.code}-{of.number}-{paper}.pdf")


def _what(request: ActingRequest, saved: SavedProblem) -> tuple[ProblemVersion, PlanningDecision | None] | None:
    """The version to print, with that it was published."""
    if request.GET.get("vad") == DRAFT and (draft := _draft(request, saved)) is not None:
        return draft, None
    decision = rosters.published(saved)
    return (decision.version, decision) if decision else None


def _draft(request: ActingRequest, saved: SavedProblem) -> ProblemVersion | None:
    return rosters.unpublished(saved) if may_write(request, saved) else None
