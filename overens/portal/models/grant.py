# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A grant and each recipient's part of it: made of what others have decided, and made anew when that changes."""

from __future__ import annotations

from functools import cached_property
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from overens.portal.models.recipient import Recipient
from overens.rules.portal import grant as described


class GrantQuerySet(models.QuerySet["Grant"]):
    def standing(self) -> Self:
        """Without those that no source has any longer."""
        return self.filter(withdrawn_at=None)

    def of_year(self, year: int) -> Self:
        """Those whose period touches a calendar year."""
        return self.filter(years__contains=[year])


class Grant(models.Model):
    """``content`` is the whole of it as JSON (overens/rules/portal/grant.py); the other columns are what lists are
    narrowed by. ``sha256``: of the content and the shares, so that nothing is written when nothing has changed.
    """

    code = models.CharField(max_length=80, unique=True)
    agreement = models.CharField(max_length=50, blank=True, db_index=True)
    title = models.TextField()
    title_en = models.TextField(blank=True)
    sort_key = models.TextField()
    granter = models.CharField(max_length=200)
    granter_en = models.CharField(max_length=200, blank=True)
    first_day = models.DateField()
    last_day = models.DateField()
    years = ArrayField(models.PositiveSmallIntegerField())
    frame = models.BigIntegerField(null=True)
    kinds = ArrayField(models.CharField(max_length=20))
    areas = ArrayField(models.CharField(max_length=50))
    certainty = models.CharField(max_length=20)
    words = models.TextField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    changed_at = models.DateTimeField(db_index=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "code"]
        indexes = [GinIndex(fields=["years"], name="grant_years")]

    def __str__(self) -> str:
        return self.code

    @cached_property
    def described(self) -> described.Grant:
        """The grant as the rules know it."""
        return described.Grant.model_validate(self.content, strict=False)

    @property
    def is_synthetic(self) -> bool:
        return self.certainty == "synthetic"


class GrantShare(models.Model):
    """A recipient's part: whole kronor, or None where nobody has said. ``how``: how it is known. ``through``: the code
    of whoever gets the money first and passes it on.
    """

    grant = models.ForeignKey(Grant, models.CASCADE, related_name="shares", db_index=False)
    recipient = models.ForeignKey(Recipient, models.PROTECT, related_name="shares", db_index=False)
    kronor = models.BigIntegerField(null=True)
    how = models.CharField(max_length=20)
    through = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["grant", "recipient"]
        # By recipient for a recipient's year, by grant for the table of a grant: neither grows with the years.
        indexes = [models.Index(fields=["recipient", "grant"], name="share_of_recipient")]
        constraints = [models.UniqueConstraint(fields=["grant", "recipient"], name="share_once")]
