# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""From a best plan to the best one of a changed problem, pivot by pivot: the bounded dual simplex method, compiled.

The changed problem has other bounds, other right sides, and columns that are new. None of them spoils the prices of
the plan it starts from: a new column that would pay begins at its upper bound. So only what has become too much or
too little is mended, in a few steps, from an inverse that is computed once.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from overens.planning.chance import compiled
from overens.planning.mix.ways import Flags, Floats, Whole

# What counts as nought: hours, entries of the matrix, and the difference between two ratios.
HOURS, ENTRY, TIE = 1e-9, 1e-9, 1e-12
# Kinds of change.
HOURS_MORE, TIMES_MINUTES, DECISION = 0, 1, 2
# So many steps at most; beyond them another way is to be taken.
STEPS = 400


class Base(NamedTuple):
    """A least-cost plan to walk from. The matrix by its columns (column_start …), with room for new ones after the
    first ``columns``, and by its rows (row_start …, without the new); the basis' inverse by rows and by columns.
    cost, upper of each column; prices: reduced costs; at_upper: 1 where a column outside the basis is at its upper
    bound; basis: which column is in each row, values: theirs; row_prices: of each row.

    first, of_task: the ways of each task; share, by: of each way; wanted: of each task; used: the column of the first
    competence's hours.
    """

    columns: int
    column_start: Whole
    column_index: Whole
    column_value: Floats
    row_start: Whole
    row_index: Whole
    row_value: Floats
    inverse_start: Whole
    inverse_index: Whole
    inverse_value: Floats
    across_start: Whole
    across_index: Whole
    across_value: Floats
    cost: Floats
    upper: Floats
    prices: Floats
    at_upper: Whole
    basis: Whole
    values: Floats
    row_prices: Floats
    first: Whole
    of_task: Whole
    share: Floats
    by: Whole
    wanted: Floats
    used: int


@compiled
def answers(base: Base, changes: Floats, until: Whole) -> Floats:
    """The least cost of each what-if; nan where it was not found within the steps.

    changes[:, 7]: kind (:data:`HOURS_MORE` …), task or competence (for posts: that many competences further on), its
    figure (hours more, times the minutes, or the
    decision's factor), then of a decision who, supervision, supervisor (-1: none) and the share of the task at most.
    until: where the changes of each what-if end.
    """
    rows, tasks = len(base.basis), len(base.wanted)
    within = np.zeros(len(base.cost), np.bool_)
    within[base.basis] = True
    found = np.empty(len(until))
    begin = 0
    for case in range(len(until)):
        upper, prices, at_upper, inside = base.upper.copy(), base.prices.copy(), base.at_upper.copy(), within.copy()
        wanted, right, size = base.wanted.copy(), np.zeros(rows), base.columns
        for change in range(begin, until[case]):
            kind, what, figure = int(changes[change, 0]), int(changes[change, 1]), changes[change, 2]
            if kind == HOURS_MORE:
                column = base.used + what
                most = max(0.0, upper[column] + figure)
                _bound(base, column, most, upper, prices, at_upper, inside, right)
            elif kind == TIMES_MINUTES:
                right[what] += wanted[what] * (figure - 1)
                wanted[what] *= figure
                for at in range(base.first[what], base.first[what + 1]):
                    way = base.of_task[at]
                    _bound(base, way, base.share[way] * wanted[what], upper, prices, at_upper, inside, right)
        for change in range(begin, until[case]):
            if int(changes[change, 0]) != DECISION:
                continue
            task, factor, who = int(changes[change, 1]), changes[change, 2], int(changes[change, 3])
            supervision, supervisor = changes[change, 4], int(changes[change, 5])
            for at in range(base.first[task], base.first[task + 1]):
                if base.by[base.of_task[at]] == who:
                    _bound(base, base.of_task[at], 0.0, upper, prices, at_upper, inside, right)
            place = base.column_start[size]
            base.column_index[place], base.column_value[place] = task, 1.0
            base.column_index[place + 1], base.column_value[place + 1] = tasks + who, -factor
            base.column_start[size + 1] = place + 2
            if supervisor >= 0:
                base.column_index[place + 2], base.column_value[place + 2] = tasks + supervisor, -supervision
                base.column_start[size + 1] = place + 3
            price = 0.0
            for at in range(place, base.column_start[size + 1]):
                price -= base.row_prices[base.column_index[at]] * base.column_value[at]
            prices[size] = price
            _bound(base, size, changes[change, 6] * wanted[task], upper, prices, at_upper, inside, right)
            size += 1
        values = base.values.copy()
        for row in range(rows):
            if right[row] != 0.0:
                for at in range(base.across_start[row], base.across_start[row + 1]):
                    values[base.across_index[at]] += base.across_value[at] * right[row]
        found[case] = _walk(base, size, upper, prices, at_upper, inside, base.basis.copy(), values)
        begin = until[case]
    return found


