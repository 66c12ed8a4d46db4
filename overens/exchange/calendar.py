# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writing days as a calendar that other programs subscribe to (iCalendar, RFC 5545)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from icalendar import Calendar, Event

PRODID = "-//Overens//Sista dagar//SV"
TYPE = "text/calendar; charset=utf-8"


@dataclass(frozen=True)
class Entry:
    """Something that is due on a day. ``uid`` is the same whatever becomes of the day; ``moved`` is how many times it
    has moved, ``changed_at`` when it last did (aware), so that the same facts always give the same bytes.
    """

    uid: str
    day: dt.date
    title: str
    text: str
    url: str
    moved: int
    changed_at: dt.datetime


def begun(product: str, name: str, renewed: dt.timedelta) -> Calendar:
    """A calendar with nothing in it yet. product: what made it; renewed: how often a reader is to fetch it again."""
    calendar = Calendar()
    calendar.add("prodid", product)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", renewed, parameters={"VALUE": "DURATION"})
    return calendar


def write(name: str, entries: Iterable[Entry]) -> bytes:
    """The calendar. Whole days without a time zone: a last day is a day, wherever the reader is."""
    calendar = begun(PRODID, name, dt.timedelta(hours=12))
    for entry in sorted(entries, key=lambda each: (each.day, each.uid)):
        event = Event()
        event.add("uid", entry.uid)
        event.add("dtstamp", entry.changed_at.astimezone(dt.UTC))
        event.add("sequence", entry.moved)
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + dt.timedelta(days=1))
        event.add("summary", entry.title)
        event.add("description", entry.text)
        event.add("url", entry.url)
        event.add("transp", "TRANSPARENT")  # nobody is busy because of it
        calendar.add_component(event)
    return bytes(calendar.to_ical())
