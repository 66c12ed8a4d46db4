# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A region's last days in a calendar: read back, the same bytes for the same facts, at an address that ends."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.test import Client
from icalendar import Calendar

from overens.agreements import actions
from overens.agreements.actions import Minutes
from overens.demo.people import person
from overens.people.models import Organisation
from overens.records import clock
from overens.reminders import calendar
from overens.reminders.models import Feed
from overens.rules import reading as files
from overens.rules.process import Role
from tests.integration.chain.life import Life

REQUISITION = "2019-requisition-10@overens"


def client_of(code: str, role: Role = Role.PREPARER) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person(code, role))
    return client


def read(content: bytes) -> dict[str, Any]:
    return {str(event["uid"]): event for event in Calendar.from_ical(content).walk("VEVENT")}


def of(code: str) -> bytes:
    return calendar.calendar_of(Organisation.objects.get(code=code))


def test_every_last_day_is_a_whole_day_that_nobody_is_busy_with(world: None) -> None:
    found = read(of("10"))
    assert set(found) == {f"2019-{each}-10@overens" for each in
                          ("requisition", "repayment", "financial-report", "activity-report")}  # fmt: skip
    event = found[REQUISITION]
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (dt.date(2019, 12, 1), dt.date(2019, 12, 2))
    assert (str(event["transp"]), int(event["sequence"])) == ("TRANSPARENT", 0)
    assert "Rekvisition ska ha inkommit" in str(event["summary"])
    assert not [part for each in found.values() for part in each.subcomponents]
    assert b"TZID" not in of("10")


def test_the_same_facts_give_the_same_bytes_and_other_recipients_other_days(world: None) -> None:
    assert of("10") == of("10")
    life = Life()
    life.extend("requisition", "2019-12-20")
    moved = read(of("10"))[REQUISITION]
    assert moved.decoded("dtstart") == dt.date(2019, 12, 20)
    assert int(moved["sequence"]) == 1
    assert "S2019/9" in str(moved["description"])
    assert read(of("12"))["2019-requisition-12@overens"].decoded("dtstart") == dt.date(2019, 12, 1)
    life.extend("requisition", "2020-01-10", to="all")
    assert int(read(of("10"))[REQUISITION]["sequence"]) == 2


def in_force(text: str) -> None:
    """Another version is stored and approved."""
    actions.store(text, person("SOC", Role.NEGOTIATOR))
    minutes = Minutes(clock.today(), "S2019/9", "Regeringen", "", "Ändringen godkänns.")
    actions.approve("2019", minutes, person("SOC", Role.MINISTRY_OFFICER))


def test_an_amended_day_moves_in_the_calendar_too(world: None) -> None:
    first = read(of("10"))[REQUISITION]
    text = files.find("2019").read_text(encoding="utf-8")
    in_force(text + "\n# noted\n")
    same = read(of("10"))[REQUISITION]
    assert (same["sequence"], same.decoded("dtstamp")) == (first["sequence"], first.decoded("dtstamp"))
    in_force(text.replace("on = 2019-12-01", "on = 2019-12-08"))
    moved = read(of("10"))[REQUISITION]
    assert (moved.decoded("dtstart"), int(moved["sequence"])) == (dt.date(2019, 12, 8), 1)


def test_what_is_asked_of_one_recipient_is_in_its_calendar_until_it_is_done(world: None) -> None:
    life = Life()
    life.requisition()
    life.pay()
    life.ask_for_accounts("2019-12-10")
    (asked,) = [event for uid, event in read(of("10")).items() if uid.startswith("rakenskaper")]
    assert asked.decoded("dtstart") == dt.date(2019, 12, 10)
    life.answer_accounts()
    assert not [uid for uid in read(of("10")) if uid.startswith("rakenskaper")]


def test_an_address_is_told_once_read_without_a_login_and_ended(world: None) -> None:
    region = client_of("10")
    page = region.post("/kalender/ny/", follow=True)
    (address,) = re.findall(r"http://127\.0\.0\.1(/kalender/[\w-]{43}\.ics)", page.text)
    assert address not in region.get("/kalender/").text
    program = Client(headers={"host": "127.0.0.1"})
    answer = program.get(address)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.content == of("10") == region.get("/kalender/sista-dagar.ics").content
    again = program.get(address, headers={"if-none-match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    Life().extend("requisition", "2019-12-20")
    assert program.get(address, headers={"if-none-match": answer.headers["ETag"]}).status_code == 200
    feed = Feed.objects.get()
    assert client_of("12").post(f"/kalender/{feed.pk}/avsluta/").status_code == 404
    assert client_of("10", Role.HEAD_OF_FINANCE).post(f"/kalender/{feed.pk}/avsluta/").status_code == 404
    assert program.get(address).status_code == 200
    assert region.post(f"/kalender/{feed.pk}/avsluta/").status_code == 303
    assert program.get(address).status_code == 404


def test_an_address_ends_with_the_mandate_of_whoever_made_it(world: None) -> None:
    token = calendar.make_feed(Organisation.objects.get(code="10"), person("10", Role.PREPARER))
    assert calendar.feed_at(token) is not None
    assert calendar.feed_at(token + "x") is None
    Life().end_mandates(of="preparer", on=str(clock.today() - dt.timedelta(days=1)))
    assert calendar.feed_at(token) is None
