# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a head of operations has decided: who may do which tasks, and from when until when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from overens.planner.models.adopted import Decided
from overens.planner.models.problem import SavedProblem


class Ground(models.TextChoices):
    """That the competence is there; or that a named one does the tasks for a time, by delegation."""

    COMPETENCE = "competence"
    DELEGATION = "delegation"


class LocalDecision(Decided):
    """Of tasks of a problem's mix, by the ids in its file: a record. One that ``withdraws`` another ends it and says
    nothing else. ``factor``, ``supervision``, ``up_to``: as in the file's ``may``.
    """

    problem = models.ForeignKey(SavedProblem, models.PROTECT, related_name="local_decisions")
    ground = models.CharField(max_length=10, choices=Ground)
    tasks: models.JSONField[list[str], list[str]] = models.JSONField()
    competence = models.CharField(max_length=100)
    factor = models.DecimalField(max_digits=8, decimal_places=4, default=1)
    supervision = models.DecimalField(max_digits=8, decimal_places=4, default=0)
    supervised_by = models.CharField(max_length=100, blank=True)
    up_to = models.DecimalField(max_digits=8, decimal_places=4, default=1)
    first = models.DateField()
    last = models.DateField(null=True)
    text = models.TextField(blank=True)
    withdraws = models.OneToOneField("self", models.PROTECT, null=True, related_name="withdrawal")

    class Meta(Decided.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(ground__in=Ground.values), name="local_decision_ground_known"),
            models.CheckConstraint(
                condition=Q(last=None) | Q(last__gte=F("first")), name="local_decision_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["problem", "registration_number"],
                condition=Q(withdraws=None),
                name="local_decision_number_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.problem} {self.registration_number}"
