# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A roster made better a part at a time: some persons' lines, on some weeks, are planned anew by prices while the rest
is kept; best responses go on beside. Whichever gained the most a second of late goes next, and now and then another.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from overens.planning.roster import crew as crews
from overens.planning.roster.answer import Stop
from overens.planning.roster.automaton import WEEK
from overens.planning.roster.diving import FREE, dive
from overens.planning.roster.instance import Real, Whole
from overens.planning.roster.master import Column, Master, Pool
from overens.planning.roster.rules import Case
from overens.planning.roster.running import Run
from overens.planning.roster.search import Found, Search

NEAR = 1e-4
# Best responses go on for so many seconds at a time; so many persons are taken out and put back at once.
SLICE, FEW, MANY, HEAT = 1.0, 2, 6, 10.0
# How many persons are planned anew at once, on how many weeks: in a row, below nought here and there, 0 all of them.
# For so much of the time at the most.
SIZES = (
    (60, 1), (60, 2), (60, 4), (60, 8), (60, 13), (60, -2), (60, -4), (60, -8), (20, 4), (20, 8), (20, 16),
    (4, 0), (8, 0), (13, 0), (20, 0), (32, 0), (60, 0),
)  # fmt: skip
AT_MOST = 0.05
# How much of the time goes to the way that was given the least instead of the best; how many seconds say half of what a
# way is worth.
CURIOUS, NEWS = 0.2, 0.5
# Of each person so many of the lines that are known are tried again; rounds of prices, and the part of the days that
# are given, between two of them.
KNOWN, ROUNDS, EACH = 150, 6, 0.3


@dataclass(frozen=True)
class Part:
    """Persons and days that are planned anew."""

    persons: Whole
    days: Whole


def everything(case: Case) -> Part:
    return Part(np.arange(len(case.persons)), np.arange(case.days))


def improve(run: Run, search: Search, pool: Pool, found: Found, centre: Real | None, until: float) -> Found:
    """Until a time: what has gained the most a second of late, and now and then another."""
    ways: list[tuple[int, int] | None] = [None, *sizes(run.case)]
    worth, spent, curious, since = np.zeros(len(ways)), np.zeros(len(ways)), 0.0, run.passed
    while not run.over() and run.passed < until:
        began, at = run.passed, int(np.argmax(worth))
        trying = worth[at] < NEAR or curious < CURIOUS * (began - since)
        if trying:
            at = int(np.argmin(spent))
        way = ways[at]
        if way is None:
            new = responses(run, search, found)
        else:
            new = anew(search, pool, found, centre, some(search, *way), run.late(AT_MOST * run.seconds))
        took = max(run.passed - began, 1e-3)
        worth[at] += ((found.cost - new.cost) / took - worth[at]) * took / (took + NEWS)
        spent[at] += took
        curious += took if trying else 0.0
        found = new
        run.offer(found)
    return found


def sizes(case: Case) -> list[tuple[int, int]]:
    """As many persons and weeks as there are."""
    found: dict[tuple[int, int], None] = {}
    for persons, weeks in SIZES:
        weeks = weeks if abs(weeks) * WEEK < case.days else 0
        found[min(persons, len(case.persons)), weeks] = None
    return list(found)


def some(search: Search, persons: int, weeks: int) -> Part:
    """By chance: persons, and weeks in a row (fewer than none: here and there; none: all)."""
    everybody, days = search.crew.shape
    last = -(-days // WEEK)
    if weeks > 0:
        start = int(search.chance.integers(max(last - weeks, 0) + 1))
        chosen = np.arange(start, start + weeks)
    else:
        chosen = search.chance.permutation(last)[: -weeks or last]
    about = np.flatnonzero(np.isin(np.arange(days) // WEEK, chosen))
    return Part(np.sort(search.chance.permutation(everybody)[:persons]), about)


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


def anew(search: Search, pool: Pool, found: Found, centre: Real | None, about: Part, late: Stop) -> Found:
    """A part planned all at once, by prices, while the rest is kept; what was found, if it is better. ``centre``: good
    prices of the cover.
    """
    new = found.copy()
    prices = crews.prices(search.crew, found.there) if centre is None else centre
    given = found.lines.copy()
    given[np.ix_(about.persons, about.days)] = FREE
    for who in about.persons.tolist():
        search.taken(new, who)
    seed = int(search.chance.integers(2**31))
    master = Master(pool, about.persons, about.days, new.there, seed, found.lines)
    begin(master, found, prices)
    for who, column in dive(master, prices, given, ROUNDS, EACH, late, search.chance).items():
        search.set(new, who, column.line)
    if search.reckoned(new) >= found.cost + NEAR:
        return found
    for who in about.persons.tolist():
        pool.seen(who, new.lines[who], float(new.alone[who]))
    return new


def begin(master: Master, found: Found, prices: Real) -> None:
    """With the lines of a roster, and of those that are known, those that are good for prices of the cover."""
    for who in master.persons:
        known = master.pool.cheapest(who, prices, KNOWN) if master.whole else ()
        master.add([Column(who, found.lines[who].copy(), float(found.alone[who])), *known])
