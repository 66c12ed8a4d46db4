# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Facts: what was handed in, or printed, as rows that can be counted. Each hangs on a submission, which says who signed
it or which page it stands on. Never changed: a correction is a new submission, and the old one is superseded.
"""

from __future__ import annotations

import re
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from overens.followup.models.report import Report
from overens.people.models import Organisation
from overens.records.models import DocumentVersion

SIGNED, PRINTED = "report", "print"


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def standing(self) -> Self:
        """Those that count: neither corrected nor replaced."""
        return self.filter(superseded=False)

    def of_key(self, key: str) -> Submission | None:
        """The one that :attr:`Submission.key` tells of."""
        kind, _, rest = key.partition("/")
        report, _, _last = rest.rpartition("/")
        found = self.exclude(citation="") if kind == PRINTED else self.filter(report__key=report)
        return next((each for each in found.with_source() if each.key == key), None)

    def with_source(self) -> Self:
        """With what their keys and titles are made of."""
        return self.select_related("organisation", "version", "report__round")


class Submission(models.Model):
    """One respondent's facts from one source: a signed report's ``version``, or a printed ``citation`` of the reference
    follow-up. ``organisation`` is empty for figures that the source ties to none. ``year`` is the one reported on.
    """

    report = models.ForeignKey(Report, models.PROTECT, null=True, related_name="submissions")
    version = models.OneToOneField(DocumentVersion, models.PROTECT, null=True, related_name="submission")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="submissions")
    agreement = models.CharField(max_length=50, db_index=True)
    year = models.PositiveSmallIntegerField()
    citation = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField(null=True)
    superseded = models.BooleanField(default=False)
    recorded_at = models.DateTimeField(db_default=Now())

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "organisation__code", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(version__isnull=False, report__isnull=False, citation="")
                | Q(version=None, report=None) & ~Q(citation=""),
                name="submission_signed_or_printed",
            ),
            models.UniqueConstraint(
                fields=["report"], condition=Q(superseded=False), name="submission_one_standing_a_report"
            ),
            models.UniqueConstraint(
                fields=["organisation", "citation"], condition=~Q(citation=""), nulls_distinct=False,
                name="submission_printed_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.organisation or '–'} {self.agreement} {self.year}"

    @property
    def key(self) -> str:
        """What it is called wherever the same was handed in or read: the report and its version, or what was printed
        and whom it is of. A row's number is another in another installation.
        """
        if self.report is not None and self.version is not None:
            return f"{SIGNED}/{self.report.key}/{self.version.number}"
        of = self.organisation.code if self.organisation else "-"
        words = re.findall(r"[^\W_]+", self.citation.lower())
        return f"{PRINTED}/{'-'.join(words)}/{of}"
