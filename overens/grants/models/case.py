# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""One recipient's part of one decision line, from decision to settled last krona."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from overens.agreements.models import DecisionRow
from overens.ledger.models import Line
from overens.ledger.reading import by_place
from overens.people.models import Organisation
from overens.rules.process import Place, State


class CaseQuerySet(models.QuerySet["Case"]):
    def of(self, organisation: Organisation) -> Self:
        return self.filter(recipient=organisation)

    def open(self) -> Self:
        return self.exclude(state__in=[State.CLOSED, State.LAPSED])

    def with_parties(self) -> Self:
        return self.select_related("line", "recipient")


class Case(models.Model):
    """``key`` is what papers and events carry: agreement/line/recipient.

    ``received_at``: when the first requisition was received (first receipt stands), or counts as received by
    proof. ``reported_at``: when the first financial report was received. ``due_on``: the recipient's next last day,
    kept with the state so that the most urgent cases are found without reading their agreements. What money there
    is, the ledger knows.
    """

    key = models.CharField(max_length=100, unique=True)
    agreement = models.CharField(max_length=50)
    line = models.ForeignKey(Line, models.PROTECT, related_name="cases")
    recipient = models.ForeignKey(Organisation, models.PROTECT, related_name="cases")
    state = models.CharField(max_length=20, choices=[(s.value, s.value) for s in State], default=State.DECIDED)
    received_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    due_on = models.DateField(null=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["agreement", "line_id", "recipient__code"]
        constraints = [
            models.UniqueConstraint(fields=["line", "recipient"], name="case_once"),
            models.CheckConstraint(condition=Q(state__in=[s.value for s in State]), name="case_state_known"),
        ]
        indexes = [
            models.Index(fields=["state", "changed_at"], name="case_queue"),
            models.Index(fields=["recipient", "state"], name="case_of_recipient"),
            models.Index(fields=["agreement", "line"], name="case_of_agreement"),
            models.Index(fields=["recipient", "due_on"], name="case_due"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def money(self) -> dict[Place, int]:
        """Whole kronor at the recipient's places of this line, in chain order."""
        return by_place(owner=self.recipient_id, line=self.line_id)

    @property
    def decided(self) -> int:
        """The ceiling: what the payment decisions gave this recipient, whole kronor."""
        rows = DecisionRow.objects.filter(decision__line=self.line_id, recipient=self.recipient_id)
        return rows.aggregate(kronor=models.Sum("kronor"))["kronor"] or 0
