# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a channel passed its money on: a list that it signs, and what was handed back to it."""

from django.db import models
from django.db.models import Q

from overens.grants.models.case import Case
from overens.people.models import Organisation
from overens.records.models import DocumentVersion


class Distribution(models.Model):
    """``hand_back`` lists go the other way: from the structures to the channel."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="distributions")
    version = models.OneToOneField(DocumentVersion, models.PROTECT, related_name="distribution")
    hand_back = models.BooleanField(default=False)

    class Meta:
        ordering = ["case", "pk"]


class DistributionRow(models.Model):
    """``host`` is the organisation whose account receives the money: a structure often is no legal person."""

    distribution = models.ForeignKey(Distribution, models.PROTECT, related_name="rows")
    structure = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    host = models.CharField(max_length=200, blank=True)
    kronor = models.BigIntegerField()

    class Meta:
        ordering = ["distribution", "structure__code"]
        constraints = [
            models.UniqueConstraint(fields=["distribution", "structure"], name="distribution_structure_once"),
            models.CheckConstraint(condition=Q(kronor__gt=0), name="distribution_row_positive"),
        ]
