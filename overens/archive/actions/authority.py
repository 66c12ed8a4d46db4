# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may do what with an organisation's records: those who hold a role there today."""

from __future__ import annotations

from collections.abc import Sequence

from overens.people.models import Mandate, Organisation, Person
from overens.records import clock
from overens.rules.findings import refuse
from overens.rules.process import Role

# Those who work with an organisation's cases keep its register; its administrator decides what is kept.
OFFICERS = (
    Role.CASE_OFFICER,
    Role.MINISTRY_OFFICER,
    Role.ANALYST,
    Role.PREPARER,
    Role.AUTHORISED_SIGNATORY,
)
DECIDERS = (Role.ADMINISTRATOR,)
# The second person of a disposal: another administrator, or who answers for the organisation's cases.
CONFIRMERS = (Role.ADMINISTRATOR, Role.CASE_OFFICER, Role.MINISTRY_OFFICER, Role.AUTHORISED_SIGNATORY)


def authority(person: Person, organisation: Organisation, roles: Sequence[Role], act: str) -> Mandate:
    """The mandate by which a person does this at an organisation today. Raises Refused (``no-mandate``)."""
    held = person.mandates.on(clock.today()).filter(organisation=organisation, role__in=roles)
    mandate = held.select_related("organisation", "person").first()
    if mandate is None:
        refuse(
            "no-mandate",
            act=act,
            roles=[role.value for role in roles],
            organisation=organisation.name_on(clock.today()),
            day=clock.today().isoformat(),
        )
    return mandate
