# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Measures: what a region does with the money, which lives from year to year."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from overens.followup.models.submission import Submission
from overens.people.models import Organisation
from overens.rules.followup.measures import LEGIBILITY, NATURES, PARTIES, SPREADS, STATUSES, WORTH


class Measure(models.Model):
    """The measure itself, whatever it is called in a year. ``number`` is its own within the organisation, never given
    twice.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="measures")
    number = models.PositiveIntegerField()

    class Meta:
        ordering = ["organisation", "number"]
        constraints = [models.UniqueConstraint(fields=["organisation", "number"], name="measure_number_once")]

    def __str__(self) -> str:
        return f"{self.organisation.code}-{self.number}"


class MeasureYear(models.Model):
    """A measure as a submission tells of it. ``area`` is the main one by the agreement's id (empty where the source
    does not say), ``areas`` further ones. Empty texts: nothing was said. Where choices are empty it was not stated.

    ``legibility``, ``raw``, ``area_guess`` and ``page`` are of the reference follow-up, read from print.
    """

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="measures")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="years")
    name = models.CharField(max_length=300)
    area = models.CharField(max_length=50, blank=True)
    areas: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    use = models.CharField(max_length=50, blank=True)
    nature = models.CharField(max_length=20, blank=True)
    status = models.CharField(max_length=20, blank=True)
    began_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    purpose = models.TextField(blank=True)
    goal = models.TextField(blank=True)
    units = models.TextField(blank=True)
    units_number = models.PositiveIntegerField(null=True)
    results = models.TextField(blank=True)
    success_factors = models.TextField(blank=True)
    challenges = models.TextField(blank=True)
    worked_less_well = models.TextField(blank=True)
    spread = models.CharField(max_length=20, blank=True)
    worth_spreading = models.CharField(max_length=20, blank=True)
    changed = models.TextField(blank=True)
    legibility = models.CharField(max_length=20, blank=True)
    raw = models.CharField(max_length=300, blank=True)
    area_guess = models.CharField(max_length=50, blank=True)
    page = models.PositiveSmallIntegerField(null=True)
    kind = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["submission", "area", "measure__number"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "measure"], name="measure_year_once"),
            models.CheckConstraint(condition=Q(status__in=["", *STATUSES]), name="measure_year_status_known"),
            models.CheckConstraint(condition=Q(nature__in=["", *NATURES]), name="measure_year_nature_known"),
            models.CheckConstraint(condition=Q(spread__in=["", *SPREADS]), name="measure_year_spread_known"),
            models.CheckConstraint(condition=Q(worth_spreading__in=["", *WORTH]), name="measure_year_worth_known"),
            models.CheckConstraint(condition=Q(legibility__in=["", *LEGIBILITY]), name="measure_year_legibility_known"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(began_on=None) | Q(ended_on__gte=models.F("began_on")),
                name="measure_year_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["area", "status"], name="measure_year_of_area")]

    def __str__(self) -> str:
        return self.name


class MeasureMoney(models.Model):
    """Whole kronor of a pot that went to a measure in the year."""

    measure = models.ForeignKey(MeasureYear, models.PROTECT, related_name="money")
    pot = models.CharField(max_length=50)
    kronor = models.BigIntegerField()

    class Meta:
        ordering = ["measure", "pot"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "pot"], name="measure_money_once"),
            models.CheckConstraint(condition=Q(kronor__gte=0), name="measure_money_not_negative"),
        ]


class MeasureParty(models.Model):
    """Who had a part in a measure, and how."""

    measure = models.ForeignKey(MeasureYear, models.PROTECT, related_name="parties")
    party = models.CharField(max_length=30)
    how = models.TextField(blank=True)

    class Meta:
        ordering = ["measure", "party"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "party"], name="measure_party_once"),
            models.CheckConstraint(condition=Q(party__in=PARTIES), name="measure_party_known"),
        ]
