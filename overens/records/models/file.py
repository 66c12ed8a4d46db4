# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Bytes: what came from outside, and how a paper looks as a PDF."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from overens.people.models import Mandate, Organisation
from overens.records.models.document import DocumentVersion


class StoredFile(models.Model):
    """A file as it was received, byte for byte. ``name`` is what the sender called it, for people only; ``mandate`` is
    empty where no person handed it in (a bank's channel).
    """

    sha256 = models.CharField(max_length=64, db_index=True)
    media_type = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    content = models.BinaryField()
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Attachment(models.Model):
    """A received file that belongs to a paper, which names it by its SHA-256 in its content."""

    version = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="attachments")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="attachment")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.file)


class Purpose(models.TextChoices):
    TO_SIGN = "to-sign"
    SEALED = "sealed"


class Rendition(models.Model):
    """A version as a PDF. ``to-sign``: to be signed outside; ``sealed``: with the seal of ``organisation``, whose
    certificate has the SHA-256 ``certificate``; ``test_key`` where that key proves nothing (the demo's).
    """

    version = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="renditions")
    purpose = models.CharField(max_length=10, choices=Purpose)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    certificate = models.CharField(max_length=64, blank=True)
    test_key = models.BooleanField(default=False)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "purpose"], name="rendition_once"),
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="rendition_purpose_known"),
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.purpose}"
