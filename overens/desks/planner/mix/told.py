# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a version of a mix says, in words."""

from __future__ import annotations

from typing import Any

from overens.desks.planner.mix import shown_plan
from overens.desks.planner.mix.words import GROUNDS, KINDS, said
from overens.desks.refusals import shown
from overens.planner import mixes
from overens.planner.models import ProblemVersion
from overens.planning.mix.checks import notes
from overens.planning.mix.problem import Mix


def told(mix: Mix) -> dict[str, Any]:
    """What a problem says, in words: who is there, what is to be done, who may and what is reserved."""
    names = {each.id: said(each) for each in mix.competences}
    tasks = {each.id: said(each) for each in mix.tasks}
    return {
        "mix": mix,
        "notes": shown(notes(mix)),
        "competences": [(said(each), each) for each in mix.competences],
        "tasks": [(said(each), KINDS[each.kind], each) for each in mix.tasks],
        "may": [
            (names[each.competence], [tasks[id] for id in each.tasks], GROUNDS[each.ground],
             names.get(each.supervised_by, ""), each)
            for each in mix.may
        ],
        "reservations": [
            (said(each), [tasks[id] for id in each.tasks], [names[id] for id in each.only], each)
            for each in mix.reservations
        ],
    }  # fmt: skip


def shared(version: ProblemVersion) -> dict[str, Any]:
    """For a secret address: what it says, and its last plan, of whatever version."""
    mix, findings = mixes.mix_of(version)
    last = mixes.last(version.problem)
    plan = {"last": last, **shown_plan.context(version.problem, *mixes.opened(last))} if last else {}
    said = told(mix) if mix else {"mistakes": shown(findings)}
    return {**plan, **said, "real": mix is not None and not mix.synthetic}
