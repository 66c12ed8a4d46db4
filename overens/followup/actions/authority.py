# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""By which mandate somebody acts for an organisation in the follow-up of an agreement."""

from __future__ import annotations

from overens.people.models import Mandate, Organisation, Person
from overens.records import clock
from overens.rules.findings import refuse
from overens.rules.process import Role


def mandate_of(
    organisation: Organisation, person: Person | None, roles: tuple[Role, ...], act: str, agreement: str
) -> Mandate:
    """The first mandate at an organisation that gives a person one of the roles today, for an agreement. Raises Refused
    (``no-mandate``).
    """
    assert person is not None, f"{act} is done by a person"
    today = clock.today()
    held = person.mandates.on(today).covering(agreement).filter(organisation=organisation, role__in=roles)
    found = held.select_related("organisation", "person").first()
    if found is None:
        name = organisation.name_on(today)
        refuse("no-mandate", act=act, roles=list(roles), organisation=name, day=today.isoformat())
    return found
