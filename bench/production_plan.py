# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long a plan of production takes and how near the best it is proven: the shipped region, over fewer weeks and all;
copies of it side by side, each with staff and rooms of its own, that have nurses, assistants and secretaries in common;
and the same program given to scipy's HiGHS, which neither rounds nor holds as ours does.

    python -m bench.production_plan
"""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from bench.ground import table
from overens.planning.production import building, optimum, reading
from overens.planning.production.flow import Flow
from overens.planning.production.formulation import formulate
from overens.planning.production.verdict import is_sound, verdict
from overens.planning.program import GAP, matrix

# For each plan, and for scipy's: all of it is to be done in five minutes.
SECONDS, THEIRS = 60.0, 60.0
SHARED = ("nurse", "assistant-nurse", "medical-secretary")


def main() -> None:
    given, findings = reading.read(reading.find("exempel"))
    assert given, findings
    region = building.flow(given)
    rows = [measured(f"{weeks} weeks", first(region, weeks)) for weeks in (13, 26, 52)]
    rows += [measured(f"52 weeks, {copies} times the services", side_by_side(region, copies)) for copies in (2, 4)]
    table(
        f"Plans of production, at most {SECONDS:.0f} seconds each",
        ["problem", "queues", "columns", "rows", "whole", "seconds", "gap, %", "checker, seconds", "sound"],
        rows,
    )
    table(
        "The same program by scipy's HiGHS",
        ["seconds", "objective, ours", "objective, scipy's", "gap, %"],
        [beside_scipy(region)],
    )


def first(flow: Flow, weeks: int) -> Flow:
    by_week = ("referred", "hours", "overtime", "hired", "room_hours", "bed_days_there", "bought")
    return replace(flow, by=min(flow.by, weeks * 3 // 4), **{name: getattr(flow, name)[:weeks] for name in by_week})


def side_by_side(flow: Flow, copies: int) -> Flow:
    """So many regions, that have some competences in common, as many times as large."""
    common = np.array([each in SHARED for each in flow.competences])
    services = max(each.number for each in flow.steps) + 1

    def along(name: str, axis: int) -> object:
        return np.concatenate([getattr(flow, name)] * copies, axis)

    def square(name: str) -> object:
        return np.kron(np.eye(copies, dtype=getattr(flow, name).dtype), getattr(flow, name))

    minutes = np.hstack(
        [np.kron(np.eye(copies), flow.minutes[:, ~common]), np.tile(flow.minutes[:, common], (copies, 1))]
    )

    def people(name: str) -> object:
        values = getattr(flow, name)
        own, shared = values[..., ~common], values[..., common]
        return np.concatenate([*[own] * copies, shared * (copies if values.ndim == 2 else 1)], -1)

    names = [name for name, shared in zip(flow.competences, common, strict=True) if not shared]
    return replace(
        flow,
        steps=tuple(
            replace(each, service=f"{each.service}-{copy}", number=each.number + copy * services)
            for copy in range(copies)
            for each in flow.steps
        ),
        competences=(*(f"{name}-{copy}" for copy in range(copies) for name in names), *SHARED),
        rooms=tuple(f"{name}-{copy}" for copy in range(copies) for name in flow.rooms),
        beds=tuple(f"{name}-{copy}" for copy in range(copies) for name in flow.beds),
        minutes=minutes,
        **{name: square(name) for name in ("room_minutes", "bed_days", "onward", "after")},
        **{name: along(name, 1) for name in ("referred", "room_hours", "bed_days_there", "bought")},
        **{name: along(name, 0) for name in ("waiting", "limit", "leaving", "session", "price")},
        **{name: people(name) for name in ("hours", "overtime", "hired", "cost", "overtime_cost", "hired_cost")},
    )  # type: ignore[arg-type]


def measured(name: str, flow: Flow) -> list[object]:
    program, _, _ = formulate(flow)
    started = time.perf_counter()
    plan = optimum.solve(flow, SECONDS)
    solved = time.perf_counter()
    found = verdict(flow, plan)
    checked = time.perf_counter()
    gap = (plan.objective - plan.lower_bound) / abs(plan.objective)
    return [
        name, flow.referred[0].size, program.width, program.height, int(np.concatenate(program.whole).sum()),
        f"{solved - started:.1f}", f"{100 * gap:.4f}", f"{checked - solved:.2f}", "yes" if is_sound(found) else "NO",
    ]  # fmt: skip


def beside_scipy(flow: Flow) -> list[object]:
    """The same program, for at most :data:`THEIRS` seconds: what it comes to, or how far it has come."""
    program, _, _ = formulate(flow)
    ours = optimum.solve(flow, SECONDS).objective
    started = time.perf_counter()
    found = milp(
        np.concatenate(program.cost),
        integrality=np.concatenate(program.whole).astype(int),
        bounds=Bounds(np.concatenate(program.lower), np.concatenate(program.upper)),
        constraints=LinearConstraint(
            matrix(program), np.concatenate(program.row_lower), np.concatenate(program.row_upper)
        ),
        options={"time_limit": THEIRS, "mip_rel_gap": GAP},
    )
    none = f"no plan within {THEIRS:.0f} s" + (
        "" if found.mip_dual_bound is None else f", bound {found.mip_dual_bound:,.0f}"
    )
    gap = "–" if found.mip_gap is None else f"{100 * found.mip_gap:.4f}"
    return [
        f"{time.perf_counter() - started:.1f}", round(ours), none if found.x is None else round(found.fun), gap,
    ]  # fmt: skip


if __name__ == "__main__":
    main()
