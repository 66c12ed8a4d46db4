# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A person's shifts as a calendar that a phone subscribes to (iCalendar, RFC 5545).

There is one event for each person and day, whatever shift it is: its UID stays when the shift is changed, and its
SEQUENCE says how many times it has been. A shift that was taken away is cancelled, not left out, since a program that
has fetched it once may keep what it no longer finds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from icalendar import Event, Timezone, TimezoneDaylight, TimezoneStandard

from overens.exchange.calendar import begun
from overens.exchange.rosters.rota import Rota, Shift, minutes, span
from overens.rules.deadlines import STOCKHOLM

PRODID = "-//Overens//Schema//SV"


@dataclass(frozen=True)
class Version:
    """What somebody works by day in one published version of a rota, and when it was published (aware)."""

    published_at: dt.datetime
    shifts: Mapping[dt.date, Shift]


def of_person(rota: Rota, person: str, published_at: dt.datetime) -> Version:
    return Version(published_at, {day: shift for who, day, shift in rota.duties() if who.id == person})


@dataclass(frozen=True)
class _Told:
    """What all versions together say of a day. ``shift``: None where it was taken away, which was ``last``."""

    shift: Shift | None
    last: Shift
    sequence: int
    changed_at: dt.datetime


def write(name: str, key: str, versions: Iterable[Version], note: str = "") -> bytes:
    """The calendar of one person. versions: all that were published, the oldest first; the last is what holds. key:
    of the person, the same in all versions; it goes into the UIDs, which others may see. note: stands on every event.

    The same versions always give the same bytes.
    """
    calendar = begun(PRODID, name, dt.timedelta(hours=1))
    calendar.add("x-wr-timezone", STOCKHOLM.key)
    calendar.add_component(_zone())
    for day, told in sorted(_told(versions).items()):
        calendar.add_component(_event(f"{key}-{day:%Y%m%d}@overens", day, told, note))
    return bytes(calendar.to_ical())


def _zone() -> Timezone:
    """Swedish time by the rule of the EU since 1996. By hand: the library's own, made of a zone's changes, is an hour
    late in spring, for it takes the hour after the change where the format asks for the one before it.
    """
    zone = Timezone()
    zone.add("tzid", STOCKHOLM.key)
    changes = ((TimezoneDaylight(), "CEST", 3, 31, 2, 1, 2), (TimezoneStandard(), "CET", 10, 27, 3, 2, 1))
    for part, name, month, day, hour, before, after in changes:
        part.add("dtstart", dt.datetime(1996, month, day, hour))  # noqa: DTZ001  as the clock showed
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        part.add("tzname", name)
        part.add("tzoffsetfrom", dt.timedelta(hours=before))
        part.add("tzoffsetto", dt.timedelta(hours=after))
        zone.add_component(part)
    return zone


def _told(versions: Iterable[Version]) -> dict[dt.date, _Told]:
    told: dict[dt.date, _Told] = {}
    for version in versions:
        for day in {*told, *version.shifts}:
            now, before = version.shifts.get(day), told.get(day)
            if before is None and now is not None:
                told[day] = _Told(now, now, 0, version.published_at)
            elif before is not None and now != before.shift:
                told[day] = _Told(now, now or before.last, before.sequence + 1, version.published_at)
    return told


def _event(uid: str, day: dt.date, told: _Told, note: str) -> Event:
    shift, event = told.last, Event()
    begins, ends = span(shift, day)
    event.add("uid", uid)
    event.add("dtstamp", told.changed_at.astimezone(dt.UTC))
    event.add("last-modified", told.changed_at.astimezone(dt.UTC))
    event.add("sequence", told.sequence)
    event.add("dtstart", begins)
    event.add("dtend", ends)
    event.add("summary", shift.title)
    event.add("description", "\n".join(filter(None, [f"{shift.id}, {_hours(minutes(shift, day))}", note])))
    event.add("status", "CONFIRMED" if told.shift else "CANCELLED")
    event.add("transp", "OPAQUE" if told.shift else "TRANSPARENT")
    return event


def _hours(worked: int) -> str:
    return f"{worked // 60} h" + (f" {worked % 60} min" if worked % 60 else "")
