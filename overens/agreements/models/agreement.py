# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The text of an agreement as it was stored: the TOML, word for word, with its hash."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models.functions import Now

from overens.records.models import DocumentVersion


class AgreementQuerySet(models.QuerySet["AgreementVersion"]):
    def current(self) -> Self:
        """The newest version of each agreement, newest agreement first."""
        return self.filter(
            number=models.Subquery(
                AgreementVersion.objects.filter(code=models.OuterRef("code"))
                .values("code")
                .annotate(newest=models.Max("number"))
                .values("newest")
            )
        ).order_by("-code")


class AgreementVersion(models.Model):
    """``code`` is the agreement's id (2019), ``number`` its version. Never changed: an amendment is a new version."""

    code = models.CharField(max_length=50)
    number = models.PositiveIntegerField()
    title = models.TextField()
    total = models.BigIntegerField()
    text = models.TextField()
    paper = models.OneToOneField(DocumentVersion, models.PROTECT, related_name="agreement_version")
    recorded_at = models.DateTimeField(db_default=Now())

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["code", "number"]
        constraints = [models.UniqueConstraint(fields=["code", "number"], name="agreement_version_once")]

    def __str__(self) -> str:
        return f"{self.code} v{self.number}"
