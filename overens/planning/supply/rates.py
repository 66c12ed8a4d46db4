# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What happens in a period, from what is assumed of a year and what is done (docs/supply-data.md).

A probability of a year p becomes 1 − (1 − p)^(f / steps) in a period, where f is what a table or a measure multiplies
the hazard by: so it never leaves 0–1 and two half-years make a year.
"""

from __future__ import annotations

import numpy as np

from overens.planning.supply.assumed import Assumed
from overens.planning.supply.measures import Effects
from overens.planning.supply.problem import (
    AGENCY,
    AGES,
    FULL,
    INTRODUCTION,
    OLDEST,
    PARENTAL,
    PART,
    REGION,
    SECTORS,
    SEXES,
    SICK,
    SITUATIONS,
    YOUNGEST,
    Floats,
    Rates,
)
from overens.planning.supply.reference import Data


def chance(in_a_year: Floats | float, factor: Floats | float, steps: int) -> Floats:
    """The probability in a period of what has a probability in a year, its hazard multiplied by a factor."""
    return np.asarray(1 - (1 - np.asarray(in_a_year)) ** (np.asarray(factor) / steps))


def ending(months: Floats | float, steps: int) -> Floats:
    """The probability of ending in a period of what lasts so many months in the mean, all of it at most."""
    return np.minimum(12 / steps / np.asarray(months), 1.0)


def caught(months: Floats | float, steps: int) -> Floats:
    """The share of those to whom it happens in a period that are still there at its end, where it is shorter."""
    return np.minimum(np.asarray(months) * steps / 12, 1.0)


def rates(assumed: Assumed, data: Data, gather: Floats, steps: int, done: Effects) -> Rates:
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
        retiring=_retiring(assumed, data, steps, done),
        leaving=chance(leaving, profiles["leaving"], steps),
        leaving_here=here / total * done.leaving,
        new_leaving=alike(introduced(assumed, done.introduction_leaving, "introduction-leaving")),
        returning=chance(returning, profiles["returning"], steps),
        moving=chance(moving, profiles["moving"].mean(0), steps),
        towards=_towards(data.population, gather),
        employer=_employer(assumed, data, gather, steps, done),
        situation=_situation(assumed, data, steps, done),
    )


def _retiring(assumed: Assumed, data: Data, steps: int, done: Effects) -> Floats:
    """[O, R*, S, A]: the table by years from the norm age, straight lines between its years; the sexes alike."""
    norm = assumed.by_occupation("norm-age")[:, None] + alike(done.norm_age)
    years = np.arange(YOUNGEST, OLDEST + 1) - norm[..., None]
    table = np.interp(years, np.arange(-AGES, AGES + 1), data.retirement)
    return chance(np.repeat(table[:, :, None], len(SEXES), axis=2), 1.0, steps)


def alike(by_region: Floats) -> Floats:
    """[O, R] as [O, R*]: one column for all where the regions are alike."""
    return by_region[:, :1] if (by_region == by_region[:, :1]).all() else by_region


def introduced(assumed: Assumed, changed: Floats, figure: str) -> Floats:
    """What a measure says of the introduction of an occupation [O, R], else what is assumed."""
    return np.where(np.isnan(changed), assumed.by_occupation(figure)[:, None], changed)


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


def employers(data: Data, gather: Floats) -> Floats:
    """[O, R*, 4]: where they are employed, each region counting by how many there are of the occupation."""
    if (data.sectors == data.sectors[:, :1]).all():
        return data.sectors[:, :1]
    weight = np.maximum(data.counts.sum((2, 3)), 1e-12)
    return np.asarray(np.einsum("orc,or,rq->oqc", data.sectors, weight, gather) / (weight @ gather)[..., None])


def _employer(assumed: Assumed, data: Data, gather: Floats, steps: int, done: Effects) -> Floats:
    """[O, R*, 4, 4]: of those who choose an employer anew each takes the sectors as they are shared now."""
    anew = chance(assumed.by_occupation("change-employer"), 1.0, steps)[:, None, None, None]
    matrix = np.eye(len(SECTORS)) * (1 - anew) + anew * employers(data, gather)[:, :, None, :]
    employed = chance(alike(done.less_hired), 1.0, steps)
    rows = np.repeat(matrix, employed.shape[1], axis=1) if matrix.shape[1] == 1 else matrix
    rows[:, :, AGENCY] *= 1 - employed[..., None]
    rows[:, :, AGENCY, REGION] += employed
    return np.asarray(rows)


def part_time(assumed: Assumed, data: Data) -> Floats:
    """[O, S, A]: the share of those at work who work part time: the table multiplies the odds."""
    level = assumed.by_occupation("part-time")[:, None, None]
    odds = level * data.profiles["part-time"]
    return np.asarray(odds / (1 - level + odds))


def away(assumed: Assumed, data: Data, steps: int, sick_factor: Floats) -> tuple[Floats, Floats]:
    """[O, S, A] and [O, R*, S, A]: away with a child, and ill, at the end of a period, of those at work before."""
    child = chance(data.profiles["parental"], assumed.by_occupation("parental")[:, None, None], steps)
    child = child * caught(assumed.one("parental-months"), steps)
    level = assumed.by_occupation("sick-leave")[:, None, None, None]
    ill = chance(level, data.profiles["sick"] * sick_factor[..., None, None], steps)
    return child, (1 - child)[:, None] * ill * caught(assumed.one("sick-months"), steps)


def _situation(assumed: Assumed, data: Data, steps: int, done: Effects) -> Floats:
    """[O, R*, S, A, 5, 5]."""
    child, ill = away(assumed, data, steps, alike(done.sick))
    child, part = child[:, None], part_time(assumed, data)[:, None]
    there = 1 - child - ill
    anew = chance(assumed.by_occupation("change-hours"), 1.0, steps)[:, None, None, None]
    to_full = chance(alike(done.full_time), 1.0, steps)[..., None, None]
    months = alike(introduced(assumed, done.introduction_months, "introduction-months"))
    over = ending(months, steps)[..., None, None]
    regions = max(each.shape[1] for each in (there, to_full, over))
    matrix = np.zeros((len(part), regions, *part.shape[2:], len(SITUATIONS), len(SITUATIONS)))
    for situation in (INTRODUCTION, FULL, PART):
        matrix[..., situation, PARENTAL], matrix[..., situation, SICK] = child, ill
    matrix[..., INTRODUCTION, INTRODUCTION] = there * (1 - over)
    matrix[..., INTRODUCTION, FULL] = there * over
    matrix[..., FULL, PART] = there * anew * part
    matrix[..., FULL, FULL] = there * (1 - anew * part)
    still_part = (1 - anew * (1 - part)) * (1 - to_full)
    matrix[..., PART, PART], matrix[..., PART, FULL] = there * still_part, there * (1 - still_part)
    for situation, figure in ((PARENTAL, "parental-months"), (SICK, "sick-months")):
        back = ending(assumed.one(figure), steps)
        matrix[..., situation, situation] = 1 - back
        matrix[..., situation, PART], matrix[..., situation, FULL] = back * part, back * (1 - part)
    return matrix
