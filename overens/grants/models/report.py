# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The signed financial report as figures, and the settlement that it came to."""

from django.db import models
from django.db.models import Q

from overens.grants.models.case import Case
from overens.records.models import DocumentVersion


class FinancialReport(models.Model):
    """Figures of one signed version (2019 agreement, Bilaga 2, part 3). Whole kronor.

    ``costs`` are the recipient's whole costs in the agreement's field, however financed; ``unused`` is what of
    ``received`` they do not reach up to, ``own_share`` what they exceed it by (never both).
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="reports")
    version = models.OneToOneField(DocumentVersion, models.PROTECT, related_name="financial_report")
    received_at = models.DateTimeField()
    granted = models.BigIntegerField()
    received = models.BigIntegerField()
    costs = models.BigIntegerField()
    unused = models.BigIntegerField()
    own_share = models.BigIntegerField()
    alternative = models.PositiveSmallIntegerField()
    superseded = models.BooleanField(default=False)

    class Meta:
        ordering = ["case", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(superseded=False), name="report_one_standing"),
            models.CheckConstraint(
                condition=Q(unused__gte=0) & Q(own_share__gte=0) & (Q(unused=0) | Q(own_share=0)),
                name="report_unused_or_own_share",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.version_id}"


class CostItem(models.Model):
    """A cost under one of the heads of the agreement's form; ``allocation_key`` says how a shared cost was split."""

    report = models.ForeignKey(FinancialReport, models.PROTECT, related_name="cost_items")
    head = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    kronor = models.BigIntegerField()
    allocation_key = models.TextField(blank=True)

    class Meta:
        ordering = ["report", "pk"]


class Settlement(models.Model):
    """The payer's acceptance: so much was used, so much was (or is) to be repaid. A corrected one supersedes it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="settlements")
    version = models.OneToOneField(DocumentVersion, models.PROTECT, related_name="settlement")
    report = models.OneToOneField(FinancialReport, models.PROTECT, related_name="settlement")
    used = models.BigIntegerField()
    unused = models.BigIntegerField()

    class Meta:
        ordering = ["case", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(used__gte=0) & Q(unused__gte=0), name="settlement_not_negative"),
        ]
