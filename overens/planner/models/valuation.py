# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where the next krona is worth most in a scenario, as it was computed."""

from __future__ import annotations

from django.db import models

from overens.planner.models.scenario import ScenarioVersion
from overens.records.models import Run


class Valuation(models.Model):
    """``packed`` is what was found (overens/planning/supply/worth.py), ``sha256`` that of those bytes. ``basis``: the
    SHA-256 of the scenario and the data that it was computed on. ``version`` is empty for the scenario that ships.
    """

    version = models.ForeignKey(ScenarioVersion, models.PROTECT, null=True, related_name="valuations")
    basis = models.CharField(max_length=64)
    year = models.PositiveIntegerField()
    draws = models.PositiveIntegerField()
    run = models.OneToOneField(Run, models.PROTECT, related_name="+")
    packed = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    finished_at = models.DateTimeField()

    class Meta:
        ordering = ["-finished_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.version or 'shipped'} {self.year} × {self.draws}"
