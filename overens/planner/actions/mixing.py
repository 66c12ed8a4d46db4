# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A plan of a competence mix computed in the background, and kept as it is laid by hand and as it became."""

from __future__ import annotations

import datetime as dt
import json
from typing import Literal

from overens.people.models import Person
from overens.planner import mixes
from overens.planner.actions import computing, problems
from overens.planner.models import ProblemVersion, SavedProblem
from overens.planning.mix.problem import Mix
from overens.records import runs
from overens.records.models import Run
from overens.rules.findings import Refused, refuse

MOST_SECONDS, MOST_SEED = 600, 2**31 - 1
Aim = Literal["cost", "patients"]


def ask(version: ProblemVersion, aim: Aim, seconds: int, seed: int, person: Person) -> Run:
    """Have it computed. The same text, aim, seconds and seed are computed once.

    Raises Refused: ``mix-seconds``, ``mix-seed``; what is to be mended in the file; ``no-mandate``.
    """
    if not 1 <= seconds <= MOST_SECONDS:
        refuse("mix-seconds", "seconds", most=MOST_SECONDS)
    if not 0 <= seed <= MOST_SEED:
        refuse("mix-seed", "seed", most=MOST_SEED)
    mix, findings = mixes.mix_of(version)
    if mix is None:
        raise Refused(*findings)
    return computing.ask(
        mixes.KIND, version, compute, version.sha256, person, "plan-mix", aim=aim, seconds=seconds, seed=seed
    )


def compute(run: Run, version: int, basis: str, aim: Aim, seconds: int, seed: int) -> None:
    """A worker's part."""
    from overens.planning.mix import files, optimum, prices

    found = ProblemVersion.objects.select_related("problem").get(pk=version)
    mix, findings = mixes.mix_of(found)
    if mix is None or found.sha256 != basis:
        raise Refused(*findings)
    mix = mix.model_copy(update={"aim": aim})
    plan = optimum.solve(mix, seconds, seed)
    runs.report_progress(run, 50)
    worth = prices.prices(mix, seed)
    said = mixes.judged(found.problem, mix, plan)
    packed = json.dumps(files.as_values(mix, plan, worth, said), ensure_ascii=False, indent=1).encode()
    facts = {
        "kronor": round(plan.kronor), "today": round(plan.kronor_today), "freed": round(plan.freed, 1),
        "approved": not said, "stopped_early": plan.stopped_early,
    }  # fmt: skip
    computing.keep(run, packed, facts)


def save_board(
    problem: SavedProblem, hours: dict[tuple[str, str], float], base: int, person: Person
) -> ProblemVersion | None:
    """Keep a plan laid by hand beside the problem, as a new version of it; None where nothing has changed.

    Raises Refused: what the checker has against it; as :func:`.problems.save`.
    """
    from overens.planning.mix import by_hand

    version = _version(problem, base)
    mix = _sound(version)
    if wrong := mixes.judged(problem, mix, by_hand.plan(mix, hours)):
        raise Refused(*wrong)
    tables = {**version.tables, mixes.BOARD: by_hand.as_table(hours)}
    return problems.save(problem, version.text, base, person, tables=tables)


def save_reported(problem: SavedProblem, text: str, on: dt.date, base: int, person: Person) -> ProblemVersion | None:
    """Keep hours as they became, a week's, at a day. A later table of the same day takes its place.

    Raises Refused: what is to be mended in the table; as :func:`.problems.save`.
    """
    from overens.planning.mix import follow

    version = _version(problem, base)
    hours, findings = follow.reported(text, _sound(version))
    if hours is None:
        raise Refused(*findings)
    tables = {**version.tables, f"{mixes.REPORTED}{on.isoformat()}.csv": text}
    return problems.save(problem, version.text, base, person, tables=tables)


def _version(problem: SavedProblem, number: int) -> ProblemVersion:
    found = problem.versions.filter(number=number).first()
    if found is None:
        refuse("file-changed", "text", number=problem.number, who="")
    return found


def _sound(version: ProblemVersion) -> Mix:
    mix, findings = mixes.mix_of(version)
    if mix is None:
        raise Refused(*findings)
    return mix
