# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Registration numbers, and what is left of a content that was disposed of."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from overens.people.models import Mandate, Organisation
from overens.records.models.document import DocumentVersion


class Registration(models.Model):
    """An agency's registration number, as it writes it. ``search_key``: letters and digits only, upper case.

    ``subject``: a case, ``agreement/2019`` or ``agreement/2019/regioner`` (a line's payment decision).
    """

    subject = models.CharField(max_length=100, db_index=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="registrations")
    number = models.CharField(max_length=60)
    search_key = models.CharField(max_length=60, db_index=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["subject", "organisation", "search_key"], name="registration_once"),
            models.CheckConstraint(condition=~Q(search_key=""), name="registration_has_search_key"),
        ]

    def __str__(self) -> str:
        return self.number


class Tombstone(models.Model):
    """A content was removed by decision; its hash stays. Only the database's own ``records_dispose`` writes here."""

    WHAT = ("version", "signature", "rendition", "file")

    what = models.CharField(max_length=10, choices=[(w, w) for w in WHAT])
    row = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    decision = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="tombstones")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["what", "row"], name="tombstone_once")]

    def __str__(self) -> str:
        return f"{self.what} {self.row}"
