# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A small ward's rota problem as a unit of a region keeps it, with a rota."""

from __future__ import annotations

from pathlib import Path

from overens.people.models import Organisation, Person
from overens.planner import reading, rosters
from overens.planner.actions import computing, entries, problems, rostering
from overens.planner.models import Computed, ProblemKind, SavedProblem, Unit
from overens.planning.roster import laying
from overens.records.models import Run
from overens.records.models.run import RunState
from overens.rules.process import Role
from tests.integration.planner.heads import head
from tests.integration.planner.scenarios import OWNER, planner

TEXT = (Path(__file__).parents[2] / "cases" / "roster" / "laid.toml").read_text(encoding="utf-8")


def problem(text: str = TEXT, *, unit: str = "Barnkliniken") -> SavedProblem:
    """Of a unit with a head of operations; without a unit: of the whole region."""
    owner, of = Organisation.objects.get(code=OWNER), None
    if unit:
        of = Unit.objects.filter(owner=owner, title=unit).first() or entries.add_unit(owner, unit, planner())
        if not owner.mandates.filter(role=Role.HEAD_OF_OPERATIONS, unit=of.code).exists():
            head(of.code)
    return problems.create(ProblemKind.ROSTER, text, owner, planner(), unit=of)


def head_of(saved: SavedProblem) -> Person:
    assert saved.unit is not None
    return saved.owner.mandates.get(role=Role.HEAD_OF_OPERATIONS, unit=saved.unit.code).person


def laid(saved: SavedProblem) -> SavedProblem:
    """With a rota saved: one shift of one person's, which breaks nothing."""
    version = reading.newest(saved)
    _roster, case = rosters.opened(version)
    days, _locked = laying.laid(case, laying.empty(case), [laying.put(case, ("p3", "2027-03-04"), "D")])
    problems.save(saved, version.text, saved.number, planner(), tables={rosters.LAID: laying.as_table(case, days)})
    saved.refresh_from_db()
    return saved


def computed(saved: SavedProblem) -> Computed:
    """What a worker would have kept: the rota that is saved, planned in no time."""
    version = reading.newest(saved)
    run = rostering.ask(version, 1, 1, False, planner())
    facts = {
        "has_roster": True, "objective": 13, "lower_bound": 13, "feasible": True, "stopped_early": False, "took": 0.1,
        "costs": {}, "trace": [],
    }  # fmt: skip
    found = computing.keep(run, version.tables[rosters.LAID].encode(), facts)
    Run.objects.filter(pk=run.pk).update(state=RunState.DONE, progress=100)
    return found


def numbers() -> dict[str, str | int]:
    saved = laid(problem())
    found = computed(saved)
    rostering.publish(reading.newest(saved), "", head_of(saved))
    return {"roster": saved.code, "roster_run": found.run_id, "roster_computed": found.pk}
