# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A paper of a case and its versions. A version never changes: the application may only insert it."""

from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.db.models.functions import Now

from overens.people.models import Mandate, Organisation, Person


class Document(models.Model):
    """One paper. ``subject`` is the key of the case (or agreement) that it belongs to, such as 2019/regioner/10."""

    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=100, db_index=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="documents")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class DocumentVersion(models.Model):
    """The exact content at one time: canonical JSON (RFC 8785) and its SHA-256.

    ``kind`` repeats the document's: the ledger's foreign key holds that money moves only by the kinds of
    paper that the movements allow. ``predecessor`` is the hash of the version that this one corrects.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    kind = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64, db_index=True)
    predecessor = models.CharField(max_length=64, blank=True)
    registration_number = models.CharField(max_length=60, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+")
    preparers = models.ManyToManyField(Person, related_name="prepared")
    effective_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["document", "number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="document_version_number_once"),
            models.UniqueConstraint(fields=["id", "kind"], name="document_version_id_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.document} v{self.number}"

    @property
    def data(self) -> dict[str, Any]:
        """The content as values; amounts are strings of whole kronor. Empty where it was disposed of by decision."""
        return json.loads(self.content or "{}")  # type: ignore[no-any-return]
