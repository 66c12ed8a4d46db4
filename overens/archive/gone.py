# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is said in the place of a content that was disposed of: since when, and by which decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from overens.records import clock
from overens.records.models import DocumentVersion, Tombstone


@dataclass(frozen=True)
class Gone:
    """``on``: the day in Stockholm; ``reference``: of the decision, as its organisation cites it."""

    on: dt.date
    reference: str
    organisation: str
    sha256: str


def gone(versions: Iterable[DocumentVersion]) -> dict[int, Gone]:
    """By version those whose content was disposed of."""
    rows = Tombstone.objects.filter(what="version", row__in=[version.pk for version in versions])
    found = {}
    for row in rows.select_related("decision__document__organisation"):
        decision = row.decision
        found[row.row] = Gone(
            on=decision.effective_at.astimezone(clock.STOCKHOLM).date(),
            reference=str(decision.data.get("reference", "")),
            organisation=decision.document.organisation.name,
            sha256=row.sha256,
        )
    return found
