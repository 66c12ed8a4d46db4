# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A rota as somebody is laying it by hand, until it is saved as a version of its problem."""

from __future__ import annotations

from typing import Any

from django.db import models

from overens.people.models import Person
from overens.planner.models.problem import SavedProblem


class RosterDraft(models.Model):
    """One for each person and problem. ``start``: the rota that it began from, as a table
    (overens/planning/roster/laying.py), over version ``base``; ``steps``: what has been changed since, of which
    ``done`` are done and the rest undone.
    """

    problem = models.ForeignKey(SavedProblem, models.CASCADE, related_name="roster_drafts")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    base = models.PositiveIntegerField()
    start = models.TextField()
    steps: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(default=list)
    done = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-changed_at"]
        constraints = [models.UniqueConstraint(fields=["problem", "person"], name="roster_draft_once")]

    def __str__(self) -> str:
        return f"{self.problem} {self.person}"
