# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where the pages of problems are, by their kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from overens.planner import mixes, needs, production, reading, rosters, trying, valuations
from overens.planner.models import ProblemKind, SavedProblem

# What is done with a problem of any kind (overens.desks.planner.views_kept).
ACTS = ("restore", "remove", "cancel", "file", "share", "end_sharing")


@dataclass(frozen=True)
class Place:
    """``start``, ``one``: the names of the list's address and of a problem's own; ``title``: the list's. ``results``:
    the page of what is computed, by its kind, where that is another than the problem's own. ``kept``: what is said when
    one is saved; ``tables``: whether tables are written beside its file.
    """

    prefix: str
    start: str
    one: str
    title: Promise
    results: Mapping[str, str]
    kept: Promise
    tables: bool = False

    @property
    def address(self) -> tuple[Promise, str]:
        """The list's, with its title."""
        return self.title, reverse(self.start)

    @property
    def names(self) -> dict[str, str]:
        """Of the addresses of :data:`ACTS`."""
        return {act: f"{self.prefix}-{act.replace('_', '-')}" for act in ACTS}


PLACES: dict[str, Place] = {
    ProblemKind.SUPPLY: Place(
        "planner",
        "planner-start",
        "planner-scenario",
        _("Scenarier"),
        {
            reading.KIND: "planner-scenario",
            valuations.KIND: "planner-money-worth",
            trying.KIND: "planner-result-sensitivity",
        },
        _("Scenariot är sparat."),
    ),
    ProblemKind.MIX: Place(
        "planner-mix",
        "planner-mix-start",
        "planner-mix-one",
        _("Rätt kompetens"),
        {mixes.KIND: "planner-mix-plan"},
        _("Underlaget är sparat."),
    ),
    ProblemKind.PRODUCTION: Place(
        "planner-production",
        "planner-productions",
        "planner-production",
        _("Produktion och kapacitet"),
        {needs.KIND: "planner-production-need", production.KIND: "planner-production-plan"},
        _("Underlaget är sparat."),
        tables=True,
    ),
    ProblemKind.ROSTER: Place(
        "planner-roster",
        "planner-roster-start",
        "planner-roster-one",
        _("Scheman"),
        {rosters.KIND: "planner-roster-plan"},
        _("Underlaget är sparat."),
    ),
}


def place_of(problem: SavedProblem) -> Place:
    return PLACES[problem.kind]


def crumbs(problem: SavedProblem) -> list[tuple[str | Promise, str]]:
    """The way to a page below a problem's own."""
    place = place_of(problem)
    return [place.address, (problem.title, reverse(place.one, args=[problem.code]))]


def to(problem: SavedProblem, result: str = "") -> HttpResponseRedirect:
    """To a problem's own page, or to that of a kind of what is computed of it."""
    place = place_of(problem)
    return HttpResponseRedirect(reverse(place.results.get(result, place.one), args=[problem.code]), status=303)
