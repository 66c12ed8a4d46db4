# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A sample of paragraphs that a second person codes without seeing what the first has marked."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from overens.followup.models.codebook import CodebookEdition, Theme
from overens.followup.models.text import Text
from overens.people.models import Mandate, Person


class Sample(models.Model):
    """Drawn by ``seed`` from ``population`` paragraphs of texts that had been read. ``second`` codes it, blind, until
    ``done_at``.
    """

    name = models.CharField(max_length=150)
    seed = models.CharField(max_length=64)
    population = models.PositiveIntegerField()
    themes = models.ManyToManyField(Theme, through="SampleTheme", related_name="samples")
    edition = models.ForeignKey(CodebookEdition, models.PROTECT, related_name="+")
    second = models.ForeignKey(Person, models.PROTECT, related_name="+")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name


class SampleTheme(models.Model):
    sample = models.ForeignKey(Sample, models.PROTECT)
    theme = models.ForeignKey(Theme, models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sample", "theme"], name="sample_theme_once")]


class SampleUnit(models.Model):
    """One paragraph of the sample, in the order that the second person gets them. Never changed but ``answered_at``."""

    sample = models.ForeignKey(Sample, models.PROTECT, related_name="units")
    position = models.PositiveIntegerField()
    text = models.ForeignKey(Text, models.PROTECT, related_name="+")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["sample", "position"]
        constraints = [
            models.UniqueConstraint(fields=["sample", "position"], name="sample_unit_once"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="sample_unit_is_a_passage"),
        ]

    @property
    def quote(self) -> str:
        return self.text.body[self.start : self.end]


class Judgement(models.Model):
    """Whether a theme is in a paragraph, as a coder said. The first coder's are frozen when the sample is drawn. Never
    changed.
    """

    FIRST, SECOND = 1, 2

    unit = models.ForeignKey(SampleUnit, models.PROTECT, related_name="judgements")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="+")
    coder = models.PositiveSmallIntegerField()
    coded = models.BooleanField()
    mention = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering = ["unit", "theme", "coder"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "theme", "coder"], name="judgement_once"),
            models.CheckConstraint(condition=Q(coder__in=[1, 2]), name="judgement_of_first_or_second"),
        ]


class Resolution(models.Model):
    """What was decided where the two did not agree, by whom, and why. Never changed."""

    unit = models.ForeignKey(SampleUnit, models.PROTECT, related_name="resolutions")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="+")
    coded = models.BooleanField()
    mention = models.CharField(max_length=10, blank=True)
    together = models.BooleanField()
    reason = models.CharField(max_length=1000)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "theme"], name="resolution_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="resolution_has_reason"),
        ]
