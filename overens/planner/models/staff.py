# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Those who work by a rota and have no account: their own secret addresses, and what they have wished there."""

from __future__ import annotations

from typing import Any

from django.db import models

from overens.planner.models.problem import SavedProblem
from overens.records.models.kept import SecretLink


class StaffLink(SecretLink):
    """To the page of one person of a rota. ``who``: their id in its file; ``person`` is who made the address."""

    problem = models.ForeignKey(SavedProblem, models.PROTECT, related_name="staff_links")
    who = models.CharField(max_length=100)

    def __str__(self) -> str:
        return f"{self.problem} {self.who}"


class StaffWishes(models.Model):
    """All that somebody wished of a period's rota, from its ``first`` day, when they last saved: rows as a file's
    ``wish``. The newest stands; every one is kept.
    """

    problem = models.ForeignKey(SavedProblem, models.PROTECT, related_name="staff_wishes")
    who = models.CharField(max_length=100)
    first = models.DateField()
    number = models.PositiveIntegerField()
    wishes: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField()
    link = models.ForeignKey(StaffLink, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["who", "-first", "-number"]
        constraints = [models.UniqueConstraint(fields=["problem", "who", "first", "number"], name="staff_wishes_once")]

    def __str__(self) -> str:
        return f"{self.problem} {self.who} {self.number}"
