# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How fast persons are moved one by one: beside the library neworder on what both can do (death, retirement, leaving,
returning, a matrix of situations, ageing; one core each) and beside what memory alone allows; how the time grows with
persons and runs; the expectation; and the whole reference scenario.

    python -m bench supply             # all but the last
    python -m bench.supply --whole     # and 1 000 runs of all regions over 20 years, on all cores
"""

from __future__ import annotations

import os
import sys
import time
from dataclasses import replace
from functools import partial

import numpy as np

from bench.ground import seconds, table
from overens.planning.supply import cohort, engines, reference
from overens.planning.supply.micro import simulate
from overens.planning.supply.problem import AGES, FULL, OUTSIDE, YOUNGEST, Floats, Problem

PERSONS, YEARS = 400_000, 20
# Each is timed so often; the quickest counts.
TIMES = 3
# What a person takes in memory, read and written once a period.
BYTES = 2 * (8 + 7 * 2 + 8)


def main(whole: bool = False) -> None:
    scenario = reference.base()
    make = partial(engines.problem_of, scenario, reference.data(), scenario.seed)
    national = make(None)
    simulate(replace(national, rates=national.rates[:1]), 1, 0)  # compiles
    beside_neworder(national)
    grows(make)
    expectation(scenario.first_year)
    if whole:
        all_of_it()


def beside_neworder(national: Problem) -> None:
    problem = common(national)
    rows = []
    ours = simulate(problem, 1, 0)
    taken = min(seconds(partial(simulate, problem, 1, run)) for run in range(TIMES))
    years = float(ours.stocks[:-1, 0, 0, :].sum())
    left = ours.pyramid[-1].sum()
    rows.append(["överens", f"{taken:.2f}", f"{years / taken / 1e6:.1f}", f"{left:.0f}"])
    sought = cohort.expected(problem)
    rows.append(["(expected)", "", "", f"{sought.pyramid[-1].sum():.0f}"])
    took, found = min(by_neworder(problem) for _ in range(TIMES))
    rows.append(["neworder", f"{took:.2f}", f"{years / took / 1e6:.1f}", f"{found:.0f}"])
    block, copied = np.zeros(50_000_000), np.ones(50_000_000)
    copying = min(seconds(partial(np.copyto, copied, block)) for _ in range(TIMES))
    floor = years * BYTES / (2 * block.nbytes / copying)
    rows.append(["memory alone", f"{floor:.3f}", f"{years / floor / 1e6:.0f}", ""])
    table(
        f"{PERSONS} persons, {YEARS} years, one core: the common model", ["", "s", "M person-years/s", "in work"], rows
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
    """Seconds, and how many are in work in the end."""
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
    taken = seconds(lambda: neworder.run(model))
    return taken, float((model.people["situation"] != outside).sum())


def grows(make: engines.Make) -> None:
    rows = []
    problem = make(0)
    for share in (0.125, 0.25, 0.5, 1.0):
        part = replace(problem, stock=np.floor(problem.stock * share + 0.5))
        outcome = simulate(part, 1, 0)
        taken = min(seconds(partial(simulate, part, 1, 0)) for _ in range(TIMES))
        years = outcome.stocks[:-1, ..., [0, 1, 2, 4, 5]].sum() / part.steps
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
        built = seconds(partial(engines.problem_of, scenario, reference.data(), 1, None))
        rows.append([name, f"{built:.2f}", f"{seconds(partial(cohort.expected, problem)):.2f}"])
    table("The expectation", ["", "problem, s", "expectation, s"], rows)


def all_of_it() -> None:
    scenario, workers = reference.base().model_copy(update={"years": YEARS}), os.cpu_count() or 1
    started = time.perf_counter()
    projection = engines.project(scenario, reference.data(), runs=1000, workers=workers)
    taken = time.perf_counter() - started
    persons = projection.expected.pyramid[0].sum()
    table(
        f"The reference scenario from age {YOUNGEST}, 1 000 runs, {YEARS} years",
        ["persons at the start", "occupations", "regions", "workers", "minutes"],
        [
            [
                f"{persons:.0f}",
                str(len(projection.facts.occupations)),
                str(len(projection.facts.regions)),
                str(workers),
                f"{taken / 60:.1f}",
            ]
        ],
    )


if __name__ == "__main__":
    main("--whole" in sys.argv)
