# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the asker did with a round, and whom it reminded."""

from __future__ import annotations

from django.db import models

from overens.followup.models.report import Report
from overens.followup.models.round import Round
from overens.people.models import Mandate


class RoundStep(models.Model):
    """A round was opened, closed or opened again. ``act`` is the event's; ``mandate`` is empty for what is done by
    rule. Never changed.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="steps")
    act = models.CharField(max_length=20)
    reason = models.CharField(max_length=500, blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.round} {self.act}"


class Reminder(models.Model):
    """The asker reminded a respondent, in these words. Once a day at most. Never changed."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="reminders")
    day = models.DateField()
    text = models.TextField(blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["report", "day"], name="reminder_once_a_day")]

    def __str__(self) -> str:
        return f"{self.report} {self.day}"
