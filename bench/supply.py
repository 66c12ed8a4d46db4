# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How fast persons are moved one by one: beside the library neworder on what both can do (death, retirement, leaving,
returning, a matrix of situations, ageing; one core each, seconds of the processor) and beside a loop that only reads
and writes the same arrays; how the time grows with persons, runs and workers; the first compilation; the expectation
and what is computed by it; and the whole reference scenario.

    python -m bench supply             # all but the last
    python -m bench.supply --whole     # and 1 000 runs of all regions over 20 years, on all cores (--whole=20: 20 runs)
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
from numba import njit

from bench.ground import seconds, table
from overens.planning.supply import cohort, engines, reference, sensitivity
from overens.planning.supply import outcome as out
from overens.planning.supply.micro import simulate
from overens.planning.supply.persons import People
from overens.planning.supply.problem import AGES, FULL, OUTSIDE, Floats, Problem

PERSONS, YEARS = 400_000, 20
# Each is timed so often; the quickest counts.
TIMES = 3
# Those who are counted once.
KINDS = [kind for kind in range(len(out.STOCKS)) if kind != out.HIRED]


def main(whole: int = 0) -> None:
    scenario = reference.base()
    make = partial(engines.problem_of, scenario, reference.data(), scenario.seed)
    national = make(None)
    simulate(national, 1, 0)  # compiles
    beside_neworder(national)
    grows(make)
    compiling()
    expectation(scenario.first_year)
    if whole:
        all_of_it(whole)


def processor(work: Callable[[], object]) -> float:
    """Seconds of the processor, which others who use the machine do not add to."""
    started = time.process_time()
    work()
    return time.process_time() - started


def beside_neworder(national: Problem) -> None:
    problem = common(national)
    ours = simulate(problem, 1, 0)
    taken = min(processor(partial(simulate, problem, 1, run)) for run in range(TIMES))
    persons = ours.stocks[:-1, 0, 0, KINDS].sum(-1)
    years = float(persons.sum())
    took, found = min(by_neworder(problem) for _ in range(TIMES))
    floor = min(memory_alone(persons) for _ in range(TIMES))
    rows = [
        [name, f"{spent:.3f}", f"{years / spent / 1e6:.1f}", f"{took / spent:.1f}", f"{left:.0f}"]
        for name, spent, left in (
            ("överens", taken, ours.pyramid[-1].sum()),
            ("neworder", took, found),
            ("memory alone", floor, cohort.expected(problem).pyramid[-1].sum()),
        )
    ]
    table(
        f"{PERSONS} persons, {YEARS} years, one core: the common model (in work by memory alone: the expectation)",
        ["", "s", "M person-years/s", "× neworder", "in work in the end"],
        rows,
    )


def common(national: Problem) -> Problem:
    """One occupation in one region, with the national rates of its largest occupation."""
    largest = int(national.stock.sum((1, 2, 3, 4)).argmax())
    one, rates = slice(largest, largest + 1), national.rates[0]
    stock = national.stock[one].sum(1, keepdims=True)
    # Whole persons, as many as are wanted.
    stock = np.floor(stock * (PERSONS / stock.sum()) + 0.5)
    employer = np.eye(4)[None, None]
    alone = replace(
        rates,
        retiring=rates.retiring[one, :1],
        leaving=rates.leaving[one],
        leaving_here=np.ones((1, 1)),
        new_leaving=np.ones((1, 1)),
        returning=rates.returning[one],
        moving=np.zeros((1, AGES)),
        towards=np.ones((1, 1)),
        employer=employer,
        situation=np.broadcast_to(rates.situation[one].mean((0, 1, 2, 3)), (1, 1, 2, AGES, 5, 5)),
    )
    arrivals = replace(
        national.arrivals,
        intake=np.zeros((YEARS, 0, 1)),
        students=np.zeros((0, 1, 1)),
        abroad=np.zeros((YEARS, 1, 1)),
        introduced=np.zeros((YEARS, 1, 1)),
    )
    return replace(
        national,
        regions=("01",),
        occupations=national.occupations[one],
        programmes=(),
        educations=(),
        stock=stock,
        trainees=np.zeros((0, 1, 2, AGES, 1)),
        foreign=np.zeros((1, 1, 2, AGES, 4)),
        rates=(alone,) * YEARS,
        arrivals=arrivals,
        posts=np.zeros((YEARS, 0, 1)),
        seats=np.zeros((YEARS, 0, 1)),
        hours=replace(national.hours, working=national.hours.working[one]),
        need=np.zeros((YEARS + 1, 1, 1)),
        steps=1,
        workload=0.0,
    )


def by_neworder(problem: Problem) -> tuple[float, float]:
    """Seconds of the processor, and how many are in work in the end."""
    import neworder
    import pandas as pd

    rates, outside = problem.rates[0], 5
    matrix = np.eye(6)
    matrix[:5, :5] = rates.situation[0, 0, 0, 0]

    class Common(neworder.Model):
        def __init__(self) -> None:
            super().__init__(
                neworder.LinearTimeline(0, YEARS, YEARS), neworder.MonteCarlo.deterministic_identical_stream
            )
            _o, _r, sex, age, place = np.nonzero(problem.stock)
            of_each = problem.stock[0, 0][sex, age, place].astype(int)
            situation = np.where(place == OUTSIDE, outside, place % 5)
            columns = {"sex": sex, "age": age, "situation": situation}
            self.people = pd.DataFrame({name: np.repeat(values, of_each) for name, values in columns.items()})

        def step(self) -> None:
            self._lose(rates.dying)
            self._lose(rates.retiring[0, 0])
            sex, age, situation = (self.people[name].to_numpy() for name in ("sex", "age", "situation"))
            at_work, away = situation <= 2, situation == outside
            left = self._happens(np.where(at_work, rates.leaving[0][sex, age], 0.0))
            returned = self._happens(np.where(away, rates.returning[0][sex, age], 0.0))
            self.people.loc[left, "situation"] = outside
            self.people.loc[returned, "situation"] = FULL
            neworder.df.transition(self, np.arange(6), matrix, self.people, "situation")
            self.people["age"] += 1
            self.people = self.people[self.people["age"] < AGES].reset_index(drop=True)

        def _lose(self, hazard: Floats) -> None:
            gone = self._happens(hazard[self.people["sex"].to_numpy(), self.people["age"].to_numpy()])
            self.people = self.people[~gone].reset_index(drop=True)

        def _happens(self, chances: Floats) -> np.ndarray:
            return self.mc.hazard(chances).astype(bool)

    model = Common()
    taken = processor(lambda: neworder.run(model))
    return taken, float((model.people["situation"] != outside).sum())


