# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A recipient's last days of all grants as a calendar that other programs subscribe to."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from overens.exchange.calendar import Entry, write
from overens.portal import reading
from overens.portal.models import Recipient
from overens.records import clock

DOMAIN = "overens"


def calendar_of(recipient: Recipient, site: str) -> bytes:
    """In Swedish. The same facts always give the same bytes. site: the public address, without a slash."""
    return write(f"Överens statsbidrag: {recipient.name}", entries(recipient, site))


def entries(recipient: Recipient, site: str) -> Iterator[Entry]:
    """Every dated duty of grants from last year on: what is older is for the archive, not the calendar."""
    shares = reading.shares_of(recipient, None).filter(grant__last_day__year__gte=clock.today().year - 1)
    grants = {share.grant_id: share.grant for share in shares}
    for due in reading.due_days(recipient, grants.values()):
        if due.day is not None:
            yield Entry(
                uid=f"bidrag-{due.grant.code}-{due.duty.id}-{recipient.code}@{DOMAIN}",
                day=due.day,
                title=f"Sista dag: {due.duty.what}",
                text=due.grant.title,
                url=f"{site}{reverse('portal-grant', args=[due.grant.code])}",
                moved=int(due.is_moved),
                changed_at=due.grant.changed_at,
            )
