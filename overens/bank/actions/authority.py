# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may do what with the bank's files and rows, where no case is involved. Which roles may is ours (assumed)."""

from __future__ import annotations

import datetime as dt

from overens.people.models import Mandate, Organisation, Person
from overens.people.models.organisation import Kind
from overens.records import clock
from overens.rules.findings import refuse
from overens.rules.process import Role

ROLES = (Role.CASE_OFFICER, Role.PAYER)


def authority(person: Person, act: str) -> Mandate:
    """The mandate by which a person works with the payer's account today. Raises Refused (``no-mandate``)."""
    today = clock.today()
    held = person.mandates.select_related("organisation", "person").filter(organisation__kind=Kind.PAYER)
    found = held.on(today).filter(role__in=ROLES).first()
    if found is None:
        payer = Organisation.objects.get(kind=Kind.PAYER).name
        refuse("no-mandate", act=act, roles=list(ROLES), organisation=payer, day=today.isoformat())
    return found


def subject_of(day: dt.date) -> str:
    """The chain of events that a day's dealings with the bank are written in."""
    return f"bank/{day.isoformat()}"
