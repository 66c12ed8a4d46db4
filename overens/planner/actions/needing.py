# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a production problem needs, computed in the background: forecasts, what the lists become, what is lacking."""

from __future__ import annotations

from overens.people.models import Person
from overens.planner import needs, production
from overens.planner.actions import computing
from overens.planner.models import ProblemVersion
from overens.records import runs
from overens.records.models import Run

# Of the simulation of what the lists become if nothing is done.
RUNS = 200


def ask(version: ProblemVersion, person: Person) -> Run:
    """Have it computed; the same version once only.

    Raises Refused: what is to be mended in the file and its tables, ``no-mandate``.
    """
    production.given(version)
    return computing.ask(needs.KIND, version, compute, version.basis, person, "compute-production-need", runs=RUNS)


def compute(run: Run, version: int, basis: str, **asked: int) -> None:
    """A worker's part. asked: ``runs``."""
    from overens.planning.production.need import need, pack

    given = production.given(ProblemVersion.objects.get(pk=version))
    found = need(given, asked["runs"], lambda done, of: runs.report_progress(run, 100 * done // of))
    computing.keep(run, pack(found), {"synthetic": given.problem.synthetic})
