# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A rota planned in the background, and published by a head of operations for those who work by it."""

from __future__ import annotations

import json
from typing import Any

from django.db import transaction

from overens.people.models import Person
from overens.planner import rosters
from overens.planner.actions import computing, deciding, problems
from overens.planner.authority import head_of
from overens.planner.models import Computed, DecisionKind, PlanningDecision, ProblemVersion, SavedProblem
from overens.planning.roster import laying
from overens.planning.roster.answer import Progress
from overens.planning.roster.judged import judge
from overens.records import clock, kept, runs
from overens.records.models import Run
from overens.rules.findings import Finding, Refused, Where, as_json, refuse

MOST_SECONDS, MOST_SEED = 1800, 2**31 - 1
# For finding which rules clash, where no rota was found.
CLASHING_SECONDS = 30
# So many changes of objective and bound are shown of a run.
TRACED = 200


def ask(version: ProblemVersion, seconds: int, seed: int, begun: bool, person: Person) -> Run:
    """Have a rota planned of a version. The same files, seconds and seed are computed once.

    begun: go on from the rota that the version has. Raises Refused: ``roster-seconds``, ``roster-seed``,
    ``roster-no-rota``; what is to be mended in the file; ``no-mandate``.
    """
    if not 1 <= seconds <= MOST_SECONDS:
        refuse("roster-seconds", "seconds", most=MOST_SECONDS)
    if not 0 <= seed <= MOST_SEED:
        refuse("roster-seed", "seed", most=MOST_SEED)
    rosters.opened(version)
    if begun and rosters.laid(version) is None:
        refuse("roster-no-rota", "begun")
    basis = version.basis
    return computing.ask(
        rosters.KIND, version, compute, basis, person, "plan-roster", seconds=seconds, seed=seed, begun=begun
    )


def compute(run: Run, version: int, basis: str, seconds: int, seed: int, begun: bool) -> None:
    """A worker's part."""
    from overens.planning.roster import optimum

    found = ProblemVersion.objects.select_related("problem").get(pk=version)
    if found.basis != basis:
        raise runs.Cancelled
    roster, case = rosters.opened(found)
    start = rosters.laid(found) if begun else None
    trace = Trace()

    def progress(at: Progress) -> None:
        trace.add(at.seconds, at.objective, at.lower_bound)
        runs.report_progress(run, round(100 * at.seconds / at.of), trace.rows)

    answer = optimum.solve(case, seconds, seed, progress=progress, start=start)
    trace.add(answer.seconds, answer.objective, answer.lower_bound)
    facts: dict[str, Any] = {
        "lower_bound": answer.lower_bound, "stopped_early": answer.stopped_early,
        "took": round(answer.seconds, 1), "trace": trace.rows,
    }  # fmt: skip
    if answer.roster is None:
        from overens.planning.roster import clash

        clashing = [_plain(each) for each in clash.clashing(case, CLASHING_SECONDS, roster)]
        computing.keep(run, b"", {**facts, "has_roster": False, "clashing": clashing})
        return
    judged = judge(case, answer.roster)
    facts |= {"has_roster": True, "objective": judged.objective, "feasible": judged.feasible, "costs": judged.costs}
    computing.keep(run, laying.as_table(case, answer.roster).encode(), facts)


@transaction.atomic
def take(found: Computed, person: Person) -> ProblemVersion:
    """Keep a computed rota beside the newest version of its problem, as a new one.

    Raises Refused: ``roster-taken``, where that is the rota already; as :func:`.problems.save`.
    """
    problem = found.of.problem
    newest: ProblemVersion = kept.newest(problem)
    tables = {**newest.tables, rosters.LAID: rosters.table_of(found)}
    note = f"Uträknat på version {found.of.number}"
    version = problems.save(problem, newest.text, newest.number, person, note=note, tables=tables)
    if version is None:
        refuse("roster-taken", number=newest.number)
    return version


class Trace:
    """How objective and bound have changed: rows of (seconds, objective or None, bound). A row that says nothing new
    is only the latest.
    """

    def __init__(self) -> None:
        self.rows: list[tuple[float, int | None, int]] = []

    def add(self, seconds: float, objective: int | None, bound: int) -> None:
        if len(self.rows) > 1 and self.rows[-1][1:] == self.rows[-2][1:] == (objective, bound):
            self.rows.pop()
        if len(self.rows) >= TRACED:
            self.rows = self.rows[::2]
        self.rows.append((round(seconds, 1), objective, bound))


def clashing(facts: dict[str, Any]) -> list[Finding]:
    """As they were kept."""
    return [
        Finding(code=each["code"], level=each["level"], values=each["values"], where=Where(key=each["key"] or None))
        for each in facts.get("clashing", ())
    ]


@transaction.atomic
def publish(version: ProblemVersion, text: str, person: Person, known: bool = False) -> PlanningDecision:
    """Let those who work by it read a version's rota, in place of the one before. text: what is said to them; may be
    empty. known: that what is broken is, all of it, in what is published too, such as a shift that nobody could take.

    Raises Refused: ``not-head-of-unit``, ``roster-no-unit``, ``roster-not-newest``, ``roster-no-rota``,
    ``roster-published-already``; what may not be in the rota; ``roster-known`` (at ``known``) where that is in what is
    published too and is not said.
    """
    problem, body = publishing(version.problem_id, person, "publish-roster")
    if version.number != problem.number:
        refuse("roster-not-newest", number=version.number, newest=problem.number)
    roster = rosters.laid(version)
    if roster is None:
        refuse("roster-no-rota")
    now = rosters.published(problem)
    if now is not None and now.version_id == version.pk:
        refuse("roster-published-already", number=version.number)
    said = text.strip() or f"Version {version.number}."
    if broken := rosters.broken(version, now):
        if broken.anew:
            raise Refused(*broken.anew)
        if not known:
            refuse("roster-known", "known", count=len(broken.every))
        said = f"{said} Kvar sedan tidigare: {len(broken.every)} avsteg från regler som måste hållas."
    return deciding.decide(version, DecisionKind.PUBLISH, said, body, clock.today(), person)


@transaction.atomic
def withdraw(version: ProblemVersion, text: str, person: Person) -> PlanningDecision:
    """A version's rota, which is published, is the one to work by no longer. Raises Refused: ``not-head-of-unit``,
    ``roster-no-unit``, ``roster-not-published``, ``roster-published-since``, ``decision-text``.
    """
    locked, body = publishing(version.problem_id, person, "withdraw-roster")
    now = rosters.published(locked)
    if now is None:
        refuse("roster-not-published")
    if now.version_id != version.pk:
        refuse("roster-published-since")
    return deciding.decide(now.version, DecisionKind.WITHDRAW, text, body, clock.today(), person)


def publishing(problem: int, person: Person, act: str) -> tuple[SavedProblem, str]:
    """The problem, locked, and who decides. Raises Refused: ``roster-no-unit``, ``not-head-of-unit``."""
    found = SavedProblem.objects.select_for_update(of=("self",)).select_related("unit__owner").get(pk=problem)
    if found.unit is None:
        refuse("roster-no-unit")
    mandate = head_of(found.unit, person, act)
    return found, mandate.person.title or mandate.person.name


def _plain(found: Finding) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(json.dumps(as_json(found), default=str))
    return {
        "code": found.code,
        "level": found.level,
        "values": said["values"],
        "key": found.where.key if found.where else "",
    }
