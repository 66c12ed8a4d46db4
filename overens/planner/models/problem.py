# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is planned from: a problem's file in every version, what was computed of each, and who may read it."""

from __future__ import annotations

import json
from typing import Any, Self

from django.db import models
from django.db.models import Q

from overens.planner.models.unit import Unit
from overens.records.canonical import digest
from overens.records.models import Run
from overens.records.models.kept import KeptFile, KeptQuerySet, KeptVersion, SecretLink


class ProblemKind(models.TextChoices):
    """Of a problem, as its file says: supply of staff (a scenario), production and capacity, competence mix, a rota."""

    SUPPLY = "supply"
    PRODUCTION = "production"
    MIX = "mix"
    ROSTER = "roster"


class ProblemQuerySet(KeptQuerySet["SavedProblem"]):
    def kind(self, kind: ProblemKind | str) -> Self:
        return self.filter(kind=kind)


class SavedProblem(KeptFile):
    """``unit``: the part of its owner that it is of, empty for the whole."""

    kind = models.CharField(max_length=12, choices=ProblemKind)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="problems")

    objects = ProblemQuerySet.as_manager()

    class Meta(KeptFile.Meta):
        constraints = [
            models.UniqueConstraint(fields=["owner", "kind", "code"], name="saved_problem_once"),
            models.CheckConstraint(condition=Q(kind__in=ProblemKind.values), name="saved_problem_kind_known"),
        ]

    @property
    def key(self) -> str:
        """As events carry it."""
        return f"{self.kind}/{self.owner.code}/{self.code}"


class ProblemVersion(KeptVersion):
    """``tables``: the text of each file beside the problem's own, by name. ``note``: why, in the writer's words."""

    problem = models.ForeignKey(SavedProblem, models.PROTECT, related_name="versions")
    tables: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    note = models.CharField(max_length=300, blank=True)

    class Meta(KeptVersion.Meta):
        constraints = [models.UniqueConstraint(fields=["problem", "number"], name="problem_version_once")]

    def __str__(self) -> str:
        return f"{self.problem} {self.number}"

    @property
    def files(self) -> dict[str, str]:
        return {"": self.text, **self.tables}

    @property
    def basis(self) -> str:
        """The hash of its file, or of it and the tables beside it: what is computed from them is of these."""
        return digest(json.dumps(self.files, sort_keys=True)) if self.tables else self.sha256


class ProblemLink(SecretLink):
    problem = models.ForeignKey(SavedProblem, models.PROTECT, related_name="links")

    def __str__(self) -> str:
        return str(self.problem)


class Computed(models.Model):
    """What a version gave: ``packed`` as the module that computed it packs it, ``sha256`` that of those bytes, and
    ``facts`` for pages that do not unpack them. Nothing takes it away, so what was last computed stays whatever becomes
    of a later run.

    ``kind``: of what was asked, such as ``supply-worth``; ``asked``: with which seed, how many runs and the like.
    ``basis``: the hash of what it was computed on. The same is never computed twice, and is computed anew when its data
    or what it builds on has changed. ``version`` is empty for what ships.
    """

    version = models.ForeignKey(ProblemVersion, models.PROTECT, null=True, related_name="computed")
    kind = models.CharField(max_length=40)
    asked: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    basis = models.CharField(max_length=64)
    run = models.OneToOneField(Run, models.PROTECT, related_name="+")
    packed = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    facts: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    finished_at = models.DateTimeField()

    class Meta:
        ordering = ["-finished_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "kind", "asked", "basis"], name="computed_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.version or 'shipped'} {self.kind}"

    @property
    def of(self) -> ProblemVersion:
        """Its version, where it is of none that ships."""
        assert self.version is not None
        return self.version
