# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where every krona of an agreement is: the answer that the page, the API and the command line share."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from overens.agreements.models import AgreementVersion
from overens.ledger import reading
from overens.ledger.models import Line
from overens.people.models import Organisation, OrganisationName
from overens.records import clock
from overens.rules.findings import refuse
from overens.rules.process import PLACES

# Agreed between the parties, but not yet decided by the government: no krona of the ledger.
UNDECIDED = "undecided"
ORDER = {UNDECIDED: -1, **{place.value: number for number, place in enumerate(PLACES)}}


@dataclass(frozen=True)
class TraceRow:
    """``owner`` is the organisation's name at the time asked about; it and ``code`` are empty where nobody owns."""

    line: str
    owner: str
    code: str
    place: str
    kronor: int


def trace(
    agreement: str,
    recipient: str | None = None,
    at: dt.datetime | None = None,
    known_at: dt.datetime | None = None,
) -> list[TraceRow]:
    """Rows by line, place in chain order, and owner. Without a recipient they add up to the agreement's total.

    at: what had taken effect by then; known_at: what the database knew then. Raises Refused (``no-such-agreement``,
    ``no-such-recipient``).
    """
    if not AgreementVersion.objects.filter(code=agreement).exists():
        refuse("no-such-agreement", "agreement", code=agreement, known=stored_codes())
    owner = None
    if recipient is not None:
        owner = Organisation.objects.filter(code__iexact=recipient).values_list("pk", flat=True).first()
        if owner is None:
            refuse("no-such-recipient", "recipient", code=recipient)
    found = reading.trace(agreement, owner=owner, at=at, known_at=known_at)
    names = _names((at or clock.now()).date())
    rows = [TraceRow(h.line, names.get(h.code, h.owner), h.code, h.place.value, h.kronor) for h in found]
    lines = list(Line.objects.filter(agreement=agreement))
    if owner is None:
        for line in lines:
            # A line is approved as a whole, so that at any time it is there as decided or as agreed.
            if not any(row.line == line.code for row in rows):
                rows.append(TraceRow(line.code, "", "", UNDECIDED, line.kronor))
    position = {line.code: number for number, line in enumerate(lines)}
    return sorted(rows, key=lambda row: (position[row.line], ORDER[row.place], row.code))


def _names(day: dt.date) -> dict[str, str]:
    """By organisation code the names that were others on that day than today's."""
    dated = OrganisationName.objects.filter(valid_from__lte=day).exclude(valid_to__lt=day)
    return dict(dated.values_list("organisation__code", "name"))


def stored_codes() -> list[str]:
    return sorted(set(AgreementVersion.objects.values_list("code", flat=True)))
