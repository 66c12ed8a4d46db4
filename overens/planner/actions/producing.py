# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A production problem planned and simulated in the background."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db import transaction

from overens.people.models import Person
from overens.planner import production
from overens.planner.actions import computing, problems
from overens.planner.models import ProblemVersion
from overens.planning.production import renewing
from overens.planning.production.problem import week_text
from overens.records import runs as running
from overens.records.models import Run
from overens.rules.findings import Finding, refuse, wording

if TYPE_CHECKING:
    from overens.planning.production.packing import Kept
    from overens.planning.production.reading import Given

# What a plan is given where nobody has said how long it may take.
SECONDS = 60
MOST_SECONDS, MOST_RUNS = 1_800, 1_000
# Through which hundredth the plan and its simulation go; then the same runs without the plan.
PLANNED = 85


def ask(version: ProblemVersion, seconds: int, runs: int, seed: int, person: Person) -> Run:
    """Have a version planned. The same version, seconds, runs and seed are computed once only.

    seconds: for the plan, then the best found so far. runs: of the simulation, with the plan and without it; none for
    no simulation. Raises Refused: ``production-seconds`` (at ``seconds``), ``production-runs`` (at ``runs``),
    ``supply-seed`` (at ``seed``), what is to be mended in the file and its tables, ``no-mandate``.
    """
    if not 1 <= seconds <= MOST_SECONDS:
        refuse("production-seconds", "seconds", most=MOST_SECONDS)
    if runs and not 2 <= runs <= MOST_RUNS:
        refuse("production-runs", "runs", most=MOST_RUNS)
    if not 0 <= seed < 2**63:
        refuse("supply-seed", "seed")
    production.given(version)
    asked = {"seconds": seconds, "runs": runs, "seed": seed}
    basis = version.basis
    return computing.ask(production.KIND, version, compute, basis, person, "plan-production", **asked)


@transaction.atomic
def renew(version: ProblemVersion, person: Person) -> ProblemVersion:
    """A new version of the problem: what is left of it after its outcome's last week; and a run of it, as the last one
    was asked for. Raises Refused: ``production-no-outcome``, ``production-no-week-left``, as
    :func:`overens.planner.actions.problems.save`, ``no-mandate``.
    """
    problem, given = version.problem, production.given(version)
    text, tables = renewing.renewed(version.text, given)
    passed = len(given.outcome.begun) if given.outcome else 0
    note = wording(Finding("production-renewed", "note", {"week": week_text(given.problem.mondays[passed])}))
    made = problems.save(problem, text, version.number, person, tables=tables, note=note)
    assert made is not None, "it begins in a later week"
    before = production.last(problem)
    asked = before.asked if before else {"seconds": SECONDS, "runs": given.problem.runs, "seed": given.problem.seed}
    ask(made, person=person, **asked)
    return made


def compute(run: Run, version: int, basis: str, **asked: int) -> None:
    """A worker's part. asked: ``seconds``, ``runs``, ``seed``."""
    from overens.planning.production import packing
    from overens.planning.production.answer import answer
    from overens.planning.production.building import unsure
    from overens.planning.production.simulation import simulate_many

    def part(first: int, last: int) -> Callable[[int, int], None]:
        return lambda done, of: running.report_progress(run, first + (last - first) * done // max(of, 1))

    given = production.given(ProblemVersion.objects.get(pk=version))
    seed, count, workers = asked["seed"], asked["runs"], os.cpu_count() or 1
    found = answer(given, asked["seconds"], seed, count, workers=workers, progress=part(0, PLANNED))
    without = None
    if count:
        spread, told = unsure(given, found.forecasts), part(PLANNED, 100)
        without = simulate_many(found.flow, seed, count, None, spread, workers=workers, progress=told)
    kept = packing.kept(found, without)
    computing.keep(run, packing.pack(kept), facts_of(kept, given))


def facts_of(kept: Kept, given: Given) -> dict[str, object]:
    """For pages that list plans: what it costs and earns in kronor, how far from proven, and whether it is kept."""
    from overens.planning.production import packing, verdict

    plan, flow = kept.plan, kept.flow
    found = packing.said(kept, given.problem)
    gap = (plan.objective - plan.lower_bound) / max(abs(plan.objective), 1.0)
    return {
        "weeks": production.weeks_of(given),
        "synthetic": given.problem.synthetic,
        "cost": round(verdict.cost(flow, plan)),
        "earned": round(plan.earned),
        "gap": round(min(gap, 1.0), 8),
        "proven": not plan.stopped_early,
        "approved": verdict.is_sound(found),
        "late": round(float(plan.late[max(flow.by - 1, 0) :].sum()), 1),
    }
