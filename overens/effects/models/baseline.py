# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How things were when an agreement came into force: a key figure by region and year, as a paper that never changes."""

from __future__ import annotations

import json
from typing import Any

from django.db import models

from overens.records.models import DocumentVersion


class Baseline(models.Model):
    """One key figure of one agreement. The paper holds the values up to the year before the agreement's period, which
    regions have none, and the table that they are from; ``version`` is that of the agreement which was in force.
    """

    KIND = "baseline"

    agreement = models.CharField(max_length=50)
    version = models.PositiveIntegerField()
    kpi = models.CharField(max_length=10)
    table = models.CharField(max_length=60)
    paper = models.OneToOneField(DocumentVersion, models.PROTECT, related_name="baseline")

    class Meta:
        ordering = ["agreement", "kpi"]
        constraints = [models.UniqueConstraint(fields=["agreement", "kpi"], name="baseline_once")]

    def __str__(self) -> str:
        return f"{self.agreement} {self.kpi}"

    @property
    def content(self) -> dict[str, Any]:
        """As :mod:`overens.effects.actions.freezing` wrote it."""
        found: dict[str, Any] = json.loads(self.paper.content)
        return found
