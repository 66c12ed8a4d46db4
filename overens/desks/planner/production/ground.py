# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What steps 1 to 3 are shown from: a version, what was computed of its need, and its arrays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any

import numpy as np
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from overens.desks import exports
from overens.desks.access import ActingRequest
from overens.desks.planner.access import own_problem, readers
from overens.desks.planner.answering import said
from overens.desks.planner.production.told import frame
from overens.desks.planner.shown_tables import Table
from overens.desks.planner.views_kept import version_of
from overens.desks.refusals import shown
from overens.planner import needs, production, results
from overens.planner.models import Computed, ProblemKind, ProblemVersion
from overens.planning.production import building
from overens.planning.production.demanded import Demanded, demanded
from overens.planning.production.flow import Floats, Flow
from overens.planning.production.reading import Given
from overens.rules.findings import Refused

if TYPE_CHECKING:
    from overens.planning.production.need import Need

FORMATS = ("csv", "xlsx", "json")


@dataclass(frozen=True)
class Ground:
    """``computed``: None where the version's need has not been; then referrals are as many every week as in the last
    year.
    """

    version: ProblemVersion
    given: Given
    computed: Computed | None

    @cached_property
    def need(self) -> Need | None:
        return needs.need(self.computed) if self.computed else None

    @cached_property
    def flow(self) -> Flow:
        return building.flow(self.given, self.need.forecasts if self.need else None)

    @cached_property
    def demanded(self) -> Demanded:
        return demanded(self.flow)

    @property
    def steps(self) -> list[tuple[str, str]]:
        """Titles of service and step, by the axis N."""
        return [(said(service), said(step)) for service, step in self.given.problem.every_step]

    @cached_property
    def things(self) -> list[tuple[str, Any, Floats, Floats]]:
        """Of every competence, kind of room and kind of bed: its id, itself, what is asked for, and what there is,
        [W]; hours, or days of beds.
        """
        problem, flow, asked = self.given.problem, self.flow, self.demanded
        found: list[tuple[str, Any, Floats, Floats]] = []
        for each, need, there in (
            (problem.competences, asked.hours, flow.hours),
            (problem.rooms, asked.room_hours, flow.room_hours),
            (problem.beds, asked.bed_days, flow.bed_days_there),
        ):
            found += [(thing.id, thing, need[:, at], there[:, at]) for at, thing in enumerate(each)]
        return found

    def late_now(self) -> Floats:
        """[N]: on the list, and have waited longer than their limit."""
        waited = np.arange(self.flow.waiting.shape[2])
        late = self.flow.waiting * (waited > self.flow.limit[:, :, None])
        found: Floats = late.sum((1, 2)).astype(np.float64)
        return found


@dataclass(frozen=True)
class Shown:
    """What a step's page shows: its context, and the table that is fetched as a file."""

    context: dict[str, Any]
    table: Table


def week_name(monday: date) -> str:
    """As an axis has it, short: v27."""
    return _("v%(week)d") % {"week": monday.isocalendar().week}


def stepped(name: str, template: str) -> Callable[[Callable[..., Shown]], Callable[..., HttpResponse]]:
    """A page of a step, or its table as a file (``format``). name: of the step's own address."""

    def decorate(page: Callable[..., Shown]) -> Callable[..., HttpResponse]:
        @wraps(page)
        @readers
        @require_safe
        def view(request: ActingRequest, code: str, *args: Any, **kwargs: Any) -> HttpResponse:
            version = version_of(request, own_problem(request, ProblemKind.PRODUCTION, code))
            return drawn(request, version, name, template, lambda ground: page(request, ground, *args, **kwargs))

        return view

    return decorate


def drawn(
    request: ActingRequest,
    version: ProblemVersion,
    name: str,
    template: str,
    page: Callable[[Ground], Shown],
    status: int = 200,
) -> HttpResponse:
    context = frame(request, version, name)
    try:
        ground = Ground(version, production.given(version), results.last(needs.KIND, version))
    except Refused as refusal:
        return render(request, "planner/production/unreadable.html", {**context, "mistakes": shown(refusal.findings)})
    found = page(ground)
    if (form := request.GET.get("format")) in FORMATS:
        of = _("syntetiska") if ground.given.problem.synthetic else _("verkliga")
        table, code = found.table, version.problem.code
        rows = [[*row, of] for row in table.rows]
        return exports.table_response(form, f"{code}-{table.name}", [*table.header, _("Uppgifter")], rows)
    asked = request.GET.copy()
    asked.pop("format", None)
    context |= {
        "ground": ground,
        "table": found.table,
        "formats": FORMATS,
        "query": asked.urlencode(),
        "run": results.last_run(needs.KIND, version),
        "earlier": None if ground.computed else results.last_of(needs.KIND, version.problem),
    }
    return render(request, template, {**context, **found.context}, status=status)
