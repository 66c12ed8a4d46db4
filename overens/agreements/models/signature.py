# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A party's signature on a text of an agreement."""

from django.db import models

from overens.agreements.models.agreement import AgreementVersion
from overens.records.models import DocumentVersion


class PartySignature(models.Model):
    """``party`` is the party's code in the text. Each party signs a paper of its own, which names the text's hash; who
    signed and when is on the paper's signature.
    """

    version = models.ForeignKey(AgreementVersion, models.PROTECT, related_name="signatures")
    party = models.CharField(max_length=50)
    paper = models.OneToOneField(DocumentVersion, models.PROTECT, related_name="party_signature")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["version", "party"], name="party_signs_once")]

    def __str__(self) -> str:
        return f"{self.version} {self.party}"
