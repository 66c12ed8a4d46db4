# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The government's clawback: proposal, the party's comment, decision."""

from django.db import models
from django.db.models import Q

from overens.grants.models.case import Case
from overens.people.models import Person
from overens.records.models import DocumentVersion


class ClawbackState(models.TextChoices):
    PROPOSED = "proposed"
    DROPPED = "dropped"
    DECIDED = "decided"
    ANNULLED = "annulled"


class Clawback(models.Model):
    """Stated in the agreement only for a late financial report (2019 agreement, sections 8.1 and 8.2).

    The recipient may comment until ``comment_by`` before a decision is taken (Administrative Procedure Act
    2017:900, section 25; to be confirmed). ``kronor`` is what the decision reclaims.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="clawbacks")
    state = models.CharField(max_length=10, choices=ClawbackState, default=ClawbackState.PROPOSED)
    reasons = models.TextField()
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    comment_by = models.DateField()
    comment = models.TextField(blank=True)
    commented_at = models.DateTimeField(null=True)
    kronor = models.BigIntegerField(null=True)
    decision = models.OneToOneField(DocumentVersion, models.PROTECT, null=True, related_name="clawback")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-proposed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=["proposed", "decided"]), name="clawback_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="decided") | Q(decision__isnull=False, kronor__gt=0),
                name="clawback_decided_with_paper",
            ),
        ]
