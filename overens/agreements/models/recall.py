# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A text that was to be signed, taken back by the parties."""

from django.db import models
from django.db.models.functions import Now

from overens.agreements.models.agreement import AgreementVersion


class Recall(models.Model):
    """The parties write on: the version stays as it was stored, and can neither be signed nor approved. Who took it
    back is in the events of the draft.
    """

    version = models.OneToOneField(AgreementVersion, models.PROTECT, related_name="recall")
    recorded_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.version}"
