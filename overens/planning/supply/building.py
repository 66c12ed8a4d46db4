# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""From a scenario and the data that it stands on to the arrays that are projected (docs/supply-data.md, "From tables to
a model").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from overens.planning.supply import bounded, need, starting
from overens.planning.supply.assumed import Assumed
from overens.planning.supply.counting import counts_of, hours_given
from overens.planning.supply.measures import Effects, effects, per_supervisor
from overens.planning.supply.problem import (
    FULL,
    INTRODUCTION,
    PART,
    SEXES,
    SITUATIONS,
    STAGES,
    Arrivals,
    Education,
    Floats,
    Hours,
    Problem,
    Programme,
    Rates,
)
from overens.planning.supply.rates import chance, ending, introduced, rates
from overens.planning.supply.reference import Data
from overens.planning.supply.scenario import Scenario

# The region that gathers all that a scenario does not name.
REST = "rest"


def build(scenario: Scenario, data: Data, drawn: Mapping[str, float] | None = None) -> Problem:
    """The problem that a scenario poses. drawn: values by a parameter's id, the central ones where it has none.

    The scenario has been held against the data (:func:`overens.planning.supply.checks.check`).
    """
    assumed, gather = Assumed(scenario, data, drawn), gathering(scenario, data)
    regions, steps = region_codes(scenario, data), scenario.steps
    by_year = [effects(scenario, data, gather, regions, scenario.first_year + year) for year in range(scenario.years)]
    # Years in which the same is done share their rates.
    made: dict[tuple[str, ...], Rates] = {}
    for each in by_year:
        if each.key not in made:
            made[each.key] = rates(assumed, data, gather, steps, each)
    each_period = [each for each in by_year for _ in range(steps)]
    programmes = _programmes(assumed, scenario, data)
    educations = _educations(assumed, scenario, data, gather)
    counts = np.einsum("orsa,rq->oqsa", data.counts, gather)
    posts = posts_today(assumed, data, gather) / steps
    trainees = starting.trainees(programmes, counts, posts)
    arrivals = _arrivals(assumed, data, gather, steps, educations, each_period)
    problem = Problem(
        findings=bounded.at_start(assumed, scenario, data, programmes, counts, posts, trainees, own_regions(regions)),
        year=scenario.first_year,
        steps=steps,
        regions=regions,
        occupations=tuple(
            replace(each, full_time=hours)
            for each, hours in zip(data.occupations, assumed.by_occupation("full-time-hours"), strict=True)
        ),
        programmes=programmes,
        educations=educations,
        stock=starting.stock(assumed, data, gather, steps, counts, trainees, programmes),
        trainees=trainees,
        foreign=starting.foreign(data, arrivals),
        rates=tuple(made[each.key] for each in each_period),
        arrivals=arrivals,
        posts=np.stack([posts + each.posts / steps for each in each_period]),
        seats=np.full((len(each_period), *posts.shape), np.inf),
        hours=_hours(assumed),
        need=np.zeros((len(each_period) + 1, *counts.shape[:2])),
        workload=assumed.one("workload"),
    )
    given = hours_given(problem, counts_of(problem.stock, trainees, problem.foreign, arrivals.students))
    return replace(problem, need=need.hours(scenario, data, gather, given, drawn))


def region_codes(scenario: Scenario, data: Data) -> tuple[str, ...]:
    """The regions of a scenario: all, or those named and the rest of the country."""
    named = tuple(code for code in data.regions if code in scenario.regions)
    return (*named, REST) if 0 < len(named) < len(data.regions) else data.regions


def own_regions(codes: Sequence[str]) -> list[int]:
    """Which of a scenario's regions are named, all where none is."""
    return [at for at, code in enumerate(codes) if code != REST]


def gathering(scenario: Scenario, data: Data) -> Floats:
    """[21, R]: 1 where a region of the data is one of, or within, one of the scenario's."""
    codes = region_codes(scenario, data)
    gather = np.zeros((len(data.regions), len(codes)))
    for at, code in enumerate(data.regions):
        gather[at, codes.index(code) if code in codes else len(codes) - 1] = 1
    return gather


def posts_today(assumed: Assumed, data: Data, gather: Floats) -> Floats:
    """[P, R]: posts that begin in a year in each programme, whatever is done."""
    return np.asarray((data.posts * assumed.everywhere("posts")[_targets(data)]) @ gather)


def _targets(data: Data) -> list[int]:
    return [programme.target for programme in data.programmes]


def in_periods(half_years: int, steps: int) -> int:
    """How many periods a number of half-years is, rounded up."""
    return half_years if steps == 2 else (half_years + 1) // 2


def _programmes(assumed: Assumed, scenario: Scenario, data: Data) -> tuple[Programme, ...]:
    dropped, moved = assumed.by_occupation("post-dropped"), assumed.by_occupation("not-staying")
    return tuple(
        replace(
            each,
            periods=in_periods(each.periods, scenario.steps),
            dropping=float(chance(each.dropping, dropped[each.target], scenario.steps)),
            staying=each.staying ** float(moved[each.target]),
            per_supervisor=per_supervisor(scenario, each.code, each.per_supervisor),
        )
        for each in data.programmes
    )


def _educations(assumed: Assumed, scenario: Scenario, data: Data, gather: Floats) -> tuple[Education, ...]:
    stays, dropped = assumed.by_occupation("staying-after-study"), assumed.by_occupation("drop-out")
    elsewhere = (data.population @ gather) / data.population.sum()
    return tuple(
        replace(
            each,
            periods=in_periods(each.periods, scenario.steps),
            completing=each.completing ** float(dropped[each.target]),
            placed=stays[each.target] * np.eye(len(elsewhere)) + (1 - stays[each.target]) * elsewhere,
            per_supervisor=per_supervisor(scenario, each.code, each.per_supervisor),
        )
        for each in data.educations
    )


def _arrivals(
    assumed: Assumed,
    data: Data,
    gather: Floats,
    steps: int,
    educations: tuple[Education, ...],
    each_period: list[Effects],
) -> Arrivals:
    factors = assumed.everywhere("intake")[[each.target for each in educations]]
    intake = (data.intake * factors) @ gather / steps
    students = np.zeros((*intake.shape, max(each.periods for each in educations)))
    for at, each in enumerate(educations):
        students[at, :, : each.periods] = intake[at][:, None]
    abroad = assumed.shared("abroad") @ gather / steps
    months = [assumed.one(f"{stage}-months") for stage in STAGES]
    giving_up = float(chance(assumed.one("giving-up"), 1.0, steps))
    return Arrivals(
        intake=np.stack([intake + each.intake / steps for each in each_period]),
        students=students,
        abroad=np.stack([abroad + each.abroad / steps for each in each_period]),
        passing=np.array([float(ending(each, steps)) for each in months]),
        giving_up=np.full(len(STAGES), giving_up),
        abroad_women=assumed.one("abroad-women"),
        abroad_ages=data.abroad_ages,
        introduced=np.stack(
            [introduced(assumed, each.introduction_share, "introduction-share") for each in each_period]
        ),
    )


# What they give and are needed for.


def _hours(assumed: Assumed) -> Hours:
    there = 1 - assumed.by_occupation("short-absence")
    working = np.zeros((len(there), len(SEXES), len(SITUATIONS)))
    working[..., FULL] = there[:, None]
    working[..., PART] = (there * assumed.by_occupation("part-hours"))[:, None]
    working[..., INTRODUCTION] = (there * (1 - assumed.by_occupation("introduction-protected")))[:, None]
    return Hours(working, assumed.one("per-student"), assumed.one("per-trainee"))
