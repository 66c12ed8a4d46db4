# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Passages that are like those coded with a theme, and what a person answered."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from overens.followup.models.codebook import Theme
from overens.followup.models.coding import Coding
from overens.followup.models.text import Text
from overens.people.models import Mandate
from overens.records.models import Run


class SuggestionRun(models.Model):
    """One round of suggestions for a theme: what it learned from and, where that can be said, how good it is.

    ``measured``: average precision with its 95 per cent interval (``ap``, ``low``, ``high``), ``precision`` among the
    ``k`` best, and ``chance`` (the share of coded passages). Empty: too few examples. ``run``: where it was done in the
    background. ``done_at`` empty: still at it.
    """

    theme = models.ForeignKey(Theme, models.PROTECT, related_name="suggestion_runs")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    run = models.ForeignKey(Run, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    coded = models.PositiveIntegerField(default=0)
    not_coded = models.PositiveIntegerField(default=0)
    looked_through = models.PositiveIntegerField(default=0)
    measured: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.theme} {self.pk}"


class Answer(models.TextChoices):
    NONE = ""
    YES = "yes"
    NO = "no"
    LATER = "later"


class Suggestion(models.Model):
    """One passage, with the terms that speak for it. It becomes a coding only by a person's yes; a no is remembered and
    the passage not suggested for the theme again.
    """

    made_by = models.ForeignKey(SuggestionRun, models.PROTECT, related_name="suggestions")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="suggestions")
    text = models.ForeignKey(Text, models.PROTECT, related_name="suggestions")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    score = models.FloatField()
    why: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    answer = models.CharField(max_length=5, choices=Answer, blank=True, default="")
    answered_by = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    coding = models.ForeignKey(Coding, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-score", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="suggestion_is_a_passage"),
            models.CheckConstraint(
                condition=Q(answer="", answered_by=None) | ~Q(answer="") & Q(answered_by__isnull=False),
                name="suggestion_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(coding=None) | Q(answer="yes"), name="suggestion_coded_by_a_yes_only"
            ),
        ]  # fmt: skip
