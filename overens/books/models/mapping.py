# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a recipient's books become the cost items of a case, version by version."""

from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.db.models.functions import Now

from overens.grants.models import Case
from overens.people.models import Mandate
from overens.records import clock


class MappingVersion(models.Model):
    """The lines and the imports that they choose from, as canonical JSON with its SHA-256.

    A version is never changed: a report that names one by hash can be followed back to the rows at any time.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="mappings")
    number = models.PositiveIntegerField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64, db_index=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["case", "number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="mapping_number_once")]

    def __str__(self) -> str:
        return f"{self.case.key} v{self.number}"

    @property
    def data(self) -> dict[str, Any]:
        """``imports``: each with ``reading``, ``file`` and ``layout``; ``lines``: as overens.rules.mapping.written has
        them; ``predecessor`` and ``copied_from``: SHA-256 of other versions, or empty.
        """
        return json.loads(self.content)  # type: ignore[no-any-return]
