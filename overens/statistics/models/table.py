# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A table of statistics as it was received: what was asked, what was answered, what was read in it, who approved it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from overens.people.models import Mandate
from overens.records import clock
from overens.records.models import StoredFile


class TableState(models.TextChoices):
    RECEIVED = "received"
    APPROVED = "approved"
    REJECTED = "rejected"


class StoredTable(models.Model):
    """One reading of one file, or of the replies to one question. It is decided on once, and never changed.

    ``subject``: what it is a table of, so that it can be held against the one before, such as ``scb/TAB638/BE0101N1``.
    ``format``: how the replies are read (``overens.exchange.statistics``); ``asked``: what that reading needs to know.
    ``query``: what was sent to the source, empty for a file. ``units``: the codes that each column has values for, in
    its order; ``names``: as the source has them. ``findings``: as they were when it was read.
    """

    code = models.SlugField(max_length=60, unique=True)
    subject = models.CharField(max_length=160, db_index=True)
    format = models.CharField(max_length=12)
    asked: models.JSONField[Any, Any] = models.JSONField(default=dict)
    table_id = models.CharField(max_length=100, blank=True)
    query: models.JSONField[Any, Any] = models.JSONField(default=dict)
    title = models.TextField()
    title_en = models.TextField()
    measure = models.CharField(max_length=60)
    level = models.CharField(max_length=12)
    source = models.TextField()
    note = models.TextField(blank=True)
    units: models.JSONField[list[str], list[str]] = models.JSONField()
    names: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    findings: models.JSONField[Any, Any] = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64)
    fetched_at = models.DateTimeField()
    received_by = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    received_at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=10, choices=TableState, default=TableState.RECEIVED)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=TableState.values), name="statistics_state_known"),
            models.CheckConstraint(
                condition=Q(state="received", decided_by=None, decided_at=None)
                | (~Q(state="received") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="statistics_decided_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(state="rejected", reason=""), name="statistics_rejected_says_why"),
        ]

    def __str__(self) -> str:
        return self.code


class Reply(models.Model):
    """Bytes that a table was read from: a file that was handed in, or the answer of an ``address``, page by page."""

    table = models.ForeignKey(StoredTable, models.PROTECT, related_name="replies")
    number = models.PositiveIntegerField()
    address = models.TextField(blank=True)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["table", "number"]
        constraints = [models.UniqueConstraint(fields=["table", "number"], name="statistics_reply_once")]

    def __str__(self) -> str:
        return f"{self.table} {self.number}"


class StoredColumn(models.Model):
    """The values at one time, of one sex and age, in the order of the table's ``units``: whole numbers as numbers,
    others as text so that each digit is kept, null where the source has none.
    """

    table = models.ForeignKey(StoredTable, models.PROTECT, related_name="columns")
    time = models.CharField(max_length=12)
    sex = models.CharField(max_length=1, blank=True)
    age = models.CharField(max_length=12, blank=True)
    values: models.JSONField[Any, Any] = models.JSONField()

    class Meta:
        ordering = ["table", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["table", "time", "sex", "age"], name="statistics_column_once"),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.time} {self.sex} {self.age}"


class Arrival(models.Model):
    """What is to be fetched, or a large file, while it waits for its turn. ``question``: as
    ``statistics.fetching.Question``, without addresses for a file. Then ``table`` is what came of it, or ``findings``
    say why nothing did, and ``content`` is gone.
    """

    question: models.JSONField[Any, Any] = models.JSONField()
    name = models.CharField(max_length=200, blank=True)
    content = models.BinaryField(null=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    findings: models.JSONField[Any, Any] = models.JSONField(default=list)
    table = models.ForeignKey(StoredTable, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name or str(self.question.get("table_id", ""))
