# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A head of operations of one of the region's units."""

from __future__ import annotations

from overens.demo.people import SINCE, address, person
from overens.people.actions import persons
from overens.people.actions.mandates import Terms
from overens.people.actions.persons import Newcomer
from overens.people.models import Mandate, Organisation
from overens.rules.process import Role
from tests.integration.planner.scenarios import OWNER


def head(unit: str = "barnkliniken") -> Mandate:
    """Invited by the region's administrator: ``person(OWNER, Role.HEAD_OF_OPERATIONS)``."""
    newcomer = Newcomer(address(OWNER, Role.HEAD_OF_OPERATIONS), "Verksamhetschef, Barnkliniken")
    terms = Terms(Role.HEAD_OF_OPERATIONS, SINCE, "Delegation", unit=unit)
    return persons.invite(Organisation.objects.get(code=OWNER), newcomer, terms, person(OWNER, Role.ADMINISTRATOR))
