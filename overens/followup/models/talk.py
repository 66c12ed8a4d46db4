# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is said about a part of a report: within the respondent, or between the asker and the respondent."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q

from overens.followup.models.report import Report
from overens.people.models import Mandate, Organisation


class Talk(models.TextChoices):
    """``internal`` is the respondent's own; the others are between the asker and the respondent."""

    INTERNAL = "internal"
    QUESTION = "question"
    FACT_CHECK = "fact-check"


class ThreadQuerySet(models.QuerySet["Thread"]):
    def visible_to(self, organisation: Organisation) -> Self:
        """What an organisation may read: all about its own reports; as the asker, all but what is internal."""
        asked = Q(report__round__asker=organisation) & ~Q(kind=Talk.INTERNAL)
        return self.filter(Q(report__respondent=organisation) | asked)

    def open(self) -> Self:
        return self.filter(closed_at=None)

    def with_messages(self) -> Self:
        people = models.Prefetch("messages", Message.objects.select_related("mandate__person", "mandate__organisation"))
        return self.select_related("report", "opened_by__person", "closed_by__person").prefetch_related(people)


class Thread(models.Model):
    """Messages about one part (``part_key`` may be empty: the report as a whole), perhaps about a ``quote`` from
    it, which stands as it was when it was quoted.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="threads")
    part_key = models.CharField(max_length=120, blank=True)
    quote = models.TextField(blank=True)
    kind = models.CharField(max_length=10, choices=Talk)
    opened_by = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_by = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Talk.values), name="thread_kind_known"),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None) | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="thread_closed_by_somebody",
            ),
        ]
        indexes = [models.Index(F("report"), F("part_key"), name="thread_of_part")]

    def __str__(self) -> str:
        return f"{self.report} {self.part_key} {self.kind}"


class Message(models.Model):
    """One message of a thread. Never changed."""

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="messages")
    text = models.TextField()
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="message_is_not_empty")]

    def __str__(self) -> str:
        return f"{self.thread} {self.at}"
