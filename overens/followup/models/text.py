# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Texts that can be searched and coded: narrative answers, what is said of measures, memos."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, GeneratedField, Q
from django.db.models.functions import Now

from overens.followup.models.submission import Submission


class Text(models.Model):
    """A passage as it was handed in, never changed, so that a marked place in it stays where it is.

    ``place`` is the part's key and field (``answer/1.1#text``, ``measure/7#results``). Another room's text (a memo of a
    visit) has no submission and names itself in ``place``. ``heading`` is shown above a hit. ``vector`` is PostgreSQL's
    own Swedish reading of it (stems and stop words).
    """

    submission = models.ForeignKey(Submission, models.PROTECT, null=True, related_name="texts")
    place = models.CharField(max_length=160)
    heading = models.CharField(max_length=300)
    body = models.TextField()
    area = models.CharField(max_length=50, blank=True)
    recorded_at = models.DateTimeField(db_default=Now())
    vector = GeneratedField(
        expression=SearchVector(F("heading"), weight="B", config="swedish")
        + SearchVector(F("body"), weight="C", config="swedish"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "place"], name="text_once"),
            models.CheckConstraint(condition=~Q(body=""), name="text_is_not_empty"),
        ]
        indexes = [GinIndex(fields=["vector"], name="text_search")]

    def __str__(self) -> str:
        return f"{self.submission} {self.place}"
