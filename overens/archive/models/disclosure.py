# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A copy of a paper that was given out, with what was masked in it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from overens.people.models import Mandate, Organisation
from overens.records.models import DocumentVersion


class Disclosure(models.Model):
    """``masked``: a list of {"path", "label", "ground"}, in the order of the paper. ``sha256``: of the copy's bytes.

    The copy itself is not kept: it is made again from the paper and the masks, so that it goes when the paper goes.
    ``requester`` may be empty: whoever asks for a public record need not say who they are (Freedom of the Press Act
    2:18, to be confirmed).
    """

    version = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="disclosures")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    masked: models.JSONField[list[dict[str, str]], list[dict[str, str]]] = models.JSONField()
    requester = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=2)
    media_type = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=~Q(sha256=""), name="disclosure_has_hash")]

    def __str__(self) -> str:
        return f"{self.version} {self.given_at:%Y-%m-%d}"
