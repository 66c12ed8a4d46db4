# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Recording the follow-up's own task, what it delivers, and with whom it is talked over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from overens.agreements.reading import agreement_of
from overens.followup.actions.authority import mandate_of
from overens.followup.models import Commission, Consultation, Deliverable, DeliverableForm
from overens.people.models import Organisation, Person
from overens.records import clock, events, files, intake
from overens.records.canonical import canonical, digest
from overens.rules.deadlines import falls
from overens.rules.findings import refuse
from overens.rules.followup.process import EXAMINERS

COMMISSION = ("title", "text", "registration_number", "decided_by", "decided_on")
DELIVERABLE = ("what", "form", "to_whom", "due", "delivered_on", "note")


@transaction.atomic
def record_commission(
    organisation: Organisation, agreement: str, typed: Mapping[str, Any], person: Person
) -> Commission:
    """Record the commission to follow an agreement up, or change what is recorded of it. A new one begins with the days
    that the agreement itself states for the organisation.

    Raises Refused: ``no-mandate``, ``commission-without-title``.
    """
    mandate = mandate_of(organisation, person, EXAMINERS, "record-commission", agreement)
    if not typed["title"].strip():
        refuse("commission-without-title", key="title")
    values = {name: typed[name] for name in COMMISSION} | {"mandate": mandate, "at": clock.now()}
    commission, is_new = Commission.objects.update_or_create(
        organisation=organisation, agreement=agreement, defaults=values
    )
    _event(commission, "record-commission", commission, COMMISSION)
    if is_new:
        for deadline in agreement_of(agreement).deadlines:
            if {organisation.code, organisation.code.lower()} & set(deadline.who):
                Deliverable.objects.create(
                    commission=commission,
                    what=deadline.what[:200],
                    form=DeliverableForm.ORAL if "munt" in deadline.what.casefold() else DeliverableForm.REPORT,
                    to_whom=deadline.to or "",
                    due=falls(deadline),
                    deadline=deadline.id,
                    mandate=mandate,
                    changed_at=clock.now(),
                )
    return commission


@transaction.atomic
def record_deliverable(
    commission: Commission,
    deliverable: Deliverable | None,
    typed: Mapping[str, Any],
    file: tuple[bytes, str] | None,
    person: Person,
) -> Deliverable:
    """Add something to be delivered, or change it: that it has been delivered, too. file: its bytes and name.

    Raises Refused: ``no-mandate``, ``deliverable-without-name``, ``delivered-later-than-today``, and those of a file.
    """
    mandate = mandate_of(commission.organisation, person, EXAMINERS, "record-deliverable", commission.agreement)
    if not typed["what"].strip():
        refuse("deliverable-without-name", key="what")
    if typed["delivered_on"] and typed["delivered_on"] > clock.today():
        refuse("delivered-later-than-today", key="delivered_on", today=clock.today().isoformat())
    found = deliverable or Deliverable(commission=commission)
    for name in DELIVERABLE:
        setattr(found, name, typed[name])
    if file is not None:
        found.file = files.store(file[0], intake.media_type(file[0]), file[1], mandate)
    found.mandate, found.changed_at = mandate, clock.now()
    found.save()
    _event(commission, "record-deliverable", found, DELIVERABLE)
    return found


@transaction.atomic
def record_consultation(
    commission: Commission, kind: str, with_whom: str, on: dt.date, notes: str, person: Person
) -> Consultation:
    """Note a talk with others. Raises Refused: ``no-mandate``, ``consultation-without-party``."""
    mandate = mandate_of(commission.organisation, person, EXAMINERS, "record-consultation", commission.agreement)
    if not with_whom.strip():
        refuse("consultation-without-party", key="with_whom")
    made = Consultation.objects.create(
        commission=commission,
        kind=kind,
        with_whom=with_whom.strip(),
        on=on,
        notes=notes.strip(),
        mandate=mandate,
        at=clock.now(),
    )
    _event(commission, "record-consultation", made, ("kind", "with_whom", "on", "notes"))
    return made


def _event(commission: Commission, act: str, row: Any, names: tuple[str, ...]) -> None:
    """That it was done, bound to what it said: rows of a commission may change, their events do not."""
    said = {name: "" if getattr(row, name) is None else str(getattr(row, name)) for name in names}
    events.record(commission.subject, act, row.mandate, papers=[digest(canonical({"number": row.pk, **said}))])
