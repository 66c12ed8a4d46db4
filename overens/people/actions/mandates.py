# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Giving mandates and ending them. Nothing of a mandate is ever changed but that it ends."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from overens.agreements.models import AgreementVersion
from overens.people.actions.administering import administering, administrators, subject_of, wait_for
from overens.people.actions.proof import of_ending, of_giving
from overens.people.models import Mandate, Organisation, Person
from overens.records import clock, events
from overens.rules.findings import refuse
from overens.rules.mandates import AT_A_UNIT, GIVES
from overens.rules.process import Role

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Terms:
    """What a mandate is: ``agreement`` empty for all of them, ``last_day`` None until further notice, ``citation``
    the delegation decision that it rests on. ``unit``: the code of one, for the roles that are held at one.
    """

    role: str
    first_day: dt.date
    citation: str
    agreement: str = ""
    last_day: dt.date | None = None
    unit: str = ""


@transaction.atomic
def give(organisation: Organisation, person: Person, terms: Terms, by: Person) -> Mandate:
    """An administrator gives somebody a mandate at their own organisation.

    Raises Refused: ``not-administrator``, ``mandate-to-oneself``, ``person-inactive``, ``role-not-here`` (a kind of
    organisation has its roles), ``agreement-unknown``, ``administrator-for-all`` (not for one agreement only),
    ``mandate-unit-missing``, ``mandate-unit-not-taken`` (some roles are held at a unit, the others are not),
    ``citation-missing``, ``mandate-ends-before``, ``mandate-over`` (its last day has passed), ``mandate-held`` (the
    same, at the same time).
    """
    return given(organisation, person, terms, administering(organisation, by))


def given(
    organisation: Organisation, person: Person, terms: Terms, giver: Mandate, act: str = "give-mandate"
) -> Mandate:
    """The same under the organisation's lock, by an administrator who has been asked for already."""
    if person.pk == giver.person_id:
        refuse("mandate-to-oneself")
    if not person.is_active:
        refuse("person-inactive", who=person.name)
    _require_sound(organisation, person, terms)
    mandate = _insert(organisation, person, terms, giver.person)
    events.record(subject_of(organisation), act, giver, papers=[of_giving(mandate)])
    return mandate


@transaction.atomic
def appoint_first_administrator(organisation: Organisation, person: Person, terms: Terms) -> Mandate:
    """The system's operator gives an organisation that has no administrator its first one, and can give nothing else.

    Raises Refused: ``administrator-there``, and what is wrong with the terms as :func:`give` does.
    """
    wait_for(organisation)
    assert terms.role == Role.ADMINISTRATOR, "the operator gives no other role"
    there = Mandate.objects.not_over(clock.today()).filter(organisation=organisation, role=Role.ADMINISTRATOR)
    if holder := there.filter(person__is_active=True).select_related("person").first():
        refuse("administrator-there", organisation=organisation.name, who=holder.person.name)
    _require_sound(organisation, person, terms)
    mandate = _insert(organisation, person, terms, None)
    events.record(subject_of(organisation), "appoint-administrator", papers=[of_giving(mandate)])
    return mandate


def _require_sound(organisation: Organisation, person: Person, terms: Terms) -> None:
    gives = GIVES[organisation.kind]
    if terms.role not in gives:
        refuse("role-not-here", key="role", role=terms.role, organisation=organisation.name, roles=list(gives))
    if terms.agreement and terms.role == Role.ADMINISTRATOR:
        refuse("administrator-for-all", key="agreement")
    if terms.agreement and not AgreementVersion.objects.filter(code=terms.agreement).exists():
        refuse("agreement-unknown", key="agreement", agreement=terms.agreement)
    if terms.role in AT_A_UNIT and not terms.unit:
        refuse("mandate-unit-missing", key="unit", role=terms.role)
    if terms.unit and terms.role not in AT_A_UNIT:
        refuse("mandate-unit-not-taken", key="unit", role=terms.role)
    if not terms.citation.strip():
        refuse("citation-missing", key="citation")
    if terms.last_day and terms.last_day < terms.first_day:
        refuse("mandate-ends-before", key="last_day", first=terms.first_day.isoformat())
    if terms.last_day and terms.last_day < clock.today():
        refuse("mandate-over", key="last_day", last=terms.last_day.isoformat())
    same = _overlapping(organisation, person, terms)
    if same is not None:
        until = same.valid_to.isoformat() if same.valid_to else ""
        code = "mandate-held-until" if until else "mandate-held"
        refuse(code, key="role", who=person.name, role=terms.role, since=same.valid_from.isoformat(), until=until)


