# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the government decided: that an agreement holds, and how much each recipient may requisition."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from overens.agreements.models.agreement import AgreementVersion
from overens.ledger.models import Line
from overens.people.models import Organisation
from overens.records.models import DocumentVersion


class DecisionKind(models.TextChoices):
    APPROVAL = "approval"
    PAYMENT = "payment-decision"
    LOWERING = "lowering-decision"


class Decision(models.Model):
    """One decision with its date, number, decider and presenting officer (by office, not by name).

    ``line`` is empty for the approval, which concerns every line. ``version`` is the text that it was decided by. The
    paper's kind is the decision's.
    """

    kind = models.CharField(max_length=30, choices=DecisionKind)
    agreement = models.CharField(max_length=50, db_index=True)
    version = models.ForeignKey(AgreementVersion, models.PROTECT, related_name="decisions")
    line = models.ForeignKey(Line, models.PROTECT, null=True, related_name="decisions")
    decided_on = models.DateField()
    registration_number = models.CharField(max_length=60)
    decider = models.CharField(max_length=200)
    presenting_officer = models.CharField(max_length=200)
    reasons = models.TextField()
    paper = models.OneToOneField(DocumentVersion, models.PROTECT, related_name="decision")

    class Meta:
        ordering = ["decided_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DecisionKind.values), name="decision_kind_known"),
            models.CheckConstraint(condition=~Q(registration_number=""), name="decision_has_number"),
            models.UniqueConstraint(fields=["version"], condition=Q(kind="approval"), name="version_approved_once"),
            models.UniqueConstraint(
                fields=["line"], condition=Q(kind="payment-decision"), name="line_payment_decided_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.registration_number}"


class DecisionRow(models.Model):
    """What a decision gives one recipient to requisition at the most, in whole kronor; below zero what one lowers it
    by. What is decided is the sum of the rows.
    """

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="rows")
    recipient = models.ForeignKey(Organisation, models.PROTECT, related_name="decision_rows")
    kronor = models.BigIntegerField()

    class Meta:
        ordering = ["decision", "recipient__code"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "recipient"], name="decision_recipient_once"),
            models.CheckConstraint(condition=~Q(kronor=0), name="decision_row_not_zero"),
        ]


class DeclaredPart(models.Model):
    """The declared split of a row by pot; the parts may differ from the row by a rounding krona."""

    row = models.ForeignKey(DecisionRow, models.PROTECT, related_name="parts")
    pot = models.CharField(max_length=50)
    kronor = models.BigIntegerField()

    class Meta:
        ordering = ["row", "pk"]
        constraints = [models.UniqueConstraint(fields=["row", "pot"], name="declared_part_once")]
