# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The memo of a visit as it is written, and how the region checked it, passage by passage."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from overens.followup.models.visit import Visit
from overens.people.models import Mandate, Person
from overens.records.models import DocumentVersion
from overens.rules.followup.fact_check import ANSWERS, KEPT, TAKEN_IN, TAKINGS


class MemoText(models.Model):
    """A save of a memo that is being written, the agency's own until it is sent. Never changed; the last counts."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="memo_texts")
    number = models.PositiveIntegerField()
    text = models.TextField()
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["visit", "number"]
        constraints = [models.UniqueConstraint(fields=["visit", "number"], name="memo_text_once")]

    def __str__(self) -> str:
        return f"{self.visit} r{self.number}"


class FactCheck(models.Model):
    """A memo that was sent to be checked: ``version`` as it was sent, ``answer`` as the region handed it in (None:
    not yet, or never), ``result`` as it stands after the check.
    """

    visit = models.OneToOneField(Visit, models.PROTECT, related_name="fact_check")
    version = models.OneToOneField(DocumentVersion, models.PROTECT, related_name="+")
    due_on = models.DateField()
    sent_at = models.DateTimeField()
    answer = models.OneToOneField(DocumentVersion, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    result = models.OneToOneField(DocumentVersion, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ["visit"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None, result=None) | Q(closed_at__isnull=False, result__isnull=False),
                name="fact_check_closed_has_result",
            ),
        ]

    def __str__(self) -> str:
        return str(self.visit)


class Passage(models.Model):
    """A paragraph of the memo that was sent. ``answer`` and ``said`` are the region's, and its own until it hands them
    in; ``taking``, ``new_text`` and ``reason`` are what the analyst does with an objection.
    """

    check_of = models.ForeignKey(FactCheck, models.PROTECT, related_name="passages")
    number = models.PositiveIntegerField()
    text = models.TextField()
    answer = models.CharField(max_length=10, blank=True)
    said = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    taking = models.CharField(max_length=10, blank=True)
    new_text = models.TextField(blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["check_of", "number"]
        constraints = [
            models.UniqueConstraint(fields=["check_of", "number"], name="passage_once"),
            models.CheckConstraint(condition=Q(answer__in=["", *ANSWERS]), name="passage_answer_known"),
            models.CheckConstraint(condition=Q(taking__in=["", *TAKINGS]), name="passage_taking_known"),
            models.CheckConstraint(condition=~Q(taking=TAKEN_IN) | ~Q(new_text=""), name="passage_taken_in_has_text"),
            models.CheckConstraint(condition=~Q(taking=KEPT) | ~Q(reason=""), name="passage_kept_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.check_of} {self.number}"
