# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""That a section is ready, and that a respondent shows how far it has come: both said by a person."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from overens.followup.models.report import Report
from overens.people.models import Mandate


class Signoff(models.Model):
    """Somebody found a section ready. ``revisions``: its parts as they were, by key; where one differs now, the section
    has been changed since. The last one of a section counts.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="signoffs")
    section = models.CharField(max_length=50)
    revisions: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField()
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["report", "section", "pk"]

    def __str__(self) -> str:
        return f"{self.report} {self.section}"


class Showing(models.Model):
    """The respondent shows the asker how far its report has come, until ``hidden_at``."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="showings")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    shown_at = models.DateTimeField()
    hidden_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["report"], condition=Q(hidden_at=None), name="showing_one_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.shown_at}"
