# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""From a scenario and the data that it stands on to the arrays that are projected (docs/supply-data.md, "From tables to
a model").

A probability of a year p becomes 1 − (1 − p)^(f / steps) in a period, where f is what a table or a measure multiplies
the hazard by: so it never leaves 0–1 and two half-years make a year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from overens.planning.supply.assumed import Assumed
from overens.planning.supply.counting import counts_of, hours_given
from overens.planning.supply.measures import Effects, effects, per_supervisor
from overens.planning.supply.problem import (
    AGENCY,
    AGES,
    EMPLOYED,
    FULL,
    INTRODUCTION,
    OLDEST,
    OUTSIDE,
    PARENTAL,
    PART,
    REGION,
    SECTORS,
    SEXES,
    SICK,
    SITUATIONS,
    STAGES,
    WOMEN,
    YOUNGEST,
    Arrivals,
    Education,
    Floats,
    Hours,
    Problem,
    Programme,
    Rates,
)
from overens.planning.supply.reference import Data, ages, whole
from overens.planning.supply.scenario import Scenario

# The region that gathers all that a scenario does not name.
REST = "rest"
# Of those who could be in specialisation at the start, no more than these are.
MOST_IN_TRAINING = 0.95


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
            made[each.key] = _rates(assumed, data, gather, steps, each)
    each_period = [each for each in by_year for _ in range(steps)]
    programmes = _programmes(assumed, scenario, data)
    educations = _educations(assumed, scenario, data, gather)
    counts = np.einsum("orsa,rq->oqsa", data.counts, gather)
    posts = posts_today(assumed, data, gather) / steps
    trainees = _trainees(programmes, counts, posts)
    arrivals = _arrivals(assumed, data, gather, steps, educations, each_period)
    problem = Problem(
        year=scenario.first_year,
        steps=steps,
        regions=regions,
        occupations=tuple(
            replace(each, full_time=hours)
            for each, hours in zip(data.occupations, assumed.by_occupation("full-time-hours"), strict=True)
        ),
        programmes=programmes,
        educations=educations,
        stock=_stock(assumed, data, gather, steps, counts, trainees, programmes),
        trainees=trainees,
        foreign=_foreign(data, arrivals),
        rates=tuple(made[each.key] for each in each_period),
        arrivals=arrivals,
        posts=np.stack([posts + each.posts / steps for each in each_period]),
        seats=np.full((len(each_period), *posts.shape), np.inf),
        hours=_hours(assumed),
        need=np.zeros((len(each_period) + 1, *counts.shape[:2])),
        workload=assumed.one("workload"),
    )
    given = hours_given(problem, counts_of(problem.stock, trainees, problem.foreign, arrivals.students))
    return replace(problem, need=np.repeat(given[None], problem.periods + 1, axis=0))


def region_codes(scenario: Scenario, data: Data) -> tuple[str, ...]:
    """The regions of a scenario: all, or those named and the rest of the country."""
    named = tuple(code for code in data.regions if code in scenario.regions)
    return (*named, REST) if 0 < len(named) < len(data.regions) else data.regions


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


def chance(in_a_year: Floats | float, factor: Floats | float, steps: int) -> Floats:
    """The probability in a period of what has a probability in a year, its hazard multiplied by a factor."""
    return np.asarray(1 - (1 - np.asarray(in_a_year)) ** (np.asarray(factor) / steps))


def ending(months: Floats | float, steps: int) -> Floats:
    """The probability of ending in a period of what lasts so many months in the mean, all of it at most."""
    return np.minimum(12 / steps / np.asarray(months), 1.0)


def caught(months: Floats | float, steps: int) -> Floats:
    """The share of those to whom it happens in a period that are still there at its end, where it is shorter."""
    return np.minimum(np.asarray(months) * steps / 12, 1.0)


# Rates.


def _rates(assumed: Assumed, data: Data, gather: Floats, steps: int, done: Effects) -> Rates:
    profiles = data.profiles
    weight = data.counts.sum((2, 3))
    here = np.einsum("or,or,rq->oq", assumed.everywhere("leaving-here"), weight, gather)
    total = np.maximum(weight @ gather, 1e-12)
    dying = chance(profiles["dying"], assumed.one("dying"), steps)
    leaving = assumed.by_occupation("leaving")[:, None, None]
    returning = assumed.by_occupation("returning")[:, None, None]
    moving = assumed.by_occupation("moving")[:, None]
    return Rates(
        dying=dying,
        retiring=np.repeat(_retiring(assumed, data, steps, done)[:, None], len(SEXES), axis=1),
        leaving=chance(leaving, profiles["leaving"], steps),
        leaving_here=here / total * done.leaving,
        new_leaving=_introduced(assumed, done.introduction_leaving, "introduction-leaving"),
        returning=chance(returning, profiles["returning"], steps),
        moving=chance(moving, profiles["moving"].mean(0), steps),
        towards=_towards(data.population, gather),
        employer=_employer(assumed, data, steps, done),
        situation=_situation(assumed, data, steps, done),
    )


