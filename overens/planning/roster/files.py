# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A planned roster as files: plan.json, which is read again, and tables as CSV. See docs/roster-exchange.md."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from overens.planning.roster import solution
from overens.planning.roster.answer import Answer
from overens.planning.roster.building import due
from overens.planning.roster.instance import OFF, Whole
from overens.planning.roster.judged import Judged, judge
from overens.planning.roster.problem import Roster
from overens.planning.roster.rules import SATURDAY, Case, Cover
from overens.planning.written import write_rows
from overens.rules.findings import as_json, refuse, word
from overens.rules.values import Table

FORMAT: Literal[1] = 1
PLAN, ROSTER = "plan.json", "roster.csv"
# Of a ward; the benchmark has neither hours of contracts nor dates.
TABLES = ("shifts", "persons", "cover")
Row = dict[str, Any]


class PlanFile(Table):
    """plan.json. ``problem``: its id, or the file's name; ``note``: what is synthetic is said to be. ``first``: the
    first day, where there are dates. ``objective``, ``feasible``, ``costs`` and ``findings`` are the checker's;
    ``gap``: objective less lower bound, as a share of the objective. ``roster``: of each person a shift, or nothing,
    for each day.
    """

    format: Literal[1]
    kind: Literal["roster-plan"]
    problem: str
    title: str
    synthetic: bool
    note: dict[str, str] | None
    first: str | None
    days: int
    shifts: list[str]
    objective: int
    lower_bound: int
    gap: float
    feasible: bool
    stopped_early: bool
    seconds: float
    seed: int
    costs: dict[str, int]
    findings: list[dict[str, Any]]
    roster: dict[str, list[str]]


@dataclass(frozen=True)
class Planned:
    """A roster[P, D] that was planned for a case, what the checker says of it, and how it was come to."""

    case: Case
    roster: Whole
    judged: Judged
    lower_bound: int
    stopped_early: bool
    seconds: float
    seed: int

    @property
    def gap(self) -> float:
        objective = self.judged.objective
        return round((objective - self.lower_bound) / max(objective, 1), 8)


def planned(case: Case, answer: Answer, seed: int) -> Planned:
    """An answer that has a roster, as the independent checker sees it."""
    if answer.roster is None:
        raise ValueError("An answer without a roster")
    judged = judge(case, answer.roster)
    return Planned(case, answer.roster, judged, answer.lower_bound, answer.stopped_early, answer.seconds, seed)


def as_file(made: Planned, problem: str, title: str, synthetic: bool = False) -> PlanFile:
    case, judged = made.case, made.judged
    return PlanFile(
        format=FORMAT,
        kind="roster-plan",
        problem=problem,
        title=title,
        synthetic=synthetic,
        note={language: word("roster-synthetic", language) for language in ("sv", "en")} if synthetic else None,
        first=case.first.isoformat() if case.first else None,
        days=case.days,
        shifts=list(case.shifts),
        objective=judged.objective,
        lower_bound=made.lower_bound,
        gap=made.gap,
        feasible=judged.feasible,
        stopped_early=made.stopped_early,
        seconds=round(made.seconds, 2),
        seed=made.seed,
        costs=dict(sorted(judged.costs.items())),
        findings=[as_json(each) for each in (*judged.broken, *judged.given_up)],
        roster=json.loads(solution.as_json(made.roster, case.persons, case.shifts)),
    )


def as_text(file: PlanFile) -> str:
    """A line for each key, and for each person."""
    kept = file.model_dump()
    rows = kept.pop("roster")
    head = json.dumps(kept, ensure_ascii=False, indent=1).removesuffix("\n}")
    lines = (
        f"  {json.dumps(who, ensure_ascii=False)}: {json.dumps(row, ensure_ascii=False)}" for who, row in rows.items()
    )
    return f'{head},\n "roster": {{\n' + ",\n".join(lines) + "\n }\n}\n"


def read(text: str, case: Case) -> Whole:
    """roster[P, D] from a plan.json, a roster as JSON, or one as lines between commas: told by the text itself.

    Raises Refused: ``roster-plan-unreadable``, and what :mod:`~overens.planning.roster.solution` has to say.
    """
    names = (case.persons, case.shifts, case.days)
    if not text.lstrip("\ufeff \n\r\t").startswith("{"):
        return solution.from_text(text, *names)
    try:
        data = json.loads(text.removeprefix("\ufeff"))
        if not (isinstance(data, dict) and data.get("kind") == "roster-plan"):
            return solution.from_json(text.removeprefix("\ufeff"), *names)
        kept = PlanFile.model_validate_json(text.removeprefix("\ufeff"))
    except ValidationError as problem:
        first = problem.errors()[0]
        where = ".".join(map(str, first["loc"]))
        refuse("roster-plan-unreadable", "plan", where=where or "1", message=first["msg"][:200])
    except (ValueError, RecursionError) as problem:
        refuse("roster-plan-unreadable", "plan", where="1", message=str(problem)[:200])
    return solution.from_json(json.dumps(kept.roster), *names)


