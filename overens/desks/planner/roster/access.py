# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may open and write which rota: a region's planners all of them, a head of operations those of the own unit."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from overens.desks.access import ActingRequest
from overens.desks.planner import places
from overens.desks.planner.access import leads, may_write, own_problem, problem_to_write
from overens.desks.planner.roster import pages_people
from overens.planner import reading, rosters
from overens.planner.models import ProblemKind, ProblemVersion, SavedProblem
from overens.planning.roster.problem import Roster
from overens.planning.roster.rules import Case
from overens.rules.findings import Refused

# The pages of a problem, in order, with whether they are only for those who write.
PAGES = (
    ("planner-roster-one", _("Schemats underlag"), False),
    ("planner-roster-cover", _("Bemanning"), True),
    ("planner-roster-plan", _("Planera"), True),
    ("planner-roster-board", _("Tavla"), False),
    ("planner-roster-compare", _("Jämför"), True),
    ("planner-roster-publish", _("Publicera"), False),
)


def own_roster(request: ActingRequest, code: str) -> SavedProblem:
    """One that the reader sees (else 404)."""
    return own_problem(request, ProblemKind.ROSTER, code)


def roster_to_write(request: ActingRequest, code: str) -> SavedProblem:
    """One that the reader may write (else 404, 403)."""
    return problem_to_write(request, ProblemKind.ROSTER, code)


def newest(request: ActingRequest, code: str) -> tuple[SavedProblem, ProblemVersion, Roster, Case]:
    """A problem with its newest version, which can be planned from (else 404)."""
    saved = own_roster(request, code)
    version = reading.newest(saved)
    try:
        return saved, version, *rosters.opened(version)
    except Refused:
        raise Http404(code) from None


def frame(request: ActingRequest, version: ProblemVersion, roster: Roster | None) -> dict[str, Any]:
    """For every page of a problem: its pages, and what the reader may do with it."""
    saved, writes = version.problem, may_write(request, version.problem)
    addresses = [
        (reverse(name, args=[saved.code]), label)
        for name, label, only in (*PAGES, *pages_people.PAGES)
        if writes or not only
    ]
    return {
        "saved": saved,
        "version": version,
        "roster": roster,
        "real": roster is not None and not roster.synthetic,
        "pages": [{"url": url, "label": label, "current": url == request.path} for url, label in addresses],
        "may_write": writes,
        "may_plan": writes,
        "may_publish": leads(request, saved),
        "place": places.place_of(saved),
        "crumbs": places.crumbs(saved)[:1] if request.path == addresses[0][0] else places.crumbs(saved),
    }