def _retiring(assumed: Assumed, data: Data, steps: int, done: Effects) -> Floats:
    """[O, A]: the table by years from the norm age, straight lines between its years."""
    norm = assumed.by_occupation("norm-age") + done.norm_age
    table = np.interp(np.arange(YOUNGEST, OLDEST + 1) - norm[:, None], np.arange(-AGES, AGES + 1), data.retirement)
    return chance(table, 1.0, steps)


def _introduced(assumed: Assumed, changed: Floats, figure: str) -> Floats:
    """What a measure says of the introduction of an occupation [O], else what is assumed."""
    return np.where(np.isnan(changed), assumed.by_occupation(figure), changed)


def _towards(population: Floats, gather: Floats) -> Floats:
    """Where those go who move [R, R]: in proportion to a size of the region of arrival such that as many would move
    each
    way between two regions if they had equally many movers a head. Those who move within the gathered rest stay there.
    """
    if len(population) == 1:
        return np.ones((1, 1))
    share, size = population / population.sum(), population / population.sum()
    for _ in range(200):
        size = share / (size.sum() - size)
        size /= size.sum()
    towards = size / (size.sum() - size)[:, None] * (1 - np.eye(len(size)))
    persons = share @ gather
    return np.asarray(gather.T @ (share[:, None] * towards) @ gather / persons[:, None])


def _employer(assumed: Assumed, data: Data, steps: int, done: Effects) -> Floats:
    """[O, 4, 4]: of those who choose an employer anew each takes the sectors as they are shared now."""
    anew = chance(assumed.by_occupation("change-employer"), 1.0, steps)[:, None, None]
    matrix = np.eye(len(SECTORS)) * (1 - anew) + anew * data.sectors[:, None, :]
    ending_hire = chance(done.less_hired, 1.0, steps)[:, None]
    matrix[:, AGENCY] *= 1 - ending_hire
    matrix[:, AGENCY, REGION] += ending_hire[:, 0]
    return np.asarray(matrix)


def _part_time(assumed: Assumed, data: Data) -> Floats:
    """[O, S, A]: the share of those at work who work part time: the table multiplies the odds."""
    level = assumed.by_occupation("part-time")[:, None, None]
    odds = level / (1 - level) * data.profiles["part-time"]
    return np.asarray(odds / (1 + odds))


def _away(assumed: Assumed, data: Data, steps: int, sick_factor: Floats) -> tuple[Floats, Floats]:
    """[O, S, A] each: who is away with a child and ill at the end of a period, of those at work at its start."""
    child = chance(data.profiles["parental"], assumed.by_occupation("parental")[:, None, None], steps)
    child = child * caught(assumed.one("parental-months"), steps)
    level = assumed.by_occupation("sick-leave") * 1.0
    ill = chance(level[:, None, None], data.profiles["sick"] * sick_factor[:, None, None], steps)
    return child, (1 - child) * ill * caught(assumed.one("sick-months"), steps)


def _situation(assumed: Assumed, data: Data, steps: int, done: Effects) -> Floats:
    """[O, S, A, 5, 5]."""
    child, ill = _away(assumed, data, steps, done.sick)
    part = _part_time(assumed, data)
    matrix = np.zeros((*part.shape, len(SITUATIONS), len(SITUATIONS)))
    there = 1 - child - ill
    anew = chance(assumed.by_occupation("change-hours"), 1.0, steps)[:, None, None]
    to_full = chance(done.full_time, 1.0, steps)[:, None, None]
    introduced = ending(_introduced(assumed, done.introduction_months, "introduction-months"), steps)[:, None, None]
    for situation in (INTRODUCTION, FULL, PART):
        matrix[..., situation, PARENTAL], matrix[..., situation, SICK] = child, ill
    matrix[..., INTRODUCTION, INTRODUCTION] = there * (1 - introduced)
    matrix[..., INTRODUCTION, FULL] = there * introduced
    matrix[..., FULL, PART] = there * anew * part
    matrix[..., FULL, FULL] = there * (1 - anew * part)
    still_part = (1 - anew * (1 - part)) * (1 - to_full)
    matrix[..., PART, PART], matrix[..., PART, FULL] = there * still_part, there * (1 - still_part)
    for situation, figure in ((PARENTAL, "parental-months"), (SICK, "sick-months")):
        back = ending(assumed.one(figure), steps)
        matrix[..., situation, situation] = 1 - back
        matrix[..., situation, PART], matrix[..., situation, FULL] = back * part, back * (1 - part)
    return matrix


# Who there are.


