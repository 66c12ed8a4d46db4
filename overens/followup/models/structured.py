# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a report tells beside measures and counts in a form that can be compared: introduction programmes, the maturity
of planning, and answers by choice.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from overens.followup.models.submission import Submission


class ChoiceFact(models.Model):
    """The answer to a question of choice, by the choice's id."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="choices")
    question = models.CharField(max_length=50)
    choice = models.CharField(max_length=50)

    class Meta:
        ordering = ["submission", "question"]
        constraints = [models.UniqueConstraint(fields=["submission", "question"], name="choice_fact_once")]


class Introduction(models.Model):
    """An introduction programme (2018 report, pp. 27-29 and Bilaga 4). Empty or None: not stated.

    ``offered``: all, some. ``months``: its length. ``starts``: how often a year it starts.
    ``protected_percent``: of working time, over ``protected_months``.
    """

    OFFERED = ("all", "some")

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="introductions")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    occupation = models.CharField(max_length=200, blank=True)
    offered = models.CharField(max_length=10, blank=True)
    compulsory = models.BooleanField(null=True)
    months = models.PositiveSmallIntegerField(null=True)
    starts = models.PositiveSmallIntegerField(null=True)
    mentor = models.BooleanField(null=True)
    protected_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    protected_months = models.PositiveSmallIntegerField(null=True)
    participants = models.PositiveIntegerField(null=True)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["submission", "number"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="introduction_once"),
            models.CheckConstraint(condition=Q(offered__in=["", "all", "some"]), name="introduction_offered_known"),
        ]


class Maturity(models.Model):
    """How far production and capacity planning has come in a service, on its four elements (2018 report, p. 25): 0 not
    begun, 1 begun, 2 in use, 3 in use and followed up. None: not stated.
    """

    ELEMENTS = ("need", "capacity", "schedule", "followup")
    LEVELS = (0, 1, 2, 3)

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="maturities")
    number = models.PositiveIntegerField()
    service = models.CharField(max_length=200)
    need = models.PositiveSmallIntegerField(null=True)
    capacity = models.PositiveSmallIntegerField(null=True)
    schedule = models.PositiveSmallIntegerField(null=True)
    followup = models.PositiveSmallIntegerField(null=True)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["submission", "number"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="maturity_once"),
            models.CheckConstraint(
                condition=(Q(need=None) | Q(need__lte=3))
                & (Q(capacity=None) | Q(capacity__lte=3))
                & (Q(schedule=None) | Q(schedule__lte=3))
                & (Q(followup=None) | Q(followup__lte=3)),
                name="maturity_levels_0_to_3",
            ),
        ]
