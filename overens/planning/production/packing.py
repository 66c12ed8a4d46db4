# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""An answer as bytes, to be kept and read again without being computed: the same answer is the same bytes."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from overens.planning.production import earning, verdict
from overens.planning.production.files import named
from overens.planning.production.flow import Flow, Plan, StepOf
from overens.planning.production.problem import Production
from overens.planning.production.waits import Band, Counted, Runs, band, share
from overens.rules.findings import Finding, Where

if TYPE_CHECKING:
    from overens.planning.production.answer import Answer

FORMAT = 1
PARTS = ("low", "middle", "high")
MEASURES = ("on_list", "late", "within", "begun")


@dataclass(frozen=True)
class Simulated:
    """Where the runs are, by step and last for all steps, all priorities together: who waits and who is late when each
    week begins and at the end[W + 1, N + 1], the share of those who wait that is within the limit[W + 1, N + 1] (nan:
    nobody waits), and who are begun in each week[W, N + 1].
    """

    on_list: Band
    late: Band
    within: Band
    begun: Band


@dataclass(frozen=True)
class Kept:
    """``more``: what is said of the plan beside the checker's verdict. ``planned``, ``unplanned``: what chance makes of
    it, with the plan and with ordinary hours and all sessions alone; None where it was not simulated.
    """

    flow: Flow
    plan: Plan
    more: tuple[Finding, ...]
    runs: int
    planned: Simulated | None
    unplanned: Simulated | None


def kept(found: Answer, unplanned: Runs | None) -> Kept:
    """unplanned: as many runs, with the same seed, without the plan."""
    return Kept(
        found.flow,
        found.plan,
        found.findings,
        len(found.runs.late) if found.runs else 0,
        simulated(found.runs) if found.runs else None,
        simulated(unplanned) if unplanned else None,
    )


def simulated(runs: Runs) -> Simulated:
    on_list, late, begun = (_with_all(each) for each in (runs.on_list, runs.late, runs.begun))
    return Simulated(band(on_list), band(late), band(share(on_list - late, on_list)), band(begun))


def _with_all(counted: Counted) -> Counted:
    by_step = counted.sum(3)
    return np.concatenate([by_step, by_step.sum(2, keepdims=True)], axis=2)


def said(found: Kept, problem: Production) -> tuple[Finding, ...]:
    """The checker's verdict, reckoned anew, and what else is to be said, with the problem's names for its ids."""
    return named((*verdict.verdict(found.flow, found.plan, earning.pays(problem)), *found.more), problem)


def archive(facts: Mapping[str, Any], arrays: Mapping[str, Any]) -> bytes:
    """Facts, ``format`` among them, and arrays as one file."""
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True)
    file = io.BytesIO()
    np.savez_compressed(file, allow_pickle=False, facts=np.frombuffer(text.encode(), np.uint8), **arrays)
    return file.getvalue()


def opened(content: bytes, format: object) -> tuple[dict[str, Any], dict[str, Any]]:
    """What :func:`archive` made. Raises ValueError when it was made in another format."""
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        arrays = dict(file)
    facts = json.loads(arrays.pop("facts").tobytes())
    if facts["format"] != format:
        raise ValueError("packed in another format than this version reads")
    return facts, arrays


def pack(found: Kept) -> bytes:
    arrays: dict[str, Any] = {}
    facts: dict[str, Any] = {
        "format": FORMAT,
        "first": found.flow.first.isoformat(),
        "steps": [[each.service, each.step, each.number, each.kind] for each in found.flow.steps],
        "runs": found.runs,
        "more": [[each.code, each.level, dict(each.values), each.where and each.where.key] for each in found.more],
    }
    for name, thing in (("flow", found.flow), ("plan", found.plan)):
        for each in fields(thing):
            value = getattr(thing, each.name)
            if isinstance(value, np.ndarray):
                arrays[f"{name}.{each.name}"] = value
            elif each.name not in facts:
                facts[f"{name}.{each.name}"] = value
    for name in ("planned", "unplanned"):
        if (waits := getattr(found, name)) is not None:
            for measure in MEASURES:
                for part in PARTS:
                    arrays[f"{name}.{measure}.{part}"] = getattr(getattr(waits, measure), part)
    return archive(facts, arrays)


def unpack(content: bytes) -> Kept:
    """What :func:`pack` made. Raises ValueError when it was made in another format."""
    facts, arrays = opened(content, FORMAT)

    def made(kind: Any, name: str, **more: Any) -> Any:
        both = {**facts, **arrays}
        return kind(**more, **{
            each.name: both[f"{name}.{each.name}"] for each in fields(kind) if f"{name}.{each.name}" in both
        })  # fmt: skip

    def bands(name: str) -> Simulated | None:
        if f"{name}.late.low" not in arrays:
            return None
        return Simulated(*(Band(*(arrays[f"{name}.{each}.{part}"] for part in PARTS)) for each in MEASURES))

    flow = made(
        Flow, "flow", first=date.fromisoformat(facts["first"]), steps=tuple(StepOf(*each) for each in facts["steps"])
    )
    names = {name: tuple(getattr(flow, name)) for name in ("priorities", "competences", "rooms", "beds")}
    more = (Finding(code, level, values, Where(key=key) if key else None) for code, level, values, key in facts["more"])
    return Kept(
        replace(flow, **names), made(Plan, "plan"), tuple(more), facts["runs"], bands("planned"), bands("unplanned")
    )
