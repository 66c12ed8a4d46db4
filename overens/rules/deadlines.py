# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Swedish working days, and until when a paper is received in time."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from holidays.constants import DE_FACTO, PUBLIC
from holidays.countries.sweden import Sweden

from overens.rules.agreement import Deadline

STOCKHOLM = ZoneInfo("Europe/Stockholm")
# The eves of Midsummer, Christmas and New Year are no public holidays, but nobody works: the category "de facto".
_HOLIDAYS = Sweden(include_sundays=False, categories=(PUBLIC, DE_FACTO))


def is_working_day(day: dt.date) -> bool:
    """Monday to Friday, and neither a public holiday nor the eve of Midsummer, Christmas or New Year."""
    return day.weekday() < 5 and day not in _HOLIDAYS


def next_working_day(day: dt.date) -> dt.date:
    """The day itself when it is a working day, else the first that follows."""
    while not is_working_day(day):
        day += dt.timedelta(days=1)
    return day


def falls(deadline: Deadline) -> dt.date | None:
    """The last day that counts, by the deadline's own rule for non-working days; None where no day is stated."""
    if not isinstance(deadline.on, dt.date):
        return None
    return deadline.on if deadline.non_working_day == "stands" else next_working_day(deadline.on)


def received_in_time(received_at: dt.datetime, deadline: Deadline) -> bool:
    """Whether a paper came in before the end of the last day in Sweden; always where no day is stated.

    received_at: an aware datetime. Raises ValueError for a naive one, which says no moment.
    """
    if received_at.tzinfo is None:
        raise ValueError("received_at must be aware")
    last_day = falls(deadline)
    return last_day is None or received_at.astimezone(STOCKHOLM).date() <= last_day


def after_working_days(day: dt.date, count: int) -> dt.date:
    """The working day that comes so many working days after a day, which itself is not counted."""
    for _number in range(count):
        day = next_working_day(day + dt.timedelta(days=1))
    return day
