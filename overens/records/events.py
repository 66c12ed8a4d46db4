# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writing down what happened, in the same transaction as what it did."""

from __future__ import annotations

from overens.people.models import Mandate
from overens.records import clock
from overens.records.models import DocumentVersion, Event


def record(subject: str, act: str, mandate: Mandate | None = None, cause: DocumentVersion | None = None) -> Event:
    return Event.objects.create(
        subject=subject,
        act=act,
        person=mandate.person if mandate else None,
        mandate=mandate,
        cause=cause,
        effective_at=clock.now(),
    )
