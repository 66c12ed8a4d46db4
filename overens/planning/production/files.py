# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A plan as files: plan.json, which is read again, and tables as CSV. See docs/production-plan.md."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
from pydantic import ValidationError

from overens.planning.production import verdict as checking
from overens.planning.production.earning import Pays
from overens.planning.production.flow import Floats, Flow, Plan
from overens.planning.production.problem import ALIKE, Production, week_text
from overens.planning.production.waits import Runs, band, share
from overens.planning.written import write_rows
from overens.rules.findings import Finding, as_json, refuse, word
from overens.rules.values import Table

FORMAT: Literal[1] = 1
TABLES = ("patients", "hours", "rooms", "beds")
# All that :func:`write` makes in a folder, and what :func:`write_waits` adds.
NAMES = ("plan.json", *(f"{table}.csv" for table in TABLES))
WAITS = "waits.csv"
# What of a finding's values is an id of the problem's.
NAMING = ("step", "service", "priority", "competence", "room", "bed", "what", "grant")
Row = list[float]


class Axes(Table):
    """What the arrays are over, in order. ``steps``: "service.step"."""

    weeks: list[str]
    steps: list[str]
    priorities: list[str]
    competences: list[str]
    rooms: list[str]
    beds: list[str]
    services: list[str]


class Sums(Table):
    """Kronor. ``cost``: hours and bought patients; ``left_after``: what those who then wait or are on their way have
    yet to cost; ``gap``: objective less lower bound, as a share of the objective.
    """

    cost: int
    left_after: int
    earned: int
    gap: float
    proven: bool


class Said(Table):
    """Of the checker: ``approved`` where no finding is an error."""

    approved: bool
    findings: list[dict[str, Any]]


class Arrays(Table):
    """:class:`overens.planning.production.flow.Plan`, array by array."""

    begun: list[list[Row]]
    bought: list[list[Row]]
    ordinary: list[Row]
    overtime: list[Row]
    hired: list[Row]
    opened: list[list[Row]]
    late: list[list[Row]]
    earned: float
    objective: float
    lower_bound: float | None
    late_price: float
    worth: list[Row]
    room_worth: list[Row]
    bed_worth: list[Row]
    stopped_early: bool


class PlanFile(Table):
    """plan.json. ``problem``: its id; ``note``: what is synthetic is said to be."""

    format: Literal[1]
    kind: Literal["production-plan"]
    problem: str
    title: str
    synthetic: bool
    note: dict[str, str] | None
    by: str
    axes: Axes
    sums: Sums
    verdict: Said
    plan: Arrays


def write(
    problem: Production, flow: Flow, plan: Plan, pays: Sequence[Pays], more: Iterable[Finding], folder: Path
) -> tuple[Finding, ...]:
    """Into a folder that is there; files of these names are replaced. more: what else is to be said of the plan. The
    checker's verdict and all of that, with names for ids, which are in the file too.
    """
    found = named((*checking.verdict(flow, plan, pays), *more), problem)
    made = as_file(problem, flow, plan, found)
    (folder / "plan.json").write_text(made.model_dump_json(indent=1) + "\n", encoding="utf-8")
    for table in TABLES:
        write_rows(folder / f"{table}.csv", rows(table, flow, plan), problem.synthetic)
    return found


def rows(table: str, flow: Flow, plan: Plan) -> Iterator[dict[str, Any]]:
    """Of one of the :data:`TABLES`, by column."""
    return {"patients": _patients, "hours": _hours, "rooms": _rooms, "beds": _beds}[table](flow, plan)


