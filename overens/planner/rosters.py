# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rota problems as they are kept: what a version says, the rota that stands beside it, and which one is published."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from overens.people.models import Person
from overens.planner import results
from overens.planner.models import Computed, DecisionKind, PlanningDecision, ProblemVersion, RosterDraft, SavedProblem
from overens.planning.roster import absence, building, laying, reading
from overens.planning.roster.judged import judge
from overens.planning.roster.problem import Roster
from overens.rules.findings import Finding, Refused

if TYPE_CHECKING:
    from overens.planning.roster.instance import Whole
    from overens.planning.roster.rules import Case

# What planning a rota is called among the runs.
KIND = "roster-plan"
# A version's table: the rota that stands beside the problem, by persons and dates.
LAID = "schema.csv"
KEPT = 32


def read(version: ProblemVersion) -> tuple[Roster | None, tuple[Finding, ...]]:
    """The problem that a version says, or what is to be mended in it."""
    return _read(version.pk, version.sha256)


def opened(version: ProblemVersion) -> tuple[Roster, Case]:
    """The problem and what its rotas are judged by. Raises Refused: what is to be mended in it."""
    return _opened(version.pk, version.sha256)


def laid(version: ProblemVersion) -> Whole | None:
    """roster[P, D]: the rota that a version has, or None. Raises Refused as :func:`opened`."""
    table = version.tables.get(LAID)
    return None if table is None else laying.from_table(table, opened(version)[1])


def computed(found: Computed) -> Whole:
    """roster[P, D] that was computed, for the version that it was computed of."""
    return laying.from_table(table_of(found), opened(found.of)[1])


def table_of(found: Computed) -> str:
    return results.packed(found.pk).decode()


def last(problem: SavedProblem) -> Computed | None:
    """The newest rota that was computed of any version; what gave none is passed by."""
    return next(iter(plans(problem)), None)


def plans(problem: SavedProblem) -> list[Computed]:
    """All rotas that were computed, the newest first."""
    found = Computed.objects.filter(kind=KIND, version__problem=problem, facts__has_roster=True).defer("packed")
    return list(found.select_related("version__problem__owner", "run"))


def tried(version: ProblemVersion) -> Computed | None:
    """What came out last of a version, if only that there is no rota and which rules clash."""
    return results.last(KIND, version)


def with_rota(problem: SavedProblem) -> list[ProblemVersion]:
    """The versions that have a rota, the newest first."""
    return list(_with_rota(problem))


def newest_with_rota(problem: SavedProblem) -> ProblemVersion | None:
    return _with_rota(problem).first()


def unpublished(problem: SavedProblem) -> ProblemVersion | None:
    """The newest version that has a rota, where that is another rota than the one that is published."""
    newest, now = newest_with_rota(problem), published(problem)
    is_another = newest is not None and (now is None or now.version.tables[LAID] != newest.tables[LAID])
    return newest if is_another else None


def published(problem: SavedProblem) -> PlanningDecision | None:
    """The newest decision that a version's rota is the one to work by; None where it has been withdrawn."""
    found = publications(problem)
    return found[0] if found and found[0].kind == DecisionKind.PUBLISH else None


def publications(problem: SavedProblem) -> list[PlanningDecision]:
    """That a rota was published or withdrawn, the newest first."""
    kinds = [DecisionKind.PUBLISH, DecisionKind.WITHDRAW]
    found = PlanningDecision.objects.filter(version__problem=problem, kind__in=kinds)
    return list(found.select_related("version__problem__owner", "mandate__person").order_by("-pk"))


@dataclass(frozen=True)
class Broken:
    """What may not be in a version's rota; ``anew``: of that, what is not in the published one, or less so."""

    every: tuple[Finding, ...]
    anew: tuple[Finding, ...]


def broken(version: ProblemVersion, now: PlanningDecision | None) -> Broken | None:
    """None where nothing is. Both are judged by what the version says. ``now``: what is published. Raises Refused."""
    case, days = opened(version)[1], laid(version)
    found = () if days is None else judge(case, days).broken
    if days is None or not found:
        return None
    if now is None:
        return Broken(found, found)
    return Broken(found, absence.broken_anew(case, laying.from_table(now.version.tables[LAID], case), days))


def draft(problem: SavedProblem, person: Person) -> RosterDraft | None:
    return RosterDraft.objects.filter(problem=problem, person=person).first()


def _with_rota(problem: SavedProblem) -> QuerySet[ProblemVersion]:
    return problem.versions.filter(tables__has_key=LAID).select_related("person").order_by("-number")


@lru_cache(KEPT)
def _read(number: int, _sha256: str) -> tuple[Roster | None, tuple[Finding, ...]]:
    return reading.read(ProblemVersion.objects.get(pk=number).text)


@lru_cache(KEPT)
def _opened(number: int, sha256: str) -> tuple[Roster, Case]:
    roster, findings = _read(number, sha256)
    if roster is None:
        raise Refused(*findings)
    return roster, building.case(roster)
