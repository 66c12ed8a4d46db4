# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Balancing decisions of production problems, as they are asked for."""

from __future__ import annotations

from django.db.models import QuerySet

from overens.planner.models import DecisionKind, PlanningDecision, SavedProblem


def decisions(problem: SavedProblem) -> QuerySet[PlanningDecision]:
    """The one that stands first; a later one replaces those before it."""
    found = PlanningDecision.objects.filter(version__problem=problem, kind=DecisionKind.BALANCE)
    return found.select_related("version", "computed", "mandate__person", "paper").order_by("-at", "-pk")


def standing(problem: SavedProblem) -> PlanningDecision | None:
    return decisions(problem).first()
