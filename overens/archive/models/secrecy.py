# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""An organisation's note in its register that a paper may hold something secret, and that it no longer does."""

from __future__ import annotations

from django.db import models

from overens.people.models import Mandate, Organisation
from overens.records.models import Document


class SecrecyMarkQuerySet(models.QuerySet["SecrecyMark"]):
    def standing(self) -> SecrecyMarkQuerySet:
        return self.filter(lift=None)


class SecrecyMark(models.Model):
    """``ground``: the section of OSL, as "OSL 21 kap. 1 §". A reminder, not a decision: each request is judged anew."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="secrecy_marks")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    ground = models.CharField(max_length=40)
    note = models.CharField(max_length=300, blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()

    objects = SecrecyMarkQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.ground} {self.document}"


class SecrecyLift(models.Model):
    """The mark no longer holds, from a time and for a reason. A row of its own, so that no mark is ever changed."""

    mark = models.OneToOneField(SecrecyMark, models.PROTECT, related_name="lift")
    reason = models.CharField(max_length=300)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"lift of {self.mark}"
