# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is being written. A draft is its organisation's own until it is frozen into a version."""

from django.db import models
from django.db.models.functions import Now

from overens.people.models import Mandate, Person
from overens.records.models.document import Document


class Draft(models.Model):
    """``revision`` rises with every save; a save over a newer revision is refused, so no edit is lost."""

    document = models.OneToOneField(Document, models.PROTECT, related_name="draft")
    content = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.document} r{self.revision}"


class DraftEditor(models.Model):
    """Somebody whose edit is in the draft, and so in the version that it is frozen into."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="editors")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "person"], name="draft_editor_once")]


class Release(models.Model):
    """An organisation shows what it is writing to the state's officers, until it ends that."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="releases")
    given_by = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    ended_by = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document"], condition=models.Q(ended_at=None), name="release_one_open_a_document"
            ),
        ]
