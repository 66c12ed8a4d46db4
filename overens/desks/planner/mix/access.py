# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may open and write which mix: a region's planners all of them, a head of operations those of the own unit."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from overens.desks.access import ActingRequest
from overens.desks.planner import places
from overens.desks.planner.access import leads, may_plan, may_write, own_problem, problem_to_write
from overens.planner import mixes, reading
from overens.planner.models import ProblemKind, ProblemVersion, SavedProblem
from overens.planning.mix.problem import Mix


def own_mix(request: ActingRequest, code: str) -> SavedProblem:
    """One that the reader sees (else 404)."""
    return own_problem(request, ProblemKind.MIX, code)


def mix_to_write(request: ActingRequest, code: str) -> SavedProblem:
    """One that the reader may write (else 404, 403)."""
    return problem_to_write(request, ProblemKind.MIX, code)


def frame(request: ActingRequest, version: ProblemVersion, mix: Mix | None) -> dict[str, Any]:
    """For every page of a problem: its pages, and what the reader may do with it."""
    saved = version.problem
    pages = (
        ("planner-mix-one", _("Planeringsunderlag")),
        ("planner-mix-board", _("Uppgifter och kompetenser")),
        ("planner-mix-plan", _("Förslag")),
        ("planner-mix-whatif", _("Vad händer om")),
        ("planner-mix-decisions", _("Beslut om kompetens")),
        ("planner-mix-follow", _("Uppföljning")),
        ("planner-mix-links", _("Till andra planer")),
    )
    addresses = [(reverse(name, args=[saved.code]), label) for name, label in pages]
    return {
        "saved": saved,
        "version": version,
        "mix": mix,
        "real": mix is not None and not mix.synthetic,
        "pages": [{"url": url, "label": label, "current": url == request.path} for url, label in addresses],
        "may_write": may_write(request, saved),
        "may_decide": leads(request, saved),
        "may_plan": may_plan(request),
        "place": places.place_of(saved),
        "crumbs": places.crumbs(saved)[:1] if request.path == addresses[0][0] else places.crumbs(saved),
    }


def newest(request: ActingRequest, code: str) -> tuple[SavedProblem, ProblemVersion, Mix]:
    """A problem with its newest version, which can be planned from (else 404)."""
    saved = own_mix(request, code)
    version = reading.newest(saved)
    mix, _findings = mixes.mix_of(version)
    if mix is None:
        raise Http404(code)
    return saved, version, mix
