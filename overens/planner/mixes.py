# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Problems of the competence mix as they are kept: what a version says, the plan that stands beside it, and whether
what it stands on has been decided.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.db.models import QuerySet

from overens.planner import results
from overens.planner.models import Computed, DecisionKind, LocalDecision, PlanningDecision, ProblemVersion, SavedProblem
from overens.planning.mix import reading, verdict
from overens.planning.mix.plan import Plan
from overens.planning.mix.priced import Prices
from overens.planning.mix.problem import May, Mix
from overens.rules.findings import Finding, Refused, error

# What computing a plan is called among the runs.
KIND = "mix-plan"
# A version's tables: the plan laid by hand, and the hours reported at a day.
BOARD = "bord.csv"
REPORTED = "utfall-"


def mix_of(version: ProblemVersion) -> tuple[Mix | None, tuple[Finding, ...]]:
    return reading.read(version.text)


def last(problem: SavedProblem) -> Computed | None:
    """The newest plan that was computed of any version."""
    return Computed.objects.filter(kind=KIND, version__problem=problem).select_related("version", "run").first()


def is_of(computed: Computed, version: ProblemVersion) -> bool:
    """Whether it is of what the version says: it may be of an earlier one with the same text."""
    return computed.basis == version.sha256


def opened(computed: Computed) -> tuple[Mix, Plan, Prices]:
    """The problem as it was, its plan, and what things are worth."""
    mix, findings = mix_of(computed.of)
    if mix is None:  # what can be computed can be read, for as long as the reader takes what it took
        raise Refused(*findings)
    kept = json.loads(results.packed(computed.pk))
    plan = Plan.model_validate_json(json.dumps(kept["plan"]))
    mix = mix.model_copy(update={"aim": plan.aim})
    return mix, plan, Prices.model_validate_json(json.dumps(kept["prices"]))


def adopted(problem: SavedProblem) -> PlanningDecision | None:
    """The newest decision that a computed plan is the plan."""
    found = PlanningDecision.objects.filter(
        version__problem=problem, kind=DecisionKind.PLAN, computed__kind=KIND
    ).select_related("computed", "version", "mandate__person")
    return found.first()


def decisions(problem: SavedProblem) -> QuerySet[LocalDecision]:
    """Newest first; those that withdraw others are told with them."""
    return problem.local_decisions.filter(withdraws=None).select_related(
        "mandate__person", "withdrawal__mandate__person"
    )


def judged(problem: SavedProblem, mix: Mix, plan: Plan) -> tuple[Finding, ...]:
    """What is wrong with a plan: by the checker, and by what has been decided and withdrawn here."""
    done = {(each.task, each.competence) for each in plan.done}
    return (*verdict.verdict(mix, plan), *(each for pairs, each in _undecided(problem, mix) if pairs & done))


def undecided(problem: SavedProblem, mix: Mix) -> tuple[Finding, ...]:
    """What a problem says is decided locally and is not."""
    return tuple(each for _pairs, each in _undecided(problem, mix))


def _undecided(problem: SavedProblem, mix: Mix) -> Iterator[tuple[set[tuple[str, str]], Finding]]:
    """With the pairs of task and competence that it is about. Decisions of made-up problems may be made up."""
    known = {each.registration_number: each for each in decisions(problem)}
    for row, may in enumerate(mix.may, start=1):
        if may.ground == "occupation":
            continue
        pairs, found = {(task, may.competence) for task in may.tasks}, known.get(may.decision)
        code = _wrong(may, found, mix.synthetic)
        if code:
            yield pairs, error(code, f"may[#{row}].decision", decision=may.decision, competence=may.competence)


def _wrong(may: May, found: LocalDecision | None, synthetic: bool) -> str:
    if found is None:
        return "" if synthetic else "mix-decision-unrecorded"
    if hasattr(found, "withdrawal"):
        return "mix-decision-withdrawn"
    same = (
        set(may.tasks) <= set(found.tasks)
        and (may.competence, may.ground, may.supervised_by) == (found.competence, found.ground, found.supervised_by)
        and may.valid_until == found.last
        and may.up_to <= found.up_to
        and may.supervision >= found.supervision
    )
    return "" if same else "mix-decision-other"
