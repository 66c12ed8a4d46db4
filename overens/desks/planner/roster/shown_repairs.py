# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proposals for who works instead of somebody who is away, in words: who changes what, what it costs, why its rank."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from overens.desks.planner.roster.saying import hours
from overens.desks.planner.roster.words import named, said
from overens.desks.refusals import shown
from overens.planning.roster.building import due
from overens.planning.roster.instance import OFF, Whole
from overens.planning.roster.problem import Roster
from overens.planning.roster.rules import Case

if TYPE_CHECKING:
    from overens.planning.roster.repair import Repair

# For looking for proposals.
SECONDS = 4.0


def looked_for(case: Case, worked: Whole, who: int, days: range, earliest: int) -> tuple[Repair, ...]:
    """The best first. worked: the published rota; who: the row of who is away; earliest: the first day that may be
    changed.
    """
    from overens.planning.roster.repair import repairs

    return repairs(case, worked, [(who, day) for day in days], SECONDS, earliest=earliest)


def told(roster: Roster, case: Case, found: Sequence[Repair]) -> list[dict[str, Any]]:
    return [_told(roster, case, each) for each in found]


def _told(roster: Roster, case: Case, each: Repair) -> dict[str, Any]:
    from overens.planning.roster.repair import explained

    why, *rest = shown(explained(case, each, roster))
    persons, shifts = roster.persons, ("", *(shift.id for shift in roster.shifts))
    return {
        "why": why.text,
        "changes": [one.text for one in rest[: len(each.changes)]],
        "put": [
            f"{persons[one.person].id}|{roster.first + dt.timedelta(days=one.day)}|{shifts[one.becomes - OFF]}"
            for one in each.changes
        ],
        "minutes": [
            (said(persons[who]), hours(before), hours(after), hours(after - due(roster, persons[who]), sign=True))
            for who, (before, after) in each.minutes.items()
        ],
        "short": [one.text for one in shown(named(each.short, roster))],
        "given_up": [one.text for one in shown(named(each.given_up, roster))],
    }
