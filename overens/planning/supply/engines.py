# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A scenario projected: its expectation, and many runs with their own draws, on as many workers as there are.

A run hangs on the problem, the seed and its own number, and on nothing else, so which worker does it, in which order
and among how many makes no difference to a single bit.
"""

from __future__ import annotations

import logging
import math
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import partial
from importlib.util import find_spec
from multiprocessing import get_context
from typing import Literal, TypeAlias

from overens.planning.supply import bounded, cohort
from overens.planning.supply.assumed import parameters
from overens.planning.supply.building import build, own_regions
from overens.planning.supply.digests import digest
from overens.planning.supply.drawing import beyond, drawn
from overens.planning.supply.problem import Problem
from overens.planning.supply.projection import ByRun, Facts, Projection, Trained, none, summed_up, together
from overens.planning.supply.reference import Data
from overens.planning.supply.scenario import Scenario
from overens.rules.findings import Finding, refuse

Engine = Literal["local", "ray"]
# Called with how many runs are done, of how many. It may raise, which ends the work.
Progress: TypeAlias = Callable[[int, int], object]
# The problem of a run by its number; of None: that of the central values.
Make: TypeAlias = Callable[[int | None], Problem]
# Called with runs that are done and what they came to.
Took: TypeAlias = Callable[[range, ByRun], object]
# A worker is given so many runs at a time at the most, so that progress is seen and an end comes soon.
AT_A_TIME = 5


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
    """runs, seed: None for those of the scenario; no runs (0) gives the expectation alone, and needs nothing installed.

    workers: processes of this machine; with Ray, what a machine of one's own offers, a cluster has what it has.
    Raises Refused: ``supply-no-planning`` and ``supply-no-ray`` when what computes is not installed,
    ``supply-ray-down`` when Ray does not start; ValueError where a parameter's interval is none (see
    :mod:`overens.planning.supply.checks`, which finds it first).
    """
    runs, seed = scenario.runs if runs is None else runs, scenario.seed if seed is None else seed
    make = partial(problem_of, scenario, data, seed)
    problem = make(None)
    expected = cohort.expected(problem)
    of_runs = (
        by_run(make, runs, seed, engine=engine, workers=workers, progress=progress) if runs else none(problem, expected)
    )
    draws = beyond(parameters(scenario, data), seed, runs)
    findings = (
        *problem.findings,
        *bounded.by_what_happened(problem, expected, of_runs, draws, own_regions(problem.regions)),
    )
    return Projection(_facts(scenario, data, problem, runs, seed, findings), expected, problem.need, of_runs)


def problem_of(scenario: Scenario, data: Data, seed: int, run: int | None) -> Problem:
    """What a run starts from: every parameter with its own draw."""
    return build(scenario, data, None if run is None else drawn(parameters(scenario, data), seed, run))


def by_run(
    make: Make, runs: int, seed: int, *, engine: Engine = "local", workers: int = 1, progress: Progress | None = None
) -> ByRun:
    """What each of one or more runs came to, in the order of their numbers.

    The first is done here: it compiles what the workers then read, and it fails where all would.
    """
    if find_spec("numba") is None:
        refuse("supply-no-planning")
    parts: dict[int, ByRun] = {}

    def took(numbers: range, part: ByRun) -> None:
        parts[numbers.start] = part
        if progress:
            progress(sum(len(each.hours) for each in parts.values()), runs)

    took(range(1), some(make, seed, range(1)))
    size = max(1, min(AT_A_TIME, math.ceil((runs - 1) / max(workers, 1))))
    chunks = [range(first, min(first + size, runs)) for first in range(1, runs, size)]
    if engine == "ray":
        _on_ray(make, seed, chunks, workers, took)
    elif workers > 1 and chunks:
        _in_processes(make, seed, chunks, workers, took)
    else:
        for chunk in chunks:
            for number in chunk:
                took(range(number, number + 1), some(make, seed, range(number, number + 1)))
    return together([parts[first] for first in sorted(parts)])


def some(make: Make, seed: int, numbers: range) -> ByRun:
    """What runs of these numbers came to."""
    from overens.planning.supply.micro import simulate

    return together([summed_up(problem := make(number), simulate(problem, seed, number)) for number in numbers])


def _in_processes(make: Make, seed: int, chunks: Sequence[range], workers: int, took: Took) -> None:
    """In processes of this machine, which start afresh: nothing of ours is open in them."""
    with ProcessPoolExecutor(workers, get_context("spawn"), _prepare, (make, seed)) as pool:
        try:
            asked = {pool.submit(_prepared, chunk): chunk for chunk in chunks}
            for each in as_completed(asked):
                took(asked[each], each.result())
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


# What a process of ours was told when it started: only numbers go to it after that.
_told: list[tuple[Make, int]] = []


def _prepare(make: Make, seed: int) -> None:
    _told[:] = [(make, seed)]


def _prepared(numbers: range) -> ByRun:
    return some(*_told[0], numbers)


def _on_ray(make: Make, seed: int, chunks: Sequence[range], workers: int, took: Took) -> None:
    """On the cluster that RAY_ADDRESS names, or one that is started here and ended afterwards."""
    try:
        import ray
    except ModuleNotFoundError:
        refuse("supply-no-ray", "engine")
    own = not ray.is_initialized()
    if own:
        cluster = "RAY_ADDRESS" in os.environ
        try:
            ray.init(
                num_cpus=None if cluster else workers,
                include_dashboard=None if cluster else False,
                log_to_driver=False,
                logging_level=logging.ERROR,
            )
        except Exception as problem:  # what it raises hangs on what went wrong, and none of it is ours
            refuse("supply-ray-down", "engine", message=str(problem).partition("\n")[0][:300])
    try:
        told, task = ray.put(make), ray.remote(some)
        asked = {task.remote(told, seed, chunk): chunk for chunk in chunks}
        while asked:
            ready, _ = ray.wait([*asked])
            for each in ready:
                took(asked.pop(each), ray.get(each))
    finally:
        if own:
            ray.shutdown()


def _facts(
    scenario: Scenario, data: Data, problem: Problem, runs: int, seed: int, findings: tuple[Finding, ...]
) -> Facts:
    return Facts(
        scenario=scenario.id,
        title=scenario.title,
        title_en=scenario.title_en,
        scenario_sha256=digest(scenario),
        data={data.need.code: digest(data.need), data.code: digest(data)},
        synthetic=data.is_synthetic,
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
        findings=findings,
    )
