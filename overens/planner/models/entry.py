# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the units of a region enter for a year's plan, written together, and what has been said of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from overens.people.models import Mandate
from overens.planner.models.action_plan import Plan
from overens.planner.models.unit import Unit
from overens.records.models.written import RevisionQuerySet, Written, WrittenRevision


class AnswerState(models.TextChoices):
    OPEN = "open"
    SENT = "sent"
    RETURNED = "returned"
    APPROVED = "approved"


class Answer(models.Model):
    """A unit in a year's plan. It is written in while it is open or returned."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="answers")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="answers")
    state = models.CharField(max_length=10, choices=AnswerState, default=AnswerState.OPEN)

    class Meta:
        ordering = ["unit__title", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "unit"], name="unit_answer_once"),
            models.CheckConstraint(condition=Q(state__in=AnswerState.values), name="unit_answer_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.plan.year}"

    @property
    def is_open(self) -> bool:
        return self.state in (AnswerState.OPEN, AnswerState.RETURNED)


class EntryKind(models.TextChoices):
    NEED = "need"
    ACTION = "action"


class Entry(Written):
    """The need of an occupation (``code``), or an action (its number in the answer), as fields of text
    (overens/planning/supply/bottomup/entries.py).
    """

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=10, choices=EntryKind)
    code = models.CharField(max_length=60)

    class Meta:
        ordering = ["answer", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "kind", "code"], name="entry_once"),
            models.CheckConstraint(condition=Q(kind__in=EntryKind.values), name="entry_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.answer} {self.kind} {self.code}"


class EntryRevisionQuerySet(RevisionQuerySet["EntryRevision"]):
    pass


class EntryRevision(WrittenRevision):
    part = models.ForeignKey(Entry, models.PROTECT, related_name="revisions")

    objects = EntryRevisionQuerySet.as_manager()

    class Meta(WrittenRevision.Meta):
        constraints = [models.UniqueConstraint(fields=["part", "number"], name="entry_revision_once")]


class AnswerStep(models.Model):
    """What was done with an answer or said of it: ``act`` as events name it. Never changed."""

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="steps")
    act = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.answer} {self.act}"
