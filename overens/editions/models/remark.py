# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is said of a passage: by a colleague, in a Word file that came back, by a region that checks its facts."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from overens.editions.models.edition import Edition, Passage
from overens.people.models import Organisation, Person
from overens.records.models import DocumentVersion


class Remark(models.Model):
    """``said`` is the comment, ``instead`` the text that is proposed for ``quote`` (None: only a comment; empty: take
    it away). ``revision`` is the passage's that it was about. ``origin`` makes one that came twice by file one.

    Open until an analyst takes it in (``taken``: the passage was changed so) or declines it, with an ``answer``.
    """

    FROM = ("review", "word", "region")
    STATES = ("open", "taken", "declined")

    passage = models.ForeignKey(Passage, models.PROTECT, related_name="remarks")
    source = models.CharField(max_length=10)
    revision = models.PositiveIntegerField()
    quote = models.TextField(blank=True)
    said = models.TextField(blank=True)
    instead = models.TextField(null=True)
    origin = models.CharField(max_length=100, blank=True)
    author = models.CharField(max_length=200, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    state = models.CharField(max_length=10, default="open")
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["passage", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(source__in=["review", "word", "region"]), name="remark_source_known"),
            models.CheckConstraint(condition=Q(state__in=["open", "taken", "declined"]), name="remark_state_known"),
            models.CheckConstraint(condition=~Q(said="") | Q(instead__isnull=False), name="remark_says_something"),
            models.CheckConstraint(
                condition=Q(state="open", answered_at=None) | ~Q(state="open") & Q(answered_at__isnull=False),
                name="remark_answered_when_not_open",
            ),
            models.UniqueConstraint(
                fields=["passage", "origin"], condition=~Q(origin=""), name="remark_of_a_file_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.passage} #{self.pk}"


class Check(models.Model):
    """A region's fact check of its own passages: what was sent (``version``, frozen), by when it is to be answered, and
    the answer.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="checks")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="edition_checks")
    version = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="+")
    due_on = models.DateField()
    sent_at = models.DateTimeField()
    answer = models.ForeignKey(DocumentVersion, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["edition", "organisation__sort_key", "-sent_at"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "organisation", "version"], name="edition_check_once"),
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.organisation}"


class Piece(models.Model):
    """A piece of a region's own passages: a paragraph that names it, a row of a table, its overview. ``block`` is its
    id in the compiled document. ``answer``: ``correct``, ``comment``, or ``correction`` with how it ought to be in
    ``instead``.
    """

    ANSWERS = ("correct", "correction", "comment")

    check_of = models.ForeignKey(Check, models.PROTECT, related_name="pieces")
    number = models.PositiveIntegerField()
    passage = models.ForeignKey(Passage, models.PROTECT, related_name="+")
    block = models.CharField(max_length=120)
    text = models.TextField()
    answer = models.CharField(max_length=12, blank=True)
    said = models.TextField(blank=True)
    instead = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["check_of", "number"]
        constraints = [
            models.UniqueConstraint(fields=["check_of", "number"], name="piece_once"),
            models.CheckConstraint(
                condition=Q(answer__in=["", "correct", "correction", "comment"]), name="piece_answer_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.check_of} {self.number}"
