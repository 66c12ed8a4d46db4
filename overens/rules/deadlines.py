# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Swedish working days, which days move a deadline, and until when a paper is received in time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from zoneinfo import ZoneInfo

from holidays.constants import DE_FACTO, PUBLIC
from holidays.countries.sweden import Sweden

from overens.rules.agreement import Deadline

STOCKHOLM = ZoneInfo("Europe/Stockholm")
DAY = dt.timedelta(days=1)
_HOLIDAYS = Sweden(include_sundays=False, categories=(PUBLIC,))
# The eves of Midsummer, Christmas and New Year are no public holidays, but nobody works: the category "de facto".
_EVES = Sweden(include_sundays=False, categories=(DE_FACTO,))


class DayOff(StrEnum):
    """Why a day is no working day. A holiday that is a Sunday is a holiday."""

    PUBLIC_HOLIDAY = "public-holiday"
    EVE = "eve"
    SUNDAY = "sunday"
    SATURDAY = "saturday"


# Which days move a deadline that falls on one, by the name that an agreement's file gives (``moved_by``).
# ``act-1930-173``: lag (1930:173) om beräkning av lagstadgad tid, 2 §, which names Sundays, other public holidays,
# Saturdays and the three eves (general knowledge, to be confirmed). ``holidays``: an agreement may count Saturdays and
# eves as days like any other (ours, for agreements that say so).
MOVING: Mapping[str, frozenset[DayOff]] = {
    "act-1930-173": frozenset(DayOff),
    "holidays": frozenset({DayOff.PUBLIC_HOLIDAY, DayOff.SUNDAY}),
}


def day_off(day: dt.date) -> DayOff | None:
    """Why a day is no working day in Sweden; None where it is one."""
    if day in _HOLIDAYS:
        return DayOff.PUBLIC_HOLIDAY
    if day in _EVES:
        return DayOff.EVE
    return {5: DayOff.SATURDAY, 6: DayOff.SUNDAY}.get(day.weekday())


def is_working_day(day: dt.date) -> bool:
    """Monday to Friday, and neither a public holiday nor the eve of Midsummer, Christmas or New Year."""
    return day_off(day) is None


def is_banking_day(day: dt.date) -> bool:
    """Whether kronor are moved between banks. Their days off are those of :func:`is_working_day`, one by one (general
    knowledge, to be confirmed with Bankgirot); a name of its own, so that what asks for it says what it means.
    """
    return is_working_day(day)


def next_working_day(day: dt.date) -> dt.date:
    """The day itself when it is a working day, else the first that follows."""
    return _moved(day, MOVING["act-1930-173"])


def previous_working_day(day: dt.date) -> dt.date:
    """The day itself when it is a working day, else the last before it."""
    while not is_working_day(day):
        day -= DAY
    return day


def add_working_days(day: dt.date, count: int) -> dt.date:
    """The count-th working day after a day; with a negative count, before it. 0: the day itself, whatever it is."""
    step = DAY if count > 0 else -DAY
    for _each in range(abs(count)):
        day += step
        while not is_working_day(day):
            day += step
    return day


def _moved(day: dt.date, off: frozenset[DayOff]) -> dt.date:
    while day_off(day) in off:
        day += DAY
    return day


def falls(deadline: Deadline) -> dt.date | None:
    """The last day that counts, by the deadline's own rule for days off; None where no day is stated."""
    if not isinstance(deadline.on, dt.date) or deadline.non_working_day == "stands":
        return deadline.on if isinstance(deadline.on, dt.date) else None
    return _moved(deadline.on, MOVING[deadline.moved_by])


def is_by(moment: dt.datetime, last_day: dt.date | None) -> bool:
    """Whether a moment is before the end of a day in Sweden; always where there is no last day.

    moment: an aware datetime. Raises ValueError for a naive one, which says no moment.
    """
    if moment.tzinfo is None:
        raise ValueError("the moment must be aware")
    return last_day is None or moment.astimezone(STOCKHOLM).date() <= last_day
