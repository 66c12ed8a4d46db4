# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The outbox: every file to the bank, as it was written in the transaction that released its payments."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class FileState(models.TextChoices):
    """``written``: nobody has fetched it yet. ``fetched``: it has left us at least once. The bank's word on the whole
    file, where it gives one: ``accepted`` or ``rejected``.
    """

    WRITTEN = "written"
    FETCHED = "fetched"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class OutgoingFile(models.Model):
    """One file. Its content, names and sums are never changed: fetched again, it is the same bytes, and a bank that
    gets it twice knows it by its ``message_id``.

    ``batch``: the number of the batch that it pays; ``part``: which of the batch's files it is, from 1.
    """

    message_id = models.CharField(max_length=35, unique=True)
    batch = models.BigIntegerField()
    part = models.PositiveIntegerField()
    name = models.CharField(max_length=60, unique=True)
    profile = models.CharField(max_length=40)
    format = models.CharField(max_length=20)
    execute_on = models.DateField()
    count = models.PositiveIntegerField()
    kronor = models.BigIntegerField()
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    written_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    state = models.CharField(max_length=10, choices=FileState, default=FileState.WRITTEN)
    fetched_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["batch", "part"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "part"], name="outgoing_part_once"),
            models.CheckConstraint(condition=Q(count__gt=0, kronor__gt=0), name="outgoing_pays_something"),
            models.CheckConstraint(condition=Q(state__in=FileState.values), name="outgoing_state_known"),
            models.CheckConstraint(
                condition=Q(state=FileState.WRITTEN, fetched_at=None) | ~Q(state=FileState.WRITTEN),
                name="outgoing_written_or_fetched",
            ),
        ]

    def __str__(self) -> str:
        return self.name
