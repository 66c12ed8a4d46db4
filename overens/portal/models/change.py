# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""That a grant is new, has changed or is gone: what whoever follows the portal is told. Never changed."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from overens.portal.models.grant import Grant


class ChangeKind(models.TextChoices):
    NEW = "new"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"


class Change(models.Model):
    """``what``: the keys of the grant that are another than before, ``shares`` among them; empty for a new one."""

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=20, choices=ChangeKind)
    what = ArrayField(models.CharField(max_length=40), default=list)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["-at", "-id"], name="change_latest")]
        constraints = [models.CheckConstraint(condition=Q(kind__in=ChangeKind.values), name="change_kind_known")]
