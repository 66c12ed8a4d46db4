# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A scenario projected: its expectation, and many runs with their own draws, on as many workers as there are.

A run hangs on the problem, the seed and its own number, and on nothing else, so which worker does it, in which order
and among how many makes no difference to a single bit.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from hashlib import sha256
from typing import Literal, TypeAlias

from overens.planning.supply import cohort
from overens.planning.supply.building import build
from overens.planning.supply.drawing import drawn
from overens.planning.supply.problem import Problem
from overens.planning.supply.projection import ByRun, Facts, Projection, Trained, summed_up, together
from overens.planning.supply.reference import Data
from overens.planning.supply.scenario import Scenario

Engine = Literal["local", "ray"]
# Called with how many runs are done, of how many. It may raise, which ends the work.
Progress: TypeAlias = Callable[[int, int], object]
# The problem of a run by its number; of None: that of the central values.
Make: TypeAlias = Callable[[int | None], Problem]


def project(
    scenario: Scenario,
    data: Data,
    *,
    runs: int | None = None,
    seed: int | None = None,
    engine: Engine = "local",
    workers: int = 1,
    progress: Progress | None = None,
) -> Projection:
    """runs, seed: None for those of the scenario; no runs (0) gives the expectation alone."""
    runs, seed = scenario.runs if runs is None else runs, scenario.seed if seed is None else seed
    make = partial(problem_of, scenario, data, seed)
    problem = make(None)
    return Projection(
        facts=_facts(scenario, data, problem, runs, seed),
        expected=cohort.expected(problem),
        need=problem.need,
        by_run=by_run(make, runs, seed, engine=engine, workers=workers, progress=progress),
    )


def problem_of(scenario: Scenario, data: Data, seed: int, run: int | None) -> Problem:
    """What a run starts from: every parameter with its own draw."""
    if run is None:
        return build(scenario, data)
    parameters = {each.id: each for each in (*data.parameters, *scenario.parameters)}
    return build(scenario, data, drawn(parameters.values(), seed, run))


def by_run(
    make: Make, runs: int, seed: int, *, engine: Engine = "local", workers: int = 1, progress: Progress | None = None
) -> ByRun:
    """What each run came to, in the order of their numbers."""
    parts = []
    for number in range(runs):
        parts.append(one(make, seed, number))
        if progress:
            progress(number + 1, runs)
    return together(parts) if parts else _none(make(None))


def one(make: Make, seed: int, run: int) -> ByRun:
    problem = make(run)
    return summed_up(problem, cohort.expected(problem))


def digest(scenario: Scenario) -> str:
    """The SHA-256 of what a scenario says, however its file is laid out."""
    return sha256(scenario.model_dump_json(by_alias=True).encode()).hexdigest()


def _none(problem: Problem) -> ByRun:
    whole = summed_up(problem, cohort.expected(problem))
    return ByRun(**{name: array[:0] for name, array in vars(whole).items()})


def _facts(scenario: Scenario, data: Data, problem: Problem, runs: int, seed: int) -> Facts:
    return Facts(
        scenario=scenario.id,
        title=scenario.title,
        title_en=scenario.title_en,
        scenario_sha256=digest(scenario),
        data={"workforce": scenario.data.workforce, "need": scenario.data.need},
        synthetic=data.synthetic,
        runs=runs,
        seed=seed,
        year=problem.year,
        years=problem.periods // problem.steps,
        steps=problem.steps,
        regions=problem.regions,
        occupations=problem.occupations,
        programmes=tuple(
            Trained(each.code, each.title, each.title_en, each.target, each.source) for each in problem.programmes
        ),
        educations=tuple(Trained(each.code, each.title, each.title_en, each.target) for each in problem.educations),
    )
