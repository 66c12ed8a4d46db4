# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What happens by itself: baselines are frozen where an agreement is in force and the figures are there. Safe to run at
any time.
"""

from __future__ import annotations

from collections.abc import Iterator

from overens.agreements.models import Decision
from overens.agreements.models.decision import DecisionKind
from overens.effects.actions import freezing
from overens.records import runs
from overens.records.models import Run


def tick() -> list[Run]:
    """Do everything that is due, each piece once. Returns the runs that were tried."""
    return list(_frozen())


def _frozen() -> Iterator[Run]:
    for decision in Decision.objects.filter(kind=DecisionKind.APPROVAL):
        for kpi in freezing.missing(decision):
            yield runs.once(
                "freeze-baseline",
                f"freeze-baseline/{decision.agreement}/{kpi}",
                lambda run, decision=decision, kpi=kpi: freezing.freeze(decision, kpi),  # type: ignore[misc]
            )
