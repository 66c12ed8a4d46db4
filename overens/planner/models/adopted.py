# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was decided: a plan as a region's board has adopted it, with what became of its actions year by year, and
decisions about what was planned from.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from overens.people.models import Mandate
from overens.planner.models.action_plan import Plan
from overens.planner.models.problem import Computed, ProblemVersion
from overens.planning.supply.bottomup.entries import STATES
from overens.records.models import DocumentVersion


class Decided(models.Model):
    """A record. ``body``: who decided, such as Regionfullmäktige or a head of operations. ``paper`` holds what was
    decided, all of it, under one hash.
    """

    paper = models.OneToOneField(DocumentVersion, models.PROTECT, related_name="+")
    body = models.CharField(max_length=200)
    decided_on = models.DateField()
    registration_number = models.CharField(max_length=60, blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["-decided_on", "-pk"]


class Adopted(Decided):
    """``facts`` are all the plan's figures and actions (overens/planning/supply/bottomup/facts.py), as they stood."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="adoptions")
    number = models.PositiveIntegerField()
    facts: models.JSONField[Any, Any] = models.JSONField()

    class Meta(Decided.Meta):
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="supply_plan_adopted_once")]

    def __str__(self) -> str:
        return f"{self.plan} ({self.number})"


class DecisionKind(models.TextChoices):
    """How what is needed and what there is were balanced; that what was computed is the plan; that a version's rota is
    the one that those who work by it read, or that none is any longer.
    """

    BALANCE = "balance"
    PLAN = "plan"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"


class PlanningDecision(Decided):
    """What was decided of a version of a problem, in words, and what had been computed of it then."""

    version = models.ForeignKey(ProblemVersion, models.PROTECT, related_name="decisions")
    computed = models.ForeignKey(Computed, models.PROTECT, null=True, related_name="decisions")
    kind = models.CharField(max_length=10, choices=DecisionKind)
    text = models.TextField()

    class Meta(Decided.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DecisionKind.values), name="planning_decision_kind_known")
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.kind}"


class ActionFollowUp(models.Model):
    """What was done of an action of an adopted plan in a year, and its state then. The newest row of a year stands;
    none is changed. ``action``: ``unit/number``.
    """

    adopted = models.ForeignKey(Adopted, models.PROTECT, related_name="follow_ups")
    action = models.CharField(max_length=130)
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=[(each, each) for each in STATES])
    done = models.TextField(blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["action", "year", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(state__in=STATES), name="action_follow_up_state_known")]

    def __str__(self) -> str:
        return f"{self.action} {self.year}"
