# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A legal person (or a county structure without one) that takes part in an agreement."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q


class Kind(models.TextChoices):
    """What an organisation is in the chain; who may act for it in which way follows from it."""

    GOVERNMENT = "government"
    MINISTRY = "ministry"
    PAYER = "payer"
    FOLLOWUP = "followup"
    ASSOCIATION = "association"
    REGION = "region"
    STRUCTURE = "structure"


class Organisation(models.Model):
    """One organisation; its names over time are :class:`OrganisationName` rows.

    ``code`` is the two-digit county code (SCB) for regions, a short code of ours for others. ``sort_key``
    orders names as Swedish does (the embedded server has no Swedish collation). ``separations``: who must be another
    than whom here beyond what the agreements say (overens/rules/separation.py), as its administrators last decided.
    """

    code = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=200, db_index=True)
    orgnr = models.CharField(max_length=11, blank=True)
    postal_address = models.CharField(max_length=300, blank=True)
    telephone = models.CharField(max_length=50, blank=True)
    email = models.EmailField(blank=True)
    giro = models.CharField(max_length=20, blank=True)
    separations: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["sort_key"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="organisation_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name

    def name_on(self, day: dt.date) -> str:
        """The name that the organisation bore on a day; today's where none is recorded for it."""
        dated = self.names.filter(valid_from__lte=day).exclude(valid_to__lt=day).first()
        return dated.name if dated else self.name


class OrganisationName(models.Model):
    """A name with the days it was borne; ``valid_to`` is the last day, empty for today's."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="names")
    name = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ["organisation", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "valid_from"], name="organisation_name_once_a_day"),
        ]


SWEDISH = str.maketrans({"å": "z1", "ä": "z2", "ö": "z3", "é": "e", "ü": "y"})


def swedish_sort_key(name: str) -> str:
    """Å, Ä and Ö sort after Z, in this order; case does not matter."""
    return name.casefold().translate(SWEDISH)
