# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Persons: invited by an administrator, and their own to describe. What they may do hangs on mandates."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from overens.people.actions.administering import administering
from overens.people.actions.mandates import Terms, appoint_first_administrator, given
from overens.people.models import Mandate, Organisation, Person
from overens.records import clock, events
from overens.records.locks import hold
from overens.rules.findings import refuse


@dataclass(frozen=True)
class Newcomer:
    """Who is invited, as an administrator knows them."""

    email: str
    name: str
    title: str = ""
    telephone: str = ""


@transaction.atomic
def invite(organisation: Organisation, newcomer: Newcomer, terms: Terms, by: Person) -> Mandate:
    """Give a person, who need not be known to Överens before, a first mandate here.

    Somebody who is known by the e-mail address already, from another organisation, keeps name and contact details.
    Raises Refused: ``person-here`` (who has held a mandate here is given more on their own page), ``name-missing``,
    and as ``mandates.give`` does.
    """
    inviter = administering(organisation, by)
    person = _person(newcomer)
    if person.pk != by.pk and person.mandates.filter(organisation=organisation).exists():
        refuse("person-here", key="email", who=person.name)
    return given(organisation, person, terms, inviter, "invite-person")


@transaction.atomic
def add_first_administrator(organisation: Organisation, newcomer: Newcomer, terms: Terms) -> Mandate:
    """The operator's one way in: an organisation without an administrator gets one. Raises Refused as
    ``mandates.appoint_first_administrator`` does.
    """
    return appoint_first_administrator(organisation, _person(newcomer), terms)


def _person(newcomer: Newcomer) -> Person:
    email = newcomer.email.strip().lower()
    if not newcomer.name.strip():
        refuse("name-missing", key="name")
    hold(f"person/{email}")  # two organisations may invite the same person at once
    known = Person.objects.filter(email=email).first()
    return known or Person.objects.create_user(
        email,
        name=" ".join(newcomer.name.split()),
        title=" ".join(newcomer.title.split()),
        telephone=newcomer.telephone.strip(),
    )


@transaction.atomic
def correct_name(organisation: Organisation, person: Person, name: str, by: Person) -> Person:
    """An administrator corrects how a person of their own is called. What is signed keeps the name as it was.

    Raises Refused: ``not-administrator``, ``name-missing``, ``person-elsewhere`` (who holds a mandate at another
    organisation too is not this one's alone).
    """
    corrector = administering(organisation, by)
    if not name.strip():
        refuse("name-missing", key="name")
    if person.mandates.not_over(clock.today()).exclude(organisation=organisation).exists():
        refuse("person-elsewhere", key="name", who=person.name)
    locked = Person.objects.select_for_update().get(pk=person.pk)
    locked.name = " ".join(name.split())
    locked.save(update_fields=["name"])
    events.record(f"person/{locked.pk}", "correct-name", corrector)
    return locked


@transaction.atomic
def describe(person: Person, *, title: str, telephone: str, language: str) -> Person:
    """A person's own contact details and language. Name and e-mail address are what others know them by, and stay."""
    locked = Person.objects.select_for_update().get(pk=person.pk)
    locked.title, locked.telephone, locked.language = " ".join(title.split()), telephone.strip(), language
    locked.save(update_fields=["title", "telephone", "language"])
    events.record(f"person/{locked.pk}", "change-contact", person=locked)
    return locked
