# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which regions a follow-up visits and why, the visits, and what was said in interviews."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from overens.people.models import Mandate, Organisation
from overens.rules.followup.visiting import INTERVIEWS, MemoState, VisitState


class VisitPlan(models.Model):
    """A choice of regions to visit for one year's follow-up, with all that it was made from. Never changed: the last
    one of an agreement and year counts.

    ``criteria``: weights by criterion; ``excluded``: why, by region code; ``basis``: what was known of each region
    (part, population, grant); ``figures``: how balanced ``proposed`` and ``chosen`` are, as they were shown. A
    choice other than the proposed one has a ``reason``.
    """

    agreement = models.CharField(max_length=50)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    asker = models.ForeignKey(Organisation, models.PROTECT, related_name="visit_plans")
    wanted = models.PositiveSmallIntegerField()
    criteria: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField()
    included: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    excluded: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    seed = models.CharField(max_length=60, blank=True)
    basis: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    proposed: models.JSONField[list[str], list[str]] = models.JSONField()
    chosen: models.JSONField[list[str], list[str]] = models.JSONField()
    figures: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    reason = models.CharField(max_length=1000, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["agreement", "year", "number"]
        constraints = [
            models.UniqueConstraint(fields=["asker", "agreement", "year", "number"], name="visit_plan_once"),
            models.CheckConstraint(
                condition=Q(chosen=F("proposed")) | ~Q(reason=""), name="visit_plan_other_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement} {self.year} v{self.number}"


class VisitQuerySet(models.QuerySet["Visit"]):
    def of(self, organisation: Organisation) -> Self:
        """The visits to an organisation."""
        return self.filter(respondent=organisation)

    def by(self, organisation: Organisation) -> Self:
        """The visits that an organisation makes."""
        return self.filter(asker=organisation)

    def being_checked(self) -> Self:
        return self.filter(memo_state=MemoState.SENT)

    def with_parties(self) -> Self:
        return self.select_related("asker", "respondent")


class Visit(models.Model):
    """``key`` is visit/agreement/year/respondent, as papers and events carry it; ``year`` is the one followed up.

    ``visitors`` and ``met`` say who took part on either side, by role. ``memo_state``: how far its memo has come.
    """

    key = models.CharField(max_length=100, unique=True)
    agreement = models.CharField(max_length=50, db_index=True)
    year = models.PositiveSmallIntegerField()
    asker = models.ForeignKey(Organisation, models.PROTECT, related_name="visits_made")
    respondent = models.ForeignKey(Organisation, models.PROTECT, related_name="visits")
    plan = models.ForeignKey(VisitPlan, models.PROTECT, null=True, related_name="visits")
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in VisitState], default=VisitState.PLANNED
    )
    memo_state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in MemoState], default=MemoState.NONE
    )
    planned_on = models.DateField(null=True)
    held_on = models.DateField(null=True)
    visitors = models.CharField(max_length=1000, blank=True)
    met = models.CharField(max_length=1000, blank=True)
    cancelled_because = models.CharField(max_length=1000, blank=True)
    changed_at = models.DateTimeField()

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "agreement", "respondent__sort_key"]
        constraints = [
            models.UniqueConstraint(fields=["asker", "agreement", "year", "respondent"], name="visit_once"),
            models.CheckConstraint(condition=Q(state__in=[s.value for s in VisitState]), name="visit_state_known"),
            models.CheckConstraint(condition=Q(memo_state__in=[s.value for s in MemoState]), name="memo_state_known"),
            models.CheckConstraint(
                condition=~Q(state=VisitState.DONE) | Q(held_on__isnull=False), name="visit_done_was_held"
            ),
            models.CheckConstraint(
                condition=~Q(state=VisitState.CANCELLED) | ~Q(cancelled_because=""), name="visit_cancelled_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def where(self) -> list[str | int]:
        """What its pages' addresses carry."""
        return [self.agreement, self.year, self.respondent.code]


class InterviewGuide(models.Model):
    """The questions of a follow-up's interviews, one a line; the last one counts. Never changed."""

    agreement = models.CharField(max_length=50)
    year = models.PositiveSmallIntegerField()
    asker = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    questions = models.TextField()
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["agreement", "year", "number"]
        constraints = [
            models.UniqueConstraint(fields=["asker", "agreement", "year", "number"], name="interview_guide_once")
        ]

    def __str__(self) -> str:
        return f"{self.agreement} {self.year} v{self.number}"

    @property
    def lines(self) -> list[str]:
        return [line.strip() for line in self.questions.splitlines() if line.strip()]


class Interview(models.Model):
    """A talk with a region, or that it was not held and why. ``roles``: whom it was with, by role. A workshop may be
    with many at once, and then has no ``respondent``.

    Within a ``visit``, or of its own: the telephone interviews of a year are all regions'. What was said is in
    :class:`InterviewNote` rows, which only the asker's analysts read.
    """

    agreement = models.CharField(max_length=50)
    year = models.PositiveSmallIntegerField()
    asker = models.ForeignKey(Organisation, models.PROTECT, related_name="interviews_made")
    respondent = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="interviews")
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, related_name="interviews")
    form = models.CharField(max_length=20)
    roles = models.CharField(max_length=500, blank=True)
    held_on = models.DateField(null=True)
    not_held_because = models.CharField(max_length=1000, blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["agreement", "year", "respondent__sort_key", "held_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(form__in=INTERVIEWS), name="interview_form_known"),
            models.CheckConstraint(
                condition=Q(respondent__isnull=False) | Q(form="workshop"), name="interview_is_with_a_region"
            ),
            models.CheckConstraint(
                condition=Q(held_on=None) & ~Q(not_held_because="") | Q(held_on__isnull=False, not_held_because=""),
                name="interview_held_or_why_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.respondent or '–'} {self.agreement} {self.year} {self.form}"

    @property
    def subject(self) -> str:
        """What its events and readings are about."""
        if self.visit:
            return self.visit.key
        return f"interviews/{self.agreement}/{self.year}/{self.respondent.code if self.respondent else '-'}"


class InterviewNote(models.Model):
    """What was noted of an interview, every save of it; the last one counts. Never changed."""

    interview = models.ForeignKey(Interview, models.PROTECT, related_name="notes")
    number = models.PositiveIntegerField()
    text = models.TextField()
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["interview", "number"]
        constraints = [models.UniqueConstraint(fields=["interview", "number"], name="interview_note_once")]

    def __str__(self) -> str:
        return f"{self.interview} r{self.number}"
