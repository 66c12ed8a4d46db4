# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A round: one collection of reports, with every version of what it asks."""

from __future__ import annotations

import json
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from overens.people.models import Mandate, Organisation
from overens.rules.agreement import Agreement
from overens.rules.followup.asked import Round as Asked
from overens.rules.followup.process import RoundState


class RoundQuerySet(models.QuerySet["Round"]):
    def open(self) -> Self:
        return self.filter(state=RoundState.OPEN)

    def asked_by(self, organisation: Organisation) -> Self:
        return self.filter(asker=organisation)


class Round(models.Model):
    """``key`` is agreement/round, as papers and events carry it. ``closes_on`` is the last day as it is now for all;
    a respondent may have one of its own (:class:`RoundExtension`). Days are in Stockholm.
    """

    key = models.CharField(max_length=100, unique=True)
    agreement = models.CharField(max_length=50, db_index=True)
    code = models.CharField(max_length=50)
    kind = models.CharField(max_length=20)
    asker = models.ForeignKey(Organisation, models.PROTECT, related_name="rounds_asked")
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in RoundState], default=RoundState.PREPARING
    )
    about_from = models.DateField()
    about_to = models.DateField()
    opens_on = models.DateField(null=True)
    closes_on = models.DateField(null=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-about_to", "key"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "code"], name="round_once"),
            models.CheckConstraint(condition=Q(state__in=[s.value for s in RoundState]), name="round_state_known"),
            models.CheckConstraint(
                condition=Q(state=RoundState.PREPARING) | Q(opened_at__isnull=False), name="round_open_was_opened"
            ),
        ]

    # What ``followup.reading`` has read of it, for as long as the object is at hand.
    known: Asked | None = None
    belongs_to: Agreement | None = None

    def __str__(self) -> str:
        return self.key

    @property
    def year(self) -> int:
        """The year that the round asks about."""
        return self.about_to.year


class RoundVersion(models.Model):
    """What a round asks, as canonical JSON of ``rules.followup.asked.Round``. The first is the agreement's own; the
    asker may make others until the round opens. The last one counts. Never changed.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["round", "number"]
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="round_version_once")]

    def __str__(self) -> str:
        return f"{self.round} v{self.number}"

    @property
    def data(self) -> dict[str, Any]:
        return json.loads(self.content)  # type: ignore[no-any-return]


class RoundExtension(models.Model):
    """The last day of a round was moved for all (``respondent`` empty) or for one. Never changed; the latest counts."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="extensions")
    respondent = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    closes_on = models.DateField()
    reason = models.CharField(max_length=500)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="round_extension_has_reason")]
