# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The parts of a region that plan for themselves."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from overens.people.models import Organisation


class UnitQuerySet(models.QuerySet["Unit"]):
    def of(self, organisation: Organisation) -> Self:
        return self.filter(owner=organisation)


class Unit(models.Model):
    """A part of a region that enters its own need. ``removed``: it is asked no more; what it has entered stays."""

    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="units")
    code = models.SlugField(max_length=60)
    title = models.CharField(max_length=200)
    removed = models.BooleanField(default=False)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "code"], name="unit_once"),
            models.UniqueConstraint(fields=["owner", "title"], condition=Q(removed=False), name="unit_title_once"),
        ]

    def __str__(self) -> str:
        return self.title
