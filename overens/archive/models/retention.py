# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long papers are kept, by whose decision, and what was disposed of by it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from overens.people.models import Mandate, Organisation
from overens.records.models import DocumentVersion
from overens.rules import retention


class RetentionRule(models.Model):
    """An organisation's decision for a kind of paper; ``kind`` empty: for every kind without one of its own.

    ``years`` from the day the case was closed; None keeps for ever. A later row takes an earlier one's place.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="retention_rules")
    kind = models.CharField(max_length=40, blank=True)
    years = models.PositiveSmallIntegerField(null=True)
    reference = models.CharField(max_length=200)
    decided_on = models.DateField()
    valid_from = models.DateField()
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["organisation", "kind", "valid_from", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reference=""), name="retention_cites_its_decision"),
            models.CheckConstraint(condition=Q(years=None) | Q(years__gte=1, years__lte=200), name="retention_years"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.kind or '*'} {self.years}"

    @property
    def rule(self) -> retention.Rule:
        return retention.Rule(self.kind, self.years, self.reference, self.valid_from)


class Disposal(models.Model):
    """A proposal that papers go, by one person; what becomes of it is its :class:`DisposalOutcome`."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="disposals")
    reason = models.TextField()
    reference = models.CharField(max_length=200)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"disposal {self.pk} {self.organisation}"


class DisposalItem(models.Model):
    """A paper of a proposal, with the hash that it had."""

    disposal = models.ForeignKey(Disposal, models.PROTECT, related_name="items")
    version = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["disposal", "version"], name="disposal_item_once")]

    def __str__(self) -> str:
        return self.sha256[:12]


class DisposalOutcome(models.Model):
    """Another person's word: with a ``decision`` the papers go, without one they stay, for a reason."""

    disposal = models.OneToOneField(Disposal, models.PROTECT, related_name="outcome")
    decision = models.OneToOneField(DocumentVersion, models.PROTECT, null=True, related_name="disposal_outcome")
    reason = models.CharField(max_length=300, blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decision__isnull=False) | ~Q(reason=""), name="disposal_decided_or_declined_with_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.disposal} {'decided' if self.decision_id else 'declined'}"
