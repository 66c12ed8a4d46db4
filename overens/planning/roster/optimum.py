# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The best roster of a case that is found in a time, and how far from the best it may be.

Best responses (:mod:`search`) make the first roster; prices (:mod:`volume`, :mod:`diving`) say how good one can be and
make one near that; then a part at a time is planned anew (:mod:`parts`) until the time is out. What may not be is never
answered: :func:`judge` has the last word.
"""

from __future__ import annotations

import numpy as np

from overens.planning.roster import crew as crews
from overens.planning.roster import plain
from overens.planning.roster.answer import Answer, Observer, Progress, Stop
from overens.planning.roster.diving import converge, gather
from overens.planning.roster.instance import Real, Whole
from overens.planning.roster.master import Master, Pool
from overens.planning.roster.parts import anew, begin, everything, improve, responses
from overens.planning.roster.rules import Case
from overens.planning.roster.running import NEAR, Run
from overens.planning.roster.search import Found, Search
from overens.planning.roster.volume import Relaxed, ascend

# Parts of the time: for what betters the first roster, and at most so many seconds; for prices without a linear
# program; for those with one, where that may be enough for the rounds they need; and for each of some dives from there,
# of which some come much nearer than others.
SEARCHED, ENOUGH, RELAXED, PRICED, DIVED, DIVES = 0.1, 10.0, 0.1, 0.3, 0.15, 2
ROUNDS_NEEDED = 20
# What a linear program takes, seconds, for each person and each cover squared.
PROGRAM = 5e-8
# A case with so few days, persons and shifts, multiplied, is given as it is to CP-SAT too, for a part of the time.
SMALL, CONSTRAINED = 2000, 0.25


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
    began = run.passed
    found = search.first() if start is None else search.mended(crews.as_lines(start))
    if found is None:
        return run.answer()
    run.offer(found)
    # Some have none that best responses come to: a small one is then given to CP-SAT, and parts go on with others.
    while not run.over() and run.objective is None and run.passed < SEARCHED * seconds:
        found = responses(run, search, found)
    # What a round of prices takes: as many lines as the search found, and a linear program.
    each = (run.passed - began) / max(search.puts, 1) * len(crew.owns) + PROGRAM * found.there.size**2 * len(crew.owns)
    if not run.over():
        found = improve(run, search, pool, found, None, min(SEARCHED * seconds, ENOUGH))
        centre = relaxed(run, pool, found, run.passed + RELAXED * seconds)
        if each * ROUNDS_NEEDED < PRICED * seconds:
            centre = bounded(run, pool, found, centre, run.passed + PRICED * seconds)
            for _ in range(DIVES):
                if run.over():
                    break
                found = anew(search, pool, found, centre, everything(case), run.late(DIVED * seconds))
                run.offer(found)
        if crew.case.days * len(crew.owns) * len(crew.case.shifts) <= SMALL and not run.over():
            found = constrained(run, search, found, seed)
        improve(run, search, pool, found, centre, seconds)
    run.tell()
    return run.answer()


def relaxed(run: Run, pool: Pool, found: Found, until: float) -> Real:
    """Prices of the cover, and what they say of the least that a roster costs, until a time."""
    return ascend(Relaxed(pool).at, pool, np.zeros(found.there.size), found.cost, run.enough(until))


def bounded(run: Run, pool: Pool, found: Found, centre: Real, until: float) -> Real:
    """Rounds of prices until a time, for what they say of the least that a roster costs; good prices."""
    about = everything(run.case)
    master = Master(pool, about.persons, about.days, np.zeros_like(found.there))
    begin(master, found, centre)
    half = (run.passed + until) / 2
    centre = gather(master, centre, found.cost, run.enough(half))

    def told(value: float, bound: float) -> bool:
        return run.enough(until)(bound) or value - bound < NEAR

    return converge(master, centre, told)


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
