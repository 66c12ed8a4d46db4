# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Counts as facts: agreement, region, year, term, sex, speciality, one row each."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from overens.followup.models.submission import Submission


class Answered(models.TextChoices):
    """0 is a number; "cannot be reported", "not offered" and "lost in print" are other answers."""

    NUMBER = "number"
    CANNOT_REPORT = "cannot-report"
    NOT_OFFERED = "not-offered"
    LOST = "lost"


class Certainty(models.TextChoices):
    """How sure the figure is. Signed ones are ``reported``; the others are of the reference follow-up
    (its reading of a printed table).
    """

    REPORTED = "reported"
    CERTAIN = "certain"
    DERIVED = "derived"
    PROBABLE = "probable"
    UNASSIGNED = "unassigned"
    PRINTED_TOTAL = "printed-total"


TERMS = ("", "vt", "ht")
SEXES = ("", "women", "men")


class CountFact(models.Model):
    """One figure of a count. ``term`` and ``sex`` empty: not split by it, so that a total without its parts is told
    from a sum of them. Where a row is split, its total is not stored: it is the sum. ``speciality`` empty: all of them.

    ``number`` is there for ``number`` (persons or units, 0 included) and for ``lost`` (what a printed total lacks);
    ``reason`` says why for ``cannot-report``. ``raw`` and ``candidates``: the printed line, and the organisations that
    an unassigned figure may belong to.
    """

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="counts")
    count = models.CharField(max_length=50)
    year = models.PositiveSmallIntegerField()
    term = models.CharField(max_length=2, blank=True)
    sex = models.CharField(max_length=5, blank=True)
    speciality = models.CharField(max_length=50, blank=True)
    answered = models.CharField(max_length=15, choices=Answered)
    number = models.PositiveIntegerField(null=True)
    reason = models.TextField(blank=True)
    certainty = models.CharField(max_length=15, choices=Certainty, default=Certainty.REPORTED)
    raw = models.CharField(max_length=200, blank=True)
    candidates = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["count", "year", "term", "sex", "speciality", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(term__in=TERMS), name="count_fact_term_known"),
            models.CheckConstraint(condition=Q(sex__in=SEXES), name="count_fact_sex_known"),
            models.CheckConstraint(
                condition=Q(answered__in=["number", "lost"], number__isnull=False)
                | Q(answered__in=["cannot-report", "not-offered"], number=None),
                name="count_fact_number_where_there_is_one",
            ),
            models.CheckConstraint(
                condition=~Q(answered="cannot-report") | ~Q(reason=""), name="count_fact_cannot_has_reason"
            ),
            models.UniqueConstraint(
                fields=["submission", "count", "year", "term", "sex", "speciality"],
                condition=Q(certainty="reported"),
                name="count_fact_once",
            ),
        ]
        indexes = [models.Index(fields=["count", "year"], name="count_fact_of_year")]

    def __str__(self) -> str:
        answer = self.answered if self.number is None else self.number
        return f"{self.count} {self.year} {self.term} {self.sex}: {answer}"
