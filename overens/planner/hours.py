# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Plans that say how many hours of each competence there are: what a ward's staffing begins from."""

from __future__ import annotations

from collections.abc import Iterable

from overens.planner import mixes, production, results
from overens.planner.models import Computed, ProblemKind, SavedProblem


def plans(problems: Iterable[SavedProblem]) -> list[Computed]:
    """The last plan of each problem of production or of the mix that has one."""
    kinds = {ProblemKind.PRODUCTION: production.last, ProblemKind.MIX: mixes.last}
    found = (kinds[ProblemKind(each.kind)](each) for each in problems)
    return [each for each in found if each is not None]


def text_of(plan: Computed) -> str:
    """Its plan.json. Raises Refused, where what it was computed of can no longer be read."""
    if plan.kind == mixes.KIND:
        return results.packed(plan.pk).decode()
    from overens.planning.production import files, packing

    kept, problem = production.plan(plan), production.given(plan.of).problem
    return files.as_file(problem, kept.flow, kept.plan, packing.said(kept, problem)).model_dump_json()
