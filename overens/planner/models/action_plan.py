# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A region's plan of a year: when its units answer, which scenario it stands on, and what the region itself writes."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from overens.people.models import Organisation
from overens.planner.models.problem import ProblemVersion
from overens.records.models.written import RevisionQuerySet, Written, WrittenRevision


class Plan(Written):
    """``content``: its ``abstract`` and ``conclusions``, in the region's own words. ``scenario``: the version whose
    projection stands beside what the units enter; empty until one is chosen. ``number``: how many times it was adopted.
    """

    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="supply_plans")
    year = models.PositiveSmallIntegerField()
    opens_on = models.DateField()
    closes_on = models.DateField()
    scenario = models.ForeignKey(ProblemVersion, models.PROTECT, null=True, related_name="plans")
    number = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "year"], name="supply_plan_once_a_year"),
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="supply_plan_closes_after_opening"),
        ]

    def __str__(self) -> str:
        return f"{self.owner} {self.year}"

    @property
    def key(self) -> str:
        """As events and papers carry it."""
        return f"supply-plan/{self.owner.code}/{self.year}"


class PlanRevisionQuerySet(RevisionQuerySet["PlanRevision"]):
    pass


class PlanRevision(WrittenRevision):
    part = models.ForeignKey(Plan, models.PROTECT, related_name="revisions")

    objects = PlanRevisionQuerySet.as_manager()

    class Meta(WrittenRevision.Meta):
        constraints = [models.UniqueConstraint(fields=["part", "number"], name="plan_revision_once")]
