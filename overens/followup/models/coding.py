# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Passages of texts that a person has marked with a theme, and which texts have been read to the end."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from overens.followup.models.codebook import CodebookEdition, Theme
from overens.followup.models.text import Text
from overens.people.models import Mandate
from overens.rules.followup.theme_counts import Mention


class Ended(models.TextChoices):
    """Why a coding no longer stands."""

    REMOVED = "removed"
    MERGED = "merged"
    CHOSEN_AGAIN = "chosen-again"
    CARRIED = "carried"
    RESOLVED = "resolved"


class CodingQuerySet(models.QuerySet["Coding"]):
    def standing(self) -> Self:
        """Those that nobody has ended."""
        return self.filter(ended_at=None)

    def counted(self) -> Self:
        """Those that stand, on texts that stand."""
        return self.standing().exclude(text__submission__superseded=True)


class Coding(models.Model):
    """A passage, by its place in code points of the text's body (``end`` not included), and what it is about.

    ``quote`` is the passage itself, which the database holds against the body. Never changed but by being ended.
    ``origin``: the coding that it came from, when themes were merged or split, or the text was corrected.
    """

    text = models.ForeignKey(Text, models.PROTECT, related_name="codings")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="codings")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    mention = models.CharField(max_length=10, choices=[(m.value, m.value) for m in Mention])
    note = models.CharField(max_length=1000, blank=True)
    edition = models.ForeignKey(CodebookEdition, models.PROTECT, related_name="+")
    coder = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    origin = models.ForeignKey("self", models.PROTECT, null=True, related_name="became")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+")
    ended_why = models.CharField(max_length=20, choices=Ended, blank=True)
    recorded_at = models.DateTimeField(db_default=Now())

    objects = CodingQuerySet.as_manager()

    class Meta:
        ordering = ["text", "start", "end", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="coding_is_a_passage"),
            models.CheckConstraint(
                condition=Q(mention__in=[m.value for m in Mention]), name="coding_mention_known"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, ended_why="")
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_why=""),
                name="coding_ended_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["text", "theme", "start", "end"], condition=Q(ended_at=None), name="coding_once"
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["theme"], condition=Q(ended_at=None), name="coding_of_theme")]

    def __str__(self) -> str:
        return f"{self.theme} {self.start}–{self.end}"


class TextRead(models.Model):
    """A text was read to the end with the codebook at hand: what is not marked in it is not there."""

    text = models.ForeignKey(Text, models.PROTECT, related_name="readings")
    edition = models.ForeignKey(CodebookEdition, models.PROTECT, related_name="+")
    reader = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["text"], condition=Q(ended_at=None), name="text_read_once"),
        ]


class SavedSearch(models.Model):
    """A search that is used again, by its address. Shared with all who code."""

    name = models.CharField(max_length=150)
    query = models.CharField(max_length=1000)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name", "pk"]
