# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whom the tests of the records act as."""

from django.test import Client

from overens.demo.people import person
from overens.grants.models import Case
from overens.people.actions import persons
from overens.people.actions.mandates import Terms
from overens.people.actions.persons import Newcomer
from overens.people.models import Organisation, Person
from overens.records import clock
from overens.records.models import DocumentVersion
from overens.rules.process import Role

BLEKINGE = "2019/regioner/10"


def as_(code: str, role: Role) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person(code, role))
    return client


def organisation(code: str) -> Organisation:
    return Organisation.objects.get(code=code)


def second_administrator(code: str) -> Person:
    """Another administrator of an organisation, as two persons are needed for a disposal."""
    newcomer = Newcomer(f"second@{code.lower()}.demo.invalid", f"Administratör 2, {code}")
    terms = Terms(Role.ADMINISTRATOR, clock.today(), "Delegationsordning DEMO 2019:1")
    return persons.invite(organisation(code), newcomer, terms, person(code, Role.ADMINISTRATOR)).person


def signed(kind: str, key: str = BLEKINGE) -> DocumentVersion:
    found = DocumentVersion.objects.filter(kind=kind, document__subject=key, signature__isnull=False)
    return found.order_by("number")[0]


def case_of(key: str = BLEKINGE) -> Case:
    return Case.objects.with_parties().get(key=key)
