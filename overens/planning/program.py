# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Linear and whole-number programs: put together from blocks of arrays, and solved with HiGHS within a time."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn, TypeAlias

import highspy
import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from overens.planning import solver as solving
from overens.planning.solver import Silent
from overens.rules.findings import refuse

Floats: TypeAlias = NDArray[np.float64]
Whole: TypeAlias = NDArray[np.int64]
# Proven optimal: so near the bound, as a share of the objective.
GAP = 1e-4
# What makes a solution whole and gives its prices, when the time is up, has as many seconds again, and at least these.
LEAST_OVER = 10.0
# Seconds between two looks at whether to go on.
LOOKS = 0.2
FEASIBLE = 2


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


@dataclass(frozen=True)
class Rounding:
    """How a good solution in whole numbers is come to: the columns of each part are rounded and held, one part after
    the other, and the rest solved anew in between. rounded: from all values and a part's columns to that part's.
    """

    parts: Sequence[Whole]
    rounded: Callable[[Floats, Whole], Floats]


def solve(
    program: Program,
    seconds: float,
    seed: int = 0,
    progress: Callable[[int, int], object] | None = None,
    stop: Callable[[], bool] | None = None,
    rounding: Rounding | None = None,
) -> Solution:
    """The best found within ``seconds``; to make it whole and solve it for its prices takes at most as many again (or
    ten, if that is more). progress: called now and then with the seconds used and those there are; what it raises ends
    the search and is raised. stop: asked now and then whether to end with the best so far.

    Without whole numbers by an interior point. With them that gives the bound, and if rounding does not come near
    enough to it, they are searched for by branch and cut.

    Raises Refused: ``program-none-in-time``, where none was found; ``program-none``, where there is none.
    """
    watch = _Watch(seconds, progress, stop)
    solver = solving.solver(seed)
    solver.setOptionValue("mip_rel_gap", GAP)
    for each in (solver.cbSimplexInterrupt, solver.cbIpmInterrupt, solver.cbMipInterrupt):
        each.subscribe(watch.look)
    whole = np.flatnonzero(np.concatenate(program.whole))
    solver.passModel(_model(program))
    bound = -np.inf
    if not len(whole) or rounding:
        _integer(solver, whole, False)
        bound = _run(solver, watch, "ipm")
        if not np.isfinite(bound):
            _refuse(solver, seconds)
    if not len(whole):
        return _solution(solver, bound, False)
    objective = _round(solver, watch, program, rounding) if rounding else np.inf
    early = False
    if not np.isfinite(objective) or objective - bound > GAP * abs(objective):
        early, bound = _search(solver, watch, program, whole, bound, np.isfinite(objective))
    return _solution(solver, bound, early)


def _solution(solver: Silent, bound: float, early: bool) -> Solution:
    found, objective = solver.getSolution(), solver.getInfo().objective_function_value
    values = np.asarray(found.col_value), np.asarray(found.col_dual), np.asarray(found.row_dual)
    return Solution(*values, objective, min(bound, objective), early)


def _run(solver: Silent, watch: _Watch, method: str, limited: bool = True) -> float:
    """The objective; infinite where there is none, because of the time or for good. Not limited: whoever asks to stop
    waits for it, and when the time is up it has what is over it.
    """
    watch.limited = limited
    solver.setOptionValue("solver", method)
    left = watch.left() + (0.0 if limited else max(watch.seconds, LEAST_OVER))
    solver.setOptionValue("time_limit", solver.getRunTime() + max(left, 0.0))
    solver.run()
    if watch.failed:
        raise watch.failed[0]
    optimal = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return float(solver.getInfo().objective_function_value) if optimal else np.inf


def _round(solver: Silent, watch: _Watch, program: Program, rounding: Rounding) -> float:
    """When there is less time left than a part takes, all that is left is rounded at once."""
    objective, took = np.inf, watch.spent()
    for at, part in enumerate(rounding.parts):
        last = not watch.goes_on() or watch.left() < took
        before = watch.spent()
        columns = np.concatenate(rounding.parts[at:]) if last else part
        _hold(solver, columns, rounding.rounded(np.asarray(solver.getSolution().col_value), columns))
        objective = _run(solver, watch, "ipm", limited=False)
        if not np.isfinite(objective):
            _hold(solver, columns, np.concatenate(program.lower)[columns])
            objective = _run(solver, watch, "ipm", limited=False)
        took = watch.spent() - before
        if last:
            break
    return objective


