# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The expectation of the model: how many there are of each kind, fractions of persons and all, moved period by period.

Where no bound depends on who there happen to be (supervisors, applicants, workload), it is the mean of
:mod:`overens.planning.supply.micro` exactly; else it is what the mean of many would be if the bounds saw the mean. The
steps and their order are those of docs/supply.md.

Where a person is comes first among the axes here, so that those of one place lie together in memory and what happens to
them is one run through it.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np

from overens.planning.supply import outcome as out
from overens.planning.supply import sound
from overens.planning.supply.counting import AT_WORK, Counts, count, leaving_factor, limits, room_for_students, sources
from overens.planning.supply.outcome import Outcome
from overens.planning.supply.problem import (
    AGES,
    EMPLOYED,
    FULL,
    INTRODUCTION,
    MEN,
    OUTSIDE,
    PART,
    REGION,
    SECTORS,
    SITUATIONS,
    STAGES,
    WOMEN,
    YOUNGEST,
    Floats,
    Problem,
    Rates,
    Whole,
)

# From where, to where, and how likely [O, R*, S*, A*].
_Changes: TypeAlias = list[tuple[int, int, Floats]]

FULL_HERE = REGION * len(SITUATIONS) + FULL


def expected(problem: Problem) -> Outcome:
    """What is expected of every number. Cost: some O·R·S·A·21 additions for each kind of event and period.

    Raises Refused where the problem is not sound (:mod:`overens.planning.supply.sound`).
    """
    sound.assure(problem)
    state = _State(problem)
    state.count(0)
    for period in range(problem.periods):
        state.step(period)
        state.count(period + 1)
    return state.outcome


def employed(stock: Floats) -> Floats:
    """A view of those who have an employer: [PLACES, ...] as [sector, situation, ...]."""
    return stock[:EMPLOYED].reshape(len(SECTORS), len(SITUATIONS), *stock.shape[1:])


