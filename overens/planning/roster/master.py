# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Column generation: a linear program chooses among the lines that are known, one for each person, and its prices of
the cover say which lines are missing.

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
from overens.planning.roster.labels import best
from overens.planning.roster.lines import FAR, Own, worth
from overens.planning.solver import solver

WORKERS = 2
# Covers times persons from where an inner point is found sooner than a corner, and has calmer prices.
LARGE = 30_000
NEAR = 1e-6
NOWHERE = -1


@dataclass(frozen=True)
class Column:
    """A line of a person and what it costs alone."""

    who: int
    line: Whole
    alone: float

    @property
    def key(self) -> tuple[int, bytes]:
        return self.who, self.line.astype(np.int8).tobytes()


@dataclass(frozen=True)
class Solved:
    """Of the linear program: its value, the prices of the cover [C], and how much of each column."""

    value: float
    cover: Real
    share: Real


@dataclass(frozen=True)
class Priced:
    """Lines for given prices of the cover, by person, what each costs at them, and a bound for all rosters."""

    columns: list[Column]
    values: Real
    bound: float


@compiled
def paid(covers: Covers, cover: Real, who: int, cost: Real) -> None:
    """Takes from ``cost[D, S]`` what working is worth."""
    for at in range(covers.day.size):
        if covers.member[at, who]:
            cost[covers.day[at], covers.shift[at]] -= cover[at]


def at_prices(crew: Crew, cover: Real, who: int) -> tuple[Own, Real]:
    """What a person's line must keep to, and what each day and shift costs at prices of the cover."""
    own = crews.cleared(crew, who)
    cost = own.own.copy()
    paid(crew.covers, cover, who, cost)
    return own, cost


def _beside(crew: Crew, who: int, lines: Whole) -> tuple[Own, Real]:
    """A person's of :func:`crews.beside`, which stays when it is asked for anew."""
    without = lines.copy()
    without[who] = 0
    own, cost = crews.beside(crew, who, without)
    return own._replace(adds=own.adds.copy(), final=own.final.copy()), cost


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


class Pool:
    """All lines that were ever made, by person; and the prices of the persons' totals, from one time to the next."""

    def __init__(self, crew: Crew) -> None:
        self.crew = crew
        self.of: list[list[Column]] = [[] for _ in crew.owns]
        self.known: set[tuple[int, bytes]] = set()
        self.prices = [np.zeros(own.spans.size) for own in crew.owns]
        self.threads = ThreadPoolExecutor(WORKERS)

    def seen(self, who: int, line: Whole, alone: float) -> None:
        if alone < FAR:
            self.add(Column(who, line.copy(), alone))

    def add(self, column: Column) -> None:
        key = column.key
        if key not in self.known:
            self.known.add(key)
            self.of[column.who].append(column)

    def cheapest(self, who: int, cover: Real, count: int) -> list[Column]:
        """The lines of a person that cost the least at given prices of the cover."""
        columns = self.of[who]
        if len(columns) <= count:
            return columns
        own = self.crew.owns[who].own
        cost = np.zeros(own.shape)
        paid(self.crew.covers, cover, who, cost)
        lines = np.array([column.line for column in columns])
        costs = cost[np.arange(len(own)), lines].sum(axis=1) + np.array([column.alone for column in columns])
        return [columns[at] for at in np.argpartition(costs, count)[:count]]


