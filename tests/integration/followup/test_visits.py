# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Choosing, planning and making visits; the memo's way to the region and back; documents that are asked for."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from overens.demo.people import person
from overens.demo.script import at
from overens.followup import visit_reminders, visits
from overens.followup.actions import collecting, fact_checking, interviewing, visiting
from overens.followup.actions.visiting import Choosing
from overens.followup.models import Collected, Interview, Text, Visit, VisitPlan
from overens.people.models import Notice, Organisation, Person
from overens.records import clock, documents, events
from overens.rules.findings import Refused
from overens.rules.followup.fact_check import Answer, Taking
from overens.rules.followup.spreading import WEIGHTS, assess
from overens.rules.followup.visiting import MemoState, VisitState
from overens.rules.process import Role
from tests.integration.chain.life import SCAN

MEMO = "Ledningen stödjer arbetet.\n\nTolv sjuksköterskor började."


@pytest.fixture
def agency(world: None) -> Organisation:
    clock.step_to(at(dt.date(2020, 2, 3)))
    return Organisation.objects.get(code="SOS")


@pytest.fixture
def analyst(agency: Organisation) -> Person:
    return person("SOS", Role.ANALYST)


@pytest.fixture
def visit(agency: Organisation, analyst: Person) -> Visit:
    """Region Jämtland Härjedalen has been visited."""
    choosing = Choosing("2019", 2019, 5, WEIGHTS, include=("23",), seed="prov")
    visiting.decide_plan(agency, choosing, choosing.propose().chosen, "", "", analyst)
    found = Visit.objects.get(key="visit/2019/2019/23")
    visiting.held(found, dt.date(2020, 2, 3), "Två utredare", "HR-direktör, verksamhetschefer", analyst)
    return found


@pytest.fixture
def sent(visit: Visit, analyst: Person) -> Visit:
    fact_checking.write_memo(visit, MEMO, 0, analyst)
    fact_checking.send(visit, dt.date(2020, 2, 17), analyst)
    return Visit.objects.get(pk=visit.pk)


def test_the_visits_before_are_shipped_and_can_be_weighed(agency: Organisation) -> None:
    made = {year: visits.visited(year, agency) for year in (2016, 2017)}
    assert {year: len(found) for year, found in made.items()} == {2016: 10, 2017: 5}
    assert set(made[2016]) & set(made[2017]) == set()
    assert [each.region for each in visits.past() if each.what == visits.NOT_INTERVIEWED] == ["18"]
    regions = visits.basis("2019")
    assert len(regions) == 21
    assert all(region.grant for region in regions)
    assert {region.code: region.grant for region in visits.basis("2017-2018")}["01"] == 148_780_771 + 68_143_865
    for found in made.values():
        balance = assess(regions, found, WEIGHTS, "")
        assert balance.better + balance.equal <= balance.compared
    five = Choosing("2019", 2018, 5, WEIGHTS, exclude=made[2017]).propose()
    assert not set(five.chosen) & set(made[2017])
    assert five.balance.deviation <= assess(regions, made[2017], WEIGHTS, "").deviation
    # More choices than can be tried one by one.
    assert len(Choosing("2019", 2018, 10, WEIGHTS).propose().chosen) == 10


def test_a_plan_is_recorded_with_its_grounds_and_plans_the_visits(agency: Organisation, analyst: Person) -> None:
    choosing = Choosing("2019", 2019, 3, WEIGHTS, exclude={"01": "Besöktes året före"})
    chosen = choosing.propose().chosen
    plan = visiting.decide_plan(agency, choosing, chosen, "", "Tre räcker i år.", analyst)
    assert (plan.number, plan.chosen, plan.basis["23"]["part"]) == (1, list(chosen), "norra")
    assert set(Visit.objects.values_list("respondent__code", flat=True)) == set(chosen)
    with pytest.raises(Refused, match="other-than-proposed"):
        visiting.decide_plan(agency, choosing, ["03", "12", "01"], " ", "", analyst)
    other = visiting.decide_plan(agency, choosing, ["03", "12", "01"], "Region Skåne bad om besök.", "", analyst)
    assert (other.number, other.reason) == (2, "Region Skåne bad om besök.")
    assert Visit.objects.count() == len({*chosen, "03", "12", "01"})
    assert VisitPlan.objects.count() == 2


def test_a_plan_takes_an_analyst_of_the_agency_and_reasons(agency: Organisation, analyst: Person) -> None:
    choosing = Choosing("2019", 2019, 3, WEIGHTS, exclude={"01": " "})
    with pytest.raises(Refused, match="exclusion-without-reason"):
        visiting.decide_plan(agency, choosing, ["03"], "", "", analyst)
    for other in (person("SOS", Role.ADMINISTRATOR), person("23", Role.PREPARER)):
        with pytest.raises(Refused, match="no-mandate"):
            visiting.decide_plan(agency, Choosing("2019", 2019, 3, WEIGHTS), ["03"], "x", "", other)
    assert not VisitPlan.objects.exists()


