# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tables of staff that were taken in: the bytes as received, how they were read, what was read, who approved it."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from overens.people.models import Mandate, Organisation, Person
from overens.records import clock
from overens.records.models import StoredFile


class DataKind(models.TextChoices):
    """What is counted: the staff of a year, to plan from, or of several, to hold a projection against; or what the need
    is computed from: inhabitants, use of care, staff time for each use.
    """

    WORKFORCE = "workforce"
    HISTORY = "history"
    NEED = "need"


class DataSetQuerySet(models.QuerySet["DataSet"]):
    def visible_to(self, organisation: Organisation | None) -> Self:
        """Its own, and those of the whole country."""
        return self.filter(Q(owner=None) | Q(owner=organisation)) if organisation else self.filter(owner=None)


class DataSet(models.Model):
    """Tables of one thing, version upon version. ``owner`` empty: of the whole country, which everybody may stand on.

    ``code`` is what a scenario names, one for the whole system. ``number``: of the newest version, approved or not.
    """

    owner = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="data_sets")
    code = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=12, choices=DataKind)
    title = models.CharField(max_length=200)
    number = models.PositiveIntegerField(default=0)

    objects = DataSetQuerySet.as_manager()

    class Meta:
        ordering = ["title", "code"]
        constraints = [models.CheckConstraint(condition=Q(kind__in=DataKind.values), name="data_set_kind_known")]

    def __str__(self) -> str:
        return self.code

    @property
    def key(self) -> str:
        """As events carry it."""
        return f"data-set/{self.code}"


class VersionState(models.TextChoices):
    RECEIVED = "received"
    APPROVED = "approved"
    REJECTED = "rejected"


class DataSetVersion(models.Model):
    """One reading of one file. It is decided on once, and never changed.

    ``mapping``: how it was read, as ``planning.supply.importing.mapping.Mapping``. ``cells``: whole persons by
    ``occupation/region/year/sector`` (``planning.supply.importing.counts``); of need as
    ``planning.supply.importing.need_tables``. ``findings``: as they were when it was read. Without a ``file`` the
    version withdraws all before it.
    """

    data_set = models.ForeignKey(DataSet, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True)
    mapping: models.JSONField[Any, Any] = models.JSONField(default=dict)
    cells: models.JSONField[Any, Any] = models.JSONField(default=dict)
    findings: models.JSONField[Any, Any] = models.JSONField(default=list)
    received_by = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    received_at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=10, choices=VersionState, default=VersionState.RECEIVED)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["data_set", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["data_set", "number"], name="data_set_version_once"),
            models.CheckConstraint(condition=Q(state__in=VersionState.values), name="data_set_state_known"),
            models.CheckConstraint(
                condition=Q(state="received", decided_by=None, decided_at=None)
                | (~Q(state="received") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="data_set_decided_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(state="rejected", reason=""), name="data_set_rejected_says_why"),
            models.CheckConstraint(condition=Q(file__isnull=False) | ~Q(reason=""), name="data_set_withdrawn_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.data_set} {self.number}"

    @property
    def withdraws(self) -> bool:
        return self.file_id is None


class Incoming(models.Model):
    """A file that somebody is saying how to read. It is gone when it has become a version, or is thrown away.

    ``organisation``: whose people see it. ``data_set``: which it is to be a version of, empty for a new one of this
    ``title`` and ``kind``.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    data_set = models.ForeignKey(DataSet, models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=DataKind)
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    mapping: models.JSONField[Any, Any] = models.JSONField(default=dict)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name


class SavedMapping(models.Model):
    """How an organisation reads a file of one kind, by the name that it has given it; every version is kept."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    number = models.PositiveIntegerField()
    mapping: models.JSONField[Any, Any] = models.JSONField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["name", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name", "number"], name="saved_mapping_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"
