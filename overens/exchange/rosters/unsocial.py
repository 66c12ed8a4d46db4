# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Unsocial hours: how much of a shift lies in which class of the collective agreement, by a table that is data.

What an hour of a class is paid is the paying system's. Where the break of a shift lies is not known: it is taken off
ordinary time first, then off the last class of the table that the shift has (assumed).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Literal

from pydantic import Field

from overens.exchange.rosters.rota import MINUTE, Shift, span
from overens.rules import reading
from overens.rules.deadlines import STOCKHOLM, DayOff, day_off
from overens.rules.findings import Finding, Refused, error
from overens.rules.values import Slug, Table

SHIPPED = Path(__file__).parents[2] / "reference" / "planning" / "unsocial-hours" / "antagen.toml"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DayKind = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday", "eve", "before-holiday"]
# The share of a shift that is in no class.
ORDINARY = "ordinary"


class Class(Table):
    """From ``start`` to ``end`` by the clock, of days of the kinds ``days`` and of the single days ``on``; an end that
    is not later is the next day's.
    """

    id: Slug
    title: str
    title_en: str = ""
    days: tuple[DayKind, ...] = ()
    on: tuple[dt.date, ...] = ()
    start: dt.time
    end: dt.time
    source: str = "not stated"
    address: str = ""
    passage: str = ""
    status: Literal["verified", "assumed"] = "assumed"


class Classes(Table):
    """A minute is in the first class that has it."""

    format: Literal[1]
    kind: Literal["unsocial-hours"]
    id: Slug
    title: str
    title_en: str = ""
    classes: tuple[Class, ...] = Field(alias="class", default=())


def read(text: str) -> tuple[Classes | None, tuple[Finding, ...]]:
    """The table of a TOML text, or what is to be mended, with its lines."""
    return reading.read_as(text, Classes, _check)


@cache
def shipped() -> Classes:
    """The table that comes with Överens: assumed."""
    made, findings = read(SHIPPED.read_text("utf-8"))
    if made is None:
        raise Refused(*findings)
    return made


def _check(table: Classes, _keys: Collection[str]) -> Iterator[Finding]:
    seen: set[str] = set()
    for each in table.classes:
        if each.id in seen or each.id == ORDINARY:
            yield error("rota-class-twice", f"class[{each.id}]", name=each.id)
        seen.add(each.id)
        if not each.days and not each.on:
            yield error("rota-class-never", f"class[{each.id}]", name=each.title)
        if each.status == "verified" and not (each.address and each.passage):
            yield error("roster-rule-read", f"class[{each.id}].status")


def split(shift: Shift, day: dt.date, table: Classes) -> dict[str, int]:
    """Minutes of work of a day's shift in each class that it has, and ``ordinary``: together all of its work."""
    begins, ends = (each.astimezone(dt.UTC) for each in span(shift, day))
    spans = [(each.id, *when) for each in table.classes for when in _spans(each, day)]
    marks = sorted({begins, ends, *(at for _, *when in spans for at in when if begins < at < ends)})
    found = {ORDINARY: 0} | {each.id: 0 for each in table.classes}
    for at, until in pairwise(marks):
        name = next((name for name, first, last in spans if first <= at < last), ORDINARY)
        found[name] += (until - at) // MINUTE
    left = shift.unpaid
    for name in (ORDINARY, *(each.id for each in reversed(table.classes))):
        taken = min(left, found[name])
        found[name], left = found[name] - taken, left - taken
    return {name: number for name, number in found.items() if number or name == ORDINARY}


def _spans(of: Class, day: dt.date) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """Those near a day, as they pass."""
    for each in (day + dt.timedelta(days=at) for at in (-1, 0, 1, 2)):
        if each in of.on or not _kinds(each).isdisjoint(of.days):
            last = each + dt.timedelta(days=of.end <= of.start)
            first = dt.datetime.combine(each, of.start, STOCKHOLM)
            yield first.astimezone(dt.UTC), dt.datetime.combine(last, of.end, STOCKHOLM).astimezone(dt.UTC)


@lru_cache(maxsize=1000)
def _kinds(day: dt.date) -> set[str]:
    kinds = {DAYS[day.weekday()]}
    if day_off(day) is DayOff.PUBLIC_HOLIDAY:
        kinds.add("holiday")
    if day_off(day) is DayOff.EVE:
        kinds.add("eve")
    if day_off(day + dt.timedelta(days=1)) is DayOff.PUBLIC_HOLIDAY:
        kinds.add("before-holiday")
    return kinds
