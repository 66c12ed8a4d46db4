# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What time it is in the domain: real time, or where the demo's clock stands."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils import timezone

from overens.records.models import Clock
from overens.rules.findings import refuse

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def now() -> dt.datetime:
    """The domain's time, aware."""
    # Asked many times over in everything: putting the query together would cost more than its answer.
    with connection.cursor() as cursor:
        cursor.execute("SELECT stands_at FROM records_clock WHERE id = 1")
        row = cursor.fetchone()
    stands_at: dt.datetime | None = row[0] if row else None
    return stands_at or timezone.now()


def today() -> dt.date:
    """The domain's day in Stockholm."""
    return now().astimezone(STOCKHOLM).date()


def is_stepped() -> bool:
    """True where the clock stands still between steps (the demo)."""
    return Clock.objects.filter(pk=1).exclude(stands_at=None).exists()


def step_to(moment: dt.datetime) -> None:
    """Set the demo's clock. Only forward: a deadline that has passed cannot come again.

    Raises Refused (``clock-backwards``) for an earlier time than it stands at.
    """
    clock, _ = Clock.objects.get_or_create(pk=1)
    if clock.stands_at and moment < clock.stands_at:
        refuse("clock-backwards", key="moment", now=clock.stands_at.isoformat(), asked=moment.isoformat())
    Clock.objects.filter(pk=1).update(stands_at=moment)


def end_of_day(day: dt.date) -> dt.datetime:
    """The last moment of a day in Stockholm."""
    return dt.datetime.combine(day, dt.time.max, STOCKHOLM)


def moment(text: str, key: str | None = None) -> dt.datetime:
    """A day (its end, in Stockholm) or an ISO time. Raises Refused (``date-unreadable``) at the key."""
    try:
        found = dt.datetime.fromisoformat(text.strip())
        if not 1900 <= found.year < 3000:  # nothing here is older or later, and time zones end somewhere
            raise ValueError
        if len(text.strip()) == 10:
            return end_of_day(found.date())
        return found if found.tzinfo else found.replace(tzinfo=STOCKHOLM)
    except ValueError:
        refuse("date-unreadable", key, raw=text[:40])
