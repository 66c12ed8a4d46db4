# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What became of a signed paper at the payer: accepted, or returned with a reason. Never changed."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from overens.grants.models.case import Case
from overens.people.models import Mandate, Person
from overens.records.models import DocumentVersion


class Outcome(models.TextChoices):
    ACCEPTED = "accepted"
    RETURNED = "returned"


class Examination(models.Model):
    case = models.ForeignKey(Case, models.PROTECT, related_name="examinations")
    version = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="examinations")
    outcome = models.CharField(max_length=10, choices=Outcome)
    reason = models.TextField(blank=True)
    # Empty where nobody examined it: returned because the bank sent the payment back (its reason stands as the reason),
    # or accepted by rule.
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+")
    effective_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="accepted") | ~Q(reason=""), name="examination_return_has_reason"
            ),
        ]
