# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Clearly fictional people: one for each role of every organisation, named by it, and one more who codes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from stdnum import luhn

from overens.bank.actions.giros import list_giro
from overens.people.actions import persons
from overens.people.actions.mandates import Terms
from overens.people.actions.persons import Newcomer
from overens.people.models import Mandate, Organisation, Person
from overens.people.models.organisation import Kind
from overens.rules.process import Role

# What the roles are called on the people's badges; the agreement's own titles stand on its papers.
TITLES = {
    Role.CONTRIBUTOR: "Verksamhetsutvecklare",
    Role.PREPARER: "Handläggare",
    Role.HEAD_OF_FINANCE: "Ekonomichef",
    Role.AUTHORISED_SIGNATORY: "Behörig företrädare",
    Role.CASE_OFFICER: "Handläggare",
    Role.PAYER: "Utbetalare",
    Role.SECOND_PAYER: "Andra utbetalare",
    Role.MINISTRY_OFFICER: "Departementssekreterare",
    Role.NEGOTIATOR: "Förhandlare",
    Role.ANALYST: "Utredare",
    Role.PLANNER: "Planerare",
    Role.HEAD_OF_OPERATIONS: "Verksamhetschef",
    Role.ADMINISTRATOR: "Administratör",
}
RECIPIENT_ROLES = (Role.PREPARER, Role.HEAD_OF_FINANCE, Role.AUTHORISED_SIGNATORY, Role.CONTRIBUTOR)
# Whom the administrators invite; every organisation here has one of those too.
ROLES = {
    Kind.REGION: (*RECIPIENT_ROLES, Role.PLANNER),
    Kind.ASSOCIATION: (*RECIPIENT_ROLES, Role.NEGOTIATOR, Role.PLANNER),
    Kind.PAYER: (Role.CASE_OFFICER, Role.PAYER, Role.SECOND_PAYER),
    Kind.MINISTRY: (Role.MINISTRY_OFFICER, Role.NEGOTIATOR, Role.AUTHORISED_SIGNATORY),
    Kind.FOLLOWUP: (Role.ANALYST,),
}
SINCE = dt.date(2019, 1, 1)
# Coding is tried by a second person, who does not see what the first has marked.
SECOND_ANALYST, SECOND_TITLE = "analyst-2@sos.demo.invalid", "Andra utredare"


def load_people() -> None:
    """Fictional contact details for every recipient, and a person with a mandate for every role: the operator gives
    each organisation its administrator, who invites the others. May be run again.
    """
    for number, organisation in enumerate(Organisation.objects.filter(kind__in=ROLES).order_by("code")):
        kind = Kind(organisation.kind)
        if RECIPIENT_ROLES[0] in ROLES[kind]:
            Organisation.objects.filter(pk=organisation.pk).update(
                postal_address=f"Demobox {number + 1}, 000 00 Demostad",
                telephone=f"010-000 00 {number:02d}",
                email=f"registrator@{_domain(organisation)}",
                giro=demo_giro(number),
            )
            list_giro(organisation, demo_giro(number), "Demo: känt sedan tidigare", SINCE)
        elif kind is Kind.PAYER:
            Organisation.objects.filter(pk=organisation.pk).update(
                telephone=f"010-000 00 {number:02d}",
                email=f"fordringar@{_domain(organisation)}",
                giro=demo_giro(number),
            )
        there = set(Mandate.objects.filter(organisation=organisation).values_list("role", flat=True))
        if Role.ADMINISTRATOR not in there:
            persons.add_first_administrator(organisation, *_badge(organisation, Role.ADMINISTRATOR, number))
        administrator = person(organisation.code, Role.ADMINISTRATOR)
        for role in ROLES[kind]:
            if role not in there:
                persons.invite(organisation, *_badge(organisation, role, number), administrator)
        if kind is Kind.FOLLOWUP and not Person.objects.filter(email=SECOND_ANALYST).exists():
            newcomer, terms = _badge(organisation, Role.ANALYST, number)
            name = f"{SECOND_TITLE}, {organisation.name}"
            second = replace(newcomer, email=SECOND_ANALYST, name=name, title=SECOND_TITLE)
            persons.invite(organisation, second, terms, administrator)


def _badge(organisation: Organisation, role: Role, number: int) -> tuple[Newcomer, Terms]:
    return (
        Newcomer(
            address(organisation.code, role),
            f"{TITLES[role]}, {organisation.name}",
            TITLES[role],
            f"010-000 00 {number:02d}",
        ),
        Terms(role, SINCE, "Delegationsordning DEMO 2019:1"),
    )


def address(code: str, role: Role) -> str:
    """The demo person's e-mail address, which is also the login name."""
    return f"{role.value}@{code.lower()}.demo.invalid"


def person(code: str, role: Role) -> Person:
    return Person.objects.get(email=address(code, role))


def second_analyst() -> Person:
    return Person.objects.get(email=SECOND_ANALYST)


def demo_giro(number: int) -> str:
    """A bankgiro number with a right check digit, made up for the demo: 191-nnnn."""
    digits = f"191{number:03d}"
    digits += luhn.calc_check_digit(digits)
    return f"{digits[:3]}-{digits[3:]}"


def _domain(organisation: Organisation) -> str:
    return f"{organisation.code.lower()}.demo.invalid"