def _stock(
    assumed: Assumed,
    data: Data,
    gather: Floats,
    steps: int,
    counts: Floats,
    trainees: Floats,
    programmes: tuple[Programme, ...],
) -> Floats:
    """[O, R, S, A, PLACES], whole: the employed less those in specialisation, spread as the rates would keep them."""
    left = counts.copy()
    for each, programme in enumerate(programmes):
        left[programme.source] -= trainees[each].sum(-1)
    child, ill = _away(assumed, data, steps, np.ones(len(data.occupations)))
    part = _part_time(assumed, data)
    weights = np.zeros((*part.shape, len(SITUATIONS)))
    weights[..., FULL], weights[..., PART] = 1 - part, part
    weights[..., PARENTAL] = child / ending(assumed.one("parental-months"), steps)
    weights[..., SICK] = ill / ending(assumed.one("sick-months"), steps)
    weights /= weights.sum(-1, keepdims=True)
    places = np.einsum("oc,osau->osacu", data.sectors, weights).reshape(*part.shape, EMPLOYED)
    stock = np.zeros((*counts.shape, EMPLOYED + 1))
    stock[..., :EMPLOYED] = whole(left[..., None] * places[:, None], axes=3)
    outside = np.einsum("or,orsa,rq->oqsa", assumed.everywhere("outside"), data.counts, gather)
    stock[..., OUTSIDE] = whole(outside, axes=2)
    return stock


def _trainees(programmes: tuple[Programme, ...], counts: Floats, posts: Floats) -> Floats:
    """[P, R, S, A, L], whole: those who began in the periods before, less those who dropped out, of the ages that may;
    no more in all than nearly all who could be.
    """
    length = max(each.periods for each in programmes)
    trainees = np.zeros((len(programmes), *counts.shape[1:], length))
    for each, programme in enumerate(programmes):
        pool = np.zeros(counts.shape[1:])
        span = ages(programme.youngest, programme.oldest)
        pool[..., span] = counts[programme.source, ..., span]
        here = pool / np.maximum(pool.sum((1, 2), keepdims=True), 1e-12)
        for left in range(programme.periods):
            begun = posts[each] * (1 - programme.dropping) ** (programme.periods - 1 - left)
            trainees[each, ..., left] = here * begun[:, None, None]
    for source in {programme.source for programme in programmes}:
        among = [each for each, programme in enumerate(programmes) if programme.source == source]
        wanted, there = trainees[among].sum((0, 4)), counts[source] * MOST_IN_TRAINING
        trainees[among] *= np.minimum(np.divide(there, wanted, out=np.ones_like(there), where=wanted > 0), 1)[..., None]
    return _whole_trainees(trainees, counts, programmes)


def _whole_trainees(trainees: Floats, counts: Floats, programmes: tuple[Programme, ...]) -> Floats:
    """Whole persons, and never more of an age than there are."""
    rounded = whole(trainees, axes=4)
    for source in {programme.source for programme in programmes}:
        among = [each for each, programme in enumerate(programmes) if programme.source == source]
        over = rounded[among].sum((0, 4)) - counts[source]
        for place in np.argwhere(over > 0):
            excess = over[tuple(place)]
            for each in among:
                cell = rounded[(each, *place)]
                for left in range(cell.shape[0]):
                    taken = min(cell[left], excess)
                    cell[left] -= taken
                    excess -= taken
    return rounded


# Who comes.


def _targets(data: Data) -> list[int]:
    return [programme.target for programme in data.programmes]


def _in_periods(half_years: int, steps: int) -> int:
    """How many periods a number of half-years is, rounded up."""
    return half_years if steps == 2 else (half_years + 1) // 2


def _programmes(assumed: Assumed, scenario: Scenario, data: Data) -> tuple[Programme, ...]:
    dropped, moved = assumed.by_occupation("post-dropped"), assumed.by_occupation("not-staying")
    return tuple(
        replace(
            each,
            periods=_in_periods(each.periods, scenario.steps),
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
            periods=_in_periods(each.periods, scenario.steps),
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
            [_introduced(assumed, each.introduction_share, "introduction-share") for each in each_period]
        ),
    )


def _foreign(data: Data, arrivals: Arrivals) -> Floats:
    """[O, R, S, A, 4], whole: as many in each stage as the first period's arrivals would keep there."""
    women_men = np.zeros(len(SEXES))
    women_men[:] = 1 - arrivals.abroad_women
    women_men[WOMEN] = arrivals.abroad_women
    reaching, staying = 1.0, np.zeros(len(STAGES))
    for stage, (passing, giving_up) in enumerate(zip(arrivals.passing, arrivals.giving_up, strict=True)):
        going_on = (1 - giving_up) * passing
        staying[stage] = reaching / (giving_up + going_on)
        reaching *= going_on / (giving_up + going_on)
    each = arrivals.abroad[0][:, :, None, None] * women_men[:, None] * data.abroad_ages
    return whole(each[..., None] * staying, axes=3)


# What they give and are needed for.


def _hours(assumed: Assumed) -> Hours:
    there = 1 - assumed.by_occupation("short-absence")
    working = np.zeros((len(there), len(SEXES), len(SITUATIONS)))
    working[..., FULL] = there[:, None]
    working[..., PART] = (there * assumed.by_occupation("part-hours"))[:, None]
    working[..., INTRODUCTION] = (there * (1 - assumed.by_occupation("introduction-protected")))[:, None]
    return Hours(working, assumed.one("per-student"), assumed.one("per-trainee"))
