# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The expectation of the model: how many there are of each kind, fractions of persons and all, moved period by period.

Where no bound depends on who there happen to be (supervisors, applicants, workload), it is the mean of
:mod:`overens.planning.supply.micro` exactly; else it is what the mean of many would be if the bounds saw the mean. The
steps and their order are those of docs/supply.md.
"""

from __future__ import annotations

import numpy as np

from overens.planning.supply import outcome as out
from overens.planning.supply import sound
from overens.planning.supply.counting import AT_WORK, count, counts_of, leaving_factor, limits, room_for_students
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
)


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
    """A view of those who have an employer: [..., PLACES] as [..., sector, situation]."""
    return stock[..., :EMPLOYED].reshape(*stock.shape[:-1], len(SECTORS), len(SITUATIONS))


class _State:
    """Where everybody is, moved on in place."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.stock, self.trainees = problem.stock.astype(float), problem.trainees.astype(float)
        self.foreign, self.students = problem.foreign.astype(float), problem.arrivals.students.astype(float)
        self.outcome = out.empty(problem)

    # What is counted.

    def count(self, moment: int) -> None:
        problem, pyramid = self.problem, self.outcome.pyramid[moment]
        counts = counts_of(self.stock, self.trainees, self.foreign, self.students)
        count(problem, counts, self.outcome, moment)
        pyramid[:] = self.stock[..., :EMPLOYED].sum(-1)
        for each, programme in enumerate(problem.programmes):
            pyramid[programme.source] += self.trainees[each].sum(-1)

    # What happens, in its order.

    def step(self, period: int) -> None:
        rates, flows = self.problem.rates[period], self.outcome.flows[period]
        self._die(rates, flows)
        self._retire(period, rates, flows)
        self._leave(period, rates, flows)
        self._move(rates, flows)
        self._change_employer(rates)
        self._change_situation(rates)
        self._specialise(period, rates, flows)
        self._come_from_abroad(period, flows)
        self._be_examined(period, flows)
        if self.problem.turns_year(period):
            self._grow_older(flows)

    def _die(self, rates: Rates, flows: Floats) -> None:
        for here, by_occupation in self._people():
            gone = here * rates.dying[:, :, None]
            here -= gone
            flows[by_occupation, :, out.DIED] += gone.sum((-3, -2, -1))

    def _retire(self, period: int, rates: Rates, flows: Floats) -> None:
        for here, by_occupation in self._people():
            gone = here * rates.retiring[by_occupation][..., None]
            here -= gone
            flows[by_occupation, :, out.RETIRED] += gone.sum((-3, -2, -1))
            self.outcome.retiring[period][by_occupation] += gone.sum((-3, -1))

    def _people(self) -> list[tuple[Floats, slice | int]]:
        """Those who have a trade: all in the stock, then those in each programme, and which occupation they are of."""
        return [
            (self.stock, slice(None)),
            *((self.trainees[each], programme.source) for each, programme in enumerate(self.problem.programmes)),
        ]

    def _leave(self, period: int, rates: Rates, flows: Floats) -> None:
        leaving = rates.leaving[:, None] * leaving_factor(self.problem, self.outcome, period)[:, :, None, None]
        returning = self.stock[..., OUTSIDE] * rates.returning[:, None]
        work = employed(self.stock)
        for situation in AT_WORK:
            factor = rates.new_leaving[:, :, None, None] if situation == INTRODUCTION else 1.0
            # What is bounded here is said by leaving_factor.
            gone = work[..., situation] * np.minimum(leaving * factor, 1.0)[..., None]
            work[..., situation] -= gone
            self.stock[..., OUTSIDE] += gone.sum(-1)
            flows[..., out.LEFT] += gone.sum((2, 3, 4))
        self.stock[..., OUTSIDE] -= returning
        work[..., REGION, FULL] += returning
        flows[..., out.RETURNED] += returning.sum((2, 3))

    def _move(self, rates: Rates, flows: Floats) -> None:
        if len(self.problem.regions) == 1:
            return
        work = self.stock[..., :EMPLOYED]
        going = work * rates.moving[:, None, None, :, None]
        coming = np.einsum("orsap,rq->oqsap", going, rates.towards, optimize=True)
        work += coming - going
        flows[..., out.MOVED_OUT] += going.sum((2, 3, 4))
        flows[..., out.MOVED_IN] += coming.sum((2, 3, 4))

    def _change_employer(self, rates: Rates) -> None:
        work = employed(self.stock)
        for situation in AT_WORK:
            work[..., situation] = np.einsum("orsac,orcd->orsad", work[..., situation], rates.employer, optimize=True)

    def _change_situation(self, rates: Rates) -> None:
        work = employed(self.stock)
        work[:] = np.einsum("orsacu,orsauv->orsacv", work, rates.situation, optimize=True)

    def _specialise(self, period: int, rates: Rates, flows: Floats) -> None:
        for each, programme in enumerate(self.problem.programmes):
            here, posts = self.trainees[each], self.outcome.posts[period, each]
            dropped = here * programme.dropping
            here -= dropped
            self.stock[programme.source, ..., REGION * len(SITUATIONS) + FULL] += dropped.sum(-1)
            done = here[..., 0].copy()
            here[..., :-1] = here[..., 1:]
            here[..., -1] = 0
            away = done * (1 - programme.staying) if len(self.problem.regions) > 1 else np.zeros_like(done)
            settled = done - away + np.einsum("rsa,rq->qsa", away, rates.towards)
            self.stock[programme.target, ..., REGION * len(SITUATIONS) + FULL] += settled
            flows[programme.source, :, out.LEFT_TO_SPECIALISE] += done.sum((1, 2))
            flows[programme.target, :, out.SPECIALISED] += settled.sum((1, 2))
            posts[:, out.DROPPED], posts[:, out.COMPLETED] = dropped.sum((1, 2, 3)), done.sum((1, 2))
            self._begin(period, each)

    def _begin(self, period: int, each: int) -> None:
        problem, programme = self.problem, self.problem.programmes[each]
        begins, ends = programme.youngest - YOUNGEST, programme.oldest - YOUNGEST + 1
        places = [REGION * len(SITUATIONS) + situation for situation in (FULL, PART)]
        pool = self.stock[programme.source, :, :, begins:ends][..., places]
        applicants = pool.sum((1, 2, 3))
        seniors = employed(self.stock[programme.target])[..., REGION, (FULL, PART)].sum((1, 2, 3))
        present = self.trainees[each].sum((1, 2, 3))
        bounding = limits(problem, period, each, seniors, present, applicants)
        begun = bounding.min(0)
        share = np.divide(begun, applicants, out=np.zeros_like(begun), where=applicants > 0)
        chosen = pool * share[:, None, None, None]
        for at, place in enumerate(places):
            self.stock[programme.source, :, :, begins:ends, place] -= chosen[..., at]
        self.trainees[each][:, :, begins:ends, programme.periods - 1] += chosen.sum(-1)
        posts = self.outcome.posts[period, each]
        posts[:, out.FUNDED], posts[:, out.STARTED] = problem.posts[period, each], begun
        posts[:, out.BOUND] = bounding.argmin(0)

    def _come_from_abroad(self, period: int, flows: Floats) -> None:
        arrivals = self.problem.arrivals
        gone = self.foreign * arrivals.giving_up
        self.foreign -= gone
        passed = self.foreign * arrivals.passing
        self.foreign -= passed
        self.foreign[..., 1:] += passed[..., :-1]
        flows[..., out.GAVE_UP] += gone.sum((2, 3, 4))
        flows[..., out.LICENSED] += passed[..., len(STAGES) - 1].sum((2, 3))
        self._begin_to_work(passed[..., len(STAGES) - 1], arrivals.introduced[period], REGION)
        women_men = np.array([arrivals.abroad_women, 1 - arrivals.abroad_women])
        new = arrivals.abroad[period][:, :, None, None] * women_men[:, None] * arrivals.abroad_ages
        self.foreign[..., 0] += new
        flows[..., out.ARRIVED] += new.sum((2, 3))

    def _be_examined(self, period: int, flows: Floats) -> None:
        problem = self.problem
        for each, education in enumerate(problem.educations):
            done = self.students[each, :, 0] * education.completing * education.licensed
            self.students[each, :, :-1] = self.students[each, :, 1:]
            self.students[each, :, -1] = 0
            placed = done @ education.placed
            sexes = np.zeros(2)
            sexes[WOMEN], sexes[MEN] = education.women, 1 - education.women
            new = placed[:, None, None] * sexes[:, None] * education.ages
            for sector, share in enumerate(education.sectors):
                self._begin_to_work(new * share, problem.arrivals.introduced[period], sector, education.target)
            flows[education.target, :, out.EXAMINED] += placed
            wanted = problem.arrivals.intake[period, each]
            working = employed(self.stock)[..., AT_WORK].sum((2, 3, 4, 5))
            begun = np.minimum(wanted, room_for_students(education, working, self.students[each].sum(-1)))
            self.students[each, :, education.periods - 1] += begun
            self.outcome.turned_away[period, each] = wanted - begun

    def _begin_to_work(self, new: Floats, introduced: Floats, sector: int, occupation: int | None = None) -> None:
        """Newcomers [O, R, S, A], or [R, S, A] of one occupation, begin with an introduction or without."""
        first, where = sector * len(SITUATIONS), slice(None) if occupation is None else occupation
        share = introduced[where][..., None, None]
        self.stock[where, ..., first + INTRODUCTION] += new * share
        self.stock[where, ..., first + FULL] += new * (1 - share)

    def _grow_older(self, flows: Floats) -> None:
        for here, by_occupation in (*self._people(), (self.foreign, slice(None))):
            flows[by_occupation, :, out.AGED_OUT] += here[..., AGES - 1, :].sum((-2, -1))
            here[..., 1:, :] = here[..., :-1, :].copy()
            here[..., 0, :] = 0
