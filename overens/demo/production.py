# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The demo's production and capacity: the example that ships, as Region Uppsala's, and a balancing decision. Its
weeks are those of the example, its figures made up. Nothing is computed: that is for whoever looks at it to ask for.
"""

from __future__ import annotations

import datetime as dt

from overens.demo.people import person
from overens.demo.script import Step, at
from overens.people.models import Organisation
from overens.planner.actions import deciding, problems
from overens.planner.models import DecisionKind, ProblemKind, SavedProblem
from overens.planner.reading import newest
from overens.planning.production.reading import FILE, find
from overens.rules.process import Role

OWNER, DAY, EXAMPLE = "03", dt.date(2019, 11, 26), "exempel"
DECISION = (
    "Gränserna ska hållas från vecka 40. Övertid och inhyrd personal används högst som underlaget säger, och köpt vård "
    "bara för grå starr och koloskopi. Fler tjänster väljs bort i år: de hinner inte tillsättas. Påhittat beslut."
)


def steps() -> list[Step]:
    """In order of time."""
    return [
        Step(at(DAY, 9, 0), f"production/{OWNER}/1", "create-problem", _keep),
        Step(at(DAY, 10, 0), f"production/{OWNER}/2", "decide-planning", _decide),
    ]


def _keep() -> None:
    folder = find(EXAMPLE).parent
    files = {each.name: each.read_text("utf-8") for each in sorted(folder.iterdir())}
    text, owner = files.pop(FILE), Organisation.objects.get(code=OWNER)
    problems.create(ProblemKind.PRODUCTION, text, owner, person(OWNER, Role.PLANNER), tables=files)


def _decide() -> None:
    saved = SavedProblem.objects.get(owner__code=OWNER, kind=ProblemKind.PRODUCTION, code=EXAMPLE)
    planner, who = person(OWNER, Role.PLANNER), "Hälso- och sjukvårdsdirektören"
    deciding.decide(newest(saved), DecisionKind.BALANCE, DECISION, who, DAY, planner)