def _overlapping(organisation: Organisation, person: Person, terms: Terms) -> Mandate | None:
    """What the person holds already of the same role, agreement and unit, on any of the same days."""
    found = Mandate.objects.not_over(terms.first_day).filter(
        organisation=organisation, person=person, role=terms.role, agreement=terms.agreement, unit=terms.unit
    )
    if terms.last_day:
        found = found.filter(valid_from__lte=terms.last_day)
    return found.first()


def _insert(organisation: Organisation, person: Person, terms: Terms, giver: Person | None) -> Mandate:
    return Mandate.objects.create(
        person=person,
        organisation=organisation,
        role=terms.role,
        agreement=terms.agreement,
        unit=terms.unit,
        valid_from=terms.first_day,
        valid_to=terms.last_day,
        citation=" ".join(terms.citation.split()),
        given_by=giver,
        given_at=clock.now(),
        given_until=terms.last_day,
    )


@transaction.atomic
def end(mandate: Mandate, last_day: dt.date, reason: str, by: Person) -> Mandate:
    """An administrator ends a mandate of their own organisation; ``last_day`` is the last on which it is in force.

    Yesterday is the earliest, and means at once: what was done by it on a day stays done. One that has not begun by
    then never comes into force. An end that is already set can be brought forward.
    Raises Refused: ``not-administrator``, ``reason-missing``, ``mandate-over``, ``mandate-end-past``,
    ``mandate-end-later``, ``last-administrator`` (nobody would administer the organisation the day after).
    """
    ender = administering(mandate.organisation, by)
    if not reason.strip():
        refuse("reason-missing", key="reason")
    return _ended(mandate, last_day, reason, ender)


@transaction.atomic
def end_all(organisation: Organisation, person: Person, last_day: dt.date, reason: str, by: Person) -> list[Mandate]:
    """Somebody leaves the organisation: everything they hold there ends. Raises Refused as :func:`end` does, for the
    first that cannot be ended, and ends none then; ``nothing-to-end``.
    """
    ender = administering(organisation, by)
    if not reason.strip():
        refuse("reason-missing", key="reason")
    mandates = list(person.mandates.not_over(clock.today()).filter(organisation=organisation))
    ending = [m for m in mandates if m.valid_to is None or m.valid_to > last_day]
    if not ending:
        refuse("nothing-to-end", key="last_day", who=person.name)
    return [_ended(mandate, last_day, reason, ender) for mandate in ending]


def _ended(asked: Mandate, last_day: dt.date, reason: str, ender: Mandate) -> Mandate:
    mandate = Mandate.objects.select_related("organisation", "person").get(pk=asked.pk)
    today = clock.today()
    if mandate.is_over(today):
        refuse("mandate-over", key="last_day", last=str(mandate.valid_to))
    if last_day < today - DAY:
        refuse("mandate-end-past", key="last_day", earliest=(today - DAY).isoformat())
    if mandate.valid_to and last_day >= mandate.valid_to:
        refuse("mandate-end-later", key="last_day", last=mandate.valid_to.isoformat())
    if mandate.role == Role.ADMINISTRATOR:
        others = administrators(mandate.organisation, last_day + DAY).exclude(pk=mandate.pk)
        if not others.exists():
            refuse("last-administrator", organisation=mandate.organisation.name, day=(last_day + DAY).isoformat())
    mandate.valid_to = max(last_day, mandate.valid_from - DAY)
    mandate.ended_by, mandate.ended_at, mandate.ended_reason = ender.person, clock.now(), " ".join(reason.split())
    mandate.save(update_fields=["valid_to", "ended_by", "ended_at", "ended_reason"])
    events.record(subject_of(mandate.organisation), "end-mandate", ender, papers=[of_ending(mandate)])
    return mandate
