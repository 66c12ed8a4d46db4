# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A small ward's rota problem as a unit of a region keeps it, with a rota."""

from __future__ import annotations

from overens.people.models import Organisation, Person
from overens.planner.actions import entries, problems
from overens.planner.models import ProblemKind, SavedProblem, Unit
from overens.rules.process import Role
from tests.integration.planner.heads import head
from tests.integration.planner.scenarios import OWNER, planner

TEXT = """format = 1
kind = "roster"
id = "liten"
title = "Liten avdelning"
synthetic = true
first = 2027-03-01
weeks = 2

[[competence]]
id = "ssk"
title = "Sjuksköterska"

[[shift]]
id = "D"
title = "Dag"
kind = "day"
start = 07:00:00
end = 15:00:00

[[shift]]
id = "N"
title = "Natt"
kind = "night"
start = 21:00:00
end = 07:00:00

[[contract]]
id = "a"
title = "Avtal"
hours = 24

[[person]]
id = "p1"
title = "Sjuksköterska 1"
competences = ["ssk"]
contract = "a"
leave = [{ first = 2027-03-08, last = 2027-03-08 }]

[[person]]
id = "p2"
title = "Sjuksköterska 2"
competences = ["ssk"]
contract = "a"
wish = [{ day = 2027-03-02, want = "off", weight = 3 }]

[[person]]
id = "p3"
title = "Sjuksköterska 3"
competences = ["ssk"]
contract = "a"

[[cover]]
shift = "D"
competence = "ssk"
least = 0
wanted = 1

[[rule]]
id = "vila"
title = "Elva timmar mellan pass"
kind = "rest-between"
value = 11
"""


def problem(text: str = TEXT, *, unit: str = "Barnkliniken") -> SavedProblem:
    """Of a unit with a head of operations; without a unit: of the whole region."""
    owner, of = Organisation.objects.get(code=OWNER), None
    if unit:
        of = Unit.objects.filter(owner=owner, title=unit).first() or entries.add_unit(owner, unit, planner())
        if not owner.mandates.filter(role=Role.HEAD_OF_OPERATIONS, unit=of.code).exists():
            head(of.code)
    return problems.create(ProblemKind.ROSTER, text, owner, planner(), unit=of)


def head_of(saved: SavedProblem) -> Person:
    assert saved.unit is not None
    return saved.owner.mandates.get(role=Role.HEAD_OF_OPERATIONS, unit=saved.unit.code).person
