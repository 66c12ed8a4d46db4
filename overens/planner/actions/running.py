# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A scenario computed in the background. What came out earlier is kept, whatever becomes of a later run."""

from __future__ import annotations

import hashlib
import os

from django.db import transaction

from overens.followup.actions.authority import mandate_of
from overens.people.models import Person
from overens.planner import standing
from overens.planner.actions.scenarios import PLANNERS, checked
from overens.planner.models import Projected, SavedScenario, ScenarioVersion
from overens.planner.reading import KIND, run_keys
from overens.planning.supply import sound
from overens.planning.supply.building import build
from overens.records import clock, events, runs
from overens.records.models import Run
from overens.records.models.run import RunState
from overens.rules.findings import refuse

FEWEST, MOST = 2, 1_000
# With fewer runs, starting more processes takes longer than the runs do.
WORTH_SHARING = 20


@transaction.atomic
def ask(version: ScenarioVersion, count: int, seed: int, person: Person) -> Run:
    """Have a version computed in ``count`` runs. The same version, runs, seed and data are computed once only.

    Raises Refused: ``supply-runs`` (at ``runs``), ``supply-seed`` (at ``seed``), what is to be mended in the file,
    ``no-mandate``.
    """
    owner = version.scenario.owner
    mandate = mandate_of(owner, person, PLANNERS, "project-scenario", "")
    if not FEWEST <= count <= MOST:
        refuse("supply-runs", "runs", least=FEWEST, most=MOST)
    if not 0 <= seed < 2**63:
        refuse("supply-seed", "seed")
    scenario = checked(version.text, owner)
    # A run that cannot be begun is refused here, in words, and not where nobody reads it.
    sound.assure(build(scenario, standing.data(scenario, owner)))
    basis = standing.digest(scenario, owner)
    key = f"{run_keys(version)}{count}/{seed}/{basis}"
    known = Run.objects.filter(key=key).first()
    if known is not None and known.state in (RunState.FAILED, RunState.CANCELLED):
        runs.retry(known)
        known.refresh_from_db()
        return known
    run = runs.start(KIND, key, compute, asked_by=person, version=version.pk, count=count, seed=seed, basis=basis)
    if known is None:
        events.record(version.scenario.key, "project-scenario", mandate)
    return run


def compute(run: Run, version: int, count: int, seed: int, basis: str) -> None:
    """A worker's part. What has changed since it was asked for is computed when it is asked for again."""
    from overens.planning.supply.engines import project
    from overens.planning.supply.files import pack

    found = ScenarioVersion.objects.select_related("scenario__owner").get(pk=version)
    owner = found.scenario.owner
    scenario = checked(found.text, owner)
    if standing.digest(scenario, owner) != basis:
        raise runs.Cancelled
    packed = pack(
        project(
            scenario,
            standing.data(scenario, owner),
            runs=count,
            seed=seed,
            workers=(os.cpu_count() or 1) if count >= WORTH_SHARING else 1,
            progress=lambda done, of: runs.report_progress(run, 100 * done // of),
        )
    )
    Projected.objects.create(
        version=found,
        seed=seed,
        runs=count,
        basis=basis,
        run=run,
        packed=packed,
        sha256=hashlib.sha256(packed).hexdigest(),
        finished_at=clock.now(),
    )


def is_of(run: Run, scenario: SavedScenario) -> bool:
    """Whether a run computes a version of a scenario."""
    number = run.arguments.get("version")
    return run.kind == KIND and scenario.versions.filter(pk=number).exists()


def cancel(scenario: SavedScenario, run: Run, person: Person) -> None:
    """End a run of a scenario that is not finished. Raises Refused: ``no-mandate``."""
    mandate_of(scenario.owner, person, PLANNERS, "project-scenario", "")
    runs.cancel(run)
