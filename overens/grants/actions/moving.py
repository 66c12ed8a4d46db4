# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Last days that move by the government's decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from overens.agreements import actions
from overens.agreements.actions import Minutes
from overens.agreements.models import Extension
from overens.grants.actions.performing import due_on, performing
from overens.grants.models import Case
from overens.grants.models.case import CaseQuerySet
from overens.ledger.posting import Leg, leg, post
from overens.people.models import Organisation, Person
from overens.records import clock
from overens.rules.deadlines import is_by
from overens.rules.process import ACTS, DUE, OWING, Place, State

REQUISITION, REPAYMENT = "requisition", "repayment"
# Where what has lapsed comes back when the requisition's last day is moved.
RESTORED = (*ACTS["restore"].states, *ACTS["restore-remainder"].states)


@transaction.atomic
def extend(
    code: str, deadline: str, day: dt.date, recipients: Collection[Organisation], minutes: Minutes, person: Person
) -> Extension:
    """Record the decision, and let it have its effect on the cases that it touches; see :func:`touched`.

    What lapsed because of the day is the recipient's to ask for again, all of it moved by the one decision, when the
    new day has not passed too. A claim on what is not owed until later ends. Raises Refused as
    agreements.actions.extend does.
    """
    extension = actions.extend(code, deadline, day, recipients, minutes, person)
    is_to_come = is_by(clock.now(), day)
    legs: list[Leg] = []
    for case in touched(code, deadline, recipients).select_for_update(of=("self",)):
        if deadline == REQUISITION and case.state in RESTORED:
            if is_to_come:
                legs.append(_restore(case, extension, person))
            continue
        with performing("move-deadline", case, person) as p:
            p.paper, p.case.due_on = extension.paper, due_on(p.case)
            if deadline == REPAYMENT:
                p.case.claims.filter(ended_at=None).update(ended_at=p.at)
    post(extension.paper, legs, clock.now())
    return extension


def _restore(case: Case, extension: Extension, person: Person) -> Leg:
    """What lapsed is the recipient's to ask for again. Returns its leg: the decision moves everybody's in one go."""
    name = "restore" if case.state == State.LAPSED else "restore-remainder"
    with performing(name, case, person) as p:
        p.paper = extension.paper
        return leg(p.case.line, Place.LAPSED, Place.ALLOCATED, lapsed(p.case), p.case.recipient_id)


def touched(code: str, deadline: str, recipients: Collection[Organisation] = ()) -> CaseQuerySet:
    """The cases that moving a deadline changes something in now; those of all recipients when none are given.

    Those that have the day before them; for the requisition also those whose right lapsed, and those that wait to be
    examined while a remainder lapsed. Once an approved sum is on its way a remainder cannot be asked for (the
    agreement pays once), so it stays lapsed. Cases that come to the day later find it moved.
    """
    states = {state for state, due in DUE.items() if due == deadline}
    if deadline == REPAYMENT:
        states.update(OWING)
    cases = Case.objects.filter(agreement=code).with_parties().order_by("pk")
    if recipients:
        cases = cases.filter(recipient__in=recipients)
    if deadline != REQUISITION:
        return cases.filter(state__in=states)
    waiting = cases.filter(state__in=ACTS["restore-remainder"].states)
    with_remainder = [case.pk for case in waiting if lapsed(case)]
    return cases.filter(state__in={*states, State.LAPSED}) | cases.filter(pk__in=with_remainder)


def lapsed(case: Case) -> int:
    """What of the case's money has lapsed, whole kronor."""
    return case.money.get(Place.LAPSED, 0)