class _State:
    """Where everybody is, moved on in place: stock[PLACES, O, R, S, A], trainees[L, P, R, S, A], foreign[4, O, R, S, A]
    and students[L, E, R].
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.stock, self.trainees, self.foreign, self.students = (
            np.array(np.moveaxis(each, -1, 0), dtype=float, order="C")
            for each in (problem.stock, problem.trainees, problem.foreign, problem.arrivals.students)
        )
        self.sources = sources(problem)
        self.rates: tuple[Rates, _Changes, _Changes] | None = None
        self.outcome = out.empty(problem)

    # What is counted.

    def count(self, moment: int) -> None:
        pyramid, training = self.outcome.pyramid[moment], self.trainees.sum(0)
        pyramid[:] = self.stock[:EMPLOYED].sum(0)
        np.add.at(pyramid, self.sources, training)
        counts = Counts(
            employed=np.moveaxis(employed(self.stock).sum(-1), (0, 1), (-2, -1)),
            outside=self.stock[OUTSIDE].sum((-2, -1)),
            foreign=_total(self.foreign),
            training=training.sum(-1),
            students=self.students.sum(0),
        )
        count(self.problem, counts, self.outcome, moment)

    # What happens, in its order.

    def step(self, period: int) -> None:
        rates, flows = self.problem.rates[period], self.outcome.flows[period]
        self._die_and_retire(period, rates, flows)
        self._leave(period, rates, flows)
        self._move(rates, flows)
        self._change_employer(rates)
        self._change_situation(rates)
        self._specialise(period, rates, flows)
        self._come_from_abroad(period, flows)
        self._be_examined(period, flows)
        if self.problem.turns_year(period):
            self._grow_older(flows)

    def _die_and_retire(self, period: int, rates: Rates, flows: Floats) -> None:
        for here, occupations in self._people():
            persons, retiring = here.sum(0), rates.retiring[occupations]
            died = persons * rates.dying
            retired = (persons - died) * retiring
            here *= (1 - rates.dying) * (1 - retiring)
            np.add.at(flows[..., out.DIED], occupations, died.sum((-2, -1)))
            np.add.at(flows[..., out.RETIRED], occupations, retired.sum((-2, -1)))
            np.add.at(self.outcome.retiring[period], occupations, retired.sum(-2))

    def _people(self) -> list[tuple[Floats, Whole]]:
        """Those who have a trade, and of which occupation each row is: the stock, then those in specialisation."""
        return [(self.stock, np.arange(len(self.problem.occupations))), (self.trainees, self.sources)]

    def _leave(self, period: int, rates: Rates, flows: Floats) -> None:
        leaving = rates.leaving[:, None] * leaving_factor(self.problem, self.outcome, period)[:, :, None, None]
        returning = self.stock[OUTSIDE] * rates.returning[:, None]
        work = employed(self.stock)
        for situation in AT_WORK:
            factor = rates.new_leaving[:, :, None, None] if situation == INTRODUCTION else 1.0
            # What is bounded here is said by leaving_factor.
            gone = work[:, situation] * np.minimum(leaving * factor, 1.0)
            work[:, situation] -= gone
            left = gone.sum(0)
            self.stock[OUTSIDE] += left
            flows[..., out.LEFT] += left.sum((-2, -1))
        self.stock[OUTSIDE] -= returning
        work[REGION, FULL] += returning
        flows[..., out.RETURNED] += returning.sum((-2, -1))

    def _move(self, rates: Rates, flows: Floats) -> None:
        if len(self.problem.regions) == 1:
            return
        work = self.stock[:EMPLOYED]
        going = work * rates.moving[:, None, None]
        coming = _to(rates.towards, going)
        work += coming
        work -= going
        flows[..., out.MOVED_OUT] += _total(going)
        flows[..., out.MOVED_IN] += _total(coming)

    def _change_employer(self, rates: Rates) -> None:
        work, (of_employer, _) = employed(self.stock), self._changes(rates)
        for situation in AT_WORK:
            _change(work[:, situation], of_employer)

    def _change_situation(self, rates: Rates) -> None:
        _, of_situation = self._changes(rates)
        for here in employed(self.stock):
            _change(here, of_situation)

    def _changes(self, rates: Rates) -> tuple[_Changes, _Changes]:
        """Of employer and of situation. Periods in which nothing has changed share them."""
        if self.rates is None or self.rates[0] is not rates:
            self.rates = rates, _changes(rates.employer[..., None, None, :, :]), _changes(rates.situation)
        return self.rates[1:]

    def _specialise(self, period: int, rates: Rates, flows: Floats) -> None:
        programmes, posts = self.problem.programmes, self.outcome.posts[period]
        dropping, staying = (
            np.array([getattr(each, name) for each in programmes])[:, None, None, None]
            for name in ("dropping", "staying")
        )
        dropped = self.trainees * dropping
        self.trainees -= dropped
        done = self._next_period(self.trainees)
        away = done * (1 - staying) if len(self.problem.regions) > 1 else np.zeros_like(done)
        settled, back = done - away + _to(rates.towards, away), dropped.sum(0)
        posts[..., out.DROPPED], posts[..., out.COMPLETED] = back.sum((-2, -1)), done.sum((-2, -1))
        np.add.at(flows[..., out.LEFT_TO_SPECIALISE], self.sources, posts[..., out.COMPLETED])
        for each, programme in enumerate(programmes):
            self.stock[FULL_HERE, programme.source] += back[each]
            self.stock[FULL_HERE, programme.target] += settled[each]
            flows[programme.target, :, out.SPECIALISED] += settled[each].sum((-2, -1))
            self._begin(period, each)

    def _next_period(self, by_left: Floats) -> Floats:
        """Those who have no periods left, who are taken out; the others have one less."""
        done: Floats = by_left[0].copy()
        by_left[:-1] = by_left[1:]
        by_left[-1] = 0
        return done

    def _begin(self, period: int, each: int) -> None:
        problem, programme, work = self.problem, self.problem.programmes[each], employed(self.stock)[REGION]
        ages = slice(programme.youngest - YOUNGEST, programme.oldest - YOUNGEST + 1)
        pools = [work[situation, programme.source, ..., ages] for situation in (FULL, PART)]
        applicants = (pools[0] + pools[1]).sum((1, 2))
        seniors = work[[FULL, PART], programme.target].sum((0, 2, 3))
        present = self.trainees[:, each].sum((0, 2, 3))
        bounding = limits(problem, period, each, seniors, present, applicants)
        begun = bounding.min(0)
        share = np.divide(begun, applicants, out=np.zeros_like(begun), where=applicants > 0)
        for pool in pools:
            chosen = pool * share[:, None, None]
            pool -= chosen
            self.trainees[programme.periods - 1, each, ..., ages] += chosen
        posts = self.outcome.posts[period, each]
        posts[:, out.FUNDED], posts[:, out.STARTED] = problem.posts[period, each], begun
        posts[:, out.BOUND] = bounding.argmin(0)

    def _come_from_abroad(self, period: int, flows: Floats) -> None:
        arrivals = self.problem.arrivals
        for stage in reversed(range(len(STAGES))):
            here = self.foreign[stage]
            gone = here * arrivals.giving_up[stage]
            passed = (here - gone) * arrivals.passing[stage]
            here -= gone + passed
            flows[..., out.GAVE_UP] += gone.sum((2, 3))
            if stage + 1 < len(STAGES):
                self.foreign[stage + 1] += passed
            else:
                flows[..., out.LICENSED] += passed.sum((2, 3))
                _begin_to_work(employed(self.stock)[REGION], passed, arrivals.introduced[period])
        women_men = np.array([arrivals.abroad_women, 1 - arrivals.abroad_women])
        new = arrivals.abroad[period][:, :, None, None] * women_men[:, None] * arrivals.abroad_ages
        self.foreign[0] += new
        flows[..., out.ARRIVED] += new.sum((2, 3))

    def _be_examined(self, period: int, flows: Floats) -> None:
        arrivals, work = self.problem.arrivals, employed(self.stock)
        at_work, finished = work[:, AT_WORK].sum((0, 1, -2, -1)), self._next_period(self.students)
        for each, education in enumerate(self.problem.educations):
            placed = finished[each] * education.completing * education.licensed @ education.placed
            sexes = np.zeros(2)
            sexes[WOMEN], sexes[MEN] = education.women, 1 - education.women
            new = education.sectors[:, None, None, None] * placed[:, None, None] * (sexes[:, None] * education.ages)
            introduced = arrivals.introduced[period, education.target]
            _begin_to_work(work[:, :, education.target].swapaxes(0, 1), new, introduced)
            at_work[education.target] += placed
            flows[education.target, :, out.EXAMINED] += placed
            wanted, present = arrivals.intake[period, each], self.students[:, each].sum(0)
            begun = np.minimum(wanted, room_for_students(education, at_work, present))
            self.students[education.periods - 1, each] += begun
            self.outcome.turned_away[period, each] = wanted - begun

    def _grow_older(self, flows: Floats) -> None:
        for here, occupations in (*self._people(), (self.foreign, np.arange(len(self.problem.occupations)))):
            np.add.at(flows[..., out.AGED_OUT], occupations, here[..., AGES - 1].sum((0, -1)))
            here[..., 1:] = here[..., :-1].copy()
            here[..., 0] = 0


def _total(here: Floats) -> Floats:
    """Persons by place [K, O, R, S, A] as [O, R]."""
    return np.asarray(here.sum(0).sum((-2, -1)))


def _begin_to_work(work: Floats, new: Floats, introduced: Floats) -> None:
    """Newcomers [..., R, S, A] begin among those at work [5, ..., R, S, A] with an introduction or without."""
    first = new * introduced[..., None, None]
    work[INTRODUCTION] += first
    work[FULL] += new - first


def _to(towards: Floats, going: Floats) -> Floats:
    """Those who go [..., R, S, A] where they arrive."""
    sexes, ages = going.shape[-2:]
    return np.asarray((towards.T @ going.reshape(*going.shape[:-2], sexes * ages)).reshape(going.shape))


def _changes(matrix: Floats) -> _Changes:
    """Of the changes in a matrix [O, R*, S*, A*, K, K] those that can happen."""
    chances = np.ascontiguousarray(np.moveaxis(matrix, (-2, -1), (0, 1)))
    return [(*change, chances[change]) for change in np.ndindex(chances.shape[:2]) if chances[change].any()]


def _change(here: Floats, changes: _Changes) -> None:
    """Persons by place [K, O, R, S, A], changed in place."""
    before = here.copy()
    here[:] = 0
    for now, then, chance in changes:
        here[then] += before[now] * chance
