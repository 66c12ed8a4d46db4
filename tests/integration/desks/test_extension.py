# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A last day moved at the ministry's desk: shown before it is recorded, and seen by everybody it concerns."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client

from overens.agreements import actions
from overens.agreements.actions import Minutes
from overens.agreements.models import Extension
from overens.demo import replay
from overens.demo.people import person
from overens.grants.actions import amending
from overens.grants.models import Case
from overens.ledger import reading
from overens.records import clock
from overens.records.models import DocumentVersion
from overens.rules import reading as files
from overens.rules.process import Role

PAGE = "/departementet/sista-dagar/2019/requisition/"
MINUTES = {
    "decided_on": "2019-11-20",
    "registration_number": "S2019/DEMO-88",
    "decider": "Regeringen",
    "presenting_officer": "Departementssekreterare",
    "reasons": "Regionerna har fått för kort tid.",
}
LATER = {**MINUTES, "day": "2019-12-20"}


def client_of(code: str, role: Role) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person(code, role))
    return client


def record(typed: dict[str, Any]) -> Any:
    """Look at what changes, then record just that."""
    ministry = client_of("SOC", Role.MINISTRY_OFFICER)
    page = ministry.post(PAGE, typed)
    assert page.status_code == 200
    return ministry.post(PAGE, {**typed, "shown": page.context["form"].gist})


def case(code: str) -> Case:
    return Case.objects.get(key=f"2019/regioner/{code}")


def test_what_changes_is_shown_before_anything_is_recorded(demo: None) -> None:
    replay.play(dt.date(2019, 12, 2))
    (lapsed,) = Case.objects.with_parties().filter(state="lapsed", agreement="2019", line__code="regioner")[:1]
    typed = {**LATER, "whom": "all"}
    page = client_of("SOC", Role.MINISTRY_OFFICER).post(PAGE, typed)
    assert not Extension.objects.exists()
    rows = {row["organisation"]: row for row in page.context["preview"]}
    assert len(rows) == 22
    assert rows[lapsed.recipient]["back"] == lapsed.decided
    assert sum(row["back"] > 0 for row in rows.values()) < 22
    assert record(typed).status_code == 303
    lapsed.refresh_from_db()
    assert (lapsed.state, lapsed.due_on) == ("decided", dt.date(2019, 12, 20))
    assert lapsed.money == {"allocated": lapsed.decided}
    assert reading.first_difference() is None


def test_what_was_typed_after_the_preview_is_shown_first(demo: None) -> None:
    ministry = client_of("SOC", Role.MINISTRY_OFFICER)
    typed = {**LATER, "whom": "chosen", "recipients": ["03"]}
    gist = ministry.post(PAGE, typed).context["form"].gist
    answer = ministry.post(PAGE, {**typed, "recipients": ["03", "10"], "shown": gist})
    assert answer.status_code == 200
    assert not Extension.objects.exists()
    assert {row["organisation"].code for row in answer.context["preview"]} == {"03", "10"}


def test_one_recipient_gets_its_own_day_and_everybody_reads_the_decision(demo: None) -> None:
    assert record({**LATER, "whom": "chosen", "recipients": ["03"]}).status_code == 303
    assert (case("03").due_on, case("10").due_on) == (dt.date(2019, 12, 20), dt.date(2019, 12, 1))
    region = client_of("03", Role.PREPARER)
    assert "20 december 2019" in region.get("/region/03/2019/regioner/").text
    assert "S2019/DEMO-88" in region.get("/region/03/2019/regioner/").text
    assert "S2019/DEMO-88" not in client_of("10", Role.PREPARER).get("/region/10/2019/regioner/").text
    public = Client(headers={"host": "127.0.0.1"})
    page = re.sub("<[^>]+>", "", public.get("/overenskommelser/2019/").text)
    assert "flyttad till 20 december 2019 för Region Uppsala (Regeringen 2019-11-20, S2019/DEMO-88)" in page
    (told,) = public.get("/api/agreements/2019").json()["extensions"]
    assert (told["day"], told["recipients"], told["deadline"]) == ("2019-12-20", ["03"], "requisition")
    assert "flyttade sista dagen" in region.get("/region/03/2019/regioner/").text
    paper = DocumentVersion.objects.get(kind="extension-decision")
    assert paper.data["deadline"] == "2019-12-20"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"recipients": []}, "recipients"),
        ({"recipients": ["99"]}, "recipients"),
        ({"day": "2019-12-01"}, "day"),
        ({"day": "20191220"}, "day"),
        ({"registration_number": ""}, "registration_number"),
        ({"reasons": " "}, "reasons"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
    demo: None, change: dict[str, Any], field: str
) -> None:
    typed = {**LATER, "whom": "chosen", "recipients": ["03"], **change}
    page = client_of("SOC", Role.MINISTRY_OFFICER).post(PAGE, typed)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert "Regeringen" in page.text
    assert not Extension.objects.exists()


def test_a_negotiator_sees_the_page_and_records_nothing(demo: None) -> None:
    negotiator = client_of("SOC", Role.NEGOTIATOR)
    typed = {**LATER, "whom": "all"}
    gist = negotiator.post(PAGE, typed).context["form"].gist
    assert negotiator.post(PAGE, {**typed, "shown": gist}).status_code == 422
    assert not Extension.objects.exists()


def test_a_new_version_of_the_agreement_moves_what_is_due(demo: None) -> None:
    text = files.find("2019").read_text(encoding="utf-8")
    assert case("03").due_on == dt.date(2019, 12, 1)
    actions.store(text.replace("on = 2019-12-01", "on = 2019-12-08"), person("SOC", Role.NEGOTIATOR))
    assert case("03").due_on == dt.date(2019, 12, 1)
    minutes = Minutes(clock.today(), "S2019/9", "Regeringen", "", "Ändringen godkänns.")
    amending.approve("2019", minutes, person("SOC", Role.MINISTRY_OFFICER))
    assert case("03").due_on == dt.date(2019, 12, 8)
