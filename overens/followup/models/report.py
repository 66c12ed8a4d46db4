# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""One respondent's report in one round, and the parts that it is written in."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from overens.followup.models.round import Round
from overens.people.models import Organisation
from overens.records.models.written import RevisionQuerySet, Written, WrittenRevision
from overens.rules.followup.process import ReportState


class ReportQuerySet(models.QuerySet["Report"]):
    def of(self, organisation: Organisation) -> Self:
        return self.filter(respondent=organisation)

    def asked_by(self, organisation: Organisation) -> Self:
        return self.filter(round__asker=organisation)

    def with_parties(self) -> Self:
        return self.select_related("round__asker", "respondent")


class Report(models.Model):
    """``key`` is agreement/round/respondent, as papers and events carry it. ``submitted_at``: when it first came in.

    What is written hangs on it as :class:`Part` rows and is the respondent's own; what was handed in is a document
    version, and its content as facts (:mod:`overens.followup.models.submission`).
    """

    key = models.CharField(max_length=100, unique=True)
    round = models.ForeignKey(Round, models.PROTECT, related_name="reports")
    respondent = models.ForeignKey(Organisation, models.PROTECT, related_name="reports")
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in ReportState], default=ReportState.WRITING
    )
    submitted_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["round", "respondent__code"]
        constraints = [
            models.UniqueConstraint(fields=["round", "respondent"], name="report_once"),
            models.CheckConstraint(condition=Q(state__in=[s.value for s in ReportState]), name="report_state_known"),
            models.CheckConstraint(
                condition=Q(state=ReportState.WRITING) | Q(submitted_at__isnull=False),
                name="report_handed_in_was_received",
            ),
        ]
        indexes = [models.Index(fields=["respondent", "state"], name="report_of_respondent")]

    def __str__(self) -> str:
        return self.key


class Part(Written):
    """The unit of writing together: one answer, one measure, one table of counts. ``key`` says which
    (:mod:`overens.rules.followup.parts`).
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="parts")
    key = models.CharField(max_length=120)

    class Meta:
        ordering = ["report", "key"]
        constraints = [models.UniqueConstraint(fields=["report", "key"], name="part_once")]

    def __str__(self) -> str:
        return f"{self.report} {self.key}"


class PartRevisionQuerySet(RevisionQuerySet["PartRevision"]):
    pass


class PartRevision(WrittenRevision):
    part = models.ForeignKey(Part, models.PROTECT, related_name="revisions")

    objects = PartRevisionQuerySet.as_manager()

    class Meta(WrittenRevision.Meta):
        constraints = [models.UniqueConstraint(fields=["part", "number"], name="part_revision_once")]
