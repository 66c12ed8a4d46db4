# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A small production problem with a plan of it and an outcome of its first weeks."""

from __future__ import annotations

from functools import lru_cache

from overens.people.models import Organisation
from overens.planner import production, reading
from overens.planner.actions import computing, problems, producing
from overens.planner.models import Computed, ProblemKind, SavedProblem
from overens.planning.production import packing
from overens.planning.production.answer import answer
from overens.planning.production.building import unsure
from overens.planning.production.reading import Given, read
from overens.planning.production.simulation import simulate_many
from overens.records.models import Run
from overens.records.models.run import RunState
from tests.integration.planner.scenarios import OWNER, planner
from tests.unit.production.small import SOUND, files

ASKED = {"seconds": 5, "runs": 2, "seed": 1}


def problem(owner: str = OWNER) -> SavedProblem:
    region = Organisation.objects.get(code=owner)
    return problems.create(ProblemKind.PRODUCTION, SOUND, region, planner(owner), tables=files())


def planned(saved: SavedProblem) -> Computed:
    """The newest version, as a worker keeps its plan."""
    version = reading.newest(saved)
    given = production.given(version)
    basis = version.basis
    run, _is_new = computing.start(production.KIND, version, producing.compute, basis, planner(), **ASKED)
    kept = _kept(version.text, tuple(sorted(version.tables.items())))
    made = computing.keep(run, packing.pack(kept), producing.facts_of(kept, given))
    Run.objects.filter(pk=run.pk).update(state=RunState.DONE)
    return made


@lru_cache
def _kept(text: str, tables: tuple[tuple[str, str], ...]) -> packing.Kept:
    given, findings = read(text, dict(tables))
    assert isinstance(given, Given), findings
    found = answer(given, ASKED["seconds"], ASKED["seed"], ASKED["runs"])
    without = simulate_many(found.flow, ASKED["seed"], ASKED["runs"], None, unsure(given, found.forecasts))
    return packing.kept(found, without)
