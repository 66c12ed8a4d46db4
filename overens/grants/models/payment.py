# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Paying: a batch that one person prepares and another releases; one payment per paper that asks for it, and try."""

from django.db import models
from django.db.models import F, Q

from overens.grants.models.case import Case
from overens.people.models import Person
from overens.records.models import DocumentVersion


class Batch(models.Model):
    """``released_by`` is never ``prepared_by``. A dissolved batch pays nothing."""

    prepared_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    released_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)
    dissolved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(released_by=None) | ~Q(released_by=F("prepared_by")), name="batch_two_persons"
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
    """``end_to_end_id`` goes to the bank and comes back. ``basis`` is the requisition (or the decision to pay a
    returned sum again): one live payment for each, held by the database.
    """

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="payments")
    case = models.ForeignKey(Case, models.PROTECT, related_name="payments")
    basis = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="payments")
    end_to_end_id = models.CharField(max_length=35, unique=True)
    kronor = models.BigIntegerField()
    giro = models.CharField(max_length=20)
    reference = models.CharField(max_length=100, blank=True)
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
