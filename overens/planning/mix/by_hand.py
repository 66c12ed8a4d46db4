# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A plan that somebody has laid by hand: hours by task and competence, added up as the optimiser's plans are.

Nothing is refused here; that is for the checker (:mod:`.verdict`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

import numpy as np

from overens.planning.mix.follow import COLUMNS
from overens.planning.mix.optimum import Answer, plan_of
from overens.planning.mix.plan import Plan
from overens.planning.mix.problem import Mix
from overens.planning.mix.ways import spent, today, ways
from overens.planning.mix.whatif import Decision, changed
from overens.planning.mix.whatif import WhatIf as More

# Hours a week of each task, in its own minutes, by task and competence.
Hours = Mapping[tuple[str, str], float]
# Hours below this are none.
NONE = 1e-6


def plan(mix: Mix, hours: Hours) -> Plan:
    """What the hours come to: what nobody does is missing, hours beyond those there are are added, as far as posts
    allow. Who may not do a task does it in the task's own time. No least cost is known, so the bound is nought.
    """
    given = ways(mix)
    before = today(given)
    may = set(zip(given.task.tolist(), given.by.tolist(), strict=True))
    tasks, names = given.tasks, given.competences
    outside = [
        Decision(task, name)
        for (task, name), found in hours.items()
        if found > NONE and (tasks.index(task), names.index(name)) not in may
    ]
    given = changed(given, More(decisions=tuple(outside)))
    pairs = zip(given.task, given.by, strict=True)
    done = np.array([max(0.0, hours.get((tasks[task], names[by]), 0.0)) for task, by in pairs])
    missing = np.maximum(given.wanted - np.bincount(given.task, done, len(tasks)), 0)
    missing[missing < NONE] = 0
    used, _away = spent(given, done)
    added = np.minimum(np.maximum(used - given.hours, 0), given.more)
    kronor = float(given.cost @ (used - added) + given.more_cost @ added + given.missing * missing.sum())
    return plan_of(mix, given, before, Answer(done, missing, used, added, np.zeros(len(names)), kronor, 0.0))


def today_hours(mix: Mix) -> dict[tuple[str, str], float]:
    """As it is done now."""
    given = ways(mix)
    return {
        (given.tasks[task], given.competences[by]): float(given.today[task, by])
        for task, by in zip(*np.nonzero(given.today), strict=True)
    }


def hours_of(found: Plan) -> dict[tuple[str, str], float]:
    return {(each.task, each.competence): each.hours for each in found.done}


def as_table(hours: Hours) -> str:
    """As a CSV of the columns that :func:`overens.planning.mix.follow.reported` reads."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((task, name, f"{found:.6f}") for (task, name), found in hours.items() if found > NONE)
    return text.getvalue()
