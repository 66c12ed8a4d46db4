# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A proposal that its organisation keeps: its file, in every version."""

from __future__ import annotations

from django.db import models

from overens.records.models.kept import KeptFile, KeptQuerySet, KeptVersion, SecretLink


class SavedProposalQuerySet(KeptQuerySet["SavedProposal"]):
    pass


class SavedProposal(KeptFile):
    objects = SavedProposalQuerySet.as_manager()

    class Meta(KeptFile.Meta):
        constraints = [models.UniqueConstraint(fields=["owner", "code"], name="saved_proposal_once")]

    @property
    def key(self) -> str:
        """As events carry it."""
        return f"proposal/{self.owner.code}/{self.code}"


class SavedVersion(KeptVersion):
    proposal = models.ForeignKey(SavedProposal, models.PROTECT, related_name="versions")

    class Meta(KeptVersion.Meta):
        constraints = [models.UniqueConstraint(fields=["proposal", "number"], name="saved_version_once")]

    def __str__(self) -> str:
        return f"{self.proposal} {self.number}"


class ShareLink(SecretLink):
    proposal = models.ForeignKey(SavedProposal, models.PROTECT, related_name="links")

    def __str__(self) -> str:
        return str(self.proposal)
