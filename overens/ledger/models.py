# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What Django reads of the ledger. The tables and their guards are sql/0001_ledger.sql."""

from django.db import models


class Line(models.Model):
    """A decision line: a sum for given recipients, to be paid in one go or one instalment. Whole kronor."""

    agreement = models.CharField(max_length=50)
    code = models.CharField(max_length=50)
    title = models.TextField()
    kronor = models.BigIntegerField()

    class Meta:
        managed = False
        db_table = "ledger_line"
        ordering = ["agreement", "id"]

    def __str__(self) -> str:
        return f"{self.agreement}/{self.code}"
