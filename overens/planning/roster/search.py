# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A roster by best responses: one person after another gets the best line for what the others work, and again and again
some persons are taken out and put back in another order; what is not much worse is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from overens.planning.roster import crew as crews
from overens.planning.roster.crew import Crew
from overens.planning.roster.instance import Real, Whole
from overens.planning.roster.labels import best
from overens.planning.roster.lines import FAR

# How often a line is sought where none is found; rounds of prices at the most; how far the prices go at first.
TRIES, ROUNDS, SCOPE = 6, 200, 10.0


@dataclass
class Found:
    """A roster as lines, what each costs alone, who are there, and what it all costs."""

    lines: Whole
    alone: Real
    there: Whole
    cost: float

    def copy(self) -> Found:
        return Found(self.lines.copy(), self.alone.copy(), self.there.copy(), self.cost)


@dataclass
class Search:
    """``puts``: so many lines were sought. ``prices``: by person, of the totals, from one time to the next. ``seen`` is
    told of each line that is found and what it costs alone.
    """

    crew: Crew
    chance: np.random.Generator
    seen: Callable[[int, Whole, float], object]
    labels: int = 40
    rounds: int = 12
    puts: int = 0
    prices: list[Real] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.prices = [np.zeros(own.spans.size) for own in self.crew.owns]

    def evaluated(self, lines: Whole) -> Found:
        alone = np.array([crews.alone(self.crew, who, line) for who, line in enumerate(lines)])
        there = crews.there_of(self.crew, lines)
        return Found(lines, alone, there, crews.total(self.crew, lines, alone, there))

    def empty(self) -> Found:
        lines = np.zeros(self.crew.shape, dtype=np.int64)
        return Found(lines, np.zeros(len(lines)), crews.there_of(self.crew, lines), FAR)

    def taken(self, found: Found, who: int) -> None:
        crews.counted(self.crew.covers, found.there, who, found.lines[who], -1)
        found.lines[who] = 0
        found.alone[who] = 0

    def put(self, found: Found, who: int) -> bool:
        """A person who is out gets the best line that is found; False where none is. Where totals are hard to keep,
        better prices of them find one sooner than more labels do.
        """
        self.puts += 1
        own, cost = crews.costs(self.crew, who, found.lines, found.there)
        most, rounds = self.labels, self.rounds
        for _ in range(TRIES):
            value, _bound, line = best(own, cost, self.prices[who], rounds, SCOPE, most, FAR)
            if value < FAR:
                self.set(found, who, line)
                self.seen(who, line, float(found.alone[who]))
                return True
            most, rounds = 2 * most, min(4 * rounds, ROUNDS)
        return False

    def set(self, found: Found, who: int, line: Whole) -> None:
        found.lines[who] = line
        found.alone[who] = crews.alone(self.crew, who, line)
        crews.counted(self.crew.covers, found.there, who, line, 1)

    def reckoned(self, found: Found) -> float:
        found.cost = crews.total(self.crew, found.lines, found.alone, found.there)
        return found.cost

    def first(self) -> Found | None:
        """A roster from nothing; None where somebody has no line."""
        found = self.empty()
        for who in self.chance.permutation(len(found.lines)):
            if not self.put(found, int(who)):
                return None
        self.reckoned(found)
        return found

    def mended(self, lines: Whole) -> Found | None:
        """A roster that there is, with other lines for those whose own may not be; from nothing where none is found."""
        found = self.evaluated(lines)
        broken = np.flatnonzero(found.alone == FAR)
        for who in broken:
            self.taken(found, int(who))
        if not all(self.put(found, int(who)) for who in broken):
            return self.first()
        self.reckoned(found)
        return found

    def again(self, found: Found, out: Whole) -> Found | None:
        """Some persons taken out and put back, in the order given."""
        new = found.copy()
        for who in out:
            self.taken(new, int(who))
        for who in out:
            if not self.put(new, int(who)):
                return None
        self.reckoned(new)
        return new
