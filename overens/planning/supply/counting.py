# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is counted at a moment, and what bounds how many may begin: the same for both engines."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from overens.planning.supply import outcome as out
from overens.planning.supply.outcome import Outcome
from overens.planning.supply.problem import (
    AGENCY,
    EMPLOYED,
    FULL,
    INTRODUCTION,
    OUTSIDE,
    PARENTAL,
    PART,
    SECTORS,
    SICK,
    SITUATIONS,
    Education,
    Floats,
    Problem,
    Whole,
)

AT_WORK = (INTRODUCTION, FULL, PART)


@dataclass(frozen=True)
class Counts:
    """Persons at a moment: employed[O, R, S, 4, 5], outside[O, R], foreign[O, R], training[P, R, S], students[E, R]."""

    employed: Floats
    outside: Floats
    foreign: Floats
    training: Floats
    students: Floats


def count(problem: Problem, counts: Counts, outcome: Outcome, moment: int) -> None:
    """Write the stocks, the hours and the students of a moment into an outcome."""
    stocks = outcome.stocks[moment]
    stocks[..., out.WORKING] = counts.employed[..., AT_WORK].sum((2, 3, 4))
    stocks[..., out.ABSENT] = counts.employed[..., (PARENTAL, SICK)].sum((2, 3, 4))
    stocks[..., out.HIRED] = counts.employed[..., AGENCY, :].sum((2, 3))
    stocks[..., out.OUTSIDE] = counts.outside
    stocks[..., out.FOREIGN] = counts.foreign
    np.add.at(stocks[..., out.TRAINING], sources(problem), counts.training.sum(-1))
    outcome.students[moment] = counts.students
    outcome.hours[moment] = hours_given(problem, counts)


def sources(problem: Problem) -> Whole:
    """Of each programme the index of the occupation that one leaves for it, [P]."""
    return np.array([each.source for each in problem.programmes], np.int64)


def counts_of(stock: Floats, trainees: Floats, foreign: Floats, students: Floats) -> Counts:
    """What there is, from arrays as those of a :class:`Problem`."""
    employed = stock[..., :EMPLOYED].sum(3)
    return Counts(
        employed=employed.reshape(*employed.shape[:-1], len(SECTORS), len(SITUATIONS)),
        outside=stock[..., OUTSIDE].sum((2, 3)),
        foreign=foreign.sum((2, 3, 4)),
        training=trainees.sum((3, 4)),
        students=students.sum(-1),
    )


def hours_given(problem: Problem, counts: Counts) -> Floats:
    """Hours a year [O, R] of those who are counted."""
    share, working = problem.hours.working, counts.employed[..., AT_WORK].sum((2, 3, 4))
    full_time = np.array([each.full_time for each in problem.occupations])
    hours: Floats = np.einsum("orscu,osu->or", counts.employed, share) * full_time[:, None]
    by_source, pace = sources(problem), np.array([each.pace for each in problem.programmes])
    there = (full_time[by_source] * (1 - pace))[:, None] * share[by_source, :, FULL]
    np.add.at(hours, by_source, (counts.training * there[:, None]).sum(-1))
    targets = np.array([each.target for each in problem.programmes], np.int64)
    np.subtract.at(hours, targets, counts.training.sum(-1) * problem.hours.per_trainee)
    for each, education in enumerate(problem.educations):
        if education.supervised_by:
            by = list(education.supervised_by)
            total = working[by].sum(0)
            spread = np.divide(working[by], total, out=np.zeros_like(working[by]), where=total > 0)
            hours[by] -= spread * counts.students[each] * problem.hours.per_student
    return hours


def leaving_factor(problem: Problem, outcome: Outcome, period: int) -> Floats:
    """By how much the probability of leaving is multiplied in a period [O, R]: the region's own factor, and more where
    the need is not met. Where that makes it more than certain for anybody, it is certain, and the outcome says so.
    """
    need, hours, rates = problem.need[period], outcome.hours[period], problem.rates[period]
    # Who has more than is needed is not short of anything; who has no hours at all is short of all.
    unmet = np.clip(1 - np.divide(hours, need, out=np.ones_like(need), where=need > 0), 0, 1)
    factor: Floats = rates.leaving_here * (1 + problem.workload * unmet)
    outcome.certain[period] = surest(rates.leaving, factor, rates.new_leaving) > 1
    return factor


def surest(leaving: Floats, factor: Floats, new_leaving: Floats) -> Floats:
    """The highest probability of leaving of anybody, newly examined or not [O, R], before it is bounded."""
    found: Floats = leaving.max((1, 2))[:, None] * factor * np.maximum(new_leaving, 1)
    return found


def limits(problem: Problem, period: int, each: int, seniors: Floats, present: Floats, applicants: Floats) -> Floats:
    """What bounds how many begin a programme in each region, in the order of BOUNDS: [4, R]."""
    programme = problem.programmes[each]
    room = bounds(programme.per_supervisor, programme.supervising, seniors, present)
    return np.array([problem.posts[period, each], problem.seats[period, each], room, applicants])


def room_for_students(education: Education, working: Floats, present: Floats) -> Floats:
    """How many more may begin an education in each region, of those at work [O, R] and the students present [R]."""
    if not education.supervised_by:
        return np.full(present.shape, np.inf)
    seniors = working[list(education.supervised_by)].sum(0)
    return bounds(education.per_supervisor, education.supervising, seniors, present)


def bounds(per_supervisor: float, supervising: float, seniors: Floats, present: Floats) -> Floats:
    """How many more there is room for in each region [R] beside those present, by who can supervise them."""
    if np.isinf(per_supervisor):
        return np.full(seniors.shape, np.inf)
    return np.maximum(seniors * supervising * per_supervisor - present, 0.0)