class Master:
    """The linear program for some persons' lines on some days, where ``there[C]`` others are in the cover. It grows.
    Rows: the covers of those days, then the persons. ``lines``: a roster, by which it is reckoned what hangs on others;
    without it that costs nothing.
    """

    def __init__(
        self, pool: Pool, persons: Whole, days: Whole, there: Whole, seed: int = 0, lines: Whole | None = None
    ) -> None:
        self.pool, self.crew, self.persons = pool, pool.crew, persons.tolist()
        self.columns: list[Column] = []
        self.known: dict[tuple[int, bytes], int] = {}
        self.of: dict[int, list[int]] = {who: [] for who in self.persons}
        day = self.crew.covers.day
        self.beside: dict[int, tuple[Own, Real]] = {}
        if lines is not None and self.crew.between:
            self.beside = {who: _beside(self.crew, who, lines) for who in self.persons}
        self.whole = days.size == self.crew.case.days
        self.about = np.flatnonzero(np.isin(day, days))
        self.place = np.full(day.size, NOWHERE)
        self.place[self.about] = np.arange(self.about.size)
        self.row = {who: self.about.size + at for at, who in enumerate(self.persons)}
        self.solver = solver(seed)
        if self.about.size * len(self.persons) > LARGE:
            self.solver.setOptionValue("solver", "ipm")
            self.solver.setOptionValue("run_crossover", "off")
        self._rows(there[self.about])

    def _rows(self, there: Whole) -> None:
        """A column for each step of what too few and too many cost; who has no line costs more than that."""
        covers = [self.crew.case.cover[at] for at in self.about.tolist()]
        wanted = np.array([max(each.wanted - int(n), 0) for each, n in zip(covers, there, strict=True)], dtype=float)
        rows = np.concatenate([wanted, np.ones(len(self.persons))])
        nothing, no_values = np.empty(0, np.int32), np.empty(0)
        self.solver.addRows(rows.size, rows, rows, 0, np.zeros(rows.size, np.int32), nothing, no_values)
        steps: list[tuple[float, float, int, float]] = []
        for at, (each, count) in enumerate(zip(covers, there.tolist(), strict=True)):
            missing = max(each.least - count, 0)
            steps.append((float(each.under), max(each.wanted - count, 0) - missing, at, 1.0))
            if missing:
                steps.append((each.under + self.crew.missing, missing, at, 1.0))
            steps.append((float(each.over), highspy.kHighsInf, at, -1.0))
        dear = 50.0 * self.crew.missing
        steps += [(dear, 1.0, row, 1.0) for row in self.row.values()]
        self.first = len(steps)
        costs, upper, places, signs = (np.array(each, dtype=float) for each in zip(*steps, strict=True))
        starts = np.arange(self.first, dtype=np.int32)
        self.solver.addCols(
            self.first, costs, np.zeros(self.first), upper, self.first, starts, places.astype(np.int32), signs
        )

    def add(self, columns: Iterable[Column]) -> int:
        """How many of them were new."""
        starts, rows, costs = [0], [], []
        for column in columns:
            if column.key in self.known:
                continue
            if self.whole:
                self.pool.add(column)
            self.known[column.key] = len(self.columns)
            self.of[column.who].append(len(self.columns))
            self.columns.append(column)
            places = self.place[rows_of(self.crew.covers, column.who, column.line)]
            rows.append(places[places != NOWHERE])
            rows.append(np.array([self.row[column.who]]))
            starts.append(starts[-1] + rows[-2].size + 1)
            costs.append(self._cost(column))
        if costs:
            index = np.concatenate(rows).astype(np.int32)
            count = len(costs)
            nought, full = np.zeros(count), np.full(count, highspy.kHighsInf)
            self.solver.addCols(
                count, np.array(costs), nought, full, index.size, np.array(starts[:-1], np.int32), index,
                np.ones(index.size),
            )  # fmt: skip
        return len(costs)

    def _cost(self, column: Column) -> float:
        if column.who not in self.beside:
            return column.alone
        own, cost = self.beside[column.who]
        return float(worth(own, cost, column.line))

    def _at_prices(self, cover: Real, who: int) -> tuple[Own, Real]:
        if who not in self.beside:
            return at_prices(self.crew, cover, who)
        own, cost = self.beside[who]
        cost = cost.copy()
        paid(self.crew.covers, cover, who, cost)
        return own, cost

    def solve(self) -> Solved:
        self.solver.run()
        solution = self.solver.getSolution()
        cover = np.zeros(self.place.size)
        cover[self.about] = np.array(solution.row_dual)[: self.about.size]
        value = self.solver.getInfo().objective_function_value
        return Solved(value, cover, np.array(solution.col_value)[self.first :])

    def fix(self, given: Whole) -> None:
        """Only lines that keep to ``given[P, D]``, where a day is given: 0 or more."""
        lines = np.array([column.line for column in self.columns])
        owners = np.array([column.who for column in self.columns])
        wanted = given[owners]
        kept = ((lines == wanted) | (wanted < 0)).all(axis=1)
        upper = np.where(kept, highspy.kHighsInf, 0.0)
        index = np.arange(self.first, self.first + len(self.columns), dtype=np.int32)
        self.solver.changeColsBounds(index.size, index, np.zeros(index.size), upper)

    def price(self, cover: Real, who: Collection[int], labels: int, rounds: int, given: Whole | None = None) -> Priced:
        """The best lines of some persons at given prices of the cover, of those that keep to ``given[P, D]``."""
        found = list(self.pool.threads.map(lambda each: self._line(cover, each, labels, rounds, given), who))
        columns = [column for column, _, _ in found if column is not None]
        values = np.array([value for _, value, _ in found])
        bound = sum(low for _, _, low in found)
        if len(found) == len(self.crew.owns):
            bound += crews.wanted(self.crew, cover)[0]
        return Priced(columns, values, bound)

    def _line(
        self, cover: Real, who: int, labels: int, rounds: int, given: Whole | None
    ) -> tuple[Column | None, float, float]:
        own, cost = self._at_prices(cover, who)
        if given is not None:
            wanted = given[who][:, None]
            cost[(wanted >= 0) & (np.arange(cost.shape[1]) != wanted)] = FAR
        value, low, line = best(own, cost, self.pool.prices[who], rounds, 5.0, labels, FAR)
        if value == FAR:
            return None, FAR, low
        return Column(who, line, crews.alone(self.crew, who, line)), value, low
