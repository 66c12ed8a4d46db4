# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Production problems and their plans, as they are kept."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from overens.planner import results
from overens.planner.models import Computed, DecisionKind, ProblemVersion, SavedProblem
from overens.planning.production import reading
from overens.planning.production.problem import week_text
from overens.planning.production.reading import Given
from overens.rules.findings import Refused

if TYPE_CHECKING:
    from overens.planning.production.packing import Kept

# What planning production is called among the runs.
KIND = "production-plan"
KEPT = 8


def given(version: ProblemVersion) -> Given:
    """What a version says, with its tables. Raises Refused: what is to be mended in it."""
    return _given(version.pk, version.basis)


def plan(found: Computed) -> Kept:
    return _plan(found.pk, found.sha256)


def last(problem: SavedProblem) -> Computed | None:
    """The last plan of a problem, whatever has been changed since."""
    return results.last_of(KIND, problem)


def plans(problem: SavedProblem) -> list[Computed]:
    """All that were made of a problem, the last first."""
    made = Computed.objects.filter(kind=KIND, version__problem=problem).defer("packed")
    return list(made.select_related("version__problem__owner").order_by("-finished_at", "-pk"))


def followed(version: ProblemVersion) -> Computed | None:
    """The plan that an outcome of a version is an outcome of: of the weeks that the version is of, the one last decided
    on, else the last that was made. What was planned anew has weeks of its own.
    """
    weeks = weeks_of(given(version))
    made = Computed.objects.filter(kind=KIND, version__problem=version.problem_id, facts__weeks=weeks)
    plans = made.defer("packed").select_related("version__problem__owner")
    decided = plans.filter(decisions__kind__in=DecisionKind.values).order_by("-decisions__at", "-decisions__pk")
    return decided.first() or plans.order_by("-version__number", "-finished_at", "-pk").first()


def weeks_of(found: Given) -> list[str]:
    """The first and the last week that is planned."""
    return [week_text(found.problem.mondays[0]), week_text(found.problem.mondays[-1])]


@lru_cache(KEPT)
def _given(number: int, _basis: str) -> Given:
    version = ProblemVersion.objects.get(pk=number)
    found, findings = reading.read(version.text, version.tables)
    if found is None:
        raise Refused(*findings)
    return found


@lru_cache(KEPT)
def _plan(number: int, _sha256: str) -> Kept:
    from overens.planning.production.packing import unpack

    return unpack(results.packed(number))
