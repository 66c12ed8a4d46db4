# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a count means from agreement to agreement, and where its meaning changes without anybody saying so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from overens.rules.agreement import Agreement
from overens.rules.findings import Finding, Where
from overens.rules.followup.asked import Count


@dataclass(frozen=True)
class Followed:
    """A count over the agreements that ask for it, oldest first. ``findings``: a changed meaning without a break."""

    id: str
    asked: tuple[tuple[Agreement, Count], ...]
    findings: tuple[Finding, ...] = field(default=())

    @property
    def latest(self) -> Count:
        return self.asked[-1][1]


def followed(agreements: Iterable[Agreement]) -> list[Followed]:
    """Every count of the agreements, in the order in which they were first asked for."""
    found: dict[str, list[tuple[Agreement, Count]]] = {}
    for agreement in sorted(agreements, key=lambda each: (each.period.first_day, each.id)):
        for count in agreement.counts:
            found.setdefault(count.id, []).append((agreement, count))
    return [Followed(id, tuple(asked), tuple(_unsaid(id, asked))) for id, asked in found.items()]


def _unsaid(id: str, asked: list[tuple[Agreement, Count]]) -> Iterator[Finding]:
    for (before, old), (after, new) in pairwise(asked):
        if _said(old) == _said(new):
            continue
        years = range(before.period.first_day.year + 1, after.period.last_day.year + 1)
        if not any(each.from_year in years for each in new.breaks):
            yield Finding(
                "count-changed-unsaid",
                "warning",
                {"count": id, "before": before.id, "after": after.id},
                Where(key=f"count[{id}].meaning"),
            )


def _said(count: Count) -> tuple[str, tuple[str, ...]]:
    """What makes it the same count: its meaning, whatever its line breaks are, and what it is broken down by."""
    return " ".join(count.meaning.split()), count.dimensions