@compiled
def _walk(
    base: Base, size: int, upper: Floats, prices: Floats, at_upper: Whole, inside: Flags, basis: Whole, values: Floats
) -> float:
    """The least cost of what the arrays say; they are changed on the way. nan: not found within the steps."""
    rows = len(basis)
    pivots, places = np.empty((STEPS, rows)), np.empty(STEPS, np.int64)
    entries, touched, seen = np.zeros(size), np.empty(size, np.int64), np.zeros(size, np.bool_)
    for step in range(STEPS):
        leaving, worst, to_upper = -1, HOURS, False
        for at in range(rows):
            if -values[at] > worst:
                leaving, worst, to_upper = at, -values[at], False
            elif values[at] - upper[basis[at]] > worst:
                leaving, worst, to_upper = at, values[at] - upper[basis[at]], True
        if leaving < 0:
            total = 0.0
            for at in range(rows):
                total += base.cost[basis[at]] * values[at]
            for column in range(size):
                if at_upper[column] and not inside[column]:
                    total += base.cost[column] * upper[column]
            return total
        line = _line(base, leaving, step, pivots, places)
        # The entries of the line, and of them those that are not nought.
        count = 0
        for row in range(rows):
            if line[row] != 0.0:
                for at in range(base.row_start[row], base.row_start[row + 1]):
                    column = base.row_index[at]
                    if not seen[column]:
                        seen[column], touched[count], entries[column] = True, column, 0.0
                        count += 1
                    entries[column] += line[row] * base.row_value[at]
        for column in range(base.columns, size):
            touched[count], entries[column] = column, 0.0
            count += 1
            for at in range(base.column_start[column], base.column_start[column + 1]):
                entries[column] += line[base.column_index[at]] * base.column_value[at]
        # Who enters: the one whose price is used up first; of several, the one with the largest entry.
        entering, least, largest = -1, np.inf, 0.0
        for at in range(count):
            column = touched[at]
            seen[column] = False
            entry = entries[column]
            if inside[column] or upper[column] == 0.0 or abs(entry) < ENTRY:
                continue
            if (entry > 0) == (to_upper != (at_upper[column] == 1)):
                ratio = abs(prices[column]) / abs(entry)
                if ratio < least - TIE or (ratio <= least + TIE and abs(entry) > largest):
                    entering, least, largest = column, min(ratio, least), abs(entry)
        if entering < 0:
            return np.nan
        change = prices[entering] / entries[entering]
        for at in range(count):
            if not inside[touched[at]]:
                prices[touched[at]] -= change * entries[touched[at]]
        prices[entering], prices[basis[leaving]] = 0.0, -change
        pivot = _column(base, entering, step, pivots, places)
        bound = upper[basis[leaving]] if to_upper else 0.0
        length = (values[leaving] - bound) / pivot[leaving]
        values -= length * pivot
        values[leaving] = length + (upper[entering] if at_upper[entering] else 0.0)
        inside[basis[leaving]], inside[entering] = False, True
        at_upper[basis[leaving]], at_upper[entering] = (1 if to_upper else 0), 0
        basis[leaving] = entering
        pivots[step], places[step] = pivot, leaving
    return np.nan


@compiled
def _line(base: Base, row: int, steps: int, pivots: Floats, places: Whole) -> Floats:
    """A row of the basis' inverse as it is after the steps."""
    unit, line = np.zeros(len(base.basis)), np.zeros(len(base.basis))
    unit[row] = 1.0
    for back in range(steps - 1, -1, -1):
        place, pivot = places[back], pivots[back]
        rest = 0.0
        for at in range(len(unit)):
            if unit[at] != 0.0 and at != place:
                rest += unit[at] * pivot[at]
        unit[place] = (unit[place] - rest) / pivot[place]
    for above in range(len(unit)):
        if unit[above] != 0.0:
            for at in range(base.inverse_start[above], base.inverse_start[above + 1]):
                line[base.inverse_index[at]] += unit[above] * base.inverse_value[at]
    return line


@compiled
def _column(base: Base, column: int, steps: int, pivots: Floats, places: Whole) -> Floats:
    """A column of the matrix in terms of the basis as it is after the steps."""
    pivot = np.zeros(len(base.basis))
    for entry in range(base.column_start[column], base.column_start[column + 1]):
        row = base.column_index[entry]
        for at in range(base.across_start[row], base.across_start[row + 1]):
            pivot[base.across_index[at]] += base.across_value[at] * base.column_value[entry]
    for step in range(steps):
        part = pivot[places[step]] / pivots[step, places[step]]
        if part != 0.0:
            pivot -= part * pivots[step]
            pivot[places[step]] = part
    return pivot


@compiled
def _bound(
    base: Base, column: int, most: float, upper: Floats, prices: Floats, at_upper: Whole, inside: Flags, right: Floats
) -> None:
    """Another upper bound; outside the basis what the column takes of each row changes with it."""
    if not inside[column]:
        before = upper[column] if at_upper[column] else 0.0
        if prices[column] < 0.0:
            at_upper[column] = 1
        elif prices[column] > 0.0:
            at_upper[column] = 0
        change = (most if at_upper[column] else 0.0) - before
        for at in range(base.column_start[column], base.column_start[column + 1]):
            right[base.column_index[at]] -= base.column_value[at] * change
    upper[column] = most
