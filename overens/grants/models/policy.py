# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The payer's decisions on how reports are chosen, the draws made by them, and how each report was sorted. All of it is
written once.
"""

from __future__ import annotations

from functools import cached_property

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from overens.grants.models.report import FinancialReport
from overens.people.models import Mandate
from overens.records.models import DocumentVersion
from overens.rules import policy as rules
from overens.rules.risk import Reason, kept


class ExaminationPolicy(models.Model):
    """A decision for one agreement: the policy in ``text`` holds from now on, or (``text`` empty) none does any more.

    The newest of an agreement holds. ``sha256`` is the text's. ``seed``: 64 hexadecimal digits drawn with the decision,
    which tells only the seed's own SHA-256; the first draw reveals it.
    """

    agreement = models.CharField(max_length=50)
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    seed = models.CharField(max_length=64, blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    paper = models.OneToOneField(DocumentVersion, models.PROTECT, related_name="examination_policy")

    class Meta:
        ordering = ["agreement", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="policy_number_once"),
            models.CheckConstraint(
                condition=Q(text="", sha256="", seed="") | ~Q(text="") & ~Q(sha256="") & ~Q(seed=""),
                name="policy_whole_or_none",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement} #{self.number}"

    @property
    def holds(self) -> bool:
        """True where it says how reports are chosen; False where it ends that."""
        return bool(self.text)

    @cached_property
    def policy(self) -> rules.Policy:
        return rules.read(self.text)


class Draw(models.Model):
    """Reports sorted at one time. ``method`` lot: by an officer, over all that wait, once for each decision; threshold:
    by rule, for those that came later. The paper has the seed, every report with its mark, and the outcome.
    """

    policy = models.ForeignKey(ExaminationPolicy, models.PROTECT, related_name="draws")
    method = models.CharField(max_length=10, choices=[("lot", "lot"), ("threshold", "threshold")])
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+")
    drawn_at = models.DateTimeField()
    paper = models.OneToOneField(DocumentVersion, models.PROTECT, related_name="draw")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["policy"], condition=Q(method="lot"), name="draw_one_lot_per_policy"),
            models.CheckConstraint(
                condition=Q(method="lot", mandate__isnull=False) | Q(method="threshold", mandate=None),
                name="draw_by_officer_or_rule",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy} {self.method}"


class Way(models.TextChoices):
    """Why a report is examined, or that it passes."""

    ALWAYS = "always"
    RISK = "risk"
    SAMPLE = "sample"
    PASSES = "passes"


class Selection(models.Model):
    """How one report was sorted. ``reasons`` as :attr:`overens.rules.risk.Reason.plain`; ``always``: codes of the rules
    that demanded an examination. ``passes_on``: the first day on which it passes by rule, unless it is taken out.
    """

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="selections")
    report = models.OneToOneField(FinancialReport, models.PROTECT, related_name="selection")
    way = models.CharField(max_length=10, choices=Way)
    score = models.PositiveIntegerField()
    reasons = models.JSONField(default=list)
    always = models.JSONField(default=list)
    passes_on = models.DateField(null=True)

    class Meta:
        ordering = ["-score", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(way__in=Way.values), name="selection_way_known"),
            models.CheckConstraint(
                condition=Q(way="passes", passes_on__isnull=False) | ~Q(way="passes") & Q(passes_on=None),
                name="selection_passes_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.way}"

    @property
    def shown_reasons(self) -> list[Reason]:
        return [kept(each) for each in self.reasons]


class TakenOut(models.Model):
    """An officer's own choice to examine a report that would have passed. Cannot be taken back."""

    report = models.OneToOneField(FinancialReport, models.PROTECT, related_name="taken_out")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="taken_out_for_a_reason")]
