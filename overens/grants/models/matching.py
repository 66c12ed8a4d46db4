# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the bank's rows turned out to be, and that somebody found it was otherwise. Never changed, only added to."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from overens.bank.models import BankRow
from overens.grants.models.case import Case
from overens.grants.models.claim import InterestClaim
from overens.grants.models.payment import Payment
from overens.people.models import Mandate
from overens.records.models import DocumentVersion


class Way(models.TextChoices):
    """What a row, or a part of one, is. The first three moved money of a case; the fourth met a claim beside it."""

    PAYMENT = "payment"
    BOUNCE = "bounce"
    REPAYMENT = "repayment"
    INTEREST = "interest"
    REFUND = "refund"  # came in and is not ours: to be paid back to the sender
    PAID_BACK = "paid-back"  # went out, and was such a sum
    ELSEWHERE = "elsewhere"  # of no agreement: the bank's own interest, a fee


RECEIPTED = (Way.PAYMENT, Way.BOUNCE, Way.REPAYMENT, Way.INTEREST)


class MatchQuerySet(models.QuerySet["Match"]):
    def live(self) -> Self:
        return self.filter(undoing=None)

    def owed_back(self) -> Self:
        """What came in too much and has not been paid back yet."""
        return self.live().filter(way=Way.REFUND, refunded=None)


class Match(models.Model):
    """So much of a bank row is this. ``ore`` has the row's sign, and all live matches of a row are never more than it:
    the database holds that.

    ``rule``: by which rule it was matched without a person, else empty and ``mandate`` is who did it (both empty: the
    former system's rows). ``receipt``: the paper that says what it met, and that moved the money where it moved any.
    ``refund``: what a row that paid back paid back; ``interest_claim``: what a row of interest met.
    """

    row = models.ForeignKey(BankRow, models.PROTECT, related_name="matches")
    way = models.CharField(max_length=10, choices=Way)
    ore = models.BigIntegerField()
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="matches")
    payment = models.ForeignKey(Payment, models.PROTECT, null=True, related_name="matches")
    receipt = models.OneToOneField(DocumentVersion, models.PROTECT, null=True, related_name="match")
    refund = models.ForeignKey("self", models.PROTECT, null=True, related_name="paid_back")
    interest_claim = models.ForeignKey(InterestClaim, models.PROTECT, null=True, related_name="matches")
    rule = models.CharField(max_length=30, blank=True)
    note = models.CharField(max_length=400, blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects = MatchQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(ore=0), name="match_is_of_something"),
            models.CheckConstraint(
                condition=Q(way__in=RECEIPTED, case__isnull=False, receipt__isnull=False)
                | Q(way__in=[w for w in Way.values if w not in RECEIPTED], receipt=None),
                name="match_receipt_where_something_met",
            ),
            models.CheckConstraint(
                condition=Q(way__in=[Way.PAYMENT, Way.BOUNCE], payment__isnull=False)
                | ~Q(way__in=[Way.PAYMENT, Way.BOUNCE]) & Q(payment=None),
                name="match_payment_where_paid",
            ),
            models.CheckConstraint(
                condition=Q(way__in=[Way.PAYMENT, Way.PAID_BACK], ore__lt=0)
                | Q(way__in=[Way.BOUNCE, Way.REPAYMENT, Way.INTEREST, Way.REFUND], ore__gt=0)
                | Q(way=Way.ELSEWHERE) & ~Q(note=""),
                name="match_direction",
            ),
            models.CheckConstraint(
                condition=Q(way=Way.PAID_BACK, refund__isnull=False) | ~Q(way=Way.PAID_BACK) & Q(refund=None),
                name="match_pays_a_refund_back",
            ),
            models.CheckConstraint(
                condition=Q(way=Way.INTEREST, interest_claim__isnull=False)
                | ~Q(way=Way.INTEREST) & Q(interest_claim=None),
                name="match_interest_of_a_claim",
            ),
            models.CheckConstraint(condition=Q(rule="") | Q(mandate=None), name="match_by_rule_or_person"),
        ]

    @property
    def kronor(self) -> int:
        """Whole kronor, without sign."""
        return abs(self.ore) // 100


class Undoing(models.Model):
    """A match was wrong. ``receipt``: the paper that moved its money back, where it had moved any."""

    match = models.OneToOneField(Match, models.PROTECT, related_name="undoing")
    receipt = models.OneToOneField(DocumentVersion, models.PROTECT, null=True, related_name="+")
    reason = models.TextField()
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="undoing_has_reason")]


class Refunded(models.Model):
    """What came in too much has been paid back to its sender, under this reference at the bank."""

    match = models.OneToOneField(Match, models.PROTECT, related_name="refunded")
    reference = models.CharField(max_length=60)
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(reference=""), name="refunded_has_reference")]
