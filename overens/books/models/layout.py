# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which column is what in the exports of an organisation's accounting system."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.functions import Now

from overens.people.models import Mandate, Organisation


class ColumnLayout(models.Model):
    """Kept for the next export with the same ``header`` (SHA-256 of its column names); the latest one counts."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="column_layouts")
    header = models.CharField(max_length=64)
    content: models.JSONField[Any, Any] = models.JSONField()
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
