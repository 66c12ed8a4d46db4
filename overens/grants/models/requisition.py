# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A signed request for payment: the facts of one version that the payer works with."""

from django.db import models
from django.db.models import Q

from overens.grants.models.case import Case
from overens.records.models import DocumentVersion


class Requisition(models.Model):
    """One row per signed version; ``superseded`` when a later one, or a withdrawal, took its place."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="requisitions")
    version = models.OneToOneField(DocumentVersion, models.PROTECT, related_name="requisition")
    kronor = models.BigIntegerField()
    giro = models.CharField(max_length=20)
    reference = models.CharField(max_length=100, blank=True)
    received_at = models.DateTimeField()
    superseded = models.BooleanField(default=False)

    class Meta:
        ordering = ["case", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kronor__gt=0), name="requisition_positive"),
            models.UniqueConstraint(fields=["case"], condition=Q(superseded=False), name="requisition_one_standing"),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.kronor}"
