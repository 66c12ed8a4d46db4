# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A result tried in the background: which assumptions matter most to it, and how often its intervals hold."""

from __future__ import annotations

from django.db import transaction

from overens.followup.actions.authority import mandate_of
from overens.people.models import Person
from overens.planner import reading, standing, trying
from overens.planner.actions.scenarios import PLANNERS, checked
from overens.planner.models import Projected, Tried
from overens.records import clock, events, runs
from overens.records.models import Run
from overens.records.models.run import RunState
from overens.rules.findings import refuse

# Of all assumptions drawn together, and of histories to hold the intervals against.
TOGETHER, HISTORIES = 30, 10


@transaction.atomic
def ask(projected: Projected, person: Person) -> Run:
    """Have a result tried, once. Raises Refused: ``supply-changed`` when its data or what it builds on have changed
    since it was computed, ``no-mandate``.
    """
    version = projected.version
    owner = version.scenario.owner
    mandate = mandate_of(owner, person, PLANNERS, "try-scenario", "")
    if standing.digest(checked(version.text, owner), owner) != projected.basis:
        refuse("supply-changed")
    known = trying.run_of(projected)
    if known is not None and known.state in (RunState.FAILED, RunState.CANCELLED):
        runs.retry(known)
        known.refresh_from_db()
        return known
    run = runs.start(trying.KIND, trying.run_key(projected), compute, asked_by=person, projected=projected.pk)
    if known is None:
        events.record(version.scenario.key, "try-scenario", mandate)
    return run


def compute(run: Run, projected: int) -> None:
    """A worker's part. It ends where what the result stands on has changed since it was asked for."""
    from overens.planning.supply.backtest import of_itself
    from overens.planning.supply.building import REST
    from overens.planning.supply.sensitivity import sensitivity

    found = Projected.objects.select_related("version__scenario__owner").get(pk=projected)
    owner = found.version.scenario.owner
    scenario = checked(found.version.text, owner)
    if standing.digest(scenario, owner) != found.basis:
        raise runs.Cancelled
    data, projection = standing.data(scenario, owner), reading.unpacked(found)
    own = [at for at, code in enumerate(projection.facts.regions) if code != REST]
    # A tenth of the work, about, is that of the histories; they come first, since they are what may fail.
    backtest = of_itself(
        scenario,
        data,
        projection.by_run.working,
        histories=HISTORIES,
        seed=found.seed,
        progress=lambda done, of: runs.report_progress(run, 10 * done // of),
    )
    effects = sensitivity(
        scenario,
        data,
        regions=own,
        runs=TOGETHER,
        seed=found.seed,
        progress=lambda done, of: runs.report_progress(run, 10 + 90 * done // of),
    )
    Tried.objects.create(projected=found, run=run, answers=trying.values(effects, backtest), finished_at=clock.now())
