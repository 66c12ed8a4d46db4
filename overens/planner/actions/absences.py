# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Somebody cannot work what is published: the rota that a head of operations chooses instead is published at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress

from django.db import transaction

from overens.people.models import Person
from overens.planner import rosters
from overens.planner.actions import deciding, problems, rostering
from overens.planner.models import DecisionKind, PlanningDecision, ProblemVersion, SavedProblem
from overens.planning.roster import absence, building, laying
from overens.planning.roster.laying import Put, Step
from overens.planning.roster.reading import read
from overens.records import clock, kept
from overens.rules.findings import Refused, refuse


@transaction.atomic
def replace(
    problem: SavedProblem,
    base: int,
    who: str,
    first: dt.date,
    last: dt.date,
    put: Sequence[Put],
    text: str,
    person: Person,
) -> tuple[PlanningDecision, bool]:
    """Publish the published rota without somebody from ``first`` to ``last``, and with cells as ``put`` has them. base:
    the number of the version that was published when it was chosen. text: what is said of it.

    What others have written in the problem since goes on after it, with this in it where it is about other lines:
    whether it has is answered beside the decision.
    Raises Refused: ``not-head-of-unit``, ``roster-no-unit``, ``absence-published`` where another rota is published now,
    ``absence-past`` for a day before today and none of the absence, ``staff-unknown``, ``absence-order``,
    ``absence-outside``; what the change would break that nobody's replacing them does not.
    """
    locked, body = rostering.publishing(problem.pk, person, "publish-roster")
    now = rosters.published(locked)
    if now is None or now.version.number != base:
        refuse("absence-published")
    begun, ended, today = (day.isoformat() for day in (first, last, clock.today()))
    if past := [day for _who, day, _shift in put if day < today and not begun <= day <= ended]:
        refuse("absence-past", "put", day=past[0])
    changed, after = changed_by(now.version, who, first, last, put)
    later: ProblemVersion = kept.newest(locked)
    tables = {**now.version.tables, rosters.LAID: after}
    made = problems.save(locked, changed, locked.number, person, tables=tables, note=text)
    if made is None:
        refuse("absence-nothing")
    decision = deciding.decide(made, DecisionKind.PUBLISH, text, body, clock.today(), person)
    return decision, later.pk == now.version_id or _go_on(locked, later, base, person)


def changed_by(version: ProblemVersion, who: str, first: dt.date, last: dt.date, put: Sequence[Put]) -> tuple[str, str]:
    """The file and the rota's table of a version with somebody away and cells changed. Raises Refused."""
    roster, case = rosters.opened(version)
    worked = rosters.laid(version)
    at = next((row for row, each in enumerate(roster.persons) if each.id == who), None)
    if at is None:
        refuse("staff-unknown", "who", who=who[:60])
    if worked is None:
        refuse("roster-no-rota")
    text = absence.put_in(version.text, roster, worked, at, first, last)
    away, findings = read(text)
    if away is None:
        raise Refused(*findings)
    left = absence.without(worked, at, absence.days_of(roster, first, last))
    after, _cells = laying.laid(case, left, [Step(put=tuple(put))])
    if broken := absence.broken_anew(building.case(away), left, after):
        raise Refused(*broken)
    return text, laying.as_table(case, after)


def _go_on(locked: SavedProblem, later: ProblemVersion, base: int, person: Person) -> bool:
    """What was being written is the newest again: with the change taken in, where that can be."""
    with suppress(Refused), transaction.atomic():
        problems.save(locked, later.text, base, person, tables=later.tables, note=later.note)
        return True
    locked.refresh_from_db()
    problems.save(locked, later.text, locked.number, person, tables=later.tables, note=later.note)
    return False
