# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The best roster of a case that is found in a time, and how far from the best it may be.

Best responses (:mod:`search`) make the first roster; prices (:mod:`diving`) say how good one can be and make one near
that; then the lines of some persons at a time are sought anew until the time is out. What may not be is never answered:
:func:`judge` has the last word.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from overens.planning.roster import crew as crews
from overens.planning.roster import plain
from overens.planning.roster.answer import Answer, Observer, Progress, Stop
from overens.planning.roster.diving import converge, dive
from overens.planning.roster.instance import Real, Whole
from overens.planning.roster.judged import judge
from overens.planning.roster.master import Column, Master, Pool
from overens.planning.roster.rules import Case
from overens.planning.roster.search import Found, Search

OFTEN = 0.5
NEAR = 1e-4
# Parts of the time: for best responses at first; for prices, where that may be enough for the rounds they need; and for
# a dive from there, which takes some steps, each of at least one round.
STEPS = 50
SEARCHED, PRICED, ROUNDS_NEEDED, DIVED = 0.1, 0.3, 20, 0.3
# Best responses go on for so many seconds at a time; so many persons are taken out and put back at once.
SLICE, FEW, MANY = 1.0, 2, 6
HEAT = 10.0
# A case with so few days, persons and shifts, multiplied, is given as it is to CP-SAT too, for a part of the time.
SMALL, CONSTRAINED = 2000, 0.25
# How many persons are planned anew at once (0: best responses), for so much of the time at the most. How often another
# way than the best is tried, and how much the last time says of a way.
SIZES, AT_MOST = (4, 8, 13, 20, 32, 60), 0.05
CURIOUS, NEWS = 0.2, 0.2
# Of each person so many of the lines that are known are tried again; rounds of prices, and the part of the persons who
# are given lines, between two of them.
KNOWN, ROUNDS, EACH = 150, 6, 0.12


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

    def late(self, seconds: float) -> Stop:
        """Whether so long has passed from now on, or it is over."""
        until = self.passed + seconds
        return lambda: self.over() or self.passed > until

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
    pool = Pool(crew)
    search = Search(crew, np.random.default_rng(seed), pool.seen)
    found = search.first() if start is None else search.evaluated(crews.as_lines(start))
    if found is None:
        return run.answer()
    run.offer(found)
    began, puts = run.passed, search.puts
    while not run.over() and (run.objective is None or run.passed < SEARCHED * seconds):
        found = responses(run, search, found)
    # What a round of prices takes, so long as the search took for as many lines.
    each = (run.passed - began) / max(search.puts - puts, 1) * len(crew.owns)
    if not run.over():
        centre = None
        if each * ROUNDS_NEEDED < PRICED * seconds:
            centre, each = bounded(run, pool, found, run.passed + PRICED * seconds)
            rounds = min(max(int(DIVED * seconds / (STEPS * each)), 1), ROUNDS)
            found = parts(search, pool, found, centre, range(len(crew.owns)), run.late(DIVED * seconds), rounds)
            run.offer(found)
        if crew.case.days * len(crew.owns) * len(crew.case.shifts) <= SMALL and not run.over():
            found = constrained(run, search, found, seed)
        improve(run, search, pool, found, centre)
    run.tell()
    return run.answer()


def bounded(run: Run, pool: Pool, found: Found, until: float) -> tuple[Real, float]:
    """Rounds of prices until a time, for what they say of the least that a roster costs: good prices, and how long a
    round took.
    """
    began, rounds = run.passed, 0

    def told(value: float, bound: float) -> bool:
        nonlocal rounds
        rounds += 1
        if bound > run.bound + NEAR:
            run.bound = math.ceil(bound - NEAR)
        return run.over() or run.passed > until or value - bound < NEAR

    persons = range(len(pool.of))
    master = Master(pool, persons, np.zeros_like(found.there))
    begin(master, found, crews.prices(pool.crew, found.there))
    centre = converge(master, told)
    return centre, (run.passed - began) / max(rounds, 1)


def constrained(run: Run, search: Search, found: Found, seed: int) -> Found:
    """A small case as one model for a part of the time, for its bound takes branches into account."""

    def told(progress: Progress) -> None:
        run.bound = max(run.bound, progress.lower_bound)

    answer = plain.solve(run.case, CONSTRAINED * run.seconds, seed, progress=told, stop=run.over, start=run.roster)
    run.bound = max(run.bound, answer.lower_bound)
    if answer.roster is None:
        return found
    new = search.evaluated(crews.as_lines(answer.roster))
    run.offer(new)
    return new if new.cost < found.cost else found


def begin(master: Master, found: Found, prices: Real) -> None:
    """With the lines of a roster, and of those that are known, those that are good for prices of the cover."""
    for who in master.persons:
        known = master.pool.cheapest(who, prices, KNOWN)
        master.add([Column(who, found.lines[who].copy(), float(found.alone[who])), *known])


def improve(run: Run, search: Search, pool: Pool, found: Found, centre: Real | None) -> None:
    """Until the time is out: what has gained the most a second of late, and now and then another."""
    persons = len(found.lines)
    sizes = [0, *sorted({min(size, persons) for size in SIZES})]
    worth = np.full(len(sizes), np.inf)
    while not run.over():
        way = int(np.argmax(worth + NEAR * search.chance.random(len(sizes))))
        if worth[way] < np.inf and search.chance.random() < CURIOUS:
            way = int(search.chance.integers(len(sizes)))
        began, size = run.passed, sizes[way]
        if size:
            some = search.chance.permutation(persons)[:size].tolist()
            new = parts(search, pool, found, centre, some, run.late(AT_MOST * run.seconds))
        else:
            new = responses(run, search, found)
        gain = (found.cost - new.cost) / max(run.passed - began, 1e-3)
        worth[way] = gain if worth[way] == np.inf else (1 - NEWS) * worth[way] + NEWS * gain
        found = new
        run.offer(found)


def responses(run: Run, search: Search, found: Found) -> Found:
    """A slice of best responses, ever less willing to get worse; the best that came."""
    best, began = found, run.passed
    while not run.over() and run.passed - began < SLICE:
        heat = HEAT * (1 - (run.passed - began) / SLICE)
        few = int(search.chance.integers(FEW, MANY + 1))
        new = search.again(found, search.chance.permutation(len(found.lines))[:few])
        if new is not None and new.cost < found.cost + heat * search.chance.exponential():
            found = new
            if found.cost < best.cost - NEAR:
                best = found
                run.offer(best)
    return best


def parts(
    search: Search, pool: Pool, found: Found, centre: Real | None, persons: Sequence[int], late: Stop,
    rounds: int = ROUNDS,
) -> Found:  # fmt: skip
    """Some persons' lines all at once, by prices, while the others keep theirs; what was found, if it is better."""
    new = found.copy()
    prices = crews.prices(search.crew, found.there) if centre is None else centre
    for who in persons:
        search.taken(new, who)
    master = Master(pool, persons, new.there, int(search.chance.integers(2**31)))
    begin(master, found, prices)
    for who, column in dive(master, prices, rounds, EACH, late, search.chance).items():
        search.set(new, who, column.line)
    return new if search.reckoned(new) < found.cost + NEAR else found
