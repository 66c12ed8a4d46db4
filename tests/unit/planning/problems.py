# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Small problems for tests: nothing happens in :func:`still`, something of everything in :func:`busy`."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from overens.planning.supply import outcome as out
from overens.planning.supply.outcome import Outcome
from overens.planning.supply.problem import (
    AGES,
    FULL,
    PLACES,
    REGION,
    SITUATIONS,
    STAGES,
    Arrivals,
    Education,
    Hours,
    Occupation,
    Problem,
    Programme,
    Rates,
)

FULL_HERE = REGION * len(SITUATIONS) + FULL


def still(occupations: int = 2, regions: int = 2, periods: int = 3, steps: int = 1, persons: float = 0.0) -> Problem:
    """Nobody but ``persons`` of each sex, 40 years old, in each occupation and region; nothing happens to them."""
    o, r, t = occupations, regions, periods
    stock = np.zeros((o, r, 2, AGES, PLACES))
    stock[:, :, :, 24, FULL_HERE] = persons
    towards = np.ones((r, r)) - np.eye(r) if r > 1 else np.ones((1, 1))
    rates = Rates(
        dying=np.zeros((2, AGES)),
        retiring=np.zeros((o, 1, 2, AGES)),
        leaving=np.zeros((o, 2, AGES)),
        leaving_here=np.ones((o, r)),
        new_leaving=np.ones((o, 1)),
        returning=np.zeros((o, 2, AGES)),
        moving=np.zeros((o, AGES)),
        towards=towards / towards.sum(1, keepdims=True),
        employer=np.tile(np.eye(4), (o, 1, 1, 1)),
        situation=np.tile(np.eye(5), (o, 1, 2, AGES, 1, 1)),
    )
    arrivals = Arrivals(
        intake=np.zeros((t, 0, r)),
        students=np.zeros((0, r, 1)),
        abroad=np.zeros((t, o, r)),
        passing=np.zeros(len(STAGES)),
        giving_up=np.zeros(len(STAGES)),
        abroad_women=0.5,
        abroad_ages=np.eye(AGES)[14],
        introduced=np.zeros((t, o, r)),
    )
    return Problem(
        year=2020,
        steps=steps,
        regions=tuple(f"{each + 1:02}" for each in range(r)),
        occupations=tuple(Occupation(f"o{each}", f"Yrke {each}", f"Occupation {each}") for each in range(o)),
        programmes=(),
        educations=(),
        stock=stock,
        trainees=np.zeros((0, r, 2, AGES, 1)),
        foreign=np.zeros((o, r, 2, AGES, len(STAGES))),
        rates=(rates,) * t,
        arrivals=arrivals,
        posts=np.zeros((t, 0, r)),
        seats=np.zeros((t, 0, r)),
        hours=Hours(working=np.tile([0.9, 1.0, 0.6, 0.0, 0.0], (o, 2, 1))),
        need=np.zeros((t + 1, o, r)),
    )


def happening(problem: Problem, **rates: NDArray[np.float64] | float) -> Problem:
    """The problem with these rates in every period; a number is for everybody."""
    now = problem.rates[0]
    arrays = {
        name: value if isinstance(value, np.ndarray) else np.full_like(getattr(now, name), value)
        for name, value in rates.items()
    }
    changed = replace(now, **arrays)
    return replace(problem, rates=(changed,) * problem.periods)


def training(problem: Problem, posts: float, **of_programme: float) -> Problem:
    """The problem with a programme from the first occupation to the second, and posts in each region and period."""
    t, r = problem.periods, len(problem.regions)
    programme = Programme("p0", "Utbildning", "Programme", 0, 1, periods=2)
    return replace(
        problem,
        programmes=(replace(programme, **of_programme),),
        trainees=np.zeros((1, r, 2, AGES, 2)),
        posts=np.full((t, 1, r), posts),
        seats=np.full((t, 1, r), np.inf),
    )


def busy(
    seed: int = 1, occupations: int = 3, regions: int = 3, periods: int = 4, steps: int = 1, bounded: bool = True
) -> Problem:
    """Something of everything, some of it alike in all regions, drawn at random: some hundreds of persons in each
    occupation and region.

    bounded: whether supervisors and workload bind what happens. Without, the expectation is exact.
    """
    draw = np.random.default_rng(seed)
    o, r, t = occupations, regions, periods
    some = still(o, r, t, steps)

    def rows(*shape: int, staying: float = 8) -> NDArray[np.float64]:
        made = draw.random(shape) + np.eye(shape[-1]) * staying
        return made / made.sum(-1, keepdims=True)

    problem = happening(
        some,
        dying=0.01,
        retiring=draw.random((o, r, 2, AGES)) * 0.06,
        leaving=draw.random((o, 2, AGES)) * 0.1,
        leaving_here=draw.random((o, r)) + 0.5,
        new_leaving=draw.random((o, r)) * 2,
        returning=draw.random((o, 2, AGES)) * 0.2,
        moving=draw.random((o, AGES)) * 0.1,
        employer=rows(o, 1, 4, 4),
        situation=rows(o, r, 2, AGES, 5, 5),
    )
    ages = np.zeros(AGES)
    ages[6:14] = 1 / 8
    education = Education(
        code="e0", title="Grundutbildning", title_en="Education", target=0, periods=3, completing=0.8, women=0.7,
        ages=ages, sectors=np.array([0.7, 0.1, 0.15, 0.05]), placed=rows(r, r), licensed=0.9,
    )  # fmt: skip
    if bounded:
        education = replace(education, supervised_by=(0,), per_supervisor=0.2, supervising=0.5)
    problem = training(problem, 3.4, dropping=0.05, staying=0.7, pace=0.8)
    if bounded:
        problem = replace(
            problem, programmes=(replace(problem.programmes[0], per_supervisor=0.5, supervising=0.3),), workload=0.5
        )
    return replace(
        problem,
        stock=draw.poisson(0.08, problem.stock.shape).astype(float),
        trainees=draw.poisson(0.02, problem.trainees.shape).astype(float),
        foreign=draw.poisson(0.02, problem.foreign.shape).astype(float),
        educations=(education,),
        arrivals=Arrivals(
            intake=np.full((t, 1, r), 12.5),
            students=np.full((1, r, 3), 11.3),
            abroad=np.full((t, o, r), 1.3),
            passing=np.full(len(STAGES), 0.5),
            giving_up=np.full(len(STAGES), 0.1),
            abroad_women=0.6,
            abroad_ages=ages,
            introduced=draw.random((t, o, r)),
        ),
        hours=Hours(draw.random((o, 2, 5)), per_student=20, per_trainee=50),
        need=np.full((t + 1, o, r), 400_000.0),
    )


def belonging(outcome: Outcome) -> NDArray[np.float64]:
    """How many belong to each occupation in each region at each moment, working or not: [T + 1, O, R]."""
    kinds = [out.WORKING, out.ABSENT, out.TRAINING, out.OUTSIDE, out.FOREIGN]
    return outcome.stocks[..., kinds].sum(-1)


def whole_change(outcome: Outcome) -> NDArray[np.float64]:
    """What the flows of each period say that this changes by: [T, O, R]."""
    return outcome.flows[..., list(out.INTO)].sum(-1) - outcome.flows[..., list(out.OUT_OF)].sum(-1)
