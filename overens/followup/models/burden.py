# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long the writing took, as far as those who write chose to measure it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from overens.followup.models.report import Report


class BurdenMinutes(models.Model):
    """Active minutes in a section of a report, all who measured together; no person and no time of day is kept.
    ``sittings``: how many times somebody sat down with it.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="burden_minutes")
    section = models.CharField(max_length=50)
    minutes = models.PositiveIntegerField(default=0)
    sittings = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["report", "section"]
        constraints = [
            models.UniqueConstraint(fields=["report", "section"], name="burden_minutes_once"),
            models.CheckConstraint(condition=Q(minutes__lte=1_000_000), name="burden_minutes_possible"),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.section} {self.minutes}"
