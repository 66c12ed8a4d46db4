# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""An edition of the national report, and the passages that it is written in."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from overens.people.models import Organisation, Person
from overens.records.models import DocumentVersion
from overens.records.models.written import RevisionQuerySet, Written, WrittenRevision
from overens.rules.edition.process import EditionState


class EditionQuerySet(models.QuerySet["Edition"]):
    def of(self, organisation: Organisation) -> Self:
        return self.filter(owner=organisation)

    def public(self) -> Self:
        """Those that stand: what anybody may read."""
        return self.filter(state=EditionState.FROZEN)


class Edition(models.Model):
    """``code`` is its address and file name ("reference-2017"). ``year`` is the one reported on, ``years`` all that its
    series tell of, ``agreements`` those whose facts it may use. ``called``: what the regions are called in its text.

    ``settings`` are the edition's stated rules of wording (:mod:`overens.rules.edition.numerals`), text by name.
    ``follows`` is the edition that it goes on from. Frozen: ``version`` holds the source, the facts and the compiled
    document; it never changes again.
    """

    CALLED = ("landsting", "regioner")

    code = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    subtitle = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=2, default="sv")
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="editions")
    agreements: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    year = models.PositiveSmallIntegerField()
    years: models.JSONField[list[int], list[int]] = models.JSONField(default=list)
    called = models.CharField(max_length=20, default="regioner")
    settings: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")
    state = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in EditionState], default=EditionState.DRAFT
    )
    sent_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    registration_number = models.CharField(max_length=60, blank=True)
    version = models.OneToOneField(DocumentVersion, models.PROTECT, null=True, related_name="edition")
    frozen_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "code"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[s.value for s in EditionState]), name="edition_state_known"),
            models.CheckConstraint(
                condition=Q(state=EditionState.FROZEN, version__isnull=False, frozen_at__isnull=False)
                | ~Q(state=EditionState.FROZEN) & Q(version=None, frozen_at=None),
                name="edition_frozen_has_version",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def key(self) -> str:
        """As papers and events carry it."""
        return f"edition/{self.code}"


class Passage(Written):
    """A passage: a heading and the text under it (``content``: ``heading``, ``text``), which may have headings of its
    own. ``key`` is its anchor in every rendering; ``position`` orders the edition.
    """

    KINDS = ("front", "body", "annex")

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="passages")
    key = models.SlugField(max_length=60)
    position = models.PositiveIntegerField()
    level = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=10, default="body")

    class Meta:
        ordering = ["edition", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "key"], name="edition_passage_once"),
            models.CheckConstraint(condition=Q(kind__in=["front", "body", "annex"]), name="passage_kind_known"),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=2), name="passage_level_known"),
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.key}"


class PassageRevisionQuerySet(RevisionQuerySet["PassageRevision"]):
    pass


class PassageRevision(WrittenRevision):
    part = models.ForeignKey(Passage, models.PROTECT, related_name="revisions")

    objects = PassageRevisionQuerySet.as_manager()

    class Meta(WrittenRevision.Meta):
        constraints = [models.UniqueConstraint(fields=["part", "number"], name="passage_revision_once")]


class Confirmed(models.Model):
    """What a value was worded as when somebody last said that the text agrees with it (``shown``). Where today's
    facts say something else, the value is shown as changed.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="confirmed")
    key = models.CharField(max_length=300)
    shown = models.TextField()
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["edition", "key"]
        constraints = [models.UniqueConstraint(fields=["edition", "key"], name="confirmed_once")]

    def __str__(self) -> str:
        return f"{self.edition} {self.key}: {self.shown}"
