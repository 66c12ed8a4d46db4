# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The best roster of a case that is found in a time, and how far from the best it may be.

Best responses (:mod:`search`) make the first roster. What may not be is never answered: :func:`judge` has the last word.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import numpy as np

from overens.planning.roster import crew as crews
from overens.planning.roster.answer import Answer, Observer, Progress, Stop
from overens.planning.roster.instance import Whole
from overens.planning.roster.judged import judge
from overens.planning.roster.rules import Case
from overens.planning.roster.search import Found, Search

OFTEN = 0.5
# So many are taken out and put back at once.
FEW, MANY = 2, 6
HEAT = 20.0


@dataclass
class Run:
    """A search and its time: what is best so far, and who is told."""

    case: Case
    seconds: float
    progress: Observer | None
    stop: Stop | None
    began: float = field(default_factory=time.monotonic)
    told: float = 0.0
    roster: Whole | None = None
    objective: int | None = None
    bound: int = 0
    refused: float = np.inf
    stopped: bool = False

    @property
    def passed(self) -> float:
        return time.monotonic() - self.began

    def over(self) -> bool:
        """Whether to end; tells how it goes."""
        if self.passed - self.told >= OFTEN:
            self.tell()
            self.stopped = self.stopped or (self.stop is not None and self.stop())
        return self.stopped or self.passed >= self.seconds or self.done()

    def done(self) -> bool:
        """Whether nothing better can be."""
        return self.objective is not None and self.objective <= self.bound

    def tell(self) -> None:
        self.told = self.passed
        if self.progress is not None:
            self.progress(Progress(self.passed, self.seconds, self.objective, self.bound))

    def offer(self, found: Found) -> None:
        """Kept if it is better, and the judge has nothing against it."""
        if found.cost >= (self.refused if self.objective is None else self.objective) - 0.5:
            return
        roster = crews.as_roster(found.lines)
        judged = judge(self.case, roster)
        if not judged.feasible:
            self.refused = found.cost
        elif self.objective is None or judged.objective < self.objective:
            self.roster, self.objective = roster, judged.objective
            self.tell()

    def answer(self) -> Answer:
        return Answer(self.roster, self.objective, self.bound, not self.done(), self.passed)


def solve(
    case: Case,
    seconds: float,
    seed: int = 0,
    progress: Observer | None = None,
    stop: Stop | None = None,
    start: Whole | None = None,
) -> Answer:
    """The best roster that is found. ``start``: one to begin with, which may break rules."""
    run = Run(case, seconds, progress, stop)
    crew = crews.assembled(case)
    search = Search(crew, np.random.default_rng(seed), labels=40)
    found = search.first() if start is None else search.evaluated(crews.as_lines(start))
    if found is not None:
        run.offer(found)
        improve(run, search, found, seconds)
    run.tell()
    return run.answer()


def improve(run: Run, search: Search, found: Found, until: float) -> Found:
    """Best responses until so many seconds have passed, ever less willing to get worse."""
    best, began = found, run.passed
    while not run.over() and run.passed < until:
        heat = HEAT * (until - run.passed) / (until - began)
        few = int(search.chance.integers(FEW, MANY + 1))
        new = search.again(found, search.chance.permutation(len(found.lines))[:few])
        if new is not None and new.cost < found.cost + heat * search.chance.exponential():
            found = new
            if found.cost < best.cost:
                best = found
                run.offer(best)
    return best
