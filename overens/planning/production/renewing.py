# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is left of a problem when weeks of its plan have passed, as files: to be kept, read and planned as any other."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any

import numpy as np
import tomlkit

from overens.planning.production import deviation, earning
from overens.planning.production.building import flow as build
from overens.planning.production.flow import Floats
from overens.planning.production.problem import Production, week_text
from overens.planning.production.reading import Given
from overens.planning.production.tables import MOST_WAITED, Outcome
from overens.rules.findings import refuse

COMING = "coming.csv"
# So few patients on their way are nobody.
NOBODY = 5e-4


def renewed(text: str, given: Given) -> tuple[str, dict[str, str]]:
    """The problem's file and its tables, from the week after the outcome's last: the referrals so far, the list as it
    is, those on their way to a step, and what is left of the grants. Comments stay.

    text: the file that ``given`` was read from. Raises Refused: ``production-no-outcome``,
    ``production-no-week-left``.
    """
    problem, outcome = given.problem, given.outcome
    if outcome is None:
        refuse("production-no-outcome", "outcome")
    passed = len(outcome.begun)
    if passed >= problem.weeks:
        refuse("production-no-week-left", "outcome", last=week_text(problem.mondays[-1]))
    coming = tuple(_coming_rows(problem, _coming(given, outcome)))
    tables = {
        problem.tables.referrals: _written(("week", "service", "referred"), _referrals(given, outcome)),
        problem.tables.waiting: _written(
            _columns(problem, "service", "step", "priority", "weeks", "patients"), _waiting(given, outcome)
        ),
    }
    if coming:
        tables[COMING] = _written(_columns(problem, "week", "service", "step", "priority", "patients"), coming)
    return _text(text, given, outcome, COMING if coming else ""), tables


def _text(text: str, given: Given, outcome: Outcome, coming: str) -> str:
    problem, passed = given.problem, len(outcome.begun)
    document: Any = tomlkit.parse(text)
    first = problem.mondays[passed]
    document["first_week"], document["weeks"] = week_text(first), problem.weeks - passed
    document["by"] = week_text(max(problem.by, first))
    if "tables" in document:
        for name in ("outcome", "worked", "coming"):
            document["tables"].pop(name, None)
    if coming:
        document.setdefault("tables", tomlkit.table())["coming"] = coming
    left = {each.id: each for each in deviation.left_of(earning.pays(problem), outcome)}
    for reward in document.get("reward", ()):
        if (each := left.get(reward["id"])) is not None:
            reward["base"] = int(each.base) if each.base == int(each.base) else round(each.base, 3)
            if "ceiling" in reward:
                reward["ceiling"] = each.most
    return tomlkit.dumps(document)


def _referrals(given: Given, outcome: Outcome) -> Iterator[Sequence[object]]:
    problem = given.problem
    from_outside = outcome.referred if given.coming is None else outcome.referred - given.coming[: len(outcome.begun)]
    for at, (service, step) in enumerate(problem.every_step):
        if step.id != (service.referred_to or service.steps[0].id):
            continue
        history = given.referrals[service.id]
        for week, count in enumerate(history.counts):
            if np.isfinite(count):
                yield week_text(history.first + timedelta(weeks=week)), service.id, int(count)
        for monday, came in zip(problem.mondays, from_outside[:, at].sum(1), strict=False):
            yield week_text(monday), service.id, round(float(came))


def _waiting(given: Given, outcome: Outcome) -> Iterator[Sequence[object]]:
    problem = given.problem
    found = Counter[tuple[int, int, int]]()
    waiting = deviation.replan(build(given), outcome).waiting
    for step, priority, weeks in np.argwhere(waiting):
        found[int(step), int(priority), min(int(weeks), MOST_WAITED)] += int(waiting[step, priority, weeks])
    for (step, priority, weeks), patients in found.items():
        yield *_place(problem, step, priority), weeks, patients


def _coming(given: Given, outcome: Outcome) -> Floats:
    """[W, N, K]: of those who have been begun, whom that leads on to a step in a week of the problem."""
    model, passed = build(given), len(outcome.begun)
    found = np.zeros_like(model.referred) if given.coming is None else given.coming.copy()
    for week in range(passed):
        for source, target in zip(*np.nonzero(model.onward), strict=True):
            if (ready := week + model.after[source, target]) < model.weeks:
                found[ready, target] += model.onward[source, target] * outcome.begun[week, source]
    found[:passed] = 0
    return found


def _coming_rows(problem: Production, coming: Floats) -> Iterator[Sequence[object]]:
    for week, step, priority in np.argwhere(coming >= NOBODY):
        patients = round(float(coming[week, step, priority]), 4)
        yield week_text(problem.mondays[week]), *_place(problem, int(step), int(priority)), patients


def _place(problem: Production, step: int, priority: int) -> tuple[str, ...]:
    service, of = problem.every_step[step]
    named = (problem.every_priority[priority],) if problem.priorities else ()
    return service.id, of.id, *named


def _columns(problem: Production, *names: str) -> tuple[str, ...]:
    return tuple(each for each in names if each != "priority" or problem.priorities)


def _written(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return file.getvalue()
