# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A file on its way in."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.functions import Now

from overens.people.models import Mandate, Organisation


class Upload(models.Model):
    """A file that waits to be read: for its columns to be named, or for its turn. It is gone when it has been read.

    ``layout``: the columns of a table, empty for a format that says itself what is what. ``findings``: why it could not
    be read, as codes and values; empty until that has been tried.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    layout: models.JSONField[Any, Any] = models.JSONField(default=dict)
    ready = models.BooleanField(default=False)
    findings: models.JSONField[Any, Any] = models.JSONField(default=list)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
