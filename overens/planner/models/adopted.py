# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A plan as a region's board has adopted it, and what became of its actions, year by year."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from overens.people.models import Mandate
from overens.planner.models.action_plan import Plan
from overens.planning.supply.bottomup.entries import STATES
from overens.records.models import DocumentVersion


class Adopted(models.Model):
    """A record. ``facts`` are all its figures and actions (overens/planning/supply/bottomup/facts.py), as they stood;
    ``paper`` holds the printed document and them under one hash. ``body``: who decided, such as Regionfullmäktige.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="adoptions")
    number = models.PositiveIntegerField()
    facts: models.JSONField[Any, Any] = models.JSONField()
    paper = models.OneToOneField(DocumentVersion, models.PROTECT, related_name="+")
    body = models.CharField(max_length=200)
    decided_on = models.DateField()
    registration_number = models.CharField(max_length=60)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-decided_on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="supply_plan_adopted_once")]

    def __str__(self) -> str:
        return f"{self.plan} ({self.number})"


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
