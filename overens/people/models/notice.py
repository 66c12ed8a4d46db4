# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an organisation is told: reminders, returns, decisions. Read in the desks, sent on by other rooms."""

from django.db import models

from overens.people.models.organisation import Organisation


class Notice(models.Model):
    """``code`` and ``values`` are looked up in the catalogue of findings; ``key`` makes it come once."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="notices")
    key = models.CharField(max_length=200, unique=True)
    code = models.CharField(max_length=60)
    values = models.JSONField(default=dict)
    subject = models.CharField(max_length=100, db_index=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.code} → {self.organisation}"
