# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What comes after an edition stands: corrections that it does not have, and the files that were made of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from overens.editions.models.edition import Edition
from overens.followup.models import Submission
from overens.people.models import Person
from overens.records.models import StoredFile


class Proposal(models.Model):
    """A region has corrected facts that a frozen edition rests on: the edition stays, the next one may say otherwise.

    Open until an analyst takes it to the next edition or says why not.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="proposals")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="open")
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "submission"], name="edition_proposal_once"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "taken", "declined"]), name="edition_proposal_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.submission}"


class EditionFile(models.Model):
    """A file made of a compiled document, kept so that everybody gets the same bytes. ``made_of`` is the hash of the
    document: the one that is frozen, or a draft as it was then.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="files")
    made_of = models.CharField(max_length=64)
    name = models.CharField(max_length=150)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["edition", "pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "made_of", "name"], name="edition_file_once")]

    def __str__(self) -> str:
        return f"{self.edition} {self.name}"
