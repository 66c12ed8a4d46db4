# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A version of an agreement comes into force, and its open cases follow it."""

from __future__ import annotations

from django.db import transaction

from overens.agreements import actions
from overens.agreements.actions import Minutes
from overens.agreements.models import Decision, DecisionRow
from overens.agreements.models.decision import DecisionKind
from overens.grants.actions.performing import due_on
from overens.grants.models import Case
from overens.people.models import Notice, Person
from overens.records import clock, events
from overens.rules.process import DUE

LOWERED = "lower-decision"


@transaction.atomic
def approve(code: str, minutes: Minutes, person: Person) -> Decision:
    """Record the government's approval of the newest version, and let the cases follow it.

    What a case has before it follows the days of the version; a day that is put off gives back nothing that has lapsed:
    that takes a decision of its own. Who is given less is told so. Raises Refused as agreements.actions.approve does.
    """
    decision = actions.approve(code, minutes, person)
    for case in Case.objects.filter(agreement=code, state__in=DUE).select_for_update():
        if (day := due_on(case)) != case.due_on:
            Case.objects.filter(pk=case.pk).update(due_on=day)
    lowered = DecisionRow.objects.filter(decision__version=decision.version, decision__kind=DecisionKind.LOWERING)
    for row in lowered.select_related("decision__paper__mandate"):
        paper = row.decision.paper
        for case in Case.objects.filter(line=row.decision.line_id, recipient=row.recipient_id):
            event = events.record(case.key, LOWERED, paper.mandate, paper)
            Notice.objects.create(
                organisation=case.recipient,
                key=f"{LOWERED}/{case.key}/{event.number}",
                code=f"told-{LOWERED}",
                subject=case.key,
                at=clock.now(),
            )
    return decision
