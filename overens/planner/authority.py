# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""By which mandate somebody acts at a unit: a head of operations at their own, those who plan for the region at all."""

from __future__ import annotations

from overens.followup.actions.authority import mandate_of
from overens.people.models import Mandate, Person
from overens.planner.models import SavedProblem, Unit
from overens.records import clock
from overens.rules.findings import refuse
from overens.rules.process import Role

PLANNERS = (Role.PLANNER,)


def held_at(unit: Unit, person: Person) -> Mandate | None:
    """The mandate by which a person is head of operations of a unit today."""
    held = person.mandates.on(clock.today()).filter(organisation=unit.owner, role=Role.HEAD_OF_OPERATIONS)
    return held.filter(unit=unit.code).select_related("organisation", "person").first()


def head_of(unit: Unit, person: Person, act: str) -> Mandate:
    """For what the head of operations alone decides. Raises Refused (``not-head-of-unit``)."""
    held = held_at(unit, person)
    if held is None:
        refuse("not-head-of-unit", act=act, unit=unit.title, day=clock.today().isoformat())
    return held


def at_unit(unit: Unit, person: Person, act: str) -> Mandate:
    """For what the unit does, and the region's planners for it. Raises Refused (``no-mandate``)."""
    return held_at(unit, person) or mandate_of(unit.owner, person, PLANNERS, act, "")


def of_problem(problem: SavedProblem, person: Person, act: str) -> Mandate:
    """For what is done with a problem: at its unit, where it is of one. Raises Refused (``no-mandate``)."""
    if problem.unit is not None:
        return at_unit(problem.unit, person, act)
    return mandate_of(problem.owner, person, PLANNERS, act, "")
