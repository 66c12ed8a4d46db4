# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What happened, once and for ever: ids and hashes only, no personal data beyond who acted."""

from django.db import models
from django.db.models.functions import Now

from overens.people.models import Mandate, Person
from overens.records.models.document import DocumentVersion


class Event(models.Model):
    """One row per act. ``person`` and ``mandate`` are empty for what the system does by rule."""

    subject = models.CharField(max_length=100, db_index=True)
    act = models.CharField(max_length=40)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+")
    cause = models.ForeignKey(DocumentVersion, models.PROTECT, null=True, related_name="events")
    effective_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["effective_at", "pk"]

    def __str__(self) -> str:
        return f"{self.act} {self.subject}"
