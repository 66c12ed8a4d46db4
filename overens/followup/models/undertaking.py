# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How far a party has come with what it undertook itself."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from overens.people.models import Mandate
from overens.records.models import StoredFile
from overens.rules.followup.process import UndertakingState


class UndertakingQuerySet(models.QuerySet["UndertakingStep"]):
    def latest_of(self, agreement: str) -> Self:
        """The last step of each undertaking of an agreement."""
        found = self.filter(agreement=agreement).order_by("undertaking", "-pk").distinct("undertaking")
        return found.select_related("mandate__person", "mandate__organisation", "file").defer("file__content")


class UndertakingStep(models.Model):
    """A party recorded where it stands with an undertaking of the agreement's file, and on what grounds. The last one
    counts; none is ever changed.
    """

    agreement = models.CharField(max_length=50)
    undertaking = models.CharField(max_length=50)
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in UndertakingState])
    evidence = models.TextField(blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = UndertakingQuerySet.as_manager()

    class Meta:
        ordering = ["agreement", "undertaking", "pk"]
        indexes = [models.Index(fields=["agreement", "undertaking"], name="undertaking_of_agreement")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in UndertakingState]), name="undertaking_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["done", "not-done"]) | ~Q(evidence=""), name="undertaking_ended_on_grounds"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement}/{self.undertaking} {self.state}"
