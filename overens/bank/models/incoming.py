# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the bank says: its files as they came, and what they tell, each thing once and never changed."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from overens.people.models import Mandate
from overens.records.models import StoredFile


class FileKind(models.TextChoices):
    STATEMENT = "camt.053"
    NOTIFICATION = "camt.054"
    STATUS = "pain.002"


class BankFile(models.Model):
    """A file from the bank. The same bytes are the same row; the bank's message id names one file of its kind.

    ``original``: of a status report, the message id of the payment file that it answers. ``mandate``: by whom it was
    handed in, empty where the bank's own channel did (overens bank import).
    """

    sha256 = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=10, choices=FileKind)
    message_id = models.CharField(max_length=35)
    original = models.CharField(max_length=35, blank=True)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="bank_file")
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["kind", "message_id"], name="bank_file_message_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.message_id}"


class BankRowQuerySet(models.QuerySet["BankRow"]):
    def bearing(self) -> Self:
        """Rows that something is done with: a payment of its own, not a sum whose payments are rows themselves."""
        return self.filter(~Exists(BankRow.objects.filter(part_of=OuterRef("pk"))))

    def booked(self) -> Self:
        """Lines of the account, whether a payment or a sum of several."""
        return self.filter(part_of=None)

    def told_by(self, file: BankFile) -> Self:
        """The bearing rows that a file tells of, whether or not another had told of them before."""
        return self.bearing().filter(Q(statements__file=file) | Q(part_of__statements__file=file)).distinct()


class BankRow(models.Model):
    """A line of the payer's account, or one payment of a line where the bank booked several as one sum (``part_of``).

    ``ore``: öre, positive when the money came in. The bank's reference names one row of an account, so a row that is
    told in a notification and again in a statement is one. ``counterpart``: who paid or was paid, with their
    organisation number and account as the bank writes them; ``end_to_end_id``: the payer's own name for the payment;
    ``return_reason``: an ISO 20022 code where it is a payment that came back. ``mandate``: who registered the row by
    hand, from something other than a file; such a row has no ``account``.
    """

    account = models.CharField(max_length=34, blank=True)
    bank_reference = models.CharField(max_length=60)
    part_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    booked_on = models.DateField(db_index=True)
    ore = models.BigIntegerField()
    counterpart = models.CharField(max_length=200, blank=True)
    counterpart_id = models.CharField(max_length=35, blank=True)
    counterpart_account = models.CharField(max_length=34, blank=True)
    end_to_end_id = models.CharField(max_length=35, blank=True)
    ocr = models.CharField(max_length=35, blank=True)
    message = models.CharField(max_length=500, blank=True)
    return_reason = models.CharField(max_length=35, blank=True)
    return_text = models.CharField(max_length=200, blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())

    objects = BankRowQuerySet.as_manager()

    class Meta:
        ordering = ["-booked_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(ore=0), name="bank_row_moves_something"),
            models.UniqueConstraint(fields=["account", "bank_reference"], name="bank_row_once"),
            models.CheckConstraint(condition=Q(mandate=None) | Q(account=""), name="bank_row_by_hand_or_from_a_file"),
        ]

    def __str__(self) -> str:
        return self.bank_reference

    @property
    def incoming(self) -> bool:
        return self.ore > 0

    @property
    def told(self) -> bool:
        """The bank has said something of the payment, so that it is not only a sum."""
        return bool(self.counterpart or self.end_to_end_id or self.ocr or self.message or self.return_reason)


class BankStatement(models.Model):
    """What a file tells of one account: the lines, and the balances around them in öre (None in a notification)."""

    file = models.ForeignKey(BankFile, models.PROTECT, related_name="statements")
    identification = models.CharField(max_length=35)
    account = models.CharField(max_length=34)
    opening = models.BigIntegerField(null=True)
    closing = models.BigIntegerField(null=True)
    pending = models.PositiveIntegerField(default=0)
    rows: models.ManyToManyField[BankRow, Any] = models.ManyToManyField(BankRow, related_name="statements")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.identification


class BankAnswer(models.Model):
    """What a status report says of one payment; of the whole payment file, or a ``part`` of it, where
    ``end_to_end_id`` is empty. ``status`` and ``reason`` are ISO 20022 codes.
    """

    file = models.ForeignKey(BankFile, models.PROTECT, related_name="answers")
    end_to_end_id = models.CharField(max_length=35, blank=True)
    part = models.CharField(max_length=35, blank=True)
    status = models.CharField(max_length=4)
    reason = models.CharField(max_length=35, blank=True)
    text = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.end_to_end_id or self.part} {self.status}"
