# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What binds a mandate to the events that gave and ended it: hashes of its row, so that a changed one is found."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from overens.people.models import Mandate
from overens.records.canonical import canonical, digest
from overens.records.models import Event


def of_giving(mandate: Mandate) -> str:
    """SHA-256 of the mandate as it was given."""
    return digest(
        canonical(
            {
                "mandate": mandate.pk,
                "person": mandate.person_id,
                "organisation": mandate.organisation_id,
                "role": mandate.role,
                "agreement": mandate.agreement,
                "unit": mandate.unit,
                "from": mandate.valid_from,
                "until": mandate.given_until,
                "citation": mandate.citation,
                "given_by": mandate.given_by_id,
                "given_at": _utc(mandate.given_at),
            }
        )
    )


def of_ending(mandate: Mandate) -> str:
    """SHA-256 of the mandate as it was given and of how it ended."""
    return digest(
        canonical(
            {
                "given": of_giving(mandate),
                "last_day": mandate.valid_to,
                "ended_by": mandate.ended_by_id,
                "ended_at": _utc(mandate.ended_at),
                "reason": mandate.ended_reason,
            }
        )
    )


def _utc(moment: dt.datetime | None) -> dt.datetime | None:
    """The same point in time has one form, wherever it was read."""
    return moment.astimezone(dt.UTC) if moment else None


def first_difference() -> str | None:
    """The first mandate that is not as its events say it was given and, where it has ended, ended; in words."""
    acts = Q(act__in=("appoint-administrator", "invite-person", "give-mandate", "end-mandate"))
    bound: dict[str, set[str]] = {}
    for subject, papers in Event.objects.filter(acts).values_list("subject", "papers").iterator(chunk_size=2000):
        bound.setdefault(subject, set()).update(papers)
    for mandate in Mandate.objects.select_related("organisation").order_by("pk").iterator(chunk_size=2000):
        told = bound.get(f"organisation/{mandate.organisation.code}", set())
        if of_giving(mandate) not in told:
            return f"mandate {mandate.pk}: no event of its organisation gave it as it is"
        if mandate.ended_at is None and mandate.valid_to != mandate.given_until:
            return f"mandate {mandate.pk}: its last day is not the one that it was given with, and nobody ended it"
        if mandate.ended_at is not None and of_ending(mandate) not in told:
            return f"mandate {mandate.pk}: no event of its organisation ended it as it is"
    return None
