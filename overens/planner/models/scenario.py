# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A scenario that its organisation keeps: its file in every version, what was computed of each, and who may read it."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from overens.people.models import Organisation, Person
from overens.records.models import Run


class SavedScenarioQuerySet(models.QuerySet["SavedScenario"]):
    def of(self, organisation: Organisation) -> Self:
        return self.filter(owner=organisation)

    def listed(self) -> Self:
        return self.filter(removed=False)


class SavedScenario(models.Model):
    """``code`` is its address, from the id in its file as it first was. ``number`` and ``title`` are those of the
    newest version. ``removed``: it is no longer listed; its versions are kept.
    """

    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="scenarios")
    code = models.SlugField(max_length=60, allow_unicode=True)
    title = models.CharField(max_length=300)
    number = models.PositiveIntegerField(default=0)
    removed = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    objects = SavedScenarioQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["owner", "code"], name="saved_scenario_once")]

    def __str__(self) -> str:
        return self.code

    @property
    def key(self) -> str:
        """As events carry it."""
        return f"scenario/{self.owner.code}/{self.code}"


class ScenarioVersion(models.Model):
    """A version of the file, kept for ever. ``sha256`` is that of its text in UTF-8."""

    scenario = models.ForeignKey(SavedScenario, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["scenario", "number"], name="scenario_version_once")]

    def __str__(self) -> str:
        return f"{self.scenario} {self.number}"


class Projected(models.Model):
    """What a version gave: ``packed`` is its projection (overens/planning/supply/files.py), ``sha256`` that of those
    bytes. ``basis``: the hash of what was computed (:func:`overens.planner.standing.digest`), so that the same is
    never computed twice, and is computed anew when its data or what it builds on has changed.
    """

    version = models.ForeignKey(ScenarioVersion, models.PROTECT, related_name="projections")
    seed = models.BigIntegerField()
    runs = models.PositiveIntegerField()
    basis = models.CharField(max_length=64)
    run = models.OneToOneField(Run, models.PROTECT, related_name="+")
    packed = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    finished_at = models.DateTimeField()

    class Meta:
        ordering = ["-finished_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "seed", "runs", "basis"], name="projected_once"),
            models.CheckConstraint(condition=Q(runs__gte=2), name="projected_has_runs"),
        ]

    def __str__(self) -> str:
        return f"{self.version} × {self.runs}"


class Tried(models.Model):
    """What was computed, tried: ``answers`` says which assumptions matter most to it and how often its intervals hold,
    as :mod:`overens.planner.trying` reads them.
    """

    projected = models.OneToOneField(Projected, models.PROTECT, related_name="tried")
    run = models.OneToOneField(Run, models.PROTECT, related_name="+")
    answers = models.JSONField()
    finished_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.projected)


class ScenarioLink(models.Model):
    """A secret address where anybody who has it reads the newest version, until it is ended.

    The address is told once, when it is made. Kept is only its SHA-256, by which it is found.
    """

    scenario = models.ForeignKey(SavedScenario, models.PROTECT, related_name="links")
    sha256 = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.scenario)
