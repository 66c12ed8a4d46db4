# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The demo's rota: the shipped, made-up ward as a unit of Region Uppsala, with the rota that ships beside it, published
by the unit's head of operations.
"""

from __future__ import annotations

import datetime as dt

from overens.demo.people import person
from overens.demo.planning_entries import HEADS, OWNER
from overens.demo.script import Step, at
from overens.people.models import Organisation, Person
from overens.planner import reading, rosters
from overens.planner.actions import problems, rostering
from overens.planner.models import ProblemKind, SavedProblem, Unit
from overens.planning.roster import building, laying, solution
from overens.planning.roster import reading as roster
from overens.rules.process import Role

UNIT, CODE = "Akutkliniken", "exempel"
DAY = dt.date(2019, 11, 26)


def steps() -> list[Step]:
    """In order of time; after the units have their heads."""
    key = f"{ProblemKind.ROSTER}/{OWNER}/{CODE}"
    return [
        Step(at(DAY, 13), key, "create-problem", _keep),
        Step(at(DAY, 14), key, "save-problem", _lay),
        Step(at(DAY, 15), key, "decide-planning", _publish),
    ]


def _head() -> Person:
    return Person.objects.get(email=HEADS[UNIT])


def _saved() -> SavedProblem:
    return SavedProblem.objects.get(owner__code=OWNER, kind=ProblemKind.ROSTER, code=CODE)


def _keep() -> None:
    owner = Organisation.objects.get(code=OWNER)
    unit = Unit.objects.get(owner=owner, title=UNIT)
    text = roster.find(CODE).read_text(encoding="utf-8")
    note = "Påhittade uppgifter."
    problems.create(ProblemKind.ROSTER, text, owner, person(OWNER, Role.PLANNER), unit=unit, note=note)


def _lay() -> None:
    """The rota that ships, as it was planned from the example."""
    saved = _saved()
    version = reading.newest(saved)
    ward, _findings = roster.read(version.text)
    assert ward is not None
    case = building.case(ward)
    text = roster.find(CODE).with_suffix(".csv").read_text(encoding="utf-8")
    days = solution.from_text(text, case.persons, case.shifts, case.days)
    tables = {rosters.LAID: laying.as_table(case, days)}
    problems.save(saved, version.text, saved.number, person(OWNER, Role.PLANNER), tables=tables, note="Uträknat.")


def _publish() -> None:
    rostering.publish(reading.newest(_saved()), "Gäller hela perioden. Påhittat.", _head())
