# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Linear and whole-number programs: put together from blocks of arrays, and solved with HiGHS within a time."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import highspy
import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from overens.rules.findings import refuse

Floats: TypeAlias = NDArray[np.float64]
Whole: TypeAlias = NDArray[np.int64]
# Proven optimal: so near the bound, as a share of the objective.
GAP = 1e-4
# Seconds between two looks at whether to go on.
LOOKS = 0.2
FEASIBLE = 2


class _Silent(highspy.Highs):
    """It would write its name on standard output as soon as it is made."""

    def enableCallbacks(self) -> None:  # noqa: N802
        self.silent()
        super().enableCallbacks()  # type: ignore[no-untyped-call]


@dataclass
class Program:
    """Minimise cost · x, where lower ≤ x ≤ upper, and between its bounds is each row of what is entered, times x."""

    cost: list[Floats] = field(default_factory=list)
    lower: list[Floats] = field(default_factory=list)
    upper: list[Floats] = field(default_factory=list)
    whole: list[NDArray[np.bool_]] = field(default_factory=list)
    row_lower: list[Floats] = field(default_factory=list)
    row_upper: list[Floats] = field(default_factory=list)
    entries: list[tuple[Whole, Whole, Floats]] = field(default_factory=list)
    width: int = 0
    height: int = 0

    def columns(
        self,
        *shape: int,
        cost: ArrayLike = 0.0,
        lower: ArrayLike = 0.0,
        upper: ArrayLike = np.inf,
        whole: ArrayLike = False,
    ) -> Whole:
        """The numbers of new columns, in their shape; what is said of them is broadcast to it."""
        for kept, said in ((self.cost, cost), (self.lower, lower), (self.upper, upper)):
            kept.append(np.broadcast_to(np.asarray(said, float), shape).ravel())
        self.whole.append(np.broadcast_to(np.asarray(whole, bool), shape).ravel())
        made = self.width + np.arange(int(np.prod(shape)), dtype=np.int64).reshape(shape)
        self.width += made.size
        return made

    def rows(self, *shape: int, lower: ArrayLike = -np.inf, upper: ArrayLike = np.inf) -> Whole:
        """The numbers of new rows, in their shape."""
        for kept, said in ((self.row_lower, lower), (self.row_upper, upper)):
            kept.append(np.broadcast_to(np.asarray(said, float), shape).ravel())
        made = self.height + np.arange(int(np.prod(shape)), dtype=np.int64).reshape(shape)
        self.height += made.size
        return made

    def enter(self, rows: Whole, columns: Whole, values: ArrayLike = 1.0) -> None:
        """Each value at its row and column, all broadcast to one shape; those at the same place are added up."""
        at, of, said = np.broadcast_arrays(rows, columns, np.asarray(values, float))
        self.entries.append((at.ravel(), of.ravel(), said.ravel()))


@dataclass(frozen=True)
class Solution:
    """values and reduced[columns], prices[rows]: of the program with its whole numbers fixed. No solution has a lower
    objective than lower_bound. stopped_early: before that was within a ten-thousandth of the objective.
    """

    values: Floats
    reduced: Floats
    prices: Floats
    objective: float
    lower_bound: float
    stopped_early: bool


def solve(
    program: Program,
    seconds: float,
    seed: int = 0,
    progress: Callable[[int, int], object] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Solution:
    """The best found within ``seconds``. progress: called now and then with the seconds used and those there are;
    what it raises ends the search and is raised. stop: asked now and then whether to end with the best so far.

    Raises Refused: ``program-none-in-time``, where none was found; ``program-none``, where there is none.
    """
    solver = _Silent()  # type: ignore[no-untyped-call]
    options = (("time_limit", seconds), ("random_seed", seed % 2**31), ("mip_rel_gap", GAP), ("threads", 1))
    for name, value in options:
        solver.setOptionValue(name, value)
    solver.passModel(_model(program))
    failed = _watch(solver, seconds, progress, stop)
    solver.run()
    if failed:
        raise failed[0]
    status, info = solver.getModelStatus(), solver.getInfo()
    optimal = status == highspy.HighsModelStatus.kOptimal
    if not optimal and info.primal_solution_status != FEASIBLE:
        early = status in (highspy.HighsModelStatus.kTimeLimit, highspy.HighsModelStatus.kInterrupt)
        refuse("program-none-in-time" if early else "program-none", seconds=round(seconds))
    whole = np.flatnonzero(np.concatenate(program.whole))
    bound = info.mip_dual_bound if len(whole) else info.objective_function_value if optimal else -np.inf
    if len(whole):
        fixed = np.round(np.asarray(solver.getSolution().col_value)[whole])
        solver.clearCallbacks()  # type: ignore[no-untyped-call]
        solver.setOptionValue("time_limit", np.inf)
        solver.changeColsIntegrality(
            len(whole), whole.astype(np.int32), np.full(len(whole), highspy.HighsVarType.kContinuous)
        )
        solver.changeColsBounds(len(whole), whole.astype(np.int32), fixed, fixed)
        solver.run()
    found, objective = solver.getSolution(), solver.getInfo().objective_function_value
    return Solution(
        np.asarray(found.col_value), np.asarray(found.col_dual), np.asarray(found.row_dual),
        objective, min(float(bound), objective), not optimal,
    )  # fmt: skip


def _model(program: Program) -> highspy.HighsLp:
    joined = [np.concatenate(part) if part else np.zeros(0) for part in zip(*program.entries, strict=True)]
    matrix = sparse.coo_matrix((joined[2], (joined[0], joined[1])), (program.height, program.width)).tocsc()
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = program.width, program.height
    model.col_cost_ = np.concatenate(program.cost)
    model.col_lower_, model.col_upper_ = np.concatenate(program.lower), np.concatenate(program.upper)
    model.row_lower_, model.row_upper_ = np.concatenate(program.row_lower), np.concatenate(program.row_upper)
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_ = matrix.indptr, matrix.indices
    model.a_matrix_.value_ = matrix.data
    whole = np.concatenate(program.whole)
    if whole.any():
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        model.integrality_ = [kinds[each] for each in whole.astype(int)]
    return model


def _watch(
    solver: _Silent,
    seconds: float,
    progress: Callable[[int, int], object] | None,
    stop: Callable[[], bool] | None,
) -> list[BaseException]:
    """What an observer raised, which must not pass through the solver."""
    failed: list[BaseException] = []
    started = looked = time.monotonic()

    def look(event: Any) -> None:
        nonlocal looked
        now = time.monotonic()
        if failed or now - looked < LOOKS:
            return
        looked = now
        try:
            if progress:
                progress(min(int(now - started), int(seconds)), int(seconds))
            if stop and stop():
                event.interrupt()
        except BaseException as raised:
            failed.append(raised)
            event.interrupt()

    if progress or stop:
        for each in (solver.cbSimplexInterrupt, solver.cbIpmInterrupt, solver.cbMipInterrupt):
            each.subscribe(look)
    return failed
