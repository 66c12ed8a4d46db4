# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rounds of column generation, and dives: of a fractional solution the persons whose lines are nearest to whole are
given them, and the lines of the others are priced anew.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from overens.planning.roster.instance import Real
from overens.planning.roster.master import Column, Master

# How far the prices keep to the best ones so far (Wentges): prices that swing find lines that nobody wants.
CALM, HALF = 0.8, 0.5
LABELS, SURELY = 200, 5000
ROUNDS = 6
NEAR = 1e-6
# Lines of which so much is chosen are given; of the others, the nearest.
NEARLY = 0.95
LUCK = 0.4


def converge(master: Master, told: Callable[[float, float], bool]) -> Real:
    """Rounds until no line is missing, or ``told(value, bound)`` says to stop; the best prices of the cover."""
    everybody = range(len(master.crew.owns))
    centre: Real | None = None
    bound, calm, labels = -np.inf, CALM, LABELS
    while True:
        solved = master.solve()
        centre = solved.cover if centre is None else centre
        if told(solved.value, bound):
            return centre
        prices = calm * centre + (1 - calm) * solved.cover
        priced = master.price(prices, everybody, labels, ROUNDS)
        if priced.bound > bound:
            bound, centre = priced.bound, prices
        new = master.add(priced.columns)
        if new:
            calm = CALM
        elif calm:
            calm = 0.0
        elif labels < SURELY:
            labels = SURELY
        else:
            told(solved.value, bound)
            return centre


def dive(
    master: Master, centre: Real, rounds: int, each: float, late: Callable[[], bool], chance: np.random.Generator
) -> dict[int, Column]:
    """Whole lines for the persons of ``master``. ``centre``: prices of the cover that were good; ``each``: the part of
    those who are left that is given lines between two pricings; when it is ``late``, all are.
    """
    fixed: dict[int, int] = {}
    while True:
        master.fix(fixed)
        solved = master.solve()
        free = [who for who in master.persons if who not in fixed]
        calm = HALF
        for _ in range(rounds):
            if late():
                break
            priced = master.price(calm * centre + (1 - calm) * solved.cover, free, LABELS // 2, 2)
            if master.add(priced.columns):
                calm = HALF
                solved = master.solve()
            elif calm:
                calm = 0.0
            else:
                break
        chosen = {who: max(master.of[who], key=lambda each: solved.share[each]) for who in free}
        luck = {who: chance.uniform(1 - LUCK, 1) for who in free}
        order = sorted(free, key=lambda who: -solved.share[chosen[who]] * luck[who])
        given = [who for who in order if solved.share[chosen[who]] > NEARLY]
        given = order if late() else given or order[: max(1, int(len(order) * each))]
        fixed |= {who: chosen[who] for who in given}
        if len(fixed) == len(master.persons):
            return {who: master.columns[at] for who, at in fixed.items()}
