# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""An organisation's own people are given and ended by its own administrators, one at a time."""

from __future__ import annotations

import datetime as dt

from overens.people.models import Mandate, Organisation, Person
from overens.people.models.mandate import MandateQuerySet
from overens.records import clock
from overens.records.locks import hold
from overens.rules.findings import refuse
from overens.rules.process import Role


def subject_of(organisation: Organisation) -> str:
    """The subject of the chain that the organisation's own acts stand in."""
    return f"organisation/{organisation.code}"


def wait_for(organisation: Organisation) -> None:
    """Until the transaction ends nobody else changes who holds what here, so that two cannot end each other."""
    hold(f"people/{organisation.code}")


def administrators(organisation: Organisation, day: dt.date) -> MandateQuerySet:
    """The mandates of its administrators that are in force on a day, of persons who can log in."""
    return Mandate.objects.on(day).filter(
        organisation=organisation, role=Role.ADMINISTRATOR, agreement="", person__is_active=True
    )


def administering(organisation: Organisation, person: Person) -> Mandate:
    """The mandate by which a person administers an organisation today, under its lock.

    Raises Refused (``not-administrator``).
    """
    wait_for(organisation)
    today = clock.today()
    mandate = administrators(organisation, today).filter(person=person).select_related("person").first()
    if mandate is None:
        refuse("not-administrator", organisation=organisation.name, day=today.isoformat())
    return mandate
