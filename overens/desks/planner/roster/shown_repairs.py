# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proposals for who works instead of somebody who is away, in words: who changes what, what it costs, why its rank."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from overens.desks.planner.roster.saying import hours, weekday
from overens.desks.planner.roster.words import named, said
from overens.desks.refusals import shown
from overens.planning.roster.building import due
from overens.planning.roster.instance import OFF, Whole
from overens.planning.roster.problem import Roster
from overens.planning.roster.rules import Case

if TYPE_CHECKING:
    from overens.planning.roster.repair import Change, Repair

# For looking for proposals.
SECONDS = 4.0
WHY: dict[str, Promise] = {
    "called-in": _("kallas in på en ledig dag"),
    "changed": _("byter pass"),
    "let-off": _("blir ledig"),
    "short-notice": _("får veta det sent"),
    "free-weekend": _("mister en ledig helg"),
    "night": _("får en natt"),
    "wish": _("hade önskat något annat"),
}


def looked_for(case: Case, worked: Whole, who: int, days: range) -> tuple[Repair, ...]:
    """The best first. worked: the published rota; who: the row of who is away."""
    from overens.planning.roster.repair import repairs

    return repairs(case, worked, [(who, day) for day in days], SECONDS)


def told(roster: Roster, found: Sequence[Repair]) -> list[dict[str, Any]]:
    return [_told(roster, rank, each) for rank, each in enumerate(found, 1)]


def _told(roster: Roster, rank: int, each: Repair) -> dict[str, Any]:
    persons = roster.persons
    return {
        "rank": rank,
        "points": each.points,
        "changes": [_change(roster, change) for change in each.changes],
        "minutes": [
            (said(persons[who]), hours(before), hours(after), hours(after - due(roster, persons[who]), sign=True))
            for who, (before, after) in each.minutes.items()
        ],
        "short": [one.text for one in shown(named(each.short, roster))],
        "given_up": [one.text for one in shown(named(each.given_up, roster))],
    }  # fmt: skip


def _change(roster: Roster, change: Change) -> dict[str, Any]:
    day = roster.first + dt.timedelta(days=change.day)
    becomes = "" if change.becomes == OFF else roster.shifts[change.becomes].id
    return {
        "title": said(roster.persons[change.person]),
        "day": day,
        "weekday": weekday(day),
        "was": "" if change.was == OFF else said(roster.shifts[change.was]),
        "becomes": "" if change.becomes == OFF else said(roster.shifts[change.becomes]),
        "points": change.points,
        "why": [WHY[why] for why in change.why],
        "put": f"{roster.persons[change.person].id}|{day.isoformat()}|{becomes}",
    }
