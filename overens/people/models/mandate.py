# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may do what, for which organisation, from when until when, by whose decision."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q

from overens.people.models.organisation import Organisation
from overens.people.models.person import Person
from overens.rules.process import Role


class MandateQuerySet(models.QuerySet["Mandate"]):
    def on(self, day: dt.date) -> Self:
        """Mandates in force on a day."""
        return self.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gte=day))

    def covering(self, agreement: str) -> Self:
        """Mandates for every agreement, and those for this one."""
        return self.filter(agreement__in=["", agreement])


class Mandate(models.Model):
    """A role at an organisation, for all agreements (``agreement`` empty) or one.

    Ended by giving ``valid_to``, never deleted; ``citation`` names the delegation decision.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="mandates")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="mandates")
    role = models.CharField(max_length=30, choices=[(r.value, r.value) for r in Role])
    agreement = models.CharField(max_length=50, blank=True, default="")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    citation = models.CharField(max_length=300)
    given_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    objects = MandateQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "role", "valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="mandate_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["person", "organisation", "role", "agreement", "valid_from"], name="mandate_given_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.role} · {self.organisation}"
