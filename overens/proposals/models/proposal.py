# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A proposal that its organisation keeps: its file, in every version."""

from __future__ import annotations

from typing import Self

from django.db import models

from overens.people.models import Organisation, Person


class SavedProposalQuerySet(models.QuerySet["SavedProposal"]):
    def of(self, organisation: Organisation) -> Self:
        return self.filter(owner=organisation)


class SavedProposal(models.Model):
    """``code`` is its address, from the id in its file as it first was. ``number`` and ``title`` are those of the
    newest version. ``removed``: it is no longer listed; its versions are kept.
    """

    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="proposals")
    code = models.SlugField(max_length=60, allow_unicode=True)
    title = models.CharField(max_length=300)
    number = models.PositiveIntegerField(default=0)
    removed = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    objects = SavedProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["owner", "code"], name="saved_proposal_once")]

    def __str__(self) -> str:
        return self.code

    @property
    def key(self) -> str:
        """As events carry it."""
        return f"proposal/{self.owner.code}/{self.code}"


class SavedVersion(models.Model):
    """A version of the file, kept for ever. ``sha256`` is that of its text in UTF-8."""

    proposal = models.ForeignKey(SavedProposal, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["proposal", "number"], name="saved_version_once")]

    def __str__(self) -> str:
        return f"{self.proposal} {self.number}"


class ShareLink(models.Model):
    """A secret address where anybody who has it reads the newest version, until it is ended.

    The address is told once, when it is made. Kept is only its SHA-256, by which it is found.
    """

    proposal = models.ForeignKey(SavedProposal, models.PROTECT, related_name="links")
    sha256 = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.proposal)
