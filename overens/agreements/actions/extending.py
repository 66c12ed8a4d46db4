# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The government moves a last day of an agreement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import asdict

from django.db import transaction

from overens.agreements.actions.minutes import Minutes, ministry_mandate, paper
from overens.agreements.models import Extension
from overens.agreements.reading import deadline_of, last_days
from overens.people.models import Organisation, Person
from overens.records import events, locks, registrations
from overens.rules.agreement import Deadline
from overens.rules.findings import refuse
from overens.rules.process import Role

EXTENSION = "extension-decision"


@transaction.atomic
def extend(
    code: str, deadline: str, day: dt.date, recipients: Collection[Organisation], minutes: Minutes, person: Person
) -> Extension:
    """Record the government's decision to move a deadline of an agreement for some recipients, or for all (none given).

    Only the government can (assumed of every deadline: a day that the parties agreed on is not the payer's to move);
    a deadline that has passed can be moved too. Raises Refused: ``no-mandate``, ``decision-field-missing``,
    ``deadline-without-day``, ``extension-not-later`` (for anybody that it is for).
    """
    mandate = ministry_mandate(person, code, Role.MINISTRY_OFFICER, "move-deadline")
    locks.hold(f"agreement/{code}")
    found = check_extension(code, deadline, day, recipients, minutes)
    content = {
        "extended": found.what,
        "deadline_id": deadline,
        "deadline": day,
        "recipients": sorted(each.code for each in recipients),
    }
    decision = paper(EXTENSION, code, minutes, mandate, content)
    extension = Extension.objects.create(
        agreement=code,
        deadline=deadline,
        day=day,
        **asdict(minutes),
        paper=decision,
    )
    extension.recipients.set(recipients)
    registrations.register(f"agreement/{code}", mandate.organisation, minutes.registration_number, mandate)
    events.record(f"agreement/{code}", "extend-deadline", mandate, decision)
    return extension


def check_extension(
    code: str, deadline: str, day: dt.date, recipients: Collection[Organisation], minutes: Minutes
) -> Deadline:
    """The deadline that such a decision would move. Raises Refused as :func:`extend` does, but for the mandate."""
    minutes.check()
    found = deadline_of(code, deadline)
    if found is None or not isinstance(found.on, dt.date):
        refuse("deadline-without-day", key="deadline", deadline=found.what if found else deadline)
    now = last_days([(code, each.pk) for each in recipients] or [(code, None)], deadline)
    if before := [last for last in now.values() if last and last >= day]:
        refuse("extension-not-later", key="day", day=day.isoformat(), last=max(before).isoformat())
    return found
