# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Paying: a batch that is collected, approved by two persons and released; one payment per paper that asks for it, and
try.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from overens.bank.models import OutgoingFile
from overens.grants.models.case import Case
from overens.people.models import Person
from overens.records.models import DocumentVersion


class Batch(models.Model):
    """``control``: the control list as it was frozen (overens/grants/control.py), ``control_sha256`` its hash. An
    approval is of that hash: with another list there is none, which the database holds. The second one who approves is
    neither the first nor the one who prepared, and has examined none of it. A dissolved batch pays nothing; a batch
    that is released or dissolved is not changed.
    """

    prepared_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    control: models.JSONField[Any, Any] = models.JSONField(default=dict)
    control_sha256 = models.CharField(max_length=64, blank=True)
    first_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    first_at = models.DateTimeField(null=True)
    first_sha256 = models.CharField(max_length=64, null=True)
    second_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    second_at = models.DateTimeField(null=True)
    second_sha256 = models.CharField(max_length=64, null=True)
    released_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)
    dissolved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_by=None, first_at=None, first_sha256=None)
                | Q(first_by__isnull=False, first_at__isnull=False, first_sha256=F("control_sha256")),
                name="batch_first_approved_this_list",
            ),
            models.CheckConstraint(
                condition=Q(second_by=None, second_at=None, second_sha256=None)
                | Q(second_by__isnull=False, second_at__isnull=False, second_sha256=F("control_sha256")),
                name="batch_second_approved_this_list",
            ),
            models.CheckConstraint(
                condition=Q(second_by=None)
                | Q(first_by__isnull=False) & ~Q(second_by=F("first_by")) & ~Q(second_by=F("prepared_by")),
                name="batch_two_persons",
            ),
            models.CheckConstraint(
                condition=Q(released_by=None)
                | Q(second_by__isnull=False) & ~Q(released_by=F("first_by")) & ~Q(released_by=F("prepared_by")),
                name="batch_released_when_approved",
            ),
            models.CheckConstraint(
                condition=Q(released_at=None) | Q(dissolved_at=None), name="batch_released_or_dissolved"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class PaymentState(models.TextChoices):
    PREPARED = "prepared"
    RELEASED = "released"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    DISSOLVED = "dissolved"


LIVE = (PaymentState.PREPARED, PaymentState.RELEASED, PaymentState.CONFIRMED)


class Payment(models.Model):
    """``end_to_end_id`` goes to the bank and comes back; ``file`` is what asked the bank for it. ``basis`` is the
    requisition (or the decision to pay a returned sum again): one live payment for each, held by the database.
    """

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="payments")
    case = models.ForeignKey(Case, models.PROTECT, related_name="payments")
    basis = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="payments")
    end_to_end_id = models.CharField(max_length=35, unique=True)
    kronor = models.BigIntegerField()
    giro = models.CharField(max_length=20)
    reference = models.CharField(max_length=100, blank=True)
    file = models.ForeignKey(OutgoingFile, models.PROTECT, null=True, related_name="payments")
    state = models.CharField(max_length=10, choices=PaymentState, default=PaymentState.PREPARED)
    bank_reason = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["batch", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kronor__gt=0), name="payment_positive"),
            models.UniqueConstraint(fields=["basis"], condition=Q(state__in=LIVE), name="payment_once_per_basis"),
        ]
        indexes = [models.Index(fields=["state"], name="payment_state")]
