# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The demo's units: three made-up ones of Region Uppsala in the plan for 2020. One is approved, one waits for the
planner, one has not answered. Nothing is adopted: a plan stands on a scenario that has been run, which the worker does.
"""

from __future__ import annotations

import datetime as dt
from functools import partial

from overens.demo.people import person
from overens.demo.script import Step, at
from overens.people.models import Organisation
from overens.planner import plans
from overens.planner.actions import entries
from overens.planner.models import Answer, EntryKind
from overens.rules.process import Role

OWNER, YEAR = "03", 2020
OPENS, CLOSES = dt.date(2019, 12, 2), dt.date(2020, 5, 29)
UNITS = ("Akutkliniken", "Barnkliniken", "Psykiatrin, öppenvård")
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
        Step(at(OPENS, 9), f"supply-plan/{OWNER}/{YEAR}", "open-supply-plan", _open),
        *(
            Step(at(OPENS + dt.timedelta(days=40), 10, minute), f"supply-plan/{OWNER}/{YEAR}/{unit}",
                 "send-unit-answer", partial(_answer, unit))
            for minute, unit in enumerate(NEEDS)
        ),
    ]  # fmt: skip


def _open() -> None:
    owner, planner = Organisation.objects.get(code=OWNER), person(OWNER, Role.PLANNER)
    for title in UNITS:
        entries.add_unit(owner, title, planner)
    entries.open_plan(owner, YEAR, OPENS, CLOSES, planner)


def _answer(unit: str) -> None:
    planner = person(OWNER, Role.PLANNER)
    plan = plans.plans(Organisation.objects.get(code=OWNER)).get(year=YEAR)
    answer: Answer = plans.answers(plan).get(unit__title=unit)
    for occupation, *figures, why in NEEDS[unit]:
        names = ("have", "need_0", "need_1", "need_3", "need_5", "need_10")
        typed = {**dict(zip(names, figures, strict=True)), "why": why}
        entries.save(answer, EntryKind.NEED, occupation, typed, 0, planner)
    for action in ACTIONS[unit]:
        entries.save(answer, EntryKind.ACTION, "", action, 0, planner)
    entries.step(answer, "send-unit-answer", "", planner)
    if unit == APPROVED:
        entries.step(answer, "approve-unit-answer", "Stämmer med budgeten.", planner)
