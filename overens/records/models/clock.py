# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The domain's time. Sessions and security never ask it."""

from django.db import models
from django.db.models import Q


class Clock(models.Model):
    """One row. ``stands_at`` is empty where the domain's time is real time, and set in the demo."""

    stands_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="clock_is_one_row")]

    def __str__(self) -> str:
        return str(self.stands_at or "real time")
