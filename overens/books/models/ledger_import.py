# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A general ledger as it was imported: what it says of itself, and its rows."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.functions import Now

from overens.people.models import Mandate, Organisation
from overens.records import clock
from overens.records.models import StoredFile
from overens.rules.costing import Names


class LedgerImport(models.Model):
    """One file, read one way.

    ``reading`` is the SHA-256 over the file's own and the ``layout`` of its columns: the same file read the same way is
    the same import. ``debit``: the sum of all debit rows, in öre. ``names``: see :meth:`named`. ``findings``: the
    warnings that were shown when it was read.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="ledger_imports")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    reading = models.CharField(max_length=64)
    layout: models.JSONField[Any, Any] = models.JSONField(default=dict)
    format = models.CharField(max_length=20)
    program = models.CharField(max_length=200, blank=True)
    company = models.CharField(max_length=200, blank=True)
    orgnr = models.CharField(max_length=20, blank=True)
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    rows = models.PositiveIntegerField()
    debit = models.BigIntegerField()
    names: models.JSONField[Any, Any] = models.JSONField()
    findings: models.JSONField[Any, Any] = models.JSONField(default=list)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-first_day", "pk"]
        constraints = [models.UniqueConstraint(fields=["organisation", "reading"], name="ledger_import_once")]

    def __str__(self) -> str:
        return f"{self.company} {self.first_day}"

    @property
    def named(self) -> Names:
        return Names(**self.names)


class Combination(models.Model):
    """An account with the objects that some rows of an import have in common. ``codes``: the object's, by dimension."""

    ledger_import = models.ForeignKey(LedgerImport, models.PROTECT, related_name="combinations")
    account = models.CharField(max_length=40)
    codes: models.JSONField[Any, Any] = models.JSONField()

    class Meta:
        ordering = ["pk"]


class Row(models.Model):
    """One row of one voucher. ``position``: its place in the file, from 0; ``line``: where it stands there.

    Its account and objects are its combination's: some thousand of them serve a million rows, so that a mapping is
    computed from sums, and the rows behind a sum are found by one index.
    """

    pk = models.CompositePrimaryKey("combination", "position")
    # A foreign key in the database would be asked a million times (three quarters of an import's time); both are
    # written in one transaction, and the application may delete neither.
    combination = models.ForeignKey(Combination, models.PROTECT, db_constraint=False, related_name="rows")
    position = models.PositiveIntegerField()
    line = models.PositiveIntegerField()
    date = models.DateField()
    voucher = models.CharField(max_length=60)
    ore = models.BigIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["position"]
