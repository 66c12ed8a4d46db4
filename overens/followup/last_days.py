# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Last days that somebody is given to answer, and the days on which they are reminded of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from overens.records import clock
from overens.rules.deadlines import next_working_day
from overens.rules.findings import refuse


def to_come(day: dt.date | None) -> dt.date:
    """A day as a last day, moved to the next working day. Raises Refused at ``due_on``: ``day-missing``,
    ``due-in-the-past``.
    """
    if day is None:
        refuse("day-missing", key="due_on")
    if day <= clock.today():
        refuse("due-in-the-past", key="due_on", day=day.isoformat())
    return next_working_day(day)


def reminder_key(about: str, last: dt.date, today: dt.date, days: Iterable[int]) -> str:
    """Names the latest reminder whose day has come, so that each is sent once; empty while none has. days: before (−)
    and after (+) the last day, rising.
    """
    due = [each for each in days if last + dt.timedelta(days=each) <= today]
    return f"{about}/{last}/{due[-1]:+d}" if due else ""