def as_file(problem: Production, flow: Flow, plan: Plan, found: Sequence[Finding]) -> PlanFile:
    waiting, _, _ = checking.recount(flow, plan.begun)
    gap = plan.objective - plan.lower_bound
    arrays: dict[str, Any] = {each.name: _plain(getattr(plan, each.name)) for each in fields(plan)}
    return PlanFile(
        format=FORMAT,
        kind="production-plan",
        problem=problem.id,
        title=problem.title,
        synthetic=problem.synthetic,
        note={language: word("production-synthetic", language) for language in ("sv", "en")}
        if problem.synthetic
        else None,
        by=week_text(flow.monday(flow.by)),
        axes=_axes(flow),
        sums=Sums(
            cost=round(checking.cost(flow, plan)),
            left_after=round(checking.left_after(flow, plan.begun, waiting)),
            earned=round(plan.earned),
            gap=round(gap / max(abs(plan.objective), 1.0), 8) if np.isfinite(gap) else 1.0,
            proven=not plan.stopped_early,
        ),
        verdict=Said(approved=checking.is_sound(found), findings=[as_json(each) for each in found]),
        plan=Arrays(**arrays),
    )


def read(text: str | bytes, flow: Flow) -> Plan:
    """The plan of a plan.json, for the problem it is of.

    Raises Refused: ``production-plan-unreadable``, ``production-plan-of-another``.
    """
    try:
        kept = PlanFile.model_validate_json(text)
    except ValidationError as problem:
        first = problem.errors()[0]
        where = ".".join(map(str, first["loc"]))
        refuse("production-plan-unreadable", "plan", where=where or "1", message=first["msg"][:200])
    if kept.axes != _axes(flow):
        refuse("production-plan-of-another", "plan", title=kept.title)
    bound = -np.inf if kept.plan.lower_bound is None else kept.plan.lower_bound
    arrays: dict[str, Any] = {**kept.plan.model_dump(), "lower_bound": bound}
    arrays |= {name: np.array(each, float) for name, each in arrays.items() if isinstance(each, list)}
    made = Plan(**arrays)
    # An axis without anything on it leaves no trace of the axes after it.
    empty = {
        "opened": (flow.weeks, len(flow.rooms), len(_services(flow))),
        "room_worth": (flow.weeks, len(flow.rooms)),
        "bed_worth": (flow.weeks, len(flow.beds)),
    }
    return replace(made, **{name: getattr(made, name).reshape(shape) for name, shape in empty.items()})


def schema() -> str:
    """The JSON Schema of plan.json."""
    return json.dumps(PlanFile.model_json_schema(), ensure_ascii=False, indent=2) + "\n"


def write_waits(flow: Flow, runs: Runs, synthetic: bool, folder: Path) -> None:
    """What the simulation makes of the plan: on the list when the week begins, late of them, begun, and the share begun
    within the limit; in each the 5, 50 and 95 % of the runs.
    """
    measures = {
        "on_list": band(runs.on_list[:, :-1]),
        "late": band(runs.late[:, :-1]),
        "begun": band(runs.begun),
        "share_within": band(share(runs.within, runs.begun)),
    }

    def rows() -> Iterator[dict[str, Any]]:
        for place, values in _places(flow):
            yield {
                **values,
                **{
                    f"{name}_{part}": _number(getattr(each, part)[place])
                    for name, each in measures.items()
                    for part in ("low", "middle", "high")
                },
            }

    write_rows(folder / WAITS, rows(), synthetic)


def named(found: Iterable[Finding], problem: Production) -> tuple[Finding, ...]:
    """With the problem's names, by language, for its ids."""
    of: dict[str, dict[str, str]] = {ALIKE: {"sv": "alla patienter", "en": "all patients"}}

    def name(id: str, *things: Any) -> None:
        of[id] = {
            language: ": ".join(str((language == "en" and each.title_en) or each.title) for each in things)
            for language in ("sv", "en")
        }

    for each in (*problem.priorities, *problem.competences, *problem.rooms, *problem.beds, *problem.rewards):
        name(each.id, each)
    for service, step in problem.every_step:
        name(service.id, service)
        name(f"{service.id}.{step.id}", service, step)

    def values(finding: Finding) -> Mapping[str, object]:
        return {key: of.get(str(value), value) if key in NAMING else value for key, value in finding.values.items()}

    return tuple(replace(each, values=values(each)) for each in found)


