# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Column generation: a linear program chooses among the lines that are known, one for each person, and its prices of the
cover say which lines are missing.

Each round of prices is a Lagrangian bound too: what every person's best line costs at those prices, and the cover by
itself. What several persons have to do with but the cover is left out of it, which only lowers the bound.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import highspy
import numpy as np

from overens.planning.chance import compiled
from overens.planning.roster import crew as crews
from overens.planning.roster.crew import Covers, Crew
from overens.planning.roster.instance import Real, Whole
from overens.planning.roster.lines import FAR, best
from overens.planning.solver import solver

WORKERS = 2
NEAR = 1e-6


@dataclass(frozen=True)
class Column:
    """A line of a person and what it costs alone."""

    who: int
    line: Whole
    alone: float


@dataclass(frozen=True)
class Solved:
    """Of the linear program: its value, the prices of the cover [C] and of the persons [P], and how much of each column."""

    value: float
    cover: Real
    persons: Real
    share: Real


@dataclass(frozen=True)
class Priced:
    """Lines for given prices of the cover, by person, what each costs at them, and a bound for all rosters."""

    columns: list[Column]
    values: Real
    bound: float


@compiled
def at_prices(covers: Covers, cover: Real, who: int, cost: Real) -> None:
    """Takes from ``cost[D, S]`` what working is worth."""
    for at in range(covers.day.size):
        if covers.member[at, who]:
            cost[covers.day[at], covers.shift[at]] -= cover[at]


@compiled
def rows_of(covers: Covers, who: int, line: Whole) -> Whole:
    """The covers that a line is counted in."""
    found = np.empty(covers.day.size, dtype=np.int64)
    count = 0
    for at in range(covers.day.size):
        if line[covers.day[at]] == covers.shift[at] and covers.member[at, who]:
            found[count] = at
            count += 1
    return found[:count]


class Master:
    """The linear program, which grows. Rows: the covers, then the persons."""

    def __init__(self, crew: Crew, seed: int = 0) -> None:
        self.crew = crew
        self.columns: list[Column] = []
        self.known: dict[tuple[int, bytes], int] = {}
        self.of: list[list[int]] = [[] for _ in crew.owns]
        self.prices = [np.zeros(own.spans.size) for own in crew.owns]
        self.solver = solver(seed)
        self.pool = ThreadPoolExecutor(WORKERS)
        self._rows()

    def _rows(self) -> None:
        """A column for each step of what too few and too many cost; persons without a line cost more than that."""
        infinite = highspy.kHighsInf
        covers, persons = self.crew.covers, len(self.crew.owns)
        cover = self.crew.case.cover
        for each in cover:
            self.solver.addRow(float(each.wanted), float(each.wanted), 0, np.empty(0, np.int32), np.empty(0))
        for _ in range(persons):
            self.solver.addRow(1.0, 1.0, 0, np.empty(0, np.int32), np.empty(0))
        self.first = 0
        for at, each in enumerate(cover):
            row, one = np.array([at], dtype=np.int32), np.ones(1)
            for below, cost in (
                (each.wanted - each.least, float(each.under)),
                (each.least, each.under + self.crew.missing),
            ):
                if below > 0:
                    self.solver.addCol(cost, 0.0, float(below), 1, row, one)
                    self.first += 1
            self.solver.addCol(float(each.over), 0.0, infinite, 1, row, -one)
            self.first += 1
        dear = 50.0 * self.crew.missing
        for who in range(persons):
            self.solver.addCol(dear, 0.0, infinite, 1, np.array([covers.day.size + who], dtype=np.int32), np.ones(1))
            self.first += 1

    def add(self, columns: Iterable[Column]) -> int:
        """How many of them were new."""
        starts, rows, costs = [0], [], []
        for column in columns:
            key = (column.who, column.line.astype(np.int8).tobytes())
            if key in self.known:
                continue
            self.known[key] = len(self.columns)
            self.of[column.who].append(len(self.columns))
            self.columns.append(column)
            rows.append(rows_of(self.crew.covers, column.who, column.line))
            rows.append(np.array([self.crew.covers.day.size + column.who]))
            starts.append(starts[-1] + rows[-2].size + 1)
            costs.append(column.alone)
        if costs:
            index = np.concatenate(rows).astype(np.int32)
            count = len(costs)
            nought, full = np.zeros(count), np.full(count, highspy.kHighsInf)
            self.solver.addCols(
                count, np.array(costs), nought, full, index.size, np.array(starts[:-1], np.int32), index,
                np.ones(index.size),
            )  # fmt: skip
        return len(costs)

    def known_as(self, who: int, line: Whole, alone: float) -> int:
        """The number of the column that a line is, which is added if it must be."""
        self.add([Column(who, line.copy(), alone)])
        return self.known[(who, line.astype(np.int8).tobytes())]

    def solve(self) -> Solved:
        self.solver.run()
        solution = self.solver.getSolution()
        dual = np.array(solution.row_dual)
        size = self.crew.covers.day.size
        value = self.solver.getInfo().objective_function_value
        return Solved(value, dual[:size], dual[size:], np.array(solution.col_value)[self.first :])

    def fix(self, fixed: dict[int, int]) -> None:
        """Persons to columns; all others are free."""
        upper = np.full(len(self.columns), highspy.kHighsInf)
        for who, chosen in fixed.items():
            upper[self.of[who]] = 0.0
            upper[chosen] = highspy.kHighsInf
        index = np.arange(self.first, self.first + len(self.columns), dtype=np.int32)
        self.solver.changeColsBounds(index.size, index, np.zeros(index.size), upper)

    def price(self, cover: Real, who: Collection[int], labels: int, rounds: int) -> Priced:
        """The best lines of some persons at given prices of the cover."""
        found = list(self.pool.map(lambda each: self._line(cover, each, labels, rounds), who))
        columns = [column for column, _, _ in found if column is not None]
        values = np.array([value for _, value, _ in found])
        bound = sum(low for _, _, low in found)
        if len(found) == len(self.crew.owns):
            counts = np.arange(self.crew.covers.cost.shape[1])
            bound += float((self.crew.covers.cost + cover[:, None] * counts[None, :]).min(axis=1).sum())
        return Priced(columns, values, bound)

    def _line(self, cover: Real, who: int, labels: int, rounds: int) -> tuple[Column | None, float, float]:
        own = crews.cleared(self.crew, who)
        cost = own.own.copy()
        at_prices(self.crew.covers, cover, who, cost)
        value, low, line = best(own, cost, self.prices[who], rounds, 5.0, labels, FAR)
        if value == FAR:
            return None, FAR, low
        return Column(who, line, crews.alone(self.crew, who, line)), value, low
