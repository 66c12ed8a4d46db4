# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The demo's units: three made-up ones of Region Uppsala, two of them with a head of operations, in the plan for 2020.
One is approved, one waits for the planner, one has not answered. Nothing is adopted: a plan stands on a scenario that
has been run, which the worker does.
"""

from __future__ import annotations

import datetime as dt
from functools import partial

from overens.demo.people import TITLES, address, person
from overens.demo.script import Step, at
from overens.people.actions import persons
from overens.people.actions.mandates import Terms
from overens.people.actions.persons import Newcomer
from overens.people.models import Organisation, Person
from overens.planner import plans
from overens.planner.actions import entries
from overens.planner.models import Answer, EntryKind
from overens.rules.process import Role

OWNER, YEAR = "03", 2020
ADDED = dt.date(2019, 11, 4)
OPENS, CLOSES = dt.date(2019, 12, 2), dt.date(2020, 5, 29)
UNITS = ("Akutkliniken", "Barnkliniken", "Psykiatrin, öppenvård")
# Who heads them, by the e-mail address; the third unit has nobody, and its planner answers for it.
HEADS = {
    "Akutkliniken": address(OWNER, Role.HEAD_OF_OPERATIONS),
    "Barnkliniken": "head-of-operations-2@03.demo.invalid",
}
# By unit the needs (occupation, have, now, in 1, 3, 5, 10 years, why) and the actions; all figures are made up.
NEEDS = {
    "Akutkliniken": (
        ("nurse", "62", "70", "71", "73", "75", "80", "Fler besök, och tre avdelningar öppna på sommaren."),
        ("assistant-nurse", "48,5", "50", "50", "52", "53", "56", ""),
    ),
    "Psykiatrin, öppenvård": (
        ("nurse", "21", "24", "24", "25", "25", "26", "Två tjänster är vakanta sedan i våras."),
        ("psychologist", "14", "17", "17", "18", "19", "20", "Väntetiderna till utredning."),
    ),
}
ACTIONS = {
    "Akutkliniken": (
        {"title": "Introduktion i två år för nya sjuksköterskor", "kind": "retain", "occupation": "nurse",
         "owner": "Vårdenhetschef", "cost": "900000", "first": "2020", "last": "2022", "state": "begun",
         "follow_up": "Andel som är kvar efter två år."},
        {"title": "Sommarjobb för studerande i termin fem", "kind": "attract", "occupation": "nurse",
         "owner": "Verksamhetschef", "cost": "250000", "first": "2020", "last": "2020",
         "follow_up": "Hur många som söker tjänst efter examen."},
    ),
    "Psykiatrin, öppenvård": (
        {"title": "PTP-tjänster", "kind": "develop", "occupation": "psychologist", "owner": "Verksamhetschef",
         "cost": "1600000", "first": "2020", "last": "2021", "follow_up": "Antal som anställs efter legitimation."},
        {"title": "Hyrpersonal på mottagningen avslutas", "kind": "end", "occupation": "nurse",
         "owner": "Verksamhetschef", "first": "2020", "last": "2021", "follow_up": "Kostnad per kvartal."},
    ),
}  # fmt: skip
APPROVED = "Akutkliniken"


def steps() -> list[Step]:
    """In order of time."""
    return [
        Step(at(ADDED, 9), f"unit/{OWNER}", "add-unit", _add),
        Step(at(OPENS, 9), f"supply-plan/{OWNER}/{YEAR}", "open-supply-plan", _open),
        *(
            Step(at(OPENS + dt.timedelta(days=40), 10, minute), f"supply-plan/{OWNER}/{YEAR}/{unit}",
                 "send-unit-answer", partial(_answer, unit))
            for minute, unit in enumerate(NEEDS)
        ),
    ]  # fmt: skip


def _add() -> None:
    """The planner adds the units, and the administrator gives two of them a head."""
    owner, planner = Organisation.objects.get(code=OWNER), person(OWNER, Role.PLANNER)
    administrator = person(OWNER, Role.ADMINISTRATOR)
    for title in UNITS:
        unit = entries.add_unit(owner, title, planner)
        if title in HEADS:
            called = f"{TITLES[Role.HEAD_OF_OPERATIONS]}, {title}"
            newcomer = Newcomer(HEADS[title], f"{called}, {owner.name}", called, planner.telephone)
            terms = Terms(Role.HEAD_OF_OPERATIONS, ADDED, "Delegationsordning DEMO 2019:1", unit=unit.code)
            persons.invite(owner, newcomer, terms, administrator)


def _open() -> None:
    owner = Organisation.objects.get(code=OWNER)
    entries.open_plan(owner, YEAR, OPENS, CLOSES, person(OWNER, Role.PLANNER))


def _answer(unit: str) -> None:
    planner = person(OWNER, Role.PLANNER)
    writer = Person.objects.get(email=HEADS[unit]) if unit in HEADS else planner
    plan = plans.plans(Organisation.objects.get(code=OWNER)).get(year=YEAR)
    answer: Answer = plans.answers(plan).get(unit__title=unit)
    for occupation, *figures, why in NEEDS[unit]:
        names = ("have", "need_0", "need_1", "need_3", "need_5", "need_10")
        typed = {**dict(zip(names, figures, strict=True)), "why": why}
        entries.save(answer, EntryKind.NEED, occupation, typed, 0, writer)
    for action in ACTIONS[unit]:
        entries.save(answer, EntryKind.ACTION, "", action, 0, writer)
    entries.step(answer, "send-unit-answer", "", writer)
    if unit == APPROVED:
        entries.step(answer, "approve-unit-answer", "Stämmer med budgeten.", planner)
