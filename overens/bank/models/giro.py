# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which giro numbers are known to be whose, and what shows it."""

from django.db import models
from django.db.models import Q

from overens.people.models import Mandate, Organisation
from overens.records.models import StoredFile


class AccountProof(models.Model):
    """A certified bank statement that an organisation sent in for a giro number, and what the payer's officer found.

    ``case``: the key of the case that asked for it. It is sent in once and answered once; another statement is
    another row.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="account_proofs")
    case = models.CharField(max_length=100)
    giro = models.CharField(max_length=20)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="account_proof")
    sent_by = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    accepted = models.BooleanField(null=True)
    reason = models.TextField(blank=True)
    answered_by = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "giro"], condition=Q(accepted=None), name="account_proof_one_waiting"
            ),
            models.CheckConstraint(
                condition=Q(accepted=None, answered_by=None, answered_at=None)
                | Q(accepted__isnull=False, answered_by__isnull=False, answered_at__isnull=False),
                name="account_proof_answered_by_somebody",
            ),
            models.CheckConstraint(condition=Q(accepted=False) ^ Q(reason=""), name="account_proof_rejected_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.giro} {self.organisation}"


class ListedGiro(models.Model):
    """A giro number that an organisation may be paid to. ``source`` says since when and how we know, in words; where a
    statement shows it, ``proof`` is that.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="listed_giros")
    giro = models.CharField(max_length=20)
    source = models.CharField(max_length=200)
    proof = models.OneToOneField(AccountProof, models.PROTECT, null=True, related_name="listed")
    listed_on = models.DateField()

    class Meta:
        ordering = ["organisation", "giro"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "giro"], name="listed_giro_once"),
        ]

    def __str__(self) -> str:
        return f"{self.giro} {self.organisation}"
