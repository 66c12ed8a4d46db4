# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The solver of plans that are constraints in whole numbers: CP-SAT. Needs the extra ``planning``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from threading import Thread
from time import monotonic
from typing import Literal as OneOf
from typing import TypeAlias

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import BoundedLinearExpression, CpModel, LinearExpr
from ortools.sat.python.cp_model_helper import Literal

__all__ = ["BoundedLinearExpression", "CpModel", "LinearExpr", "Literal", "solved"]

Status: TypeAlias = OneOf["best", "found", "none", "unknown"]
STATUS: dict[object, Status] = {cp_model.OPTIMAL: "best", cp_model.FEASIBLE: "found", cp_model.INFEASIBLE: "none"}
# How often whoever waits is told and asked, seconds.
TICK = 0.1
FILLED = 10.0


@dataclass(frozen=True)
class Solved:
    """``status``: the best, some, that there is none, or that it is not known. ``values`` of what was asked for, where
    any was found; ``bound``: no objective is less. ``core``: of the assumptions, some that cannot hold together.
    """

    status: Status
    values: tuple[int, ...]
    objective: int | None
    bound: int | None
    core: tuple[int, ...]


def begin_at(model: CpModel, values: Mapping[int, bool]) -> None:
    """Begin where the variables at these places have these values; the others are filled in by the solver."""
    settled, solver = model.clone(), cp_model.CpSolver()
    for place, value in values.items():
        settled.add(settled.get_int_var_from_proto_index(place) == value)
    solver.parameters.num_workers = 1
    solver.parameters.cp_model_presolve = False
    solver.parameters.max_time_in_seconds = FILLED
    solver.solve(settled)
    model.clear_hints()  # type: ignore[no-untyped-call]
    for place, value in dict(enumerate(solver.response_proto.solution)).items() or values.items():
        model.add_hint(model.get_int_var_from_proto_index(place), value)


class _Seen(cp_model.CpSolverSolutionCallback):
    """The best so far; what is asked for is read when the search is over."""

    def __init__(self) -> None:
        super().__init__()
        self.objective: int | None = None
        self.bound: int | None = None

    def on_solution_callback(self) -> None:
        self.objective = round(self.ObjectiveValue())

    def on_bound(self, bound: float) -> None:
        self.bound = ceil(bound - 1e-6)


def solved(
    model: CpModel,
    wanted: Sequence[Literal] = (),
    *,
    seconds: float,
    seed: int = 0,
    workers: int = 1,
    told: Callable[[int | None, int | None], bool] | None = None,
) -> Solved:
    """The values of ``wanted``. ``told`` is called each tenth of a second with the best objective and bound so far, and
    answers whether to go on; what it raises ends the search and is raised.
    """
    solver, seen = cp_model.CpSolver(), _Seen()
    solver.parameters.max_time_in_seconds = max(seconds, 0.01)
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = seed % 2**31
    solver.best_bound_callback = seen.on_bound
    if told is None:
        solver.solve(model)
    else:
        _watched(solver, model, seen, told, seconds)
    if solver.response_proto.status == cp_model.MODEL_INVALID:
        raise ValueError(model.validate())
    status = STATUS.get(solver.response_proto.status, "unknown")
    found = status in ("best", "found")
    weighed = found and model.has_objective()
    return Solved(
        status,
        tuple(int(solver.boolean_value(each)) for each in wanted) if found else (),
        round(solver.objective_value) if weighed else None,
        ceil(solver.best_objective_bound - 1e-6) if weighed else seen.bound,
        tuple(solver.sufficient_assumptions_for_infeasibility()) if status == "none" else (),
    )


def _watched(
    solver: cp_model.CpSolver,
    model: CpModel,
    seen: _Seen,
    told: Callable[[int | None, int | None], bool],
    seconds: float,
) -> None:
    """The search in a thread of its own, for an error raised in the solver's own callbacks would be lost."""
    search = Thread(target=solver.solve, args=(model, seen), daemon=True)
    end = monotonic() + seconds
    search.start()
    try:
        while search.is_alive():
            search.join(TICK)
            if not told(*(seen.objective, seen.bound) if model.has_objective() else (None, None)) or monotonic() > end:
                solver.stop_search()
    finally:
        solver.stop_search()
        search.join()
