# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How quickly what-ifs of a competence mix are answered: 1 000 from the plan as it is (the plan to begin at computed
too), beside ten solved from nothing by HiGHS, with the greatest difference between the two; and how it grows with size.
A third of them change somebody's hours by a fifth at most, a third a task's minutes, a third is a decision more.

    python -m bench.mix
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import random
import statistics
import time
from collections.abc import Callable

import numpy as np

from bench.ground import table
from overens.planning.mix.optimum import answer
from overens.planning.mix.ways import Ways, today
from overens.planning.mix.whatif import Decision, Start, WhatIf, answers, changed, cold, start

WHATIFS, COLD, COMPARED = 1000, 10, 200
# Tasks, competences, and how many may do each task.
SIZES = ((30, 10, 5), (60, 20, 6), (120, 40, 8), (240, 80, 10), (600, 200, 15))


def main() -> None:
    start(made(6, 4, 2))
    answers(start(made(6, 4, 2)), [WhatIf()])  # compiles
    table(
        f"{WHATIFS} what-ifs of a competence mix beside {COLD} solved from nothing (one core, its seconds)",
        ["tasks × competences", "ways", "the plan", f"{WHATIFS} what-ifs", f"{COLD} from nothing",
         "what-ifs in the time of one from nothing", "greatest relative difference"],
        [measured(*size) for size in SIZES],
    )  # fmt: skip


def seconds(work: Callable[[], object]) -> float:
    """Of the processor, which others who use the machine do not add to."""
    started = time.process_time()
    work()
    return time.process_time() - started


def measured(tasks: int, competences: int, each: int) -> list[object]:
    given = made(tasks, competences, each)
    whatifs = list(asked(given))
    plan = seconds(lambda: answer(given, today(given), "cost"))
    kept: list[tuple[Start, np.ndarray]] = []

    def warm() -> None:
        known = start(given)
        kept.append((known, answers(known, whatifs)))

    taken = min(seconds(warm) for _ in range(3))
    few = random.Random(1).sample(range(WHATIFS), COMPARED)
    others, right = [], []
    for at in few:
        new = changed(given, whatifs[at])
        others.append(seconds(lambda new=new: right.append(cold(new))))
    one = statistics.median(others)
    found = kept[-1][1][few]
    worst = float(np.max(np.abs(found - right) / np.maximum(np.abs(right), 1)))
    return [
        f"{tasks} × {competences}", len(given.task), f"{plan:.3f}", f"{taken:.3f}", f"{COLD * one:.3f}",
        f"{one / taken * WHATIFS:.0f}", f"{worst:.0e}",
    ]  # fmt: skip


def made(tasks: int, competences: int, each: int, seed: int = 1) -> Ways:
    """Hours that suffice but for what is scarce, and a fifth of the ways supervised."""
    luck = np.random.default_rng(seed)
    task = np.repeat(np.arange(tasks), each)
    by = np.concatenate([luck.choice(competences, each, replace=False) for _ in range(tasks)])
    wanted = luck.uniform(5, 60, tasks)
    hours = wanted.sum() / competences * luck.uniform(0.5, 1.7, competences)
    cost = np.round(luck.uniform(250, 900, competences))
    supervised = luck.random(len(task)) < 0.2
    now = np.zeros((tasks, competences))
    now[np.arange(tasks), by[::each]] = wanted
    return Ways(
        tasks=tuple(f"t{at}" for at in range(tasks)),
        competences=tuple(f"c{at}" for at in range(competences)),
        wanted=wanted, hours=hours, more=hours / 10, cost=cost, more_cost=np.round(cost * 1.2), missing=1500.0,
        at_patient=luck.random(tasks) < 0.5, near=np.ones(competences, bool), task=task, by=by,
        factor=luck.uniform(0.9, 1.5, len(task)), supervision=np.where(supervised, 0.1, 0.0),
        supervisor=np.where(supervised, (by + 1) % competences, -1),
        share=luck.choice([0.3, 0.6, 1.0], len(task)), row=np.arange(len(task)), today=now,
    )  # fmt: skip


def asked(given: Ways) -> list[WhatIf]:
    luck = random.Random(2)
    found = []
    for at in range(WHATIFS):
        who = luck.randrange(len(given.competences))
        name, task = given.competences[who], luck.choice(given.tasks)
        if at % 3 == 0:
            found.append(WhatIf(hours={name: float(given.hours[who]) * luck.uniform(-0.2, 0.2)}))
        elif at % 3 == 1:
            found.append(WhatIf(minutes={task: luck.uniform(0.8, 1.2)}))
        else:
            over = given.competences[(who + 1) % len(given.competences)]
            new = Decision(task, name, luck.uniform(1, 1.4), 0.1, over, luck.choice([0.5, 1.0]))
            found.append(WhatIf(decisions=(new,)))
    return found


if __name__ == "__main__":
    main()
