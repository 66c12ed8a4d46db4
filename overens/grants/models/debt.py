# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Claims on recipients."""

from django.db import models
from django.db.models import Q

from overens.grants.models.case import Case


class ClaimReason(models.TextChoices):
    UNUSED = "unused"
    CLAWBACK = "clawback"


class Claim(models.Model):
    """Raised for what is missing when it is due; a repayment that comes by itself needs none."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="claims")
    reason = models.CharField(max_length=10, choices=ClaimReason)
    kronor = models.BigIntegerField()
    due_on = models.DateField()
    raised_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-raised_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kronor__gt=0), name="claim_positive"),
            models.UniqueConstraint(fields=["case"], condition=Q(ended_at=None), name="claim_one_open_per_case"),
        ]