def _axes(flow: Flow) -> Axes:
    return Axes(
        weeks=[week_text(flow.monday(week)) for week in range(flow.weeks)],
        steps=[f"{each.service}.{each.step}" for each in flow.steps],
        priorities=list(flow.priorities),
        competences=list(flow.competences),
        rooms=list(flow.rooms),
        beds=list(flow.beds),
        services=_services(flow),
    )


def _services(flow: Flow) -> list[str]:
    of = {each.number: each.service for each in flow.steps}
    return [of.get(number, "") for number in range(max(of) + 1)]


def _plain(value: object) -> object:
    """Of arrays six decimals; no number where there is none."""
    if isinstance(value, np.ndarray):
        return (value.round(6) + 0.0).tolist()
    return value if isinstance(value, bool) else _number(value, 6)


def _number(value: Any, decimals: int = 4) -> float | None:
    return round(float(value), decimals) + 0.0 if np.isfinite(value) else None


def _places(flow: Flow) -> Iterator[tuple[tuple[int, int, int], dict[str, Any]]]:
    for place in np.ndindex(flow.referred.shape):
        week, step, priority = place
        of = flow.steps[step]
        yield (week, step, priority), {
            "week": week_text(flow.monday(week)), "service": of.service, "step": of.step,
            "priority": flow.priorities[priority],
        }  # fmt: skip


def _patients(flow: Flow, plan: Plan) -> Iterator[dict[str, Any]]:
    waiting, late, _ = checking.recount(flow, plan.begun)
    arrays = {
        "referred": flow.referred, "begun": plan.begun, "bought": plan.bought, "waiting": waiting, "late": late,
    }  # fmt: skip
    for place, values in _places(flow):
        yield {**values, **{name: _number(each[place]) for name, each in arrays.items()}}


def _hours(flow: Flow, plan: Plan) -> Iterator[dict[str, Any]]:
    arrays = {
        "there": flow.hours, "ordinary": plan.ordinary, "overtime": plan.overtime, "hired": plan.hired,
        "worth": plan.worth,
    }  # fmt: skip
    yield from _by_week(flow, "competence", flow.competences, arrays)


def _rooms(flow: Flow, plan: Plan) -> Iterator[dict[str, Any]]:
    used = _used(plan, flow.room_minutes) / 60
    for at, service in enumerate(_services(flow)):
        own = np.array([[each.number == at] for each in flow.steps])
        of = _used(plan, flow.room_minutes * own) / 60
        sessions = plan.opened[:, :, at]
        for week, room in zip(*np.nonzero(of > 1e-6), strict=True):
            yield {
                "week": week_text(flow.monday(int(week))), "room": flow.rooms[room], "service": service,
                "sessions": _number(sessions[week, room]), "hours": _number(of[week, room]),
                "all_hours": _number(used[week, room]), "there": _number(flow.room_hours[week, room]),
                "worth": _number(plan.room_worth[week, room]),
            }  # fmt: skip


def _beds(flow: Flow, plan: Plan) -> Iterator[dict[str, Any]]:
    arrays = {"there": flow.bed_days_there, "used": _used(plan, flow.planned_bed_days), "worth": plan.bed_worth}
    yield from _by_week(flow, "bed", flow.beds, arrays)


def _used(plan: Plan, takes: Floats) -> Floats:
    return np.asarray((plan.begun - plan.bought).sum(2) @ takes)


def _by_week(flow: Flow, kind: str, names: Sequence[str], arrays: Mapping[str, Floats]) -> Iterator[dict[str, Any]]:
    for week in range(flow.weeks):
        for at, name in enumerate(names):
            figures = {key: _number(each[week, at]) for key, each in arrays.items()}
            yield {"week": week_text(flow.monday(week)), kind: name, **figures}
