# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What several people write at once: the unit that two of them can clash over, and every save of it."""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import models
from django.db.models.functions import Now

from overens.people.models import Person


class Written(models.Model):
    """``content`` is its fields, text by name; ``revision`` rises with every save. What was taken away keeps its row
    (``removed``), so that it can be brought back. Its saves are ``revisions``.
    """

    content: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    removed = models.BooleanField(default=False)
    changed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


M = TypeVar("M", bound=models.Model)


class RevisionQuerySet(models.QuerySet[M]):
    def waiting(self) -> Self:
        """Those with something set aside that nobody has chosen about yet."""
        return self.filter(chosen_at=None).exclude(set_aside={})


class WrittenRevision(models.Model):
    """A save, kept for ever: what the part became (``content``), and what was typed over which revision (``base``).

    ``number`` is the part's revision that it made. ``typed`` is None where the part became what was typed; where
    somebody else had changed it meanwhile it is what was typed, and ``merged`` says that theirs was taken in. What
    could not be merged is ``set_aside`` by field: the field as it would be had the writer's passages won. It waits
    until a person chooses (``chosen_at``). ``prefilled``: it was taken over or filled in, not typed.
    """

    number = models.PositiveIntegerField()
    base = models.PositiveIntegerField()
    content: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField()
    typed: models.JSONField[dict[str, str] | None, dict[str, str] | None] = models.JSONField(null=True)
    merged = models.BooleanField(default=False)
    set_aside: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    chosen_at = models.DateTimeField(null=True)
    prefilled = models.BooleanField(default=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        abstract = True
        ordering = ["part", "number"]

    def __str__(self) -> str:
        return f"{self.part} r{self.number}"  # type: ignore[attr-defined]
