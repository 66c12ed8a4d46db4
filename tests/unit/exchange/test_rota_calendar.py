# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A person's shifts as a calendar: its time zone, its UIDs, and what becomes of a shift that is changed."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from dateutil.tz import tzical
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from overens.exchange.rosters import personal_calendar
from overens.exchange.rosters.personal_calendar import Version
from overens.exchange.rosters.rota import Rota, minutes, span
from overens.rules.deadlines import STOCKHOLM as SWEDEN
from tests.unit.exchange.rotas import SHIFTS, rota, rotas

AT = dt.datetime(2027, 1, 1, 12, tzinfo=dt.UTC)


def events(*versions: Version) -> dict[str, Any]:
    content = personal_calendar.write("Schema", "k1", versions, "Påhittat")
    return {str(event["uid"]): event for event in Calendar.from_ical(content).walk("VEVENT")}


@settings(max_examples=25)
@given(rotas())
def test_what_is_read_is_what_is_worked(made: Rota) -> None:
    found = events(personal_calendar.of_person(made, "ssk01", AT))
    mine = [(day, shift) for who, day, shift in made.duties() if who.id == "ssk01"]
    assert len(found) == len(mine)
    for day, shift in mine:
        event = found[f"k1-{day:%Y%m%d}@overens"]
        begins, ends = event["dtstart"].dt, event["dtend"].dt
        assert (begins, ends) == span(shift, day)
        passed = ends.astimezone(dt.UTC) - begins.astimezone(dt.UTC)
        assert passed == dt.timedelta(minutes=minutes(shift, day) + shift.unpaid)


def test_the_night_of_the_change_is_an_hour_shorter_or_longer() -> None:
    spring, autumn = rota(d5="N"), rota(dt.date(2027, 10, 25), d5="N")
    for made, hours in ((spring, "N, 9 h"), (autumn, "N, 11 h")):
        (event,) = events(personal_calendar.of_person(made, "ssk01", AT)).values()
        assert str(event["description"]).startswith(hours)


def test_the_time_zone_is_that_of_sweden_to_the_half_hour_as_another_library_reads_it() -> None:
    """The zone's rules are read by dateutil, which knows nothing of ours, for thirty years."""
    content = personal_calendar.write("Schema", "k1", [personal_calendar.of_person(rota(d0="D"), "ssk01", AT)])
    zone = tzical(io.StringIO(content.decode().replace("\r\n ", ""))).get("Europe/Stockholm")
    for year in range(2020, 2050):
        for month in (1, 3, 7, 10):
            sunday = max(day for day in range(25, 32) if dt.date(year, month, day).weekday() == 6)
            for half_hours in range(-2, 10):
                at = dt.datetime(year, month, sunday) + dt.timedelta(minutes=30 * half_hours)
                # The hour that the clock skips is nobody's; of the one that comes twice the first is meant.
                there = at.replace(tzinfo=SWEDEN).astimezone(dt.UTC).astimezone(SWEDEN).replace(tzinfo=None) == at
                if there:
                    assert at.replace(tzinfo=zone).utcoffset() == at.replace(tzinfo=SWEDEN).utcoffset(), at


def test_a_shift_that_is_changed_or_taken_away_keeps_its_uid_and_counts_up() -> None:
    day, night = SHIFTS[0], SHIFTS[2]
    first = dt.date(2027, 3, 22)
    versions = [
        Version(AT, {first: day, first + dt.timedelta(days=1): day}),
        Version(AT + dt.timedelta(days=1), {first: night}),
        Version(AT + dt.timedelta(days=2), {first: night, first + dt.timedelta(days=1): day}),
    ]
    changed, gone = "k1-20270322@overens", "k1-20270323@overens"
    before, then, after = (events(*versions[: number + 1]) for number in range(3))
    assert before[changed]["sequence"] == before[gone]["sequence"] == 0
    assert (then[changed]["sequence"], str(then[changed]["summary"])) == (1, "Natt")
    assert (then[gone]["sequence"], str(then[gone]["status"]), str(then[gone]["transp"])) == (
        1, "CANCELLED", "TRANSPARENT",
    )  # fmt: skip
    assert then[gone]["dtstart"].dt == before[gone]["dtstart"].dt
    assert then[gone]["dtstamp"].dt == versions[1].published_at
    assert (after[gone]["sequence"], str(after[gone]["status"])) == (2, "CONFIRMED")
    # What was not touched says nothing new.
    assert after[changed]["sequence"] == 1
    assert after[changed]["dtstamp"].dt == versions[1].published_at


@settings(max_examples=15)
@given(st.lists(rotas(), min_size=1, max_size=4))
def test_the_calendar_after_any_versions_holds_the_last_and_is_the_same_each_time(made: list[Rota]) -> None:
    versions = [
        personal_calendar.of_person(each, "-9", AT + dt.timedelta(days=number)) for number, each in enumerate(made)
    ]
    found = events(*versions)
    standing = {id for id, event in found.items() if event["status"] == "CONFIRMED"}
    assert standing == {f"k1-{day:%Y%m%d}@overens" for day in versions[-1].shifts}
    assert {id for version in versions for id in (f"k1-{day:%Y%m%d}@overens" for day in version.shifts)} == {*found}
    write = personal_calendar.write
    assert write("Schema", "k1", versions) == write("Schema", "k1", versions)
