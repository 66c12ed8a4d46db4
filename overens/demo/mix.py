# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The demo's competence mix: the shipped, made-up example at a clinic of Region Uppsala, with a decision by its head, a
plan that is decided on, and a week as it became: one shift not, one that only added staff.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from overens.demo.people import person
from overens.demo.planning_entries import HEADS, OWNER
from overens.demo.script import Step, at
from overens.people.models import Organisation, Person
from overens.planner import mixes, reading
from overens.planner.actions import deciding, local, mixing, problems
from overens.planner.models import DecisionKind, ProblemKind, SavedProblem, Unit
from overens.planning.mix import reading as mix
from overens.records import runs
from overens.rules.process import Role

UNIT, CODE = "Akutkliniken", "exempel"
KEPT, DECIDED, FOLLOWED = dt.date(2020, 2, 3), dt.date(2020, 2, 17), dt.date(2020, 4, 6)
TERMS = local.Terms(
    number="VC 2020:1",
    ground="competence",
    tasks=("lakemedelsforrad",),
    competence="service",
    first=DECIDED,
    up_to=Decimal("0.5"),
    text="Utbildade av avdelningens apotekare och prövade mot checklista. Påhittat.",
)


def steps() -> list[Step]:
    """In order of time; after the units have their heads."""
    key = f"{ProblemKind.MIX}/{OWNER}/{CODE}"
    return [
        Step(at(KEPT, 9), key, "create-problem", _keep),
        Step(at(DECIDED, 9), key, local.DECIDE, _decide),
        Step(at(DECIDED, 10), key, "plan-mix", _plan),
        Step(at(FOLLOWED, 9), key, "save-problem", _follow),
    ]


def _head() -> Person:
    return Person.objects.get(email=HEADS[UNIT])


def _saved() -> SavedProblem:
    return SavedProblem.objects.get(owner__code=OWNER, kind=ProblemKind.MIX, code=CODE)


def _keep() -> None:
    owner = Organisation.objects.get(code=OWNER)
    unit = Unit.objects.get(owner=owner, title=UNIT)
    text = mix.find(CODE).read_text(encoding="utf-8")
    problems.create(ProblemKind.MIX, text, owner, person(OWNER, Role.PLANNER), unit=unit, note="Påhittade uppgifter.")


def _decide() -> None:
    local.decide(_saved(), TERMS, _head())


def _plan() -> None:
    """Computed at once, in a part of a second, and decided on."""
    saved = _saved()
    run = mixing.ask(reading.newest(saved), "cost", 60, 1, person(OWNER, Role.PLANNER))
    runs.carry_out.call(run.pk)
    found = mixes.last(saved)
    assert found is not None
    deciding.decide(
        found.of, DecisionKind.PLAN, "Förslaget till lägst kostnad prövas ett halvår. Påhittat.",
        "Verksamhetschefen, Akutkliniken", DECIDED, _head(), computed=found,
    )  # fmt: skip


def _follow() -> None:
    """Half a year on: the first shift did not happen, the second only added staff; the others are as planned."""
    from overens.planning.mix import by_hand

    saved = _saved()
    found = mixes.adopted(saved)
    assert found is not None
    assert found.computed is not None
    problem, plan, _prices = mixes.opened(found.computed)
    before = by_hand.today_hours(problem)
    became = {(each.task, each.competence): each.time for each in plan.done}
    largest = sorted(plan.moved, key=lambda each: -each.hours)
    for each in largest[:1]:
        became[each.task, each.giver] = before.get((each.task, each.giver), 0.0)
        became[each.task, each.taker] = before.get((each.task, each.taker), 0.0)
    for each in largest[1:2]:
        became[each.task, each.giver] = before.get((each.task, each.giver), 0.0)
    mixing.save_reported(saved, by_hand.as_table(became), FOLLOWED, saved.number, _head())
