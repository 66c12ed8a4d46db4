# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The ministry's desk: recording decisions, late reports, clawback with the party's comment first, accounts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from overens.agreements.models import Decision
from overens.demo import replay
from overens.demo.people import person
from overens.grants.actions import accounts
from overens.grants.actions import clawback as acts
from overens.grants.models import AccountsRequest, Case, Clawback
from overens.ledger.reading import by_place
from overens.records import clock
from overens.rules.process import Place, Role, State

OFFICER, NEGOTIATOR = Role.MINISTRY_OFFICER, Role.NEGOTIATOR
# A month after the last day for reports, before the demo's own proposals.
LATE = dt.date(2020, 5, 5)
MINUTES = {
    "decided_on": "2019-11-20",
    "registration_number": "S2019/DEMO-77",
    "decider": "Regeringen",
    "presenting_officer": "Departementssekreterare",
    "reasons": "Enligt överenskommelsen.",
}


@pytest.fixture(scope="module")
def late_clone(databases: SimpleNamespace, demo_on: Callable[[dt.date], str]) -> str:
    return str(databases.clone(demo_on(LATE)))


@pytest.fixture
def late(databases: SimpleNamespace, late_clone: str) -> Iterator[None]:
    """The demo when some reports are late; forgets what is done."""
    with databases.rolled_back(late_clone):
        yield


def client_of(role: Role = OFFICER) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person("SOC", role))
    return client


def errors(response: Any) -> list[str]:
    assert response.status_code == 422
    return list(response.context["form"].errors)


def unreported() -> Case:
    return Case.objects.with_parties().filter(state=State.PAID, reported_at=None).earliest("pk")


def page_of(case: Case, step: str = "") -> str:
    return f"/departementet/arende/{case.key}/{step and step + '/'}"


def test_the_start_names_the_agreement_that_waits_for_approval(demo: None):
    tasks = client_of().get("/departementet/").context["tasks"]
    assert [task["url"] for task in tasks] == ["/departementet/beslut/2017-2018/godkann/"]


def test_an_agreement_is_approved_and_its_line_decided_with_the_sums_shown_before(demo: None):
    officer = client_of()
    assert officer.post("/departementet/beslut/2017-2018/godkann/", MINUTES).status_code == 303
    waiting = [task["url"] for task in officer.get("/departementet/").context["tasks"]]
    assert len(waiting) == 1
    shown = officer.get(waiting[0])
    assert shown.context["total"] == 955_000_000
    assert shown.context["rest"] == 0
    assert officer.post(waiting[0], MINUTES | {"registration_number": "S2019/DEMO-78"}).status_code == 303
    decision = Decision.objects.get(registration_number="S2019/DEMO-78")
    assert sum(decision.rows.values_list("kronor", flat=True)) == 955_000_000
    assert sorted(decision.rows.values_list("kronor", flat=True)) == sorted(
        row["kronor"] for row in shown.context["rows"]
    )
    assert Case.objects.filter(line=decision.line).count() == 21


def test_the_parts_of_2019_are_shown_as_printed_with_their_rounding(demo: None):
    page = client_of().get("/departementet/beslut/2019/regioner/")
    assert page.context["sums"] == [2_834_999_998, 400_000_001]
    assert page.context["total"] == 3_235_000_000


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"registration_number": " "}, "registration_number"),
        ({"decider": ""}, "decider"),
        ({"reasons": ""}, "reasons"),
        ({"decided_on": "2019-11-28"}, "decided_on"),
        ({"decided_on": "i går"}, "decided_on"),
    ],
)
def test_a_decision_that_lacks_something_is_refused_at_its_field(demo: None, changed: dict[str, str], field: str):
    typed = MINUTES | {"presenting_officer": "Kansliråd, Socialdepartementet"} | changed
    response = client_of().post("/departementet/beslut/2017-2018/godkann/", typed)
    assert errors(response) == [field]
    assert "Kansliråd, Socialdepartementet" in response.content.decode()
    assert not Decision.objects.filter(agreement="2017-2018").exists()


def test_nothing_is_decided_twice_or_before_the_approval(demo: None):
    officer = client_of()
    lines = Decision.objects.count()
    assert errors(officer.post("/departementet/beslut/2019/godkann/", MINUTES))
    assert errors(officer.post("/departementet/beslut/2019/regioner/", MINUTES))
    unapproved = officer.get("/departementet/beslut/").context["agreements"]
    early = next(each for each in unapproved if each["version"].code == "2017-2018")["lines"][0][0]
    assert errors(officer.post(f"/departementet/beslut/2017-2018/{early.code}/", MINUTES))
    assert Decision.objects.count() == lines


def test_a_negotiator_reads_but_decides_nothing(late: None):
    negotiator = client_of(NEGOTIATOR)
    assert not negotiator.get("/departementet/beslut/2017-2018/godkann/").context["may"]
    assert errors(negotiator.post("/departementet/beslut/2017-2018/godkann/", MINUTES))
    case = unreported()
    assert not negotiator.get(page_of(case)).context["may_propose"]
    assert errors(negotiator.post(page_of(case, "aterkrav"), {"reasons": "Sen."}))
    assert not Clawback.objects.exists()


def test_late_reports_are_those_that_came_after_the_day_or_not_at_all(late: None):
    rows = client_of().get("/departementet/sena/").context["rows"]
    assert rows
    for row in rows:
        reported = row["case"].reported_at
        assert reported is None or reported.astimezone(clock.STOCKHOLM).date() > dt.date(2020, 3, 31)
        assert row["case"].state in ("paid", "reported", "report-returned")
    missing = Case.objects.filter(state=State.PAID, reported_at=None)
    assert set(missing) <= {row["case"] for row in rows}


