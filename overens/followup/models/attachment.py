# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Files that belong to a report."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from overens.followup.models.report import Report
from overens.people.models import Mandate
from overens.records.models import StoredFile


class ReportFileQuerySet(models.QuerySet["ReportFile"]):
    def standing(self) -> Self:
        return self.filter(removed_at=None)


class ReportFile(models.Model):
    """A file as it was received, under a ``title`` of the writer's. One that was taken away keeps its row."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="files")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="report_file")
    title = models.CharField(max_length=200)
    added_by = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_by = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)

    objects = ReportFileQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None) | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="report_file_removed_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.title}"
