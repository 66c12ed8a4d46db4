# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rounds of column generation, and dives: of a fractional solution the persons whose lines are nearest to whole are
given them, and the lines of the others are priced anew.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from overens.planning.roster import crew as crews
from overens.planning.roster.instance import Real, Whole
from overens.planning.roster.master import Column, Master
from overens.planning.roster.volume import ascend

# How far the prices keep to the best ones so far (Wentges): prices that swing find lines that nobody wants.
CALM, HALF = 0.8, 0.5
# Labels a day: few while they find lines that are missing, then more.
LABELS = (40, 200, 5000)
ROUNDS = 6
NEAR = 1e-6
# Lines of which so much is chosen are given; of the others, the nearest.
NEARLY = 0.95
LUCK = 0.1
FREE = -1


def gather(master: Master, cover: Real, goal: float, told: Callable[[float], bool]) -> Real:
    """Lines for prices near those that are good, before any linear program, which would swing them far; better prices
    too, for the lines keep to their totals.
    """
    everybody = range(len(master.crew.owns))

    def answer(cover: Real) -> tuple[float, Real]:
        priced = master.price(cover, everybody, LABELS[0], 2)
        master.add(priced.columns)
        lines = np.zeros(master.crew.shape, dtype=np.int64)
        for column in priced.columns:
            lines[column.who] = column.line
        missing = crews.wanted(master.crew, cover)[1] - crews.there_of(master.crew, lines)
        return priced.bound, missing.astype(float)

    return ascend(answer, master.pool, cover, goal, told)


def converge(master: Master, cover: Real, told: Callable[[float, float], bool]) -> Real:
    """Rounds until no line is missing, or ``told(value, bound)`` says to stop; the best prices of the cover, of which
    ``cover`` are the first: from them too one must be able to come away.
    """
    everybody = range(len(master.crew.owns))
    bound, calm, more = -np.inf, CALM, 0
    while True:
        solved = master.solve()
        if told(solved.value, bound):
            return cover
        new = 0
        for part in sorted({calm, HALF * calm}):
            prices = part * cover + (1 - part) * solved.cover
            priced = master.price(prices, everybody, LABELS[more], ROUNDS)
            new += master.add(priced.columns)
            if priced.bound > bound:
                bound, cover = priced.bound, prices
        if new:
            calm = CALM
        elif calm:
            calm = 0.0
        elif more + 1 < len(LABELS):
            more += 1
        else:
            told(solved.value, bound)
            return cover


def dive(
    master: Master, centre: Real, given: Whole, rounds: int, each: float, late: Callable[[], bool],
    chance: np.random.Generator,
) -> dict[int, Column]:  # fmt: skip
    """Whole lines for the persons of ``master``. ``centre``: prices of the cover that were good; ``given[P, D]``: what
    they are to keep to, which grows; ``each``: the part of the days that are left that is given between two pricings;
    when it is ``late``, all are.
    """
    while True:
        master.fix(given)
        solved = master.solve()
        calm = HALF
        for _ in range(rounds):
            if late():
                break
            free = [who for who in master.persons if (given[who] == FREE).any()]
            priced = master.price(calm * centre + (1 - calm) * solved.cover, free, LABELS[0], 2, given)
            if master.add(priced.columns):
                calm = HALF
                solved = master.solve()
            elif calm:
                calm = 0.0
            else:
                break
        chosen = {who: max(master.of[who], key=lambda one: solved.share[one]) for who in master.persons}
        sure = agreed(master, solved.share, chosen)
        sure[given != FREE] = 0.0
        whole = all(solved.share[at] > 1 - NEAR for at in chosen.values())
        left = np.flatnonzero(sure)
        if whole or not left.size or late():
            return {who: master.columns[at] for who, at in chosen.items()}
        order = left[np.argsort(-sure.flat[left] * chance.uniform(1 - LUCK, 1, left.size))]
        enough = max(1, int(order.size * each), int((sure > NEARLY).sum()))
        for at in order[:enough].tolist():
            who, day = divmod(at, given.shape[1])
            given[who, day] = master.columns[chosen[who]].line[day]


def agreed(master: Master, share: Real, chosen: dict[int, int]) -> Real:
    """[P, D]: how much of each person's lines has that day as the line that most is chosen of."""
    found = np.zeros(master.crew.shape)
    for at in np.flatnonzero(share > NEAR).tolist():
        column = master.columns[at]
        found[column.who] += share[at] * (column.line == master.columns[chosen[column.who]].line)
    return found