def test_the_region_is_told_the_day_and_a_cancelled_visit_says_why(agency: Organisation, analyst: Person) -> None:
    choosing = Choosing("2019", 2019, 1, WEIGHTS, include=("23",))
    visiting.decide_plan(agency, choosing, ["23"], "", "", analyst)
    planned = Visit.objects.get()
    with pytest.raises(Refused, match="due-in-the-past"):
        visiting.change(planned, dt.date(2020, 2, 2), "", "", analyst)
    visiting.change(planned, dt.date(2020, 3, 2), "Två utredare", "", analyst)
    notice = Notice.objects.get(code="visit-planned")
    assert (notice.organisation.code, notice.values["day"]) == ("23", "2020-03-02")
    with pytest.raises(Refused, match="reason-missing"):
        visiting.cancel(planned, " ", analyst)
    visiting.cancel(planned, "Sjukdom", analyst)
    assert Visit.objects.get().state == VisitState.CANCELLED
    with pytest.raises(Refused, match="wrong-visit-state"):
        visiting.held(planned, dt.date(2020, 2, 3), "", "", analyst)


def test_a_memo_is_sent_answered_and_closed(sent: Visit, analyst: Person) -> None:
    writer, leader = person("23", Role.CONTRIBUTOR), person("23", Role.PREPARER)
    fact_checking.save_answers(sent, {1: Answer("correct")}, {}, writer)
    with pytest.raises(Refused, match="no-mandate"):
        fact_checking.hand_in(sent, {}, {}, writer)
    with pytest.raises(Refused, match="passage-unanswered"):
        fact_checking.hand_in(sent, {}, {}, leader)
    with pytest.raises(Refused, match="check-still-open"):
        fact_checking.close(sent, {}, "", analyst)
    check = fact_checking.hand_in(sent, {2: Answer("wrong", "Tretton började.")}, {}, leader)
    assert check.answer is not None
    assert check.answer.data["memo"] == check.version.sha256
    with pytest.raises(Refused, match="objection-open"):
        fact_checking.close(sent, {}, "", analyst)
    assert not Text.objects.exists()
    closed = fact_checking.close(sent, {2: Taking("taken-in", "Tretton sjuksköterskor började.")}, "", analyst)
    assert closed.result is not None
    assert closed.result.predecessor == check.version.sha256
    assert list(Text.objects.values_list("place", "body")) == [
        ("memo/2019/2019/23/1", "Ledningen stödjer arbetet."),
        ("memo/2019/2019/23/2", "Tretton sjuksköterskor började."),
    ]
    assert Visit.objects.get(pk=sent.pk).memo_state == MemoState.CHECKED
    codes = set(Notice.objects.values_list("organisation__code", "code"))
    assert {("23", "fact-check-asked"), ("SOS", "fact-check-answered"), ("23", "fact-check-closed")} <= codes
    assert events.first_difference() is None
    assert documents.first_difference() is None
    assert list(events.unbound()) == []


def test_two_who_answer_at_once_are_asked_and_nothing_is_lost(sent: Visit) -> None:
    first, second = person("23", Role.CONTRIBUTOR), person("23", Role.PREPARER)
    fact_checking.save_answers(sent, {1: Answer("correct"), 2: Answer("remark", "Nja")}, {}, first)
    with pytest.raises(Refused) as refused:
        fact_checking.save_answers(sent, {1: Answer("correct"), 2: Answer("wrong", "Nej")}, {}, second)
    (finding,) = refused.value.findings
    assert (finding.code, finding.values["number"], finding.values["who"]) == ("passage-changed", 2, first.name)
    seen = {2: Answer("remark", "Nja")}
    fact_checking.save_answers(sent, {2: Answer("wrong", "Nej")}, seen, second)
    assert sent.fact_check.passages.get(number=2).said == "Nej"


def test_a_region_that_does_not_answer_is_reminded_and_the_memo_stands(sent: Visit, analyst: Person) -> None:
    for day in (dt.date(2020, 2, 10), dt.date(2020, 2, 14), dt.date(2020, 2, 15), dt.date(2020, 2, 18)):
        clock.step_to(at(day))
        visit_reminders.tick()
    found = Notice.objects.filter(organisation__code="23", code__startswith="fact-check-").order_by("pk")
    assert list(found.values_list("code", flat=True)) == ["fact-check-asked", "fact-check-remind", "fact-check-overdue"]
    closed = fact_checking.close(sent, {}, "Regionen svarade inte.", analyst)
    assert closed.result is not None
    assert closed.result.data["passages"] == closed.version.data["passages"]


def test_only_the_visited_region_answers(sent: Visit) -> None:
    for other in (person("12", Role.PREPARER), person("SOS", Role.ANALYST)):
        with pytest.raises(Refused, match="no-mandate"):
            fact_checking.hand_in(sent, {1: Answer("correct"), 2: Answer("correct")}, {}, other)


