# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A region's internal call to its operations: proposals, what was decided, and how the money was shared. All of it is
the region's own.
"""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from overens.people.models import Mandate, Organisation
from overens.rules.followup.calls import GRANTED, OUTCOMES, UNIT_KINDS, Proposed, Way


class CallQuerySet(models.QuerySet["Call"]):
    def of(self, organisation: Organisation, agreement: str) -> Self:
        return self.filter(organisation=organisation, agreement=agreement)


class Call(models.Model):
    """``number`` is the region's own within the agreement. ``kronor``: what there is to grant, of the agreement's
    ``pot``. ``last_day``: of proposals.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="calls")
    agreement = models.CharField(max_length=50)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    pot = models.CharField(max_length=50)
    kronor = models.BigIntegerField()
    last_day = models.DateField()
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "agreement", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "agreement", "number"], name="call_once"),
            models.CheckConstraint(condition=Q(kronor__gt=0), name="call_has_money"),
            models.CheckConstraint(condition=~Q(title=""), name="call_has_title"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        """The subject of its events."""
        return f"call/{self.organisation.code}/{self.agreement}/{self.number}"

    def granted(self) -> int:
        """Kronor granted, as the proposals stand."""
        return sum(each.granted for each in self.proposals.decided())


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def decided(self) -> Self:
        """With what was decided, read at once."""
        return self.prefetch_related("decisions")


class Proposal(models.Model):
    """What an operation proposes. ``measure``: the number of the measure that it became, in the report ``report``."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="proposals")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=300)
    unit = models.CharField(max_length=200)
    unit_kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in UNIT_KINDS])
    contact = models.CharField(max_length=300, blank=True)
    area = models.CharField(max_length=50, blank=True)
    purpose = models.TextField(blank=True)
    plan = models.TextField(blank=True)
    kronor = models.BigIntegerField(default=0)
    report = models.ForeignKey("followup.Report", models.PROTECT, null=True, related_name="proposals")
    measure = models.PositiveIntegerField(null=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["call", "number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="proposal_once"),
            models.CheckConstraint(condition=Q(kronor__gte=0), name="proposal_kronor_not_negative"),
            models.CheckConstraint(condition=Q(unit_kind__in=UNIT_KINDS), name="proposal_unit_kind_known"),
            models.CheckConstraint(
                condition=Q(report=None, measure=None) | Q(report__isnull=False, measure__isnull=False),
                name="proposal_measure_in_a_report",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def decision(self) -> ProposalDecision | None:
        """What was last decided; None while it waits."""
        decisions = list(self.decisions.all())
        return decisions[-1] if decisions else None

    @property
    def outcome(self) -> str:
        """``granted``, ``rejected``, or empty while it waits."""
        return self.decision.outcome if self.decision else ""

    @property
    def granted(self) -> int:
        """Kronor granted; 0 where rejected, or not decided."""
        return self.decision.kronor if self.decision else 0

    def as_proposed(self) -> Proposed:
        return Proposed(
            self.name, self.unit, self.unit_kind, self.contact, self.area, self.purpose, self.plan, self.kronor
        )


class ProposalDecision(models.Model):
    """What the region decided about a proposal. Never changed; the latest counts. ``kronor`` is 0 where rejected."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=10, choices=[(each, each) for each in OUTCOMES])
    kronor = models.BigIntegerField(default=0)
    reason = models.TextField()
    decided_on = models.DateField()
    reference = models.CharField(max_length=100, blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=GRANTED, kronor__gt=0) | Q(outcome="rejected", kronor=0),
                name="proposal_decision_has_its_sum",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="proposal_decision_has_reason"),
        ]


class SharingWay(models.Model):
    """How a region shared an agreement's money in a year; several ways may be used at once."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="sharing_ways")
    agreement = models.CharField(max_length=50)
    year = models.PositiveSmallIntegerField()
    ways: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    note = models.TextField(blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    WAYS = tuple(way.value for way in Way)

    class Meta:
        ordering = ["organisation", "agreement", "-year"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "agreement", "year"], name="sharing_way_once"),
        ]
