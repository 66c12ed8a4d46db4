# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A secret address at which a calendar program reads an organisation's last days."""

from __future__ import annotations

from django.db import models

from overens.people.models import Organisation, Person


class Feed(models.Model):
    """Made by a person, for an organisation where they have a mandate; without one it shows nothing any more.

    The address is told once, when it is made. Kept is only its SHA-256, by which it is found.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="feeds")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="feeds")
    sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.person}"
