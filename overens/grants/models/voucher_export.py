# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was handed to the payer's accounting system, and when."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from overens.people.models import Mandate
from overens.records.models import DocumentVersion


class VoucherExport(models.Model):
    """A SIE 4I file, kept as it was made. ``mandate``: of who asked for it; none where the operator did."""

    first_day = models.DateField()
    last_day = models.DateField()
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+")
    exported_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(first_day__lte=F("last_day")), name="voucher_export_days_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.first_day}–{self.last_day}"


class ExportedVoucher(models.Model):
    """A paper that moved money is a voucher of one export: once, and never of another."""

    export = models.ForeignKey(VoucherExport, models.PROTECT, related_name="vouchers")
    cause = models.OneToOneField(DocumentVersion, models.PROTECT, related_name="exported_voucher")

    class Meta:
        ordering = ["export", "cause"]
