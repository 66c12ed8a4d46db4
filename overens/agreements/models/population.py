# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Population by county at a date, as fetched, with where it comes from. Never recomputed."""

from django.db import models
from django.db.models import Q


class PopulationSeries(models.Model):
    code = models.CharField(max_length=50, unique=True)
    title = models.TextField()
    source = models.TextField()
    reference_date = models.DateField()
    fetched_on = models.CharField(max_length=20)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["-reference_date"]

    def __str__(self) -> str:
        return self.code


class PopulationValue(models.Model):
    series = models.ForeignKey(PopulationSeries, models.PROTECT, related_name="values")
    county = models.CharField(max_length=2)
    persons = models.PositiveIntegerField()

    class Meta:
        ordering = ["series", "county"]
        constraints = [
            models.UniqueConstraint(fields=["series", "county"], name="population_county_once"),
            models.CheckConstraint(condition=Q(persons__gt=0), name="population_positive"),
        ]
