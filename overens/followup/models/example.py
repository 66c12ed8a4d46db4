# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""That a region lets a measure stand in the public bank of examples, with what it has written of it."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q

from overens.followup.models.measure import MeasureYear
from overens.people.models import Mandate


class ExampleConsentQuerySet(models.QuerySet["ExampleConsent"]):
    def given(self) -> Self:
        """Those that hold: not withdrawn, of what was handed in and stands."""
        return self.filter(ended_at=None, measure_year__submission__superseded=False)


class ExampleConsent(models.Model):
    """Given for a measure as one report tells of it; the next year's text takes a consent of its own. Withdrawn by
    ``ended_at``; never deleted.
    """

    measure_year = models.ForeignKey(MeasureYear, models.PROTECT, related_name="consents")
    given_by = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_by = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = ExampleConsentQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["measure_year"], condition=Q(ended_at=None), name="example_consent_once"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__gte=F("at"), ended_by__isnull=False),
                name="example_consent_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure_year}"
