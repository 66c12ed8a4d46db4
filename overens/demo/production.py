# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The demo's production and capacity: the example that ships, as Region Uppsala's, and a balancing decision. Its
weeks are those of the example, its figures made up. Its plan is the one that tools/make_production_plan.py has made.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from overens.demo.people import person
from overens.demo.script import Step, at
from overens.people.models import Organisation
from overens.planner import production
from overens.planner.actions import computing, deciding, problems, producing
from overens.planner.models import DecisionKind, ProblemKind, SavedProblem
from overens.planner.reading import newest
from overens.planning.production.packing import unpack
from overens.planning.production.reading import FILE, find
from overens.records.models import Run
from overens.records.models.run import RunState
from overens.rules.process import Role

OWNER, DAY, EXAMPLE = "03", dt.date(2019, 11, 26), "exempel"
PLAN, SECONDS, RUNS = Path(__file__).with_name("production-plan.npz"), 60, 50
DECISION = (
    "Gränserna ska hållas från vecka 40. Övertid och inhyrd personal används högst som underlaget säger, och köpt vård "
    "bara för grå starr och koloskopi. Fler tjänster väljs bort i år: de hinner inte tillsättas. Påhittat beslut."
)


def steps() -> list[Step]:
    """In order of time."""
    return [
        Step(at(DAY, 9, 0), f"production/{OWNER}/1", "create-problem", _keep),
        Step(at(DAY, 10, 0), f"production/{OWNER}/2", "decide-planning", _decide),
        Step(at(DAY, 11, 0), f"production/{OWNER}/3", "plan-production", _plan),
    ]


def _keep() -> None:
    folder = find(EXAMPLE).parent
    files = {each.name: each.read_text("utf-8") for each in sorted(folder.iterdir())}
    text, owner = files.pop(FILE), Organisation.objects.get(code=OWNER)
    problems.create(ProblemKind.PRODUCTION, text, owner, person(OWNER, Role.PLANNER), tables=files)


def _decide() -> None:
    planner, who = person(OWNER, Role.PLANNER), "Hälso- och sjukvårdsdirektören"
    deciding.decide(newest(_saved()), DecisionKind.BALANCE, DECISION, who, DAY, planner)


def _plan() -> None:
    """As a worker would have kept it."""
    version, packed = newest(_saved()), PLAN.read_bytes()
    given = production.given(version)
    run = producing.ask(version, SECONDS, RUNS, given.problem.seed, person(OWNER, Role.PLANNER))
    computing.keep(run, packed, producing.facts_of(unpack(packed), given))
    Run.objects.filter(pk=run.pk).update(state=RunState.DONE, progress=100)


def _saved() -> SavedProblem:
    return SavedProblem.objects.get(owner__code=OWNER, kind=ProblemKind.PRODUCTION, code=EXAMPLE)
