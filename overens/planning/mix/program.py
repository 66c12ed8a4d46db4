# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The linear program of a competence mix: its columns, rows and prices, and the solver (HiGHS) that holds it.

Columns, in this order: hours of a task done in each way [W], hours of each task that nobody does [T], hours of each
competence that are there and used [C], and that are added [C]. Rows: each task is done or missing [T]; each
competence's hours are what its ways and its supervision take [C]. The equations: docs/mix.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from scipy.sparse import coo_array, csc_array

from overens.planning import solver as solving
from overens.planning.mix.ways import Floats, Ways, Whole


@dataclass(frozen=True)
class Program:
    """Least cost · x, where matrix · x = right and 0 ≤ x ≤ upper (inf: no bound)."""

    cost: Floats
    upper: Floats
    matrix: csc_array
    right: Floats


def program(given: Ways) -> Program:
    tasks, competences, ways = len(given.tasks), len(given.competences), len(given.task)
    under = np.flatnonzero(given.supervisor >= 0)
    entries = (
        (given.task, np.arange(ways), np.ones(ways)),
        (tasks + given.by, np.arange(ways), -given.factor),
        (tasks + given.supervisor[under], under, -given.supervision[under]),
        (np.arange(tasks), missing(given), np.ones(tasks)),
        (tasks + np.arange(competences), used(given), np.ones(competences)),
        (tasks + np.arange(competences), added(given), np.ones(competences)),
    )
    row, column, value = (np.concatenate(each) for each in zip(*entries, strict=True))
    size = (tasks + competences, ways + tasks + 2 * competences)
    return Program(
        cost=np.concatenate([np.zeros(ways), np.full(tasks, given.missing), given.cost, given.more_cost]),
        upper=np.concatenate(
            [given.share * given.wanted[given.task], np.full(tasks, np.inf), given.hours, given.more]
        ),
        matrix=coo_array((value, (row, column)), shape=size).tocsc(),
        right=np.concatenate([given.wanted, np.zeros(competences)]),
    )  # fmt: skip


def missing(given: Ways) -> Whole:
    """Which columns are hours of tasks that nobody does."""
    return len(given.task) + np.arange(len(given.tasks))


def used(given: Ways) -> Whole:
    return len(given.task) + len(given.tasks) + np.arange(len(given.competences))


def added(given: Ways) -> Whole:
    return used(given) + len(given.competences)


def solver(of: Program, seed: int = 0) -> highspy.Highs:
    """A solver that holds the program and has not run. The same seed, the same answer."""
    held = highspy.HighsLp()
    held.num_row_, held.num_col_ = of.matrix.shape
    held.col_cost_, held.col_lower_, held.col_upper_ = of.cost, np.zeros(len(of.cost)), of.upper
    held.row_lower_ = held.row_upper_ = of.right
    held.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    held.a_matrix_.start_, held.a_matrix_.index_ = of.matrix.indptr, of.matrix.indices
    held.a_matrix_.value_ = of.matrix.data
    highs = solving.solver(seed)
    highs.passModel(held)
    return highs


def run(highs: highspy.Highs, until: float | None = None) -> bool:
    """Whether the best was found before the solver's own clock came to a time (seconds)."""
    highs.setOptionValue("time_limit", highspy.kHighsInf if until is None else until)
    highs.run()
    status = highs.getModelStatus()
    assert status in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kTimeLimit), status
    return bool(status == highspy.HighsModelStatus.kOptimal)


def least(highs: highspy.Highs) -> float:
    return float(highs.getInfo().objective_function_value)


def add_row(highs: highspy.Highs, low: float, high: float, columns: Sequence[int] | Whole, values: Floats) -> None:
    highs.addRow(low, high, len(columns), np.asarray(columns, np.int32), np.asarray(values, float))


def add_column(
    highs: highspy.Highs, upper: float, rows: Sequence[int], values: Sequence[float], cost: float = 0
) -> None:
    highs.addCol(cost, 0.0, upper, len(rows), np.asarray(rows, np.int32), np.asarray(values, float))
