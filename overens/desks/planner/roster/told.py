# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a version of a rota problem says, in words."""

from __future__ import annotations

from typing import Any

from overens.desks.planner.roster.words import RULE_KINDS, SHIFT_KINDS, WEEKDAYS, said, titles
from overens.planning.roster import problem
from overens.planning.roster.problem import Roster


def told(roster: Roster) -> dict[str, Any]:
    """Shifts, contracts, persons, cover and rules, in words."""
    known = titles(roster)

    def names(kind: str, ids: Any) -> list[str]:
        return [known[kind].get(each, each) for each in ids]

    return {
        "shifts": [(said(e), SHIFT_KINDS[e.kind], names("competence", e.competences), e) for e in roster.shifts],
        "contracts": [(said(each), each) for each in roster.contracts],
        "persons": [
            (said(each), names("competence", each.competences), each, len(each.leave), len(each.wishes))
            for each in roster.persons
        ],
        "cover": [
            (known["shift"].get(e.shift, e.shift), known["competence"].get(e.competence, e.competence), _days(e), e)
            for e in roster.cover
        ],
        "rules": [
            (said(each), RULE_KINDS[each.kind], [SHIFT_KINDS[kind] for kind in each.kinds], each)
            for each in roster.rules
        ],
    }


def _days(cover: problem.Cover) -> str:
    if cover.on:
        return ", ".join(each.isoformat() for each in cover.on)
    return ", ".join(str(WEEKDAYS[problem.WEEKDAYS.index(each)]) for each in cover.days)
