# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Handing vouchers to the payer's accounting system, each once."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.db import transaction

from overens.exchange import sie
from overens.grants import vouchers
from overens.grants.models import ExportedVoucher, VoucherExport
from overens.people.models import Mandate, Person
from overens.people.models.organisation import Kind
from overens.records import clock, events
from overens.records.locks import hold
from overens.rules.findings import refuse
from overens.rules.process import Role

SUBJECT = "vouchers"
# Assumed: who may pay may book what was paid.
ROLES = (Role.PAYER, Role.SECOND_PAYER)


@transaction.atomic
def export(first: dt.date, last: dt.date, person: Person | None = None) -> VoucherExport:
    """The papers of a period that no export has had yet, as one file; where there are none, the last export of just
    that period, the same bytes as before. person: None where the operator asks.

    Raises Refused: ``no-mandate``, ``vouchers-days``, ``vouchers-none``; ``sie-unencodable`` for a name that the format
    has no room for; what is wrong with the chart.
    """
    mandate = _mandate(person) if person else None
    if last < first:
        refuse("vouchers-days", key="last", first=first.isoformat(), last=last.isoformat())
    hold(SUBJECT)
    legs = vouchers.not_exported(vouchers.booked(first, last))
    if not legs:
        earlier = VoucherExport.objects.filter(first_day=first, last_day=last).first()
        return earlier or refuse("vouchers-none", first=first.isoformat(), last=last.isoformat())
    content = sie.write(vouchers.file(legs, clock.today()))
    made = VoucherExport.objects.create(
        first_day=first,
        last_day=last,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        mandate=mandate,
        exported_at=clock.now(),
    )
    ExportedVoucher.objects.bulk_create(
        ExportedVoucher(export=made, cause_id=cause) for cause in sorted({leg.cause_id for leg in legs})
    )
    events.record(SUBJECT, "export-vouchers", mandate, papers=[made.sha256])
    return made


def _mandate(person: Person) -> Mandate:
    found = person.mandates.on(clock.today()).filter(organisation__kind=Kind.PAYER, role__in=ROLES).first()
    return found or refuse(
        "no-mandate", act="export-vouchers", roles=list(ROLES), organisation="Kammarkollegiet",
        day=clock.today().isoformat(),
    )  # fmt: skip
