# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""In the demo's ward somebody has an address of their own, and has written a wish that waits to be taken in."""

from __future__ import annotations

import datetime as dt

from overens.demo.people import person
from overens.demo.planning_entries import OWNER
from overens.demo.roster import CODE, DAY
from overens.demo.script import Step, at
from overens.planner import reading, rosters, staff
from overens.planner.actions import staffing
from overens.planner.models import ProblemKind, SavedProblem
from overens.planning.roster.problem import Wish
from overens.rules.process import Role

WHO = "ssk05"
WISH = Wish(day=dt.date(2027, 4, 10), want="off", weight=10)


def steps() -> list[Step]:
    """In order of time; after the ward has its rota."""
    key = f"{ProblemKind.ROSTER}/{OWNER}/{CODE}"
    return [
        Step(at(DAY, 16), key, "give-staff-address", _address),
        Step(at(DAY, 17), key, "write-wishes", _wish),
    ]


def _saved() -> SavedProblem:
    return SavedProblem.objects.get(owner__code=OWNER, kind=ProblemKind.ROSTER, code=CODE)


def _address() -> None:
    staffing.give_address(_saved(), WHO, person(OWNER, Role.PLANNER))


def _wish() -> None:
    """Beside those that the problem has of them already."""
    saved = _saved()
    roster, _case = rosters.opened(reading.newest(saved))
    before, number = staff.wished(saved, roster, staff.in_file(roster, WHO))
    staffing.wish(saved.staff_links.get(who=WHO, ended_at=None), [*before, WISH], number)
