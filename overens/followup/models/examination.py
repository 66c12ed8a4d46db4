# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the asker found of a handed-in report: accepted, or returned with a reason. Never changed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from overens.followup.models.report import Report
from overens.people.models import Mandate
from overens.records.models import DocumentVersion


class Outcome(models.TextChoices):
    ACCEPTED = "accepted"
    RETURNED = "returned"


class ReportExamination(models.Model):
    """``version`` is what was examined, of a report that may be handed in again."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="examinations")
    version = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome)
    reason = models.TextField(blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=["accepted", "returned"]), name="report_examination_outcome_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome="accepted") | ~Q(reason=""), name="report_examination_return_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.outcome}"
