# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A result tried in the background: which assumptions matter most to it, and how often its intervals hold."""

from __future__ import annotations

from overens.people.models import Person
from overens.planner import reading, results, standing, trying
from overens.planner.actions import computing
from overens.planner.models import Computed
from overens.records import runs
from overens.records.models import Run
from overens.rules.findings import refuse

# Of all assumptions drawn together, and of histories to hold the intervals against.
TOGETHER, HISTORIES = 30, 10


def ask(projected: Computed, person: Person) -> Run:
    """Have a result tried, once: asked for as it was. Raises Refused: ``supply-changed`` when its data or what it
    builds on have changed since it was computed, ``no-mandate``.
    """
    if standing.stand(projected.of).digest != projected.basis:
        refuse("supply-changed")
    return computing.ask(trying.KIND, projected.of, compute, projected.basis, person, "try-scenario", **projected.asked)


def compute(run: Run, version: int, basis: str, **asked: int) -> None:
    """A worker's part. asked: as the result was."""
    from overens.planning.supply.backtest import of_itself
    from overens.planning.supply.building import REST
    from overens.planning.supply.sensitivity import sensitivity

    stands = standing.still(version, basis)
    projected = results.same(reading.KIND, version, basis, asked)
    assert projected is not None, "it was there when it was asked for, and stays"
    projection = reading.unpacked(projected)
    own = [at for at, code in enumerate(projection.facts.regions) if code != REST]
    # A tenth of the work, about, is that of the histories; they come first, since they are what may fail.
    backtest = of_itself(
        stands.scenario,
        stands.data,
        projection.by_run.working,
        histories=HISTORIES,
        seed=asked["seed"],
        progress=lambda done, of: runs.report_progress(run, 10 * done // of),
    )
    effects = sensitivity(
        stands.scenario,
        stands.data,
        regions=own,
        runs=TOGETHER,
        seed=asked["seed"],
        progress=lambda done, of: runs.report_progress(run, 10 + 90 * done // of),
    )
    computing.keep(run, facts=trying.values(effects, backtest))
