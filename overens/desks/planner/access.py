# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may open which page of planning: regions and the association each see their own; those who plan there write, and
heads of operations at their own unit.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpResponse

from overens.desks.access import ActingRequest, for_desk
from overens.people.models import Organisation
from overens.people.models.organisation import Kind
from overens.planner import reading
from overens.planner.models import ProblemKind, SavedProblem, Unit
from overens.planner.models.problem import ProblemQuerySet
from overens.rules.process import Role

log = structlog.get_logger()
# Everybody who acts for a region or the association reads.
readers = for_desk(Kind.REGION, Kind.ASSOCIATION)


def must(request: ActingRequest, allowed: bool) -> None:
    """Raises PermissionDenied."""
    if not allowed:
        log.warning("desk refused", path=request.path, person=request.user.pk)
        raise PermissionDenied


def planners(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For those who plan there."""

    @readers
    def guarded(request: ActingRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        must(request, may_plan(request))
        return view(request, *args, **kwargs)

    return guarded


def writers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For those who write at some unit: its head of operations, or who plans for all of them."""

    @readers
    def guarded(request: ActingRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        must(request, may_plan(request) or bool(request.acting.units))
        return view(request, *args, **kwargs)

    return guarded


def readers_of_all(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For the readers of what all units say: not for who is there as the head of one."""

    @readers
    def guarded(request: ActingRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        must(request, heads_only(request) is None)
        return view(request, *args, **kwargs)

    return guarded


def heads_only(request: ActingRequest) -> frozenset[str] | None:
    """The units of who is there as head of operations and nothing else, who sees no other; None for everybody else."""
    return request.acting.units if request.acting.roles == {Role.HEAD_OF_OPERATIONS} else None


def may_write_at(request: ActingRequest, unit: Unit) -> bool:
    return may_plan(request) or unit.code in request.acting.units


def leads(request: ActingRequest, saved: SavedProblem) -> bool:
    """As head of operations of its unit, who decides about competence there and publishes its rotas."""
    return saved.unit is not None and saved.unit.code in request.acting.units


def may_plan(request: ActingRequest) -> bool:
    return Role.PLANNER in request.acting.roles


def own(request: ActingRequest) -> Organisation:
    """Whom the person acts for, behind :data:`readers`."""
    assert request.acting.organisation is not None
    return request.acting.organisation


def seen(request: ActingRequest, kind: ProblemKind) -> ProblemQuerySet:
    """The organisation's own; of who is there as the head of a unit and nothing else, those of that unit, and of the
    mix those of the whole too.
    """
    found, units = reading.problems(own(request), kind), heads_only(request)
    if units is None:
        return found
    return found.filter(Q(unit__code__in=units) | Q(unit=None) if kind == ProblemKind.MIX else Q(unit__code__in=units))


def own_problem(request: ActingRequest, kind: ProblemKind, code: str) -> SavedProblem:
    """One of those that are seen. Anybody else's is not there (404)."""
    found = seen(request, kind).filter(code=code).first()
    if found is None:
        raise Http404(code)
    return found


def may_write(request: ActingRequest, problem: SavedProblem) -> bool:
    """Whether they plan, or the problem is of a unit whose head they are."""
    return may_plan(request) or (problem.unit is not None and may_write_at(request, problem.unit))


def problem_to_write(request: ActingRequest, kind: ProblemKind, code: str) -> SavedProblem:
    """As :func:`own_problem`, for who may write it (else 403)."""
    found = own_problem(request, kind, code)
    must(request, may_write(request, found))
    return found


def own_scenario(request: ActingRequest, code: str) -> SavedProblem:
    return own_problem(request, ProblemKind.SUPPLY, code)
