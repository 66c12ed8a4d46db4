# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What happened, once and for ever: ids and hashes only, no personal data beyond who acted."""

from __future__ import annotations

import json
from typing import Any

from django.db import models

from overens.people.models import Mandate, Person
from overens.records.models.document import DocumentVersion


class Event(models.Model):
    """One row per act, a link in the chain of its subject: ``sha256`` is over everything else in the row
    (``records.events.digest_of``), ``predecessor`` among it, so that a chain cannot be changed in its middle.

    ``person`` and ``mandate`` are empty for what the system does by rule. ``papers``: hashes of what the act froze
    besides its ``cause``, such as a signature.
    """

    subject = models.CharField(max_length=100)
    number = models.PositiveIntegerField()
    act = models.CharField(max_length=40)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+")
    cause = models.ForeignKey(DocumentVersion, models.PROTECT, null=True, related_name="events")
    papers: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    effective_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    predecessor = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["effective_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["subject", "number"], name="event_number_once")]

    def __str__(self) -> str:
        return f"{self.act} {self.subject}"


class Checkpoint(models.Model):
    """Where every chain ended at one time, as far as it has grown since the checkpoint before.

    ``content`` is canonical JSON: the number, the hash of the checkpoint before, and per subject that has grown
    since then the number and hash of its last event.
    """

    number = models.PositiveIntegerField(unique=True)
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"checkpoint {self.number}"

    @property
    def data(self) -> dict[str, Any]:
        return json.loads(self.content)  # type: ignore[no-any-return]


class Reading(models.Model):
    """An officer has read what another organisation sent in. Beside the chains: reading changes nothing in them."""

    subject = models.CharField(max_length=100)
    what = models.CharField(max_length=60)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["subject", "at"], name="reading_of_subject")]

    def __str__(self) -> str:
        return f"{self.what} {self.subject}"
