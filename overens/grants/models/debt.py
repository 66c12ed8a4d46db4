# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The bank rows that come in."""

from django.db import models
from django.db.models import Q

from overens.grants.models.case import Case
from overens.records.models import DocumentVersion


class BankRow(models.Model):
    """An incoming row of the payer's bank statement. Unmatched it is an open work item, not yet a krona of any
    agreement; ``applied`` of it met the debt of ``case``, what is above is owed back to the sender.
    """

    bank_reference = models.CharField(max_length=60, unique=True)
    booked_on = models.DateField()
    kronor = models.BigIntegerField()
    sender = models.CharField(max_length=200)
    message = models.CharField(max_length=200, blank=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="bank_rows")
    applied = models.BigIntegerField(default=0)
    receipt = models.ForeignKey(DocumentVersion, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-booked_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kronor__gt=0), name="bank_row_positive"),
            models.CheckConstraint(
                condition=Q(applied__gte=0) & Q(applied__lte=models.F("kronor")), name="bank_row_applied_within"
            ),
            models.CheckConstraint(
                condition=Q(case=None, applied=0, receipt=None)
                | Q(case__isnull=False, applied__gt=0, receipt__isnull=False),
                name="bank_row_matched_whole_or_not",
            ),
        ]

    @property
    def excess(self) -> int:
        """Kronor above the debt that the row was matched with: to be paid back to the sender."""
        return self.kronor - self.applied if self.case_id else 0
