# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The model with persons one by one, each meeting chances of their own (:mod:`overens.planning.chance`).

The steps and their order are those of :mod:`overens.planning.supply.cohort`, which gives what is expected of this.
Needs the extra ``planning``.
"""

from __future__ import annotations

import numpy as np

from overens.planning.chance import key
from overens.planning.supply import outcome as out
from overens.planning.supply import persons, sound, specialising
from overens.planning.supply.counting import Counts, count, leaving_factor, limits, room_for_students, sources
from overens.planning.supply.outcome import Outcome
from overens.planning.supply.persons import Chances, Lists, People, Short, Small
from overens.planning.supply.problem import EMPLOYED, OUTSIDE, SECTORS, SEXES, SITUATIONS, Floats, Problem, Rates

# How many more there is room for than there are, when the room has to grow.
SPARE = 1.2


def simulate(problem: Problem, seed: int, run: int) -> Outcome:
    """One run: whole persons, the same for the same problem, seed and run. Raises Refused where it is not sound."""
    sound.assure(problem)
    return _Run(problem, seed, run).done()


class _Run:
    """Everybody, moved on in place."""

    def __init__(self, problem: Problem, seed: int, run: int) -> None:
        self.problem, self.key = problem, _under(_under(np.uint64(0), seed), run)
        self.outcome = out.empty(problem)
        self.students = problem.arrivals.students.astype(float)
        stock, trainees, foreign = (
            np.ascontiguousarray(each, dtype=float) for each in (problem.stock, problem.trainees, problem.foreign)
        )
        self.people = _room(int(sum(np.ceil(each).sum() for each in (stock, trainees, foreign))))
        self.n = persons.gather(self.people, stock, trainees, foreign, sources(problem), self.key)
        o, p, r = len(problem.occupations), len(problem.programmes), len(problem.regions)
        self.lists = Lists(
            *(np.full(length, -1) for length in (o, p, 1)), *(np.zeros((length, r)) for length in (o, o, p))
        )
        self.rates: tuple[Rates, Chances] | None = None

    def done(self) -> Outcome:
        self._close(0)
        for period in range(self.problem.periods):
            self._step(period)
            self._close(period + 1)
        return self.outcome

    def _step(self, period: int) -> None:
        problem, flows = self.problem, self.outcome.flows[period]
        chances, here = self._chances(problem.rates[period]), leaving_factor(problem, self.outcome, period)
        at = _under(self.key, period)
        retiring = self.outcome.retiring[period]
        persons.live(self.people, self.n, at, chances, here, self.lists, flows, retiring)
        for each in range(len(problem.programmes)):
            self._specialise(period, each, at, chances, flows)
        self._come(period, at, flows)
        for each in range(len(problem.educations)):
            self._be_examined(period, each, at, flows)

    def _chances(self, rates: Rates) -> Chances:
        """Periods in which nothing has changed share them."""
        if self.rates is None or self.rates[0] is not rates:
            self.rates = rates, persons.chances(rates)
        return self.rates[1]

    def _specialise(self, period: int, each: int, at: np.uint64, chances: Chances, flows: Floats) -> None:
        problem, lists, posts = self.problem, self.lists, self.outcome.posts[period, each]
        programme = problem.programmes[each]
        specialising.complete(
            self.people, at, each, programme.target, programme.dropping, programme.staying, chances.towards,
            lists, flows, posts,
        )  # fmt: skip
        who = programme.source, programme.youngest, programme.oldest
        applicants = np.zeros(len(problem.regions))
        specialising.applicants(self.people, *who, lists, applicants)
        bounding = limits(problem, period, each, lists.here[programme.target], lists.training[each], applicants)
        specialising.begin(
            self.people, at, each, *who, programme.periods, bounding.min(0), applicants, lists, posts
        )  # fmt: skip
        posts[:, out.FUNDED], posts[:, out.BOUND] = problem.posts[period, each], bounding.argmin(0)

    def _come(self, period: int, at: np.uint64, flows: Floats) -> None:
        arrivals = self.problem.arrivals
        abroad = np.ascontiguousarray(arrivals.abroad[period], dtype=float)
        self._make_room(abroad)
        self.n = persons.come(
            self.people, self.n, at, arrivals.giving_up, arrivals.passing, abroad, arrivals.abroad_women,
            arrivals.abroad_ages, np.ascontiguousarray(arrivals.introduced[period]), self.lists, flows,
        )  # fmt: skip

    def _be_examined(self, period: int, each: int, at: np.uint64, flows: Floats) -> None:
        problem, education, students = self.problem, self.problem.educations[each], self.students[each]
        placed = students[:, 0] * education.completing * education.licensed @ education.placed
        students[:, :-1] = students[:, 1:]
        students[:, -1] = 0
        self._make_room(placed)
        self.n = persons.graduate(
            self.people, self.n, at, each, education.target, placed, education.women, education.ages,
            education.sectors, np.ascontiguousarray(problem.arrivals.introduced[period, education.target]),
            self.lists, flows,
        )  # fmt: skip
        wanted = problem.arrivals.intake[period, each]
        begun = np.minimum(wanted, room_for_students(education, self.lists.at_work, students.sum(-1)))
        students[:, education.periods - 1] += begun
        self.outcome.turned_away[period, each] = wanted - begun

    def _close(self, moment: int) -> None:
        """The end of a period, and the moment that follows it."""
        problem, outcome = self.problem, self.outcome
        o, p, r = len(problem.occupations), len(problem.programmes), len(problem.regions)
        by_state, training = np.zeros((o, r, len(SEXES), persons.GONE)), np.zeros((p, r, len(SEXES)))
        pyramid = np.zeros(outcome.pyramid[moment].shape, np.int32)
        flows = outcome.flows[moment - 1] if moment else np.zeros_like(outcome.flows[0])
        older = moment > 0 and problem.turns_year(moment - 1)
        self.n = persons.close(self.people, self.n, older, by_state, training, flows, pyramid)
        outcome.pyramid[moment] = pyramid
        counts = Counts(
            employed=by_state[..., :EMPLOYED].reshape(o, r, len(SEXES), len(SECTORS), len(SITUATIONS)),
            outside=by_state[..., OUTSIDE].sum(-1),
            foreign=by_state[..., persons.FOREIGN : persons.TRAINING].sum((2, 3)),
            training=training,
            students=self.students.sum(-1),
        )
        count(problem, counts, outcome, moment)

    def _make_room(self, coming: Floats) -> None:
        """Room for those who come, each number of them rounded up."""
        wanted = self.n + int(np.ceil(coming).sum())
        if wanted > self.people.id.size:
            larger = _room(int(wanted * SPARE))
            for name, old in self.people._asdict().items():
                getattr(larger, name)[: self.n] = old[: self.n]
            self.people = larger


def _under(above: np.uint64, number: int) -> np.uint64:
    """A key as the compiled code takes it, which it gives back as an int."""
    return np.uint64(key(above, number))


def _room(size: int) -> People:
    def short() -> Short:
        return np.empty(size, np.uint16)

    def small() -> Small:
        return np.empty(size, np.uint8)

    return People(
        np.empty(size, np.uint64), short(), short(), small(), small(), small(), small(), small(),
        np.empty(size, np.int64),
    )  # fmt: skip