def test_no_report_is_late_on_its_last_day(databases: SimpleNamespace, demo_on: Callable[[dt.date], str]):
    with databases.rolled_back(databases.clone(demo_on(dt.date(2020, 3, 31)))):
        _not_late_until_the_day_after()


def _not_late_until_the_day_after() -> None:
    assert client_of().get("/departementet/sena/").context["rows"] == []
    replay.play(dt.date(2020, 4, 1))
    assert client_of().get("/departementet/sena/").context["rows"]


def proposed() -> Clawback:
    case = unreported()
    officer = client_of()
    assert errors(officer.post(page_of(case, "aterkrav"), {"reasons": " "})) == ["reasons"]
    response = officer.post(page_of(case, "aterkrav"), {"reasons": "Ingen berättelse har kommit in."})
    assert response.status_code == 303
    return Clawback.objects.select_related("case__recipient", "case__line").get(case=case)


DECISION = {
    "registration_number": "S2020/DEMO-9",
    "decider": "Regeringen",
    "presenting_officer": "Departementssekreterare",
    "reasons": "Berättelsen saknas.",
}


def test_clawback_waits_for_the_comment_and_then_moves_what_is_decided(late: None):
    clawback = proposed()
    officer = client_of()
    held = clawback.case.money[Place.HELD]
    decide = f"/departementet/aterkrav/{clawback.pk}/besluta/"
    assert officer.get(f"/departementet/aterkrav/{clawback.pk}/").context["waiting"]
    early = officer.post(decide, DECISION | {"kronor": "1 000 kr"})
    assert early.status_code == 422
    assert clawback.comment_by.isoformat() in early.content.decode()
    clock.step_to(clock.end_of_day(clawback.comment_by) + dt.timedelta(hours=9))
    assert errors(officer.post(decide, DECISION | {"kronor": str(held + 1)})) == ["kronor"]
    assert errors(officer.post(decide, DECISION | {"kronor": "1000", "registration_number": ""})) == [
        "registration_number"
    ]
    assert officer.post(decide, DECISION | {"kronor": "1 000 kr"}).status_code == 303
    assert (clawback.case.money[Place.TO_REPAY], clawback.case.money[Place.HELD]) == (1000, held - 1000)
    page = officer.get(f"/departementet/aterkrav/{clawback.pk}/").content.decode()
    assert "S2020/DEMO-9" in page

    annul = f"/departementet/aterkrav/{clawback.pk}/upphav/"
    assert (
        officer.post(annul, {"registration_number": "S2020/DEMO-10", "reasons": "Berättelsen kom."}).status_code == 303
    )
    assert clawback.case.money[Place.HELD] == held
    assert sum(by_place("2019").values()) == 3_360_000_000


def test_a_comment_opens_for_the_decision_and_a_proposal_can_be_dropped(late: None):
    clawback = proposed()
    signatory = person(clawback.case.recipient.code, Role.AUTHORISED_SIGNATORY)
    acts.comment(clawback, "Förseningen beror på ett byte av ekonomisystem.", signatory)
    officer = client_of()
    page = officer.get(f"/departementet/aterkrav/{clawback.pk}/")
    assert not page.context["waiting"]
    assert "byte av ekonomisystem" in page.content.decode()
    assert officer.post(f"/departementet/aterkrav/{clawback.pk}/lagg-ned/").status_code == 303
    assert officer.post(f"/departementet/aterkrav/{clawback.pk}/lagg-ned/").status_code == 422
    clawback.case.refresh_from_db()
    assert clawback.case.state == State.PAID


def test_a_report_in_time_is_not_clawed_back(late: None):
    case = Case.objects.with_parties().filter(state=State.CLOSED).earliest("pk")
    officer = client_of()
    assert not officer.get(page_of(case)).context["may_propose"]
    assert officer.post(page_of(case, "aterkrav"), {"reasons": "Vill."}).status_code == 422


def test_accounts_are_asked_for_by_a_day_to_come_and_the_answer_is_read(late: None):
    case = unreported()
    officer = client_of()
    wanted = {"wanted": "Huvudbok för projektet.", "due_on": "2020-05-05"}
    assert errors(officer.post(page_of(case, "rakenskaper"), wanted)) == ["due_on"]
    assert errors(officer.post(page_of(case, "rakenskaper"), {"wanted": "", "due_on": "2020-05-25"})) == ["wanted"]
    assert officer.post(page_of(case, "rakenskaper"), wanted | {"due_on": "2020-05-25"}).status_code == 303
    asked = AccountsRequest.objects.get()
    assert any(task.get("due") == dt.date(2020, 5, 25) for task in officer.get("/departementet/").context["tasks"])
    accounts.answer(asked, "Bifogas, dnr 2020/17.", person(case.recipient.code, Role.PREPARER))
    assert "dnr 2020/17" in officer.get(f"/departementet/rakenskaper/{asked.pk}/").content.decode()
    assert not any(task.get("due") for task in officer.get("/departementet/").context["tasks"])


def test_pages_cost_a_bounded_number_of_queries(late: None):
    clawback = proposed()
    officer = client_of()
    pages = ["", "beslut/", "beslut/2019/regioner/", "sena/", "aterkrav/", f"aterkrav/{clawback.pk}/", "rakenskaper/"]
    for address in [*(f"/departementet/{page}" for page in pages), page_of(clawback.case)]:
        with CaptureQueriesContext(connection) as queries:
            assert officer.get(address).status_code == 200
        assert len(queries) <= 25, address
