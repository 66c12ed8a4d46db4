# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""One respondent's report in one round, and the parts that it is written in."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from overens.followup.models.round import Round
from overens.people.models import Organisation, Person
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


class Part(models.Model):
    """The unit of writing together: one answer, one measure, one table of counts. ``key`` says which
    (:mod:`overens.rules.followup.parts`); ``content`` is its fields, text by name. ``revision`` rises with every save.
    A part that was taken away keeps its row (``removed``), so that it can be brought back.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="parts")
    key = models.CharField(max_length=120)
    content: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    removed = models.BooleanField(default=False)
    changed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["report", "key"]
        constraints = [models.UniqueConstraint(fields=["report", "key"], name="part_once")]

    def __str__(self) -> str:
        return f"{self.report} {self.key}"


class PartRevisionQuerySet(models.QuerySet["PartRevision"]):
    def waiting(self) -> Self:
        """Those with something set aside that nobody has chosen about yet."""
        return self.filter(chosen_at=None).exclude(set_aside={})


class PartRevision(models.Model):
    """A save, kept for ever: what the part became (``content``), and what was typed over which revision (``base``).

    ``number`` is the part's revision that it made. ``typed`` is None where the part became what was typed; where
    somebody else had changed it meanwhile it is what was typed, and ``merged`` says that theirs was taken in. What
    could not be merged is ``set_aside`` by field: the field as it would be had the writer's passages won. It waits
    until a person chooses (``chosen_at``). ``prefilled``: it was taken over or filled in, not typed.
    """

    part = models.ForeignKey(Part, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    base = models.PositiveIntegerField()
    content: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField()
    typed: models.JSONField[dict[str, str] | None, dict[str, str] | None] = models.JSONField(null=True)
    merged = models.BooleanField(default=False)
    set_aside: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    chosen_at = models.DateTimeField(null=True)
    prefilled = models.BooleanField(default=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    objects = PartRevisionQuerySet.as_manager()

    class Meta:
        ordering = ["part", "number"]
        constraints = [models.UniqueConstraint(fields=["part", "number"], name="part_revision_once")]

    def __str__(self) -> str:
        return f"{self.part} r{self.number}"
