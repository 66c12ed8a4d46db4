# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What would it cost if: other hours, other minutes, a decision more. Many answers from one plan, each exact.

Each answer begins at the least-cost plan of the problem as it is and walks from there (:mod:`.walking`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import highspy
import numpy as np
from scipy.sparse import csc_array, csr_array, eye_array, hstack

from overens.planning.mix import program as programs
from overens.planning.mix import walking
from overens.planning.mix.program import program
from overens.planning.mix.walking import Base
from overens.planning.mix.ways import Floats, Ways, Whole
from overens.rules.findings import refuse


@dataclass(frozen=True)
class Decision:
    """That a competence may do a task too, or on other terms than now: as in a problem's ``may``."""

    task: str
    competence: str
    factor: float = 1.0
    supervision: float = 0.0
    supervised_by: str = ""
    up_to: float = 1.0


@dataclass(frozen=True)
class WhatIf:
    """hours: so many more (or fewer) a week by competence; posts: so many more that could be added at most. minutes: so
    many times as long by task.
    """

    hours: Mapping[str, float] = field(default_factory=dict)
    posts: Mapping[str, float] = field(default_factory=dict)
    minutes: Mapping[str, float] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True)
class Start:
    """The problem as it is, what its least-cost plan costs, and that plan to walk from."""

    given: Ways
    kronor: float
    base: Base


def start(given: Ways) -> Start:
    of = program(given)
    highs = programs.solver(of)
    if not programs.run(highs):
        refuse("mix-stopped-early", "seconds", seconds=0)
    held = highs.getBasis()
    within = [each == highspy.HighsBasisStatus.kBasic for each in (*held.col_status, *held.row_status)]
    above = np.array([each == highspy.HighsBasisStatus.kUpper for each in held.col_status])
    rows, columns = of.matrix.shape
    # Each row has a column of its own that is nought: where no other is in the basis for it.
    matrix = hstack([of.matrix, eye_array(rows)], format="csc")
    cost, basis = np.append(of.cost, np.zeros(rows)), np.flatnonzero(within)
    inverse = np.linalg.inv(matrix[:, basis].toarray())
    inverse[np.abs(inverse) < walking.ENTRY] = 0
    row_prices = cost[basis] @ inverse
    prices = cost - matrix.T @ row_prices
    prices[basis] = 0
    at_upper = np.append(above, np.zeros(rows, bool)).astype(np.int64)
    outside = np.where(above, np.where(np.isfinite(of.upper), of.upper, 0), 0)
    order = np.argsort(given.task, kind="stable")
    by_row, down, across = matrix.tocsr(), csr_array(inverse), csc_array(inverse)
    return Start(given, programs.least(highs), Base(
        rows + columns, *_parts(matrix), *_parts(by_row), *_parts(down), *_parts(across),
        cost=cost, upper=np.append(of.upper, np.zeros(rows)), prices=prices, at_upper=at_upper, basis=basis,
        values=inverse @ (of.right - of.matrix @ outside), row_prices=row_prices,
        first=np.searchsorted(given.task[order], np.arange(len(given.tasks) + 1)), of_task=order,
        share=given.share, by=given.by, wanted=given.wanted, used=int(programs.used(given)[0]),
    ))  # fmt: skip


def _parts(matrix: csc_array | csr_array) -> tuple[Whole, Whole, Floats]:
    return matrix.indptr.astype(np.int64), matrix.indices.astype(np.int64), matrix.data


def answers(known: Start, whatifs: Sequence[WhatIf]) -> Floats:
    """The least kronor a week of each, as solving each anew gives."""
    tasks = {name: at for at, name in enumerate(known.given.tasks)}
    names = {name: at for at, name in enumerate(known.given.competences)}
    changes: list[tuple[float, ...]] = []
    until = []
    for each in whatifs:
        changes += [(walking.HOURS_MORE, names[name], more, 0, 0, 0, 0) for name, more in each.hours.items()]
        changes += [
            (walking.HOURS_MORE, len(names) + names[name], more, 0, 0, 0, 0) for name, more in each.posts.items()
        ]
        changes += [(walking.TIMES_MINUTES, tasks[name], times, 0, 0, 0, 0) for name, times in each.minutes.items()]
        changes += [
            (walking.DECISION, tasks[one.task], one.factor, names[one.competence], one.supervision,
             names[one.supervised_by] if one.supervision else -1, one.up_to)
            for one in each.decisions
        ]  # fmt: skip
        until.append(len(changes))
    room = max((len(each.decisions) for each in whatifs), default=0)
    rows = np.array(changes, float).reshape(-1, 7)
    found = walking.answers(_with_room(known.base, room), rows, np.array(until, np.int64))
    for at in np.flatnonzero(np.isnan(found)):
        found[at] = cold(changed(known.given, whatifs[int(at)]))
    return found


def _with_room(base: Base, columns: int) -> Base:
    """With room for so many new columns, each with an entry in three rows at most."""

    def longer(array: Any, by: int) -> Any:
        return np.append(array, np.zeros(by, array.dtype))

    return base._replace(
        column_start=longer(base.column_start, columns),
        column_index=longer(base.column_index, 3 * columns),
        column_value=longer(base.column_value, 3 * columns),
        cost=longer(base.cost, columns),
        upper=longer(base.upper, columns),
        prices=longer(base.prices, columns),
        at_upper=longer(base.at_upper, columns),
    )


def cold(given: Ways) -> float:
    """The least kronor a week, from nothing."""
    highs = programs.solver(program(given))
    if not programs.run(highs):
        refuse("mix-stopped-early", "seconds", seconds=0)
    return programs.least(highs)


def changed(given: Ways, whatif: WhatIf) -> Ways:
    """The problem with what is changed in it."""
    names, tasks = list(given.competences), list(given.tasks)
    hours, posts, times = given.hours.copy(), given.more.copy(), np.ones(len(tasks))
    for figures, more in ((hours, whatif.hours), (posts, whatif.posts)):
        for name, figure in more.items():
            figures[names.index(name)] = max(0.0, figures[names.index(name)] + figure)
    for name, factor in whatif.minutes.items():
        times[tasks.index(name)] *= factor
    new = [(tasks.index(each.task), names.index(each.competence)) for each in whatif.decisions]
    kept = np.array([pair not in new for pair in zip(given.task, given.by, strict=True)], bool)
    ones = whatif.decisions

    def joined(old: Floats | Whole, more: Sequence[float]) -> Any:
        return np.concatenate([old[kept], np.array(more, old.dtype)])

    return replace(
        given,
        hours=hours,
        more=posts,
        wanted=given.wanted * times,
        today=given.today * times[:, None],
        task=joined(given.task, [task for task, _ in new]),
        by=joined(given.by, [by for _, by in new]),
        factor=joined(given.factor, [each.factor for each in ones]),
        supervision=joined(given.supervision, [each.supervision for each in ones]),
        supervisor=joined(given.supervisor, [names.index(e.supervised_by) if e.supervision else -1 for e in ones]),
        share=joined(given.share, [each.up_to for each in ones]),
        row=joined(given.row, [-1 for _ in ones]),
    )
