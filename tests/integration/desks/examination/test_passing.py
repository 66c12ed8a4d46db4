# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""From the decision on a policy to a settlement that no person made, and everything that stands in its way."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest
from django.db import transaction

from overens.demo import bank, replay, script
from overens.demo.people import person
from overens.grants import verifying
from overens.grants.actions import accounts, clawback, passing, policy, report, selecting
from overens.grants.models import Case, Draw, Selection, Settlement
from overens.grants.papers import read
from overens.grants.tick import tick
from overens.people.models import Notice
from overens.records import clock
from overens.records.models import Event
from overens.rules import sampling
from overens.rules.findings import Refused
from overens.rules.process import Role, State
from tests.integration.desks.examination import deciding
from tests.integration.desks.examination.deciding import TEXT, adopt, draw, sorted_as

DAY = dt.date(2020, 4, 7)  # five working days after 31 March


def to(day: dt.date) -> None:
    clock.step_to(script.at(day, 6))
    bank.answer()
    tick()


def passing_case() -> Case:
    """A case that is to pass; the policy is decided and the sample drawn."""
    adopt()
    return sorted_as(draw(), "passes")[0]


def test_nothing_passes_until_the_payer_has_decided_and_drawn(spring: None) -> None:
    waiting = selecting.waiting("2019")
    assert len(waiting) == 5
    to(DAY)
    adopt()
    to(DAY + dt.timedelta(days=30))
    assert not Selection.objects.exists()
    assert {report.case.state for report in selecting.waiting("2019")} == {State.REPORTED}


def test_the_seed_is_bound_by_the_decision_and_told_by_the_draw_only(spring: None) -> None:
    decision = adopt()
    assert hashlib.sha256(decision.seed.encode()).hexdigest() == decision.paper.data["commitment"]
    assert decision.seed not in decision.paper.content
    assert decision.paper.data["policy_sha256"] == hashlib.sha256(decision.text.encode()).hexdigest()
    drawn = draw()
    assert drawn.paper.data["seed"] == decision.seed
    assert [e.act for e in Event.objects.filter(subject="agreement/2019/examination").order_by("number")] == [
        "adopt-policy", "draw-sample",
    ]  # fmt: skip


def test_every_report_that_waits_is_sorted_once_as_the_policy_says(spring: None) -> None:
    waiting = {report.case.key: report for report in selecting.waiting("2019")}
    adopt(TEXT)
    drawn = draw()
    ways = dict(drawn.selections.values_list("report__case__key", "way"))
    assert ways.keys() == waiting.keys()
    assert {key for key, way in ways.items() if way == "always"} == {
        key for key, each in waiting.items() if each.received > 300_000_000 or each.alternative == 2
    }
    rest = {key: each.version.sha256 for key, each in waiting.items() if ways[key] in ("sample", "passes")}
    marks = sorted(rest, key=lambda key: sampling.mark(drawn.policy.seed, key, rest[key]))
    assert [ways[key] for key in marks] == ["sample", "passes"]
    assert selecting.waiting("2019") == []
    assert set(drawn.selections.filter(way="passes").values_list("passes_on", flat=True)) == {DAY}
    with pytest.raises(Refused, match="lot-drawn"):
        draw()


def test_a_report_passes_on_its_day_and_not_before_by_a_decision_that_says_what_it_is(spring: None) -> None:
    case = passing_case()
    with pytest.raises(Refused, match="passes-later"):
        passing.accept(case)
    to(DAY - dt.timedelta(days=1))
    case.refresh_from_db()
    assert case.state == State.REPORTED
    to(DAY)
    case.refresh_from_db()
    assert case.state in (State.SETTLED, State.CLOSED)
    settlement = case.settlements.select_related("version", "report").get()
    assert (settlement.used, settlement.unused) == (
        min(settlement.report.received, settlement.report.costs),
        settlement.report.unused,
    )
    assert settlement.version.person is None
    said = {field.label: field.value for section in read(settlement.version).sections for field in section.fields}
    assert "ingen person har granskat" in str(said["Så är det beslutat"])
    assert said["Granskningspolicy, version"] == "1"
    assert said["Beslutet om policyn"] == "KAM 2020/17"
    assert "handläggare prövar" in str(said["Prövning av en person"])
    event = Event.objects.get(subject=case.key, act="accept-report-by-rule")
    assert event.person is None
    assert Notice.objects.filter(subject=case.key, code="accepted-by-rule", organisation=case.recipient).count() == 1
    examined = case.examinations.get(version=settlement.report.version)
    assert (examined.outcome, examined.person) == ("accepted", None)
    assert verifying.first_difference() is None


def test_what_was_chosen_waits_for_an_officer(spring: None) -> None:
    adopt(TEXT)
    drawn = draw()
    to(DAY + dt.timedelta(days=30))
    for way in ("always", "sample"):
        for case in sorted_as(drawn, way):
            assert case.state == State.REPORTED, way
            with pytest.raises(Refused, match="not-passing"):
                passing.accept(case)
    report.accept(sorted_as(drawn, "sample")[0], person("KAM", Role.CASE_OFFICER))


