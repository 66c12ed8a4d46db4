# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""All of it in one go: what is forecast, the plan, what is to be said of it, and what chance makes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from overens.planning.production import earning, keeping, optimum
from overens.planning.production.building import flow as build
from overens.planning.production.building import unsure
from overens.planning.production.flow import Flow, Plan
from overens.planning.production.forecast import forecasts as forecast_all
from overens.planning.production.reading import Given
from overens.planning.production.simulation import simulate_many
from overens.planning.production.waits import Runs
from overens.rules.findings import Finding, Where

if TYPE_CHECKING:
    from overens.planning.production.forecast import Forecast

# Called with how many hundredths are done, and a hundred. It may raise, which ends the work.
Progress: TypeAlias = Callable[[int, int], object]
# Through which hundredth each part goes.
FORECAST, PLANNED, TOLD, ALL = 10, 65, 75, 100
# Too late, in patient-weeks, to be worth asking what is lacking.
SOME = 0.5


@dataclass(frozen=True)
class Answer:
    """``findings``: what is to be said beside the checker's verdict. ``runs``: of the plan; None where none were asked
    for.
    """

    flow: Flow
    forecasts: Mapping[str, Forecast]
    plan: Plan
    pays: tuple[earning.Pays, ...]
    findings: tuple[Finding, ...]
    runs: Runs | None


def answer(
    given: Given,
    seconds: float = 60,
    seed: int | None = None,
    runs: int | None = None,
    *,
    workers: int = 1,
    progress: Progress | None = None,
    stop: Callable[[], bool] | None = None,
) -> Answer:
    """seconds: of the plan. seed and runs: else the problem's. stop: asked whether to end with the best plan so far.

    Raises Refused, as :func:`overens.planning.production.optimum.solve`, and what ``progress`` raises.
    """

    def part(first: int, last: int) -> Callable[[int, int], None]:
        def told(done: int, of: int) -> None:
            if progress:
                progress(first + (last - first) * done // max(of, 1), ALL)

        return told

    problem = given.problem
    seed = problem.seed if seed is None else seed
    forecasts = forecast_all(given, part(0, FORECAST))
    flow, pays = build(given, forecasts), earning.pays(problem)
    plan = optimum.solve(flow, seconds, seed, part(FORECAST, PLANNED), stop, pays)
    part(PLANNED, TOLD)(0, 1)
    found = (
        *(
            replace(finding, where=Where(key=f"service[{service}]"))
            for service, each in forecasts.items()
            for finding in each.findings
        ),
        *of_plan(flow, plan, pays, seconds, seed),
    )
    count = problem.runs if runs is None else runs
    told = part(TOLD, ALL)
    simulated = (
        simulate_many(flow, seed, count, plan, unsure(given, forecasts), workers=workers, progress=told)
        if count
        else None
    )
    chancy = tuple(keeping.findings(flow, plan, simulated)) if simulated else ()
    return Answer(flow, forecasts, plan, pays, (*found, *chancy), simulated)


def of_plan(flow: Flow, plan: Plan, pays: tuple[earning.Pays, ...], seconds: float, seed: int) -> Iterator[Finding]:
    """``production-stopped-early``; what the grants give; and what is lacking to keep all limits and, where there is
    enough for that, to earn all grants.
    """
    if plan.stopped_early:
        gap = (plan.objective - plan.lower_bound) / max(abs(plan.objective), 1.0)
        yield Finding("production-stopped-early", "warning", {"percent": round(100 * min(gap, 1.0), 2)})
    yield from earning.findings(pays, plan)
    if float(plan.late[max(flow.by - 1, 0) :].sum()) > SOME:
        lacking = tuple(earning.lacking(flow, optimum.missing(flow, seconds, seed), "limits"))
        yield from lacking or (Finding("production-nothing-helps", "warning"),)
    elif any(earning.earned(each, plan.begun) < each.most < earning.NO_CEILING for each in pays):
        found = optimum.missing(flow, seconds, seed, pays)
        yield from earning.lacking(flow, found, "grants")
