# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The codebook of those who follow up: its editions, and the themes that codings hang on."""

from __future__ import annotations

from functools import lru_cache

from django.db import models
from django.db.models.functions import Now

from overens.people.models import Mandate
from overens.rules.followup.codebook import Codebook


class Theme(models.Model):
    """A theme's identity, the same through all editions whatever it is called in them. Never changed."""

    code = models.CharField(max_length=50, unique=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class CodebookEdition(models.Model):
    """The codebook as canonical JSON of ``rules.followup.codebook.Codebook``; the last one counts. Never changed.

    ``changed``: what the edition changes, and why. ``fate``: what became of coded passages, by theme, with how many.
    """

    number = models.PositiveIntegerField(unique=True)
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    changed = models.CharField(max_length=500)
    fate: models.JSONField[dict[str, object], dict[str, object]] = models.JSONField(default=dict)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(changed=""), name="codebook_edition_says_what_changed"),
        ]

    def __str__(self) -> str:
        return f"codebook {self.number}"

    @property
    def codebook(self) -> Codebook:
        return _parsed(self.content)


@lru_cache(maxsize=64)
def _parsed(content: str) -> Codebook:
    return Codebook.model_validate_json(content, strict=False)
