# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Times of the clock that a day does not have, or has twice, when Sweden changes to and from summer time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from overens.planning.roster.building import SWEDEN
from overens.planning.roster.problem import Roster
from overens.rules.findings import Finding, error

DAYS_BEFORE = 28


def strange(roster: Roster, key: str, clock: time) -> Iterator[Finding]:
    """The days on which something of the problem cannot begin or end at a time of the clock."""
    for day in range(-DAYS_BEFORE, 7 * roster.weeks + 1):
        at = datetime.combine(roster.first + timedelta(days=day), clock, SWEDEN)
        first, second = at.utcoffset(), at.replace(fold=1).utcoffset()
        if first is not None and second is not None and first != second:
            code = "roster-clock-gap" if first < second else "roster-clock-twice"
            yield error(code, key, time=f"{clock:%H.%M}", day=f"{at:%Y-%m-%d}")