def memory_alone(persons: Floats) -> float:
    """Seconds to read and write what so many persons in each period are made of, once, and nothing else."""
    types = [np.uint64, np.uint16, np.uint16, *[np.uint8] * 5, np.int64]
    people = People(*(np.zeros(int(persons.max()), each) for each in types))
    _read_and_write(people, 1)
    return processor(lambda: [_read_and_write(people, int(number)) for number in persons])


@njit
def _read_and_write(people: People, n: int) -> None:
    for i in range(n):
        people.id[i] += 1
        people.occupation[i] += 1
        people.programme[i] += 1
        people.region[i] += 1
        people.sex[i] += 1
        people.age[i] += 1
        people.state[i] += 1
        people.left[i] += 1
        people.next[i] += 1


def compiling() -> None:
    """The first run of all, in a process of its own with nothing kept from before."""
    code = (
        "from overens.planning.supply import engines, reference;"
        "scenario = reference.base().model_copy(update={'regions': ('03',), 'years': 1});"
        "engines.project(scenario, reference.data(), runs=1)"
    )
    rows = []
    with tempfile.TemporaryDirectory() as kept:
        for name in ("nothing kept", "kept"):
            again = partial(
                subprocess.run, [sys.executable, "-c", code], check=True, env=os.environ | {"NUMBA_CACHE_DIR": kept}
            )
            rows.append([name, f"{seconds(again):.1f}"])
    table("A process that makes one run of one year, its start and compilation included", ["compiled code", "s"], rows)


def grows(make: engines.Make) -> None:
    rows = []
    problem = make(0)
    for persons in (50_000, 100_000, 200_000, PERSONS):
        share = persons / problem.stock.sum()
        part = replace(problem, stock=reference.whole(problem.stock * share, axes=5))
        outcome = simulate(part, 1, 0)
        taken = min(processor(partial(simulate, part, 1, 0)) for _ in range(TIMES))
        years = outcome.stocks[:-1, ..., KINDS].sum() / part.steps
        rows.append([f"{part.stock.sum():.0f}", f"{taken:.2f}", f"{years / taken / 1e6:.1f}"])
    table("One run of all regions and occupations, by persons at the start", ["persons", "s", "M person-years/s"], rows)
    rows = []
    for workers in range(1, (os.cpu_count() or 1) + 1):
        for runs in (4, 8, 16):
            taken = seconds(partial(engines.by_run, make, runs, 1, workers=workers))
            rows.append([str(workers), str(runs), f"{taken:.1f}", f"{taken / runs:.2f}"])
    table(
        "Runs, the building of each problem and the start of processes included",
        ["workers", "runs", "s", "s a run"],
        rows,
    )


def expectation(first_year: int) -> None:
    rows = []
    for name, regions in (("one region and the rest", ("03",)), ("all regions", ())):
        scenario = reference.base().model_copy(update={"regions": regions, "first_year": first_year})
        problem = engines.problem_of(scenario, reference.data(), 1, None)
        built = processor(partial(engines.problem_of, scenario, reference.data(), 1, None))
        rows.append(
            [name, f"{built:.3f}", f"{min(processor(partial(cohort.expected, problem)) for _ in range(TIMES)):.3f}"]
        )
    table("The expectation", ["", "problem, s", "expectation, s"], rows)
    scenario = reference.base().model_copy(update={"regions": ("03",)})
    counted: list[tuple[int, int]] = []
    asked = partial(
        sensitivity.sensitivity, scenario, reference.data(), regions=[0], progress=lambda *of: counted.append(of)
    )
    spent = processor(asked)
    table("Which parameter matters, for one region", ["expectations", "s"], [[str(len(counted)), f"{spent:.1f}"]])


def all_of_it(runs: int) -> None:
    scenario, workers = reference.base().model_copy(update={"years": YEARS}), os.cpu_count() or 1
    started = time.perf_counter()
    projection = engines.project(scenario, reference.data(), runs=runs, workers=workers)
    taken = time.perf_counter() - started
    each, own = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF))
    facts = {
        "persons at the start": f"{projection.expected.pyramid[0].sum():.0f}",
        "occupations": len(projection.facts.occupations),
        "regions": len(projection.facts.regions),
        "workers": workers,
        "minutes": f"{taken / 60:.1f}",
        "MB at most, here": f"{own / 1024:.0f}",
        "and in a worker": f"{each / 1024:.0f}",
    }
    table(f"The reference scenario, {runs} runs, {YEARS} years", [*facts], [[*facts.values()]])


if __name__ == "__main__":
    asked = [each for each in sys.argv[1:] if each.startswith("--whole")]
    main(int(asked[0].partition("=")[2] or 1000) if asked else 0)
