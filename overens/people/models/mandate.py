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
from overens.rules.mandates import AT_A_UNIT, Held
from overens.rules.process import Role


class MandateQuerySet(models.QuerySet["Mandate"]):
    def on(self, day: dt.date) -> Self:
        """Mandates in force on a day."""
        return self.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gte=day))

    def not_over(self, day: dt.date) -> Self:
        """Mandates in force on a day or beginning after it; not those that ended before they began."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day) & Q(valid_to__gte=F("valid_from")))

    def covering(self, agreement: str) -> Self:
        """Mandates for every agreement, and those for this one."""
        return self.filter(agreement__in=["", agreement])


class Mandate(models.Model):
    """A role at an organisation, for all agreements (``agreement`` empty) or one. ``unit``: the code of the part of the
    organisation that the role is held at (``planner.models.Unit``), for those of ``rules.mandates.AT_A_UNIT``.

    ``citation`` names the delegation decision. ``given_by`` is empty where the system's operator gave an organisation
    its first administrator. Never deleted, and never changed but by being ended: ``valid_to`` is then the last day
    (the day before ``valid_from`` where it never came into force), ``given_until`` the one that it was given with.
    The database holds the application to it (migration 0003).
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="mandates")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="mandates")
    role = models.CharField(max_length=30, choices=[(r.value, r.value) for r in Role])
    agreement = models.CharField(max_length=50, blank=True, default="")
    unit = models.SlugField(max_length=60, blank=True, default="", db_index=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    citation = models.CharField(max_length=300)
    given_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField(null=True)
    given_until = models.DateField(null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_reason = models.CharField(max_length=300, blank=True, default="")

    objects = MandateQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "role", "valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from") - dt.timedelta(days=1)),
                name="mandate_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, ended_reason="")
                | Q(ended_at__isnull=False, ended_by__isnull=False, valid_to__isnull=False) & ~Q(ended_reason=""),
                name="mandate_ended_by_somebody_for_a_reason",
            ),
            models.UniqueConstraint(
                fields=["person", "organisation", "role", "agreement", "unit", "valid_from"],
                # One that was ended before it began does not count.
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="mandate_given_once",
            ),
            models.CheckConstraint(
                condition=Q(role__in=sorted(AT_A_UNIT)) & ~Q(unit="") | ~Q(role__in=sorted(AT_A_UNIT)) & Q(unit=""),
                name="mandate_names_the_unit_of_its_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.role} · {self.organisation}"

    def is_over(self, day: dt.date) -> bool:
        """True when it is not in force on a day and never will be after it."""
        return self.valid_to is not None and self.valid_to < max(day, self.valid_from)

    @property
    def held(self) -> Held:
        """The mandate as the rules know it."""
        return Held(
            self.pk,
            self.organisation_id,
            self.organisation.kind,
            self.role,
            self.agreement,
            self.valid_from,
            self.valid_to,
        )
