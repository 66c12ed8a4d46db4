# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A question of what a measure did, the figures and starts that it is asked of, and what came out."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from overens.people.models import Mandate
from overens.records import clock


class StudyQuerySet(models.QuerySet["Study"]):
    def released(self) -> Self:
        return self.filter(released_at__isnull=False)

    def with_result(self) -> Self:
        return self.select_related("result", "made_by__organisation", "released_by__organisation")


class Study(models.Model):
    """What is asked is settled before it is computed, and never changed: another question is another study.

    ``outcome`` and ``placebo`` (which the measure should not move) are codes of tables, ``placebo`` may be empty.
    ``starts``: the first year with the measure by region's code, null for never; who is not there is unknown.
    ``starts_from``: where that is known from. ``matters``: the smallest effect worth knowing of, said beforehand.
    """

    title = models.CharField(max_length=200)
    question = models.TextField()
    measure = models.CharField(max_length=300)
    outcome = models.CharField(max_length=60)
    sex = models.CharField(max_length=1, blank=True)
    placebo = models.CharField(max_length=60, blank=True)
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    starts: models.JSONField[dict[str, int | None], dict[str, int | None]] = models.JSONField()
    starts_from = models.TextField()
    matters = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    seed = models.PositiveIntegerField()
    made_by = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    released_by = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)

    objects = StudyQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(first_year__lt=models.F("last_year")), name="study_years_rise"),
            models.CheckConstraint(
                condition=Q(released_by=None, released_at=None)
                | Q(released_by__isnull=False, released_at__isnull=False),
                name="study_released_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        """The subject of its events, and its run's key."""
        return f"effect-study/{self.pk}"


class StudyResult(models.Model):
    """``content`` is an ``overens.rules.effects.studying.Result`` as JSON text and ``sha256`` its hash;
    ``data_sha256`` is of the values and starts that it was computed from, ``versions`` of what computed it.
    """

    study = models.OneToOneField(Study, models.PROTECT, related_name="result")
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    data_sha256 = models.CharField(max_length=64)
    versions: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["study"]

    def __str__(self) -> str:
        return f"{self.study_id} {self.sha256[:8]}"
