# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A file that its organisation keeps in versions, and the secret addresses where others read it."""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import models

from overens.people.models import Organisation, Person

M = TypeVar("M", bound=models.Model)


class KeptQuerySet(models.QuerySet[M]):
    def of(self, organisation: Organisation) -> Self:
        return self.filter(owner=organisation)

    def listed(self) -> Self:
        return self.filter(removed=False)


class KeptFile(models.Model):
    """``code`` is its address. ``number`` and ``title`` are those of the newest version. ``removed``: it is no longer
    listed; its versions are kept. Its versions are ``versions``, its addresses ``links``.
    """

    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    code = models.SlugField(max_length=60, allow_unicode=True)
    title = models.CharField(max_length=300)
    number = models.PositiveIntegerField(default=0)
    removed = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["-changed_at", "-pk"]

    def __str__(self) -> str:
        return self.code


class KeptVersion(models.Model):
    """A version of the file, kept for ever. ``sha256`` is that of its text in UTF-8."""

    number = models.PositiveIntegerField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["-number"]

    @property
    def files(self) -> dict[str, str]:
        """Its text under no name, and the text of every file beside it, by name."""
        return {"": self.text}


class SecretLink(models.Model):
    """A secret address where anybody who has it reads the newest version, until it is ended.

    The address is told once, when it is made. Kept is only its SHA-256, by which it is found.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        ordering = ["-pk"]
