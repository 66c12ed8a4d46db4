# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is claimed of a recipient, how it may pay it, and the interest on it."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q

from overens.grants.models.case import Case
from overens.records.models import DocumentVersion


class ClaimReason(models.TextChoices):
    UNUSED = "unused"
    CLAWBACK = "clawback"


class Claim(models.Model):
    """Raised for what is owed and has not come; a repayment that comes by itself needs none.

    ``number`` counts within the case; ``version`` is the letter. A claim is ended when nothing is left of it, or a plan
    took its place, and holds again when a repayment is taken back (overens/grants/debts.py says which).
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="claims")
    number = models.PositiveIntegerField()
    reason = models.CharField(max_length=10, choices=ClaimReason)
    kronor = models.BigIntegerField()
    due_on = models.DateField()
    raised_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    version = models.OneToOneField(DocumentVersion, models.PROTECT, null=True, related_name="claim")

    class Meta:
        ordering = ["-raised_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kronor__gt=0), name="claim_positive"),
            models.UniqueConstraint(fields=["case", "number"], name="claim_number_once"),
        ]


class PlanKind(models.TextChoices):
    DEFERRAL = "deferral"
    INSTALMENTS = "instalments"


class PaymentPlan(models.Model):
    """A decision that a debt may be paid later: at once on another day (a deferral), or in parts.

    It replaces the days that held before. ``interest_after``: its own interest runs from the day after, to each part's
    day.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="plans")
    kind = models.CharField(max_length=12, choices=PlanKind)
    version = models.OneToOneField(DocumentVersion, models.PROTECT, related_name="plan")
    interest_after = models.DateField()
    decided_at = models.DateTimeField()
    broken_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(ended_at=None), name="plan_one_at_a_time"),
            models.CheckConstraint(
                condition=Q(broken_on=None) | Q(ended_at__isnull=False), name="plan_broken_is_ended"
            ),
        ]


class PlanRow(models.Model):
    plan = models.ForeignKey(PaymentPlan, models.PROTECT, related_name="rows")
    due_on = models.DateField()
    kronor = models.BigIntegerField()

    class Meta:
        ordering = ["due_on"]
        constraints = [
            models.CheckConstraint(condition=Q(kronor__gt=0), name="plan_row_positive"),
            models.UniqueConstraint(fields=["plan", "due_on"], name="plan_row_once_a_day"),
        ]


class InterestClaimQuerySet(models.QuerySet["InterestClaim"]):
    def unpaid(self) -> Self:
        """Those that something is left of."""
        return self.filter(kronor__gt=F("paid") + F("remitted"))


class InterestClaim(models.Model):
    """The interest on a case's debt for the days after ``after`` and through ``through``: a claim beside the chain, so
    that none of it is ever a krona of an agreement. ``paid`` and ``remitted`` are what has come of it.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="interest_claims")
    number = models.PositiveIntegerField()
    kronor = models.BigIntegerField()
    after = models.DateField()
    through = models.DateField()
    due_on = models.DateField()
    raised_at = models.DateTimeField()
    version = models.OneToOneField(DocumentVersion, models.PROTECT, related_name="interest_claim")
    paid = models.BigIntegerField(default=0)
    remitted = models.BigIntegerField(default=0)

    objects = InterestClaimQuerySet.as_manager()

    class Meta:
        ordering = ["-raised_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kronor__gt=0), name="interest_claim_positive"),
            models.CheckConstraint(
                condition=Q(paid__gte=0, remitted__gte=0, kronor__gte=F("paid") + F("remitted")),
                name="interest_claim_within",
            ),
            models.CheckConstraint(condition=Q(through__gt=F("after")), name="interest_claim_days"),
            models.UniqueConstraint(fields=["case", "number"], name="interest_claim_number_once"),
            models.UniqueConstraint(fields=["case", "after"], name="interest_claim_days_once"),
        ]

    @property
    def left(self) -> int:
        return self.kronor - self.paid - self.remitted
