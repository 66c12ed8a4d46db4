# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A scenario computed in the background."""

from __future__ import annotations

import os

from overens.people.models import Person
from overens.planner import standing
from overens.planner.actions import computing
from overens.planner.models import ProblemVersion
from overens.planner.reading import KIND
from overens.planning.supply import sound
from overens.planning.supply.building import build
from overens.records import runs
from overens.records.models import Run
from overens.rules.findings import refuse

FEWEST, MOST = 2, 1_000
# With fewer runs, starting more processes takes longer than the runs do.
WORTH_SHARING = 20


def ask(version: ProblemVersion, count: int, seed: int, person: Person) -> Run:
    """Have a version computed in ``count`` runs. The same version, runs, seed and data are computed once only.

    Raises Refused: ``supply-runs`` (at ``runs``), ``supply-seed`` (at ``seed``), what is to be mended in the file,
    ``no-mandate``.
    """
    if not FEWEST <= count <= MOST:
        refuse("supply-runs", "runs", least=FEWEST, most=MOST)
    if not 0 <= seed < 2**63:
        refuse("supply-seed", "seed")
    stands = standing.stand(version)
    # A run that cannot be begun is refused here, in words, and not where nobody reads it.
    sound.assure(build(stands.scenario, stands.data))
    return computing.ask(KIND, version, compute, stands.digest, person, "project-scenario", runs=count, seed=seed)


def compute(run: Run, version: int, basis: str, **asked: int) -> None:
    """A worker's part. asked: ``runs``, ``seed``."""
    from overens.planning.supply.engines import project
    from overens.planning.supply.files import pack

    stands = standing.still(version, basis)
    projection = project(
        stands.scenario,
        stands.data,
        runs=asked["runs"],
        seed=asked["seed"],
        workers=(os.cpu_count() or 1) if asked["runs"] >= WORTH_SHARING else 1,
        progress=lambda done, of: runs.report_progress(run, 100 * done // of),
    )
    computing.keep(run, pack(projection))
