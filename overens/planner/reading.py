# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What planning has kept, as it is asked for: problems, and what was computed of scenarios."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from overens.people.models import Organisation
from overens.planner import results
from overens.planner.models import Computed, ProblemKind, ProblemVersion, SavedProblem
from overens.planner.models.problem import ProblemQuerySet

if TYPE_CHECKING:
    from overens.planning.supply.projection import Projection

# Projections that are kept unpacked: a page, its figures and a comparison ask for the same ones again and again.
KEPT = 8
# What computing a scenario is called among the runs.
KIND = "supply"


def problems(organisation: Organisation, kind: ProblemKind) -> ProblemQuerySet:
    """Those that an organisation sees beside what ships: its own that are not removed."""
    return SavedProblem.objects.of(organisation).kind(kind).listed().select_related("owner", "unit")


def newest(problem: SavedProblem) -> ProblemVersion:
    return problem.versions.select_related("person", "problem__owner").latest("number")


def projected(version: ProblemVersion) -> Projection | None:
    """What a version of a scenario gave when it was last computed; None where it has not been."""
    found = results.last(KIND, version)
    return None if found is None else unpacked(found)


def unpacked(found: Computed) -> Projection:
    return _unpacked(found.pk, found.sha256)


@lru_cache(KEPT)
def _unpacked(number: int, _sha256: str) -> Projection:
    from overens.planning.supply.files import unpack

    return unpack(results.packed(number))
