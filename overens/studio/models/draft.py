# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A draft of an agreement, its revisions, and what the parties say of it."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from overens.agreements.models import AgreementVersion
from overens.people.models import Organisation, Person
from overens.records.models.written import RevisionQuerySet, Written, WrittenRevision
from overens.rules.studio.process import DraftState


class DraftQuerySet(models.QuerySet["Draft"]):
    def visible_to(self, organisation: Organisation) -> Self:
        """An organisation's own, and those that the other party has shown."""
        return self.filter(Q(owner=organisation) | Q(shared_at__isnull=False))


class Draft(Written):
    """``content`` is its ``text``, the agreement's file. ``code`` is its address; ``agreement`` the id that the file is
    to have. ``begun_from`` is the version that it is written from: of the same agreement, and the draft amends it; of
    another, and it is an earlier one. ``proposal`` names the proposal that it was begun from.

    ``shared_at`` is when its owner showed it to the other party, which may write in it from then on. Locked:
    ``version`` is the text as it was stored to be signed, and does not change. What is withdrawn never changes again.
    """

    code = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    agreement = models.CharField(max_length=50)
    begun_from = models.ForeignKey(AgreementVersion, models.PROTECT, null=True, related_name="drafts_from")
    proposal = models.CharField(max_length=100, blank=True)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="agreement_drafts")
    state = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in DraftState], default=DraftState.NEGOTIATING
    )
    shared_at = models.DateTimeField(null=True)
    version = models.ForeignKey(AgreementVersion, models.PROTECT, null=True, related_name="drafts")
    locked_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[s.value for s in DraftState]), name="draft_state_known"),
            models.CheckConstraint(
                condition=Q(state="locked", version__isnull=False, locked_at__isnull=False)
                | Q(state="negotiating", version=None, locked_at=None)
                | Q(state="withdrawn"),
                name="agreement_draft_locked_has_version",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def key(self) -> str:
        """As events carry it."""
        return f"draft/{self.code}"

    @property
    def text(self) -> str:
        return self.content.get("text", "")

    @property
    def amends(self) -> bool:
        return self.begun_from is not None and self.begun_from.code == self.agreement


class DraftRevisionQuerySet(RevisionQuerySet["DraftRevision"]):
    pass


class DraftRevision(WrittenRevision):
    part = models.ForeignKey(Draft, models.PROTECT, related_name="revisions")

    objects = DraftRevisionQuerySet.as_manager()

    class Meta(WrittenRevision.Meta):
        constraints = [models.UniqueConstraint(fields=["part", "number"], name="draft_revision_once")]

    @property
    def text(self) -> str:
        return self.content.get("text", "")


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, organisation: Organisation) -> Self:
        """A party's own, and the other's once they are released."""
        return self.filter(Q(organisation=organisation) | Q(released_at__isnull=False))


class Comment(models.Model):
    """What a party says of a place of the file (``pot[insatser].amount``; empty: of the whole), as it was in a
    ``revision``. Only its own side sees it until it is released.
    """

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="comments")
    place = models.CharField(max_length=200, blank=True)
    revision = models.PositiveIntegerField()
    said = models.TextField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["draft", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(said=""), name="draft_comment_says_something")]

    def __str__(self) -> str:
        return f"{self.draft} #{self.pk}"

    @property
    def is_settled(self) -> bool:
        """As its last answer that settled or reopened it left it."""
        turns = [each.kind for each in self.answers.all() if each.kind != "answer"]
        return bool(turns) and turns[-1] == "settle"


class Answer(models.Model):
    """What was answered to a comment: only a word (``answer``), or one that settles or reopens it too."""

    KINDS = ("answer", "settle", "reopen")

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="answers")
    kind = models.CharField(max_length=10)
    said = models.TextField(blank=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["comment", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["answer", "settle", "reopen"]), name="answer_kind_known"),
            models.CheckConstraint(condition=~Q(said="") | ~Q(kind="answer"), name="answer_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.comment} {self.kind}"
