# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Planned against real shift, at both ends: time that the giving competence got, time that the taking one gave.

A shift that only adds service staff is none: somebody has begun to do the task and nobody has stopped (so one county
council, the report on 2018, page 24). What is real is what was reported: hours a week of each task by competence.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation

from overens.planning.mix.plan import Plan
from overens.planning.mix.problem import Mix
from overens.planning.mix.ways import ways
from overens.rules.findings import Finding, Where, error
from overens.rules.values import Slug, Table

COLUMNS = ("task", "competence", "hours")
# A change of less than this share of what was planned is none; of this share at least, it has happened (assumed).
NONE, HAPPENED = 0.2, 0.8

# Hours a week by task and competence, of the competence's own time.
Reported = Mapping[tuple[str, str], float]


class Shift(Table):
    """Of a task, from one competence to another: hours a week of each one's own time that were to be ``freed`` and
    ``taken``, and those that really were. ``state``: "happened", "partly", "not", "added" (taken and not freed) or
    "left" (freed and not taken).
    """

    task: Slug
    giver: Slug
    taker: str
    freed: float
    taken: float
    really_freed: float
    really_taken: float
    state: str


class Followed(Table):
    """``freed``: hours a week at what is not at a patient that were to be, and really were, taken off those who may be
    at patients.
    """

    shifts: tuple[Shift, ...]
    freed: float
    really_freed: float


def reported(text: str, mix: Mix) -> tuple[Reported | None, tuple[Finding, ...]]:
    """A table of hours a week: CSV with the columns task, competence, hours, with comma or semicolon between.

    A pair that is left out is nought. None where anything is to be mended.
    """
    found: dict[tuple[str, str], float] = {}
    findings: list[Finding] = []
    lines = text.lstrip("\ufeff").splitlines()
    head = lines[0] if lines else ""
    rows = csv.DictReader(io.StringIO("\n".join(lines)), delimiter=";" if ";" in head else ",")
    if missing := [name for name in COLUMNS if name not in (rows.fieldnames or ())]:
        return None, (error("mix-report-columns", missing=missing, columns=list(COLUMNS)),)
    tasks, competences = {each.id for each in mix.tasks}, {each.id for each in mix.competences}
    for row in rows:
        wrong = list(_wrong(row, tasks, competences, found))
        findings += [Finding(each.code, each.level, each.values, Where(line=rows.line_num)) for each in wrong]
        if not wrong:
            found[row["task"].strip(), row["competence"].strip()] = float(_hours(row["hours"]) or 0)
    return (None if findings else found), tuple(findings)


def _wrong(row: Mapping[str, str | None], tasks: set[str], competences: set[str], found: Reported) -> Iterator[Finding]:
    task, competence = (row["task"] or "").strip(), (row["competence"] or "").strip()
    hours = _hours(row["hours"])
    for name, known in ((task, tasks), (competence, competences)):
        if name not in known:
            yield error("mix-unknown", name=name, known=sorted(known))
    if (task, competence) in found:
        yield error("mix-report-twice", task=task, competence=competence)
    if hours is None or not hours.is_finite() or hours < 0:
        yield error("mix-report-hours", raw=row["hours"] or "")


def _hours(raw: str | None) -> Decimal | None:
    try:
        return Decimal((raw or "").strip().replace(",", "."))
    except InvalidOperation:
        return None


def follow(mix: Mix, plan: Plan, now: Reported) -> Followed:
    """What was reported against the plan. Between several shifts of one task, in proportion to what was planned."""
    given = ways(mix)
    before = {
        (task, name): float(given.today[at, by]) * _factor(mix, task, name)
        for at, task in enumerate(given.tasks)
        for by, name in enumerate(given.competences)
    }
    change = {pair: now.get(pair, 0.0) - hours for pair, hours in before.items()}
    near = {name for name, at in zip(given.competences, given.near, strict=True) if at}
    far = {each.id for each in mix.tasks if not each.at_patient}
    shifts = []
    for moved in plan.moved:
        freed = _part(moved.freed, sum(m.freed for m in plan.moved if (m.task, m.giver) == (moved.task, moved.giver)))
        taken = _part(moved.taken, sum(m.taken for m in plan.moved if (m.task, m.taker) == (moved.task, moved.taker)))
        really_freed = freed * max(0.0, -change[moved.task, moved.giver])
        really_taken = taken * max(0.0, change.get((moved.task, moved.taker), 0.0))
        shifts.append(
            Shift(
                task=moved.task, giver=moved.giver, taker=moved.taker, freed=moved.freed, taken=moved.taken,
                really_freed=round(really_freed, 6), really_taken=round(really_taken, 6),
                state=_state(_part(really_freed, moved.freed), _part(really_taken, moved.taken)),
            )
        )  # fmt: skip
    return Followed(
        shifts=tuple(shifts),
        freed=plan.freed,
        really_freed=round(-sum(hours for (task, name), hours in change.items() if task in far and name in near), 6),
    )


def findings(mix: Mix, followed: Followed) -> tuple[Finding, ...]:
    """What did not become of the plan, in plain words; a note where all of it did."""
    tasks = {each.id: {"sv": each.title, "en": each.title_en or each.title} for each in mix.tasks}
    names = {each.id: {"sv": each.title, "en": each.title_en or each.title} for each in mix.competences}
    said = tuple(
        Finding(
            f"mix-shift-{each.state}",
            "warning",
            {
                "task": tasks[each.task], "giver": names[each.giver], "taker": names.get(each.taker, each.taker),
                "freed": round(each.freed, 1), "taken": round(each.taken, 1),
                "really_freed": round(each.really_freed, 1), "really_taken": round(each.really_taken, 1),
            },
            Where(key=f"shift[{each.task}/{each.giver}/{each.taker}]"),
        )
        for each in followed.shifts
        if each.state != "happened" and each.taker
    )  # fmt: skip
    values = {"freed": round(followed.freed, 1), "really": round(followed.really_freed, 1)}
    return (*said, Finding("mix-freed-really", "note", values))


def _state(freed: float, taken: float) -> str:
    if freed >= HAPPENED and taken >= HAPPENED:
        return "happened"
    if freed < NONE and taken < NONE:
        return "not"
    if freed < NONE:
        return "added"
    return "left" if taken < NONE else "partly"


def _part(one: float, whole: float) -> float:
    return one / whole if whole else 0.0


def _factor(mix: Mix, task: str, competence: str) -> float:
    return next((float(may.factor) for may in mix.may if task in may.tasks and may.competence == competence), 1.0)
