# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The government's decision on a line opens a case for each of its recipients."""

from __future__ import annotations

from django.db import transaction

from overens.agreements import actions
from overens.agreements.actions import Minutes
from overens.agreements.models import Decision
from overens.agreements.reading import last_day
from overens.grants.models import Case
from overens.ledger.models import Line
from overens.people.models import Person
from overens.records import clock, events


@transaction.atomic
def decide_payment(line: Line, minutes: Minutes, person: Person) -> Decision:
    """Record the decision and open its cases. Raises Refused as agreements.actions.decide_payment does."""
    decision = actions.decide_payment(line, minutes, person)
    for row in decision.rows.select_related("recipient"):
        case = Case.objects.create(
            key=f"{line.agreement}/{line.code}/{row.recipient.code}",
            agreement=line.agreement,
            line=line,
            recipient=row.recipient,
            changed_at=clock.now(),
            due_on=last_day(line.agreement, "requisition", row.recipient_id),
        )
        events.record(case.key, "decide-payment", decision.paper.mandate, decision.paper)
    return decision
