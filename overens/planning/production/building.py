# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""From a problem with its tables and forecasts to a :class:`Flow`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from overens.planning.production.days import WORKING_DAYS, working_days
from overens.planning.production.flow import Floats, Flow, StepOf, Whole
from overens.planning.production.limits import whole_weeks
from overens.planning.production.problem import Bed, Competence, Production, Room
from overens.planning.production.reading import Given

if TYPE_CHECKING:
    from overens.planning.production.forecast import Forecast

# Weeks of a year, for growth.
YEAR = 365.25 / 7
# So many standard deviations to each side of the mean is an interval of 80 per cent.
EIGHTY = 1.2815515655446004


def flow(given: Given, forecasts: Mapping[str, Forecast] | None = None) -> Flow:
    """forecasts: of the referrals to each service, without the growth that the problem adds to them; None: as many
    every week as a week of the last year on average.

    Hours follow the working days of the week and the changes; beds the changes alone.
    """
    problem = given.problem
    competences, rooms, beds, steps = problem.competences, problem.rooms, problem.beds, problem.every_step
    working = np.array([[working_days(monday) / WORKING_DAYS] for monday in problem.mondays])
    hours = np.array([float(each.hours) for each in competences]) * _shares(competences, problem) * working
    onward, after = _onward(problem)
    return Flow(
        first=problem.first_week,
        steps=tuple(StepOf(service.id, step.id, problem.services.index(service), step.kind) for service, step in steps),
        priorities=problem.every_priority,
        competences=tuple(each.id for each in competences),
        rooms=tuple(each.id for each in rooms),
        beds=tuple(each.id for each in beds),
        by=problem.mondays.index(problem.by),
        referred=_referred(given, forecasts),
        waiting=_waiting(given),
        limit=_limits(problem),
        minutes=_needs((step.minutes for _, step in steps), competences),
        room_minutes=_needs((step.rooms for _, step in steps), rooms),
        bed_days=_needs((step.beds for _, step in steps), beds),
        onward=onward,
        after=after,
        leaving=np.array([float(step.leaving) for _, step in steps]),
        hours=hours,
        overtime=hours * np.array([float(each.overtime) for each in competences]),
        hired=np.array([float(each.hired) for each in competences]) * working,
        room_hours=np.array([float(each.hours) for each in rooms]) * _shares(rooms, problem) * working,
        session=np.array([float(each.session or 0) for each in rooms]),
        bed_days_there=np.array([float(each.number) * 7 for each in beds]) * _shares(beds, problem),
        bought=np.tile([float(step.bought) for _, step in steps], (problem.weeks, 1)),
        cost=np.array([float(each.cost) for each in competences]),
        overtime_cost=np.array([float(each.overtime_cost or 0) for each in competences]),
        hired_cost=np.array([float(each.hired_cost or 0) for each in competences]),
        price=np.array([float(step.price or 0) for _, step in steps]),
        margin=float(problem.margin),
    )


def _referred(given: Given, forecasts: Mapping[str, Forecast] | None) -> Floats:
    problem = given.problem
    found = np.zeros((problem.weeks, len(problem.every_step), len(problem.every_priority)))
    years = np.arange(problem.weeks) / YEAR
    for at, (service, step) in enumerate(problem.every_step):
        if step.id != (service.referred_to or service.steps[0].id):
            continue
        if forecasts is None:
            weekly: Floats = np.full(problem.weeks, np.nanmean(given.referrals[service.id].counts[-round(YEAR) :]))
        else:
            weekly = forecasts[service.id].mean
        shares = np.array([float(service.priorities.get(each, 0)) for each in problem.every_priority])
        shares[-1] += 1 - shares.sum()
        found[:, at] = np.outer(weekly * (1 + float(service.growth)) ** years, shares)
    return found if given.coming is None else found + given.coming


def unsure(given: Given, forecasts: Mapping[str, Forecast]) -> Floats:
    """[W, N]: how unsure the forecast referrals are beside that they are counted (Poisson), as a share of them: the
    standard deviation that the interval of 80 per cent has, less that of counting.
    """
    problem = given.problem
    found = np.zeros((problem.weeks, len(problem.every_step)))
    for at, (service, step) in enumerate(problem.every_step):
        if step.id == (service.referred_to or service.steps[0].id):
            told = forecasts[service.id]
            deviation = (told.inner_high - told.inner_low) / (2 * EIGHTY)
            found[:, at] = np.sqrt(np.maximum(deviation**2 - told.mean, 0)) / np.maximum(told.mean, 1e-9)
    return found


def _waiting(given: Given) -> Whole:
    problem = given.problem
    places = {(service.id, step.id): at for at, (service, step) in enumerate(problem.every_step)}
    longest = max((each.weeks for each in given.waiting), default=0)
    found = np.zeros((len(places), len(problem.every_priority), longest + 1), np.int64)
    for where, patients in given.waiting.items():
        found[places[where.service, where.step], problem.every_priority.index(where.priority), where.weeks] = patients
    return found


def _limits(problem: Production) -> Floats:
    found = np.full((len(problem.every_step), len(problem.every_priority)), np.inf)
    for at, (service, step) in enumerate(problem.every_step):
        for k, priority in enumerate(problem.every_priority):
            weeks = whole_weeks(service, step, priority, problem)
            if weeks is not None:
                found[at, k] = weeks
    return found


def _onward(problem: Production) -> tuple[Floats, Whole]:
    """Shares[N, N] and whole weeks[N, N] from a step to another."""
    places = {(service.id, step.id): at for at, (service, step) in enumerate(problem.every_step)}
    onward, after = np.zeros((len(places), len(places))), np.zeros((len(places), len(places)), np.int64)
    for at, (service, step) in enumerate(problem.every_step):
        for each in step.next:
            to = places[service.id, each.step]
            onward[at, to], after[at, to] = float(each.share), each.weeks
    return onward, after


def _needs(steps: Iterable[Mapping[str, Decimal]], things: Sequence[Competence | Room | Bed]) -> Floats:
    rows = [[float(needs.get(each.id, 0)) for each in things] for needs in steps]
    return np.array(rows).reshape(len(rows), len(things))


def _shares(things: Sequence[Competence | Room | Bed], problem: Production) -> Floats:
    """What the changes leave of each week[W, things]."""
    above = {each.id: each.part_of for each in problem.units}
    found = np.ones((problem.weeks, len(things)))
    for column, each in enumerate(things):
        names, unit = {each.id}, each.unit
        while unit:
            names.add(unit)
            unit = above[unit]
        for change in problem.changes:
            if names & set(change.what):
                weeks = [change.first <= monday <= change.last for monday in problem.mondays]
                found[weeks, column] *= float(change.share)
    return found
