# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Long or repeated work: who asked, how far it is, what went wrong. One row serves tick, worker and pages."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from overens.people.models import Person


class RunState(models.TextChoices):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Run(models.Model):
    """``key`` is what makes a piece of work the same piece: asking twice gives the one row.

    ``work`` is the function that a worker calls with the ``arguments`` ("module:name"); empty for what is done where it
    is asked for. ``due_at``: not before this time, in the real world's time, like the others here.
    """

    kind = models.CharField(max_length=40)
    work = models.CharField(max_length=200, blank=True, default="")
    arguments = models.JSONField(default=dict)
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    key = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=10, choices=RunState, default=RunState.WAITING)
    progress = models.PositiveSmallIntegerField(default=0)
    told: models.JSONField[list[Any], list[Any]] = models.JSONField(default=list)
    cancel_asked = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    due_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "kind"], name="run_by_state")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RunState.values), name="run_state_known"),
            models.CheckConstraint(condition=Q(progress__lte=100), name="run_progress_is_percent"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} {self.state}"
