# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Documents that a follow-up collects: activity accounts, action plans, what is read before a visit."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from overens.followup.models.round import Round
from overens.followup.models.visit import Visit
from overens.people.models import Mandate, Organisation
from overens.records.models import StoredFile
from overens.rules.followup.visiting import DOCUMENTS


class CollectedQuerySet(models.QuerySet["Collected"]):
    def by(self, organisation: Organisation) -> Self:
        """What an organisation collects."""
        return self.filter(asker=organisation)

    def asked_of(self, organisation: Organisation) -> Self:
        """What an organisation has been asked for."""
        return self.filter(respondent=organisation, asked_at__isnull=False)

    def open(self) -> Self:
        """Asked for, neither received nor given up."""
        return self.filter(asked_at__isnull=False, received_on=None, closed_because="")


class Collected(models.Model):
    """A document that was asked for (``asked_at``), received (``received_on``), or both.

    ``wanted``: what was asked for, in words; ``from_whom``: who sent it, by role; ``message``: the sender's word with
    it; ``note``: the asker's own, which the respondent does not see. ``closed_because``: why it is no longer waited
    for.
    """

    agreement = models.CharField(max_length=50, db_index=True)
    year = models.PositiveSmallIntegerField()
    asker = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    respondent = models.ForeignKey(Organisation, models.PROTECT, related_name="collected")
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, related_name="documents")
    round = models.ForeignKey(Round, models.PROTECT, null=True, related_name="documents")
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    wanted = models.TextField(blank=True)
    asked_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    received_on = models.DateField(null=True)
    from_whom = models.CharField(max_length=200, blank=True)
    registration_number = models.CharField(max_length=60, blank=True)
    message = models.TextField(blank=True)
    note = models.TextField(blank=True)
    closed_because = models.CharField(max_length=1000, blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    objects = CollectedQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DOCUMENTS), name="collected_kind_known"),
            models.CheckConstraint(
                condition=Q(asked_at__isnull=False, due_on__isnull=False) | Q(received_on__isnull=False, asked_at=None),
                name="collected_asked_or_received",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> str:
        """What its events and notices are about."""
        return self.visit.key if self.visit else f"documents/{self.agreement}/{self.year}/{self.respondent.code}"


class CollectedFile(models.Model):
    """A file of a collected document, as it came. Never changed."""

    collected = models.ForeignKey(Collected, models.PROTECT, related_name="files")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="collected")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.file)
