# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Production problems of a region's planner: what ships, and a small one with its need computed."""

from __future__ import annotations

from functools import lru_cache

from overens.people.models import Organisation
from overens.planner import needs, reading
from overens.planner.actions import computing, needing, problems
from overens.planner.models import Computed, ProblemKind, SavedProblem, Unit
from overens.planning.production import need as pure
from overens.planning.production.reading import FILE, find, read
from overens.records.models import Run
from overens.records.models.run import RunState
from tests.integration.planner.scenarios import OWNER, planner
from tests.integration.production import planned


def files(name: str = "mall") -> dict[str, str]:
    """What ships by its name: the problem's own file under the empty one."""
    folder = find(name).parent
    return {"" if each.name == FILE else each.name: each.read_text("utf-8") for each in sorted(folder.iterdir())}


def problem(name: str = "mall", owner: str = OWNER, unit: Unit | None = None) -> SavedProblem:
    """Just saved."""
    given = files(name)
    text = given.pop("")
    return problems.create(
        ProblemKind.PRODUCTION, text, Organisation.objects.get(code=owner), planner(owner), tables=given, unit=unit
    )


@lru_cache
def _packed(name: str) -> bytes:
    given, _findings = read(find(name))
    assert given is not None
    return pure.pack(pure.need(given, runs=5))


def computed(saved: SavedProblem, name: str = "mall") -> Computed:
    """As a worker computes and keeps it."""
    version = reading.newest(saved)
    basis = version.basis
    run, _is_new = computing.start(needs.KIND, version, needing.compute, basis, planner(), runs=needing.RUNS)
    found = computing.keep(run, _packed(name), {"synthetic": True})
    Run.objects.filter(pk=run.pk).update(state=RunState.DONE)
    return found


def numbers() -> dict[str, str | int]:
    """Of the whole region, with its need computed, and of a unit; after the region's units are made."""
    saved = problem()
    made = computed(saved)
    unit = Unit.objects.get(owner__code=OWNER, code="barnkliniken")
    plan = planned.planned(planned.problem())
    return {
        "production": saved.code,
        "production_unit": problem(unit=unit).code,
        "production_plan": plan.of.problem.code,
        "need_run": made.run_id,
    }
