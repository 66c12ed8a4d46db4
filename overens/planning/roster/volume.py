# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Prices of the cover, and the least that any roster costs by them, without a linear program: everybody's cheapest line
where totals have prices too, again and again, each time a step towards what is missing on the average.

The steps are those of the volume algorithm (F. Barahona and R. Anbil, "The volume algorithm: producing primal solutions
with a subgradient method", 2000; assumed: the article was not read).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from overens.planning.roster import crew as crews
from overens.planning.roster.instance import Real
from overens.planning.roster.lines import priced, slopes
from overens.planning.roster.master import Pool, at_prices

# The first step, and the most and the least that one may be, as parts of what is left to the goal; by how much it grows
# after a good one, and shrinks after so many that were not.
FIRST, LONGEST, SHORTEST, LONGER, SHORTER, PATIENCE = 0.5, 10.0, 0.005, 1.1, 0.66, 10
# How much a new answer says of the average, at the least and at the most.
LEAST, MOST = 0.02, 0.3
# Steps of the totals' prices, and how far they go.
ROUNDS, SCOPE = 6, 1.0
NEAR = 1e-6

Answers = Callable[[Real], tuple[float, Real]]


class Relaxed:
    """Everybody on their own at given prices of the cover: lines that need not keep to their totals."""

    def __init__(self, pool: Pool) -> None:
        self.pool, self.crew = pool, pool.crew
        self.lines = np.zeros(self.crew.shape, dtype=np.int64)
        self.least = [np.empty((self.crew.case.days + 1, 2, len(own.follow))) for own in self.crew.owns]

    def at(self, cover: Real) -> tuple[float, Real]:
        alone = sum(self.pool.threads.map(lambda who: self._alone(cover, who), range(len(self.crew.owns))))
        cost, wanted = crews.wanted(self.crew, cover)
        return alone + cost, (wanted - crews.there_of(self.crew, self.lines)).astype(float)

    def _alone(self, cover: Real, who: int) -> float:
        own, cost = at_prices(self.crew, cover, who)
        prices = self.pool.prices[who]
        value = priced(own, cost, prices, ROUNDS, SCOPE, self.least[who])
        slopes(own, cost, prices, self.least[who], self.lines[who], np.zeros(prices.size))
        return float(value)


def ascend(answer: Answers, pool: Pool, begin: Real, goal: float, told: Callable[[float], bool]) -> Real:
    """The best prices of the cover that are found from some on, until steps are short or ``told(bound)`` says to stop.
    ``answer(cover)``: a bound, and how many more the cover asks for than there are, of each. ``goal``: what a roster
    costs that there is.
    """
    steps = -np.diff(pool.crew.covers.cost, axis=1)
    low, high = steps.min(axis=1), steps.max(axis=1)
    best = begin
    bound, missing = answer(best)
    step, failed = FIRST, 0
    while step > SHORTEST and not told(bound):
        length = step * (goal - bound) / max(float(missing @ missing), NEAR)
        cover = np.clip(best + length * missing, low, high)
        value, slope = answer(cover)
        change = slope - missing
        part = -float(missing @ change) / max(float(change @ change), NEAR)
        if value > bound + NEAR:
            bound, best, failed = value, cover, 0
            step = min(step * LONGER, LONGEST) if float(slope @ missing) > 0 else step
        else:
            failed += 1
            if failed == PATIENCE:
                step, failed = step * SHORTER, 0
        missing = missing + min(max(part, LEAST), MOST) * change
    return best