def schema() -> str:
    """The JSON Schema of plan.json."""
    return json.dumps(PlanFile.model_json_schema(), ensure_ascii=False, indent=2) + "\n"


def write(made: Planned, problem: str, ward: Roster | None, folder: Path) -> None:
    """Into a folder that is there; files of these names are replaced. problem: what the file calls it. ward: None for
    the benchmark.
    """
    title, synthetic = (ward.title, ward.synthetic) if ward else (problem, False)
    (folder / PLAN).write_text(as_text(as_file(made, problem, title, synthetic)), encoding="utf-8")
    (folder / ROSTER).write_text(solution.as_text(made.roster, made.case.shifts), encoding="utf-8")
    if ward:
        for table in TABLES:
            write_rows(folder / f"{table}.csv", rows(table, ward, made.case, made.roster), ward.synthetic)


def rows(table: str, ward: Roster | None, case: Case, roster: Whole) -> Iterator[Row]:
    """Of one of the :data:`TABLES`, by column."""
    if ward is None:
        return iter(())
    return {"shifts": _shifts, "persons": _persons, "cover": _cover}[table](ward, case, roster)


def _shifts(ward: Roster, case: Case, roster: Whole) -> Iterator[Row]:
    """One for each shift of each person."""
    for who, line in zip(ward.persons, roster.tolist(), strict=True):
        for day, at in enumerate(line):
            if at != OFF:
                shift = ward.shifts[at]
                on = ward.first + timedelta(days=day)
                yield {
                    "person": who.id, "title": who.title, "day": on.isoformat(), "shift": shift.id,
                    "kind": shift.kind, "start": f"{shift.start:%H:%M}", "end": f"{shift.end:%H:%M}",
                    "hours": _hours(int(case.minutes[case.before + day, at])),
                }  # fmt: skip


def _persons(ward: Roster, case: Case, roster: Whole) -> Iterator[Row]:
    """Hours against the contract, nights, weekends, and which wishes were met."""
    lines = roster.tolist()
    met = wishes_met(case, roster)
    for at, (who, line) in enumerate(zip(ward.persons, lines, strict=True)):
        kinds = [ward.shifts[shift].kind for shift in line if shift != OFF]
        minutes = sum(int(case.minutes[case.before + day, shift]) for day, shift in enumerate(line) if shift != OFF)
        weekends = sum(line[day] != OFF or line[day + 1] != OFF for day in range(SATURDAY, case.days - 1, 7))
        wishes = [ok for wish, ok in zip(case.wishes, met, strict=True) if wish.person == at]
        yield {
            "person": who.id, "title": who.title, "hours": _hours(minutes), "due": _hours(due(ward, who)),
            "difference": _hours(minutes - due(ward, who)), "shifts": len(kinds),
            "evenings": kinds.count("evening"), "nights": kinds.count("night"), "weekends": weekends,
            "nights_before": who.nights, "weekends_before": who.weekends,
            "wishes": len(wishes), "wishes_met": sum(wishes),
        }  # fmt: skip


def wishes_met(case: Case, roster: Whole) -> list[bool]:
    """Of each wish of the case, in order."""
    return [(int(roster[wish.person, wish.day - case.before]) in wish.shifts) == wish.on for wish in case.wishes]


def _cover(ward: Roster, case: Case, roster: Whole) -> Iterator[Row]:
    """Of each day, shift and competence: how many there are of those who are wanted."""
    for cover in sorted(case.cover, key=lambda each: (each.day, each.shift, each.name)):
        day = cover.day - case.before
        at = there(case, roster, cover)
        yield {
            "day": (ward.first + timedelta(days=day)).isoformat(), "shift": case.shifts[cover.shift],
            "competence": cover.name, "least": cover.least, "wanted": cover.wanted, "there": at,
            "short": max(cover.wanted - at, 0), "over": max(at - cover.wanted, 0),
        }  # fmt: skip


def there(case: Case, roster: Whole, cover: Cover) -> int:
    """How many there are of those who are wanted."""
    return sum(int(roster[who, cover.day - case.before]) == cover.shift for who in cover.persons)


def _hours(minutes: int) -> float:
    return round(minutes / 60, 2)