def test_a_memo_is_written_over_what_was_read(visit: Visit, analyst: Person) -> None:
    with pytest.raises(Refused, match="memo-empty"):
        fact_checking.write_memo(visit, " ", 0, analyst)
    fact_checking.write_memo(visit, MEMO, 0, analyst)
    with pytest.raises(Refused, match="memo-changed"):
        fact_checking.write_memo(visit, "Annat", 0, analyst)
    assert fact_checking.write_memo(visit, MEMO, 1, analyst) is None
    fact_checking.send(visit, dt.date(2020, 2, 15), analyst)  # a Saturday
    assert visit.fact_check.due_on == dt.date(2020, 2, 17)
    with pytest.raises(Refused, match="wrong-visit-state"):
        fact_checking.write_memo(visit, "För sent", 1, analyst)


def test_interviews_are_held_or_say_why_not(agency: Organisation, analyst: Person) -> None:
    region = Organisation.objects.get(code="18")
    interviewing.set_guide(agency, "2019", 2019, "Hur leds arbetet?\nVad har det gett?", 0, analyst)
    with pytest.raises(Refused, match="guide-changed"):
        interviewing.set_guide(agency, "2019", 2019, "Annat", 0, analyst)
    for held, why in ((None, " "), (dt.date(2020, 2, 1), "Ingen hade tid")):
        with pytest.raises(Refused, match="interview-day-or-why"):
            interviewing.record(agency, "2019", 2019, region, "telephone", held, "", why, analyst)
    interviewing.record(agency, "2019", 2019, region, "telephone", None, "", "Ingen hade tid", analyst)
    with pytest.raises(Refused, match="interview-region-missing"):
        interviewing.record(agency, "2019", 2019, None, "group", dt.date(2020, 2, 1), "", "", analyst)
    interviewing.record(
        agency, "2019", 2019, None, "workshop", dt.date(2020, 2, 1), "Fackliga företrädare", "", analyst
    )
    held = interviewing.record(
        agency, "2019", 2019, region, "telephone", dt.date(2020, 2, 1), "HR-direktör", "", analyst
    )
    (begun,) = held.notes.all()
    assert "Hur leds arbetet?" in begun.text
    interviewing.note(held, "Hur leds arbetet?\nAv en styrgrupp.", 1, analyst)
    with pytest.raises(Refused, match="notes-changed"):
        interviewing.note(held, "Annat", 1, analyst)
    assert Interview.objects.count() == 3


def test_documents_are_asked_for_and_delivered(visit: Visit, agency: Organisation, analyst: Person) -> None:
    about = collecting.About("2019", 2019, visit.respondent, "action-plan", "Handlingsplan", visit)
    asked = collecting.ask(agency, about, "Planen som gäller i år.", dt.date(2020, 2, 17), analyst)
    clock.step_to(at(dt.date(2020, 2, 15)))
    visit_reminders.tick()
    writer = person("23", Role.CONTRIBUTOR)
    with pytest.raises(Refused, match="files-missing"):
        collecting.deliver(asked, "", "", [], writer)
    with pytest.raises(Refused, match="upload-type"):
        collecting.deliver(asked, "", "", [(b"MZ", "plan.exe")], writer)
    with pytest.raises(Refused, match="no-mandate"):
        collecting.deliver(asked, "", "", [(SCAN, "plan.png")], person("12", Role.PREPARER))
    collecting.deliver(asked, "Bifogas.", "RJH 2020/7", [(SCAN, "plan.png")], writer)
    with pytest.raises(Refused, match="document-not-awaited"):
        collecting.deliver(asked, "", "", [(SCAN, "plan.png")], writer)
    found = Collected.objects.get()
    assert (str(found.received_on), found.files.count()) == ("2020-02-15", 1)
    told = Notice.objects.filter(code__startswith="documents-").order_by("pk")
    assert list(told.values_list("code", flat=True)) == ["documents-asked", "documents-remind", "documents-received"]


def test_documents_that_came_otherwise_are_registered(agency: Organisation, analyst: Person) -> None:
    region = Organisation.objects.get(code="12")
    about = collecting.About("2019", 2019, region, "activity-account", "Verksamhetsberättelse 2019")
    day = dt.date(2020, 2, 1)
    found = collecting.register(agency, about, day, "Registrator", "SOS 2020/12", "Kap. 3", [(SCAN, "a.png")], analyst)
    collecting.annotate(found, "Kap. 3 och 4", "SOS 2020/12", analyst)
    with pytest.raises(Refused, match="document-not-awaited"):
        collecting.give_up(found, "Behövs inte", analyst)
    assert Collected.objects.get().note == "Kap. 3 och 4"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE followup_memotext SET text = 'x'",
        "UPDATE followup_passage SET text = 'x'",
        "UPDATE followup_factcheck SET version_id = version_id",
        "DELETE FROM followup_visit",
        "UPDATE followup_interviewnote SET text = 'x'",
        "UPDATE followup_visitplan SET chosen = '[]'",
        "DELETE FROM followup_collectedfile",
    ],
)
def test_the_database_refuses_to_change_what_was_recorded(sent: Visit, statement: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
