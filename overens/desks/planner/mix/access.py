# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may open and write which mix: a region's planners all of them, a head of operations those of the own unit."""

from __future__ import annotations

from typing import Any

import structlog
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from overens.desks.access import ActingRequest
from overens.desks.planner import places
from overens.desks.planner.access import heads_only, may_plan, own
from overens.planner import mixes, reading
from overens.planner.models import ProblemKind, ProblemVersion, SavedProblem
from overens.planner.models.problem import ProblemQuerySet
from overens.planning.mix.problem import Mix

log = structlog.get_logger()


def listed(request: ActingRequest) -> ProblemQuerySet:
    """Who is there as head of operations and nothing else sees those of the own unit and of the whole."""
    found, units = reading.problems(own(request), ProblemKind.MIX), heads_only(request)
    return found if units is None else found.filter(Q(unit=None) | Q(unit__code__in=units))


def own_mix(request: ActingRequest, code: str) -> SavedProblem:
    found = listed(request).filter(code=code).first()
    if found is None:
        raise Http404(code)
    return found


def may_decide(request: ActingRequest, saved: SavedProblem) -> bool:
    """As head of operations of its unit."""
    return saved.unit is not None and saved.unit.code in request.acting.units


def may_write(request: ActingRequest, saved: SavedProblem) -> bool:
    return may_plan(request) or may_decide(request, saved)


def must(request: ActingRequest, allowed: bool) -> None:
    """Raises PermissionDenied."""
    if not allowed:
        log.warning("desk refused", path=request.path, person=request.user.pk)
        raise PermissionDenied


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
        "may_decide": may_decide(request, saved),
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