def test_an_officer_takes_a_report_out_with_a_reason_and_nobody_takes_one_out_of_the_sample(spring: None) -> None:
    case = passing_case()
    officer = person("KAM", Role.CASE_OFFICER)
    with pytest.raises(Refused, match="reason-missing"), transaction.atomic():
        selecting.take_out(case, "  ", officer)
    with pytest.raises(Refused, match="no-mandate"), transaction.atomic():
        selecting.take_out(case, "Vill se den.", person("KAM", Role.PAYER))
    before = Event.objects.filter(subject=case.key).count()
    selecting.take_out(case, "Vill se den.", officer)
    assert Event.objects.filter(subject=case.key).count() == before
    with pytest.raises(Refused, match="not-passing"):
        selecting.take_out(case, "En gång till.", officer)
    to(DAY)
    case.refresh_from_db()
    assert case.state == State.REPORTED
    sample = sorted_as(Draw.objects.get(), "sample")[0]
    with pytest.raises(Refused, match="not-passing"):
        selecting.take_out(sample, "Den är ju redan vald.", officer)
    assert verifying.first_difference() is None


def test_switching_off_and_a_new_decision_change_nothing_of_what_is_sorted(spring: None) -> None:
    case = passing_case()
    ways = set(Selection.objects.values_list("report", "way"))
    deciding.end()
    with pytest.raises(Refused, match="no-policy"), transaction.atomic():
        deciding.end()
    to(DAY)
    with pytest.raises(Refused, match="kept-from-passing"):
        passing.accept(case)
    adopt(TEXT)
    with pytest.raises(Refused, match="policy-holds-already"), transaction.atomic():
        adopt(TEXT)
    with pytest.raises(Refused, match="nothing-waits"):
        draw()
    assert set(Selection.objects.values_list("report", "way")) == ways
    to(DAY + dt.timedelta(days=1))
    case.refresh_from_db()
    assert case.state != State.REPORTED


@pytest.mark.parametrize("obstacle", ["accounts", "clawback"])
def test_an_open_question_keeps_a_report_from_passing(spring: None, obstacle: str) -> None:
    case = passing_case()
    to(DAY - dt.timedelta(days=1))
    if obstacle == "accounts":
        asked = accounts.ask(case, "Huvudbok", DAY + dt.timedelta(days=9), person("KAM", Role.CASE_OFFICER))
    else:
        # One that was on time cannot be reclaimed: make it late.
        Case.objects.filter(pk=case.pk).update(reported_at=script.at(DAY - dt.timedelta(days=2)))
        clawback.propose(case, "För sen", person("SOC", Role.MINISTRY_OFFICER))
    to(DAY)
    case.refresh_from_db()
    assert case.state == State.REPORTED
    if obstacle == "accounts":
        accounts.answer(asked, "Bifogas", person(case.recipient.code, Role.PREPARER))
        to(DAY + dt.timedelta(days=1))
        case.refresh_from_db()
        assert case.state != State.REPORTED


def test_what_comes_later_is_sorted_one_by_one_and_a_correction_of_what_was_settled_is_always_examined(
    spring: None,
) -> None:
    """The whole demo with a policy: reports of April, and corrections in June."""
    adopt()
    draw()
    assert replay.play(dt.date(2020, 6, 9)) == []
    to(dt.date(2020, 6, 10))
    late = Selection.objects.filter(draw__method="threshold")
    corrected = [
        each for each in late if each.report.case.settlements.exists() and each.report.case.state == "reported"
    ]
    assert {each.way for each in corrected} == {"always"}
    assert all("settled-before" in each.always for each in corrected)
    assert len(corrected) == 2
    assert late.count() > len(corrected)
    for drawn in Draw.objects.all():
        assert selecting.differences(drawn) == []
    assert verifying.first_difference() is None


def test_a_second_tick_does_nothing_more(spring: None) -> None:
    passing_case()
    to(DAY)
    before = (Settlement.objects.count(), Event.objects.count(), Draw.objects.count())
    tick()
    assert (Settlement.objects.count(), Event.objects.count(), Draw.objects.count()) == before


def test_a_draw_that_was_tampered_with_is_found(spring: None) -> None:
    """By somebody with the owner's rights: here the check is asked of objects that were changed in memory."""
    adopt(TEXT)
    drawn = draw()
    whole = drawn.paper.content
    other = "f" * 64
    for change, code in [
        ((drawn.policy.seed, other), "redraw-seed"),
        ((drawn.paper.data["population_sha256"], other), "redraw-population"),
        (('"way":"sample"', '"way":"passes"'), "redraw-outcome"),
        (('"way":"sample"', '"way":"passes"'), "redraw-rows"),
    ]:
        drawn.paper.content = whole.replace(*change)
        assert drawn.paper.content != whole
        assert code in selecting.differences(drawn)
    drawn.paper.content = whole
    assert selecting.differences(drawn) == []


@pytest.mark.parametrize(
    ("who", "code"), [(("KAM", Role.PAYER), "no-mandate"), (("SOC", Role.MINISTRY_OFFICER), "no-mandate")]
)
def test_only_an_officer_of_the_payer_decides_and_draws(spring: None, who: tuple[str, Role], code: str) -> None:
    for act in (
        lambda: policy.adopt("2019", TEXT, deciding.minutes(), person(*who)),
        lambda: selecting.draw("2019", person(*who)),
    ):
        with pytest.raises(Refused, match=code), transaction.atomic():
            act()
