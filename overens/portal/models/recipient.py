# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whoever can get a state grant: 21 regions, 290 municipalities, SKR, and the counties' structures."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from overens.people.models import Organisation
from overens.rules.portal.grant import KINDS


class Recipient(models.Model):
    """``code`` is that of the organisation where it takes part here, a municipality's four digits otherwise.

    A municipality does not act in Överens and so is no organisation. Gotland stands twice, as region and as
    municipality, though it is one legal person.
    """

    code = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=200)
    county = models.CharField(max_length=2, blank=True, db_index=True)
    organisation = models.OneToOneField(Organisation, models.PROTECT, null=True, related_name="portal_recipient")

    class Meta:
        ordering = ["sort_key"]
        indexes = [models.Index(fields=["kind", "sort_key"], name="recipient_of_kind")]
        constraints = [models.CheckConstraint(condition=Q(kind__in=KINDS), name="recipient_kind_known")]

    def __str__(self) -> str:
        return self.name