def _search(
    solver: Silent, watch: _Watch, program: Program, whole: Whole, bound: float, has_one: bool
) -> tuple[bool, float]:
    """Whether it ended early, and the bound then. The best found is held and solved for its prices."""
    best = solver.getSolution() if has_one else None
    if has_one and not watch.goes_on():
        return True, bound
    _hold(solver, whole, np.concatenate(program.lower)[whole], np.concatenate(program.upper)[whole])
    _integer(solver, whole, True)
    if best:
        solver.setSolution(best)
    _run(solver, watch, "choose")
    info = solver.getInfo()
    early = solver.getModelStatus() != highspy.HighsModelStatus.kOptimal
    if early and info.primal_solution_status != FEASIBLE:
        _refuse(solver, watch.seconds)
    bound = max(bound, float(info.mip_dual_bound))
    fixed = np.round(np.asarray(solver.getSolution().col_value)[whole])
    _integer(solver, whole, False)
    _hold(solver, whole, fixed)
    if not np.isfinite(_run(solver, watch, "ipm", limited=False)):
        _refuse(solver, watch.seconds)
    return early, bound


def _refuse(solver: Silent, seconds: float) -> NoReturn:
    early = solver.getModelStatus() in (highspy.HighsModelStatus.kTimeLimit, highspy.HighsModelStatus.kInterrupt)
    refuse("program-none-in-time" if early else "program-none", seconds=round(seconds, 1))


def _hold(solver: Silent, columns: Whole, lower: Floats, upper: Floats | None = None) -> None:
    at = columns.ravel().astype(np.int32)
    solver.changeColsBounds(len(at), at, lower.ravel(), (lower if upper is None else upper).ravel())


def _integer(solver: Silent, columns: Whole, yes: bool) -> None:
    kind = highspy.HighsVarType.kInteger if yes else highspy.HighsVarType.kContinuous
    if len(columns):
        solver.changeColsIntegrality(len(columns), columns.astype(np.int32), np.full(len(columns), kind))


def matrix(program: Program) -> Any:
    """What has been entered, as scipy's sparse matrix by column."""
    joined = [np.concatenate(part) if part else np.zeros(0) for part in zip(*program.entries, strict=True)]
    return sparse.coo_matrix((joined[2], (joined[0], joined[1])), (program.height, program.width)).tocsc()


def _model(program: Program) -> highspy.HighsLp:
    entered = matrix(program)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = program.width, program.height
    model.col_cost_ = np.concatenate(program.cost)
    model.col_lower_, model.col_upper_ = np.concatenate(program.lower), np.concatenate(program.upper)
    model.row_lower_, model.row_upper_ = np.concatenate(program.row_lower), np.concatenate(program.row_upper)
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_ = entered.indptr, entered.indices
    model.a_matrix_.value_ = entered.data
    whole = np.concatenate(program.whole)
    if whole.any():
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        model.integrality_ = [kinds[each] for each in whole.astype(int)]
    return model


class _Watch:
    """What an observer raises must not pass through the solver; it is kept, and the solver told to end."""

    def __init__(
        self, seconds: float, progress: Callable[[int, int], object] | None, stop: Callable[[], bool] | None
    ) -> None:
        self.seconds, self.progress, self.stop = seconds, progress, stop
        self.started = self.looked = time.monotonic()
        self.limited, self.stopped, self.failed = True, False, list[BaseException]()

    def left(self) -> float:
        return self.seconds - self.spent()

    def spent(self) -> float:
        return time.monotonic() - self.started

    def goes_on(self) -> bool:
        return not self.stopped and self.left() > 0

    def look(self, event: Any) -> None:
        now = time.monotonic()
        if self.failed or now - self.looked < LOOKS:
            return
        self.looked = now
        try:
            if self.progress:
                self.progress(min(int(now - self.started), int(self.seconds)), int(self.seconds))
            self.stopped = self.stopped or bool(self.stop and self.stop())
        except BaseException as raised:
            self.failed.append(raised)
        if self.failed or (self.limited and self.stopped):
            event.interrupt()
