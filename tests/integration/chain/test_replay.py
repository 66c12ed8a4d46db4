# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The life of the 2019 agreement as the demo plays it: 3 360 000 000 kronor, 23 cases, everybody in their own way."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from overens.demo import bank, behaviours, replay, script
from overens.grants import verifying
from overens.grants.models import Case, Clawback, Match
from overens.grants.tick import tick
from overens.ledger import reading
from overens.records import clock
from overens.records.models import Event
from overens.rules.process import ACTS, State
from tests.integration.chain.life import Life, footprint

# In one process: the demo and its played life are loaded once.

TOTAL = 3_360_000_000
GOLDEN = Path(__file__).parents[2] / "data" / "replay_2019_seed1.csv"
DRAWN = [b.name for b in behaviours.REGIONS] + [behaviours.SKL.name, behaviours.CHANNEL.name]


@pytest.fixture(scope="module")
def played_database(databases: SimpleNamespace, demo_on: Callable[[dt.date], str]) -> str:
    return str(databases.clone(demo_on(replay.END)))


@pytest.fixture
def played(databases: SimpleNamespace, played_database: str) -> Iterator[None]:
    """The whole life, played to its end."""
    with databases.rolled_back(played_database):
        yield


def final_places() -> str:
    """As CSV: line, recipient, behaviour, state, and the kronor by place of all who hold money of it."""
    names = script.dealt(replay.AGREEMENT, 1)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["line", "owner", "behaviour", "state", "place", "kronor"])
    states = {(case.line.code, case.recipient.code): case.state for case in Case.objects.with_parties()}
    for holding in reading.trace(replay.AGREEMENT):
        key = (holding.line, holding.code)
        writer.writerow([*key, names.get(key, ""), states.get(key, ""), holding.place.value, holding.kronor])
    return out.getvalue()


def test_the_final_places_are_the_ones_that_were_checked_by_hand(played: None) -> None:
    found = final_places()
    assert found == GOLDEN.read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(found)))
    assert sum(int(row["kronor"]) for row in rows) == TOTAL
    assert len({row["owner"] for row in rows if row["behaviour"]}) == 22


def test_everything_holds_at_the_end(played: None) -> None:
    assert [problem for _, problem in verifying.all_checks() if problem] == []


def test_the_sum_is_the_agreements_on_every_day(played: None) -> None:
    """Whenever one asks, and whatever was known then, the places hold the whole agreement."""
    for day in ("2019-09-12", "2019-10-01", "2019-11-27", "2019-12-02", "2020-03-31", "2020-06-30", "2020-09-30"):
        moment = script.at(replay.dt.date.fromisoformat(day), 23)
        assert sum(h.kronor for h in reading.trace(replay.AGREEMENT, at=moment)) == TOTAL
    assert sum(h.kronor for h in reading.trace(replay.AGREEMENT, at=script.at(replay.STORED))) == 0


def test_every_behaviour_is_dealt_once(played: None) -> None:
    assert sorted(script.dealt(replay.AGREEMENT, 1).values()) == sorted(DRAWN)


def of(name: str) -> Case:
    (key,) = [key for key, value in script.dealt(replay.AGREEMENT, 1).items() if value == name]
    return Case.objects.with_parties().get(line__code=key[0], recipient__code=key[1])


def acts(case: Case) -> list[str]:
    return list(Event.objects.filter(subject=case.key).values_list("act", flat=True))


def test_who_spends_all_or_more_repays_nothing(played: None) -> None:
    for name in ("exact", "overspent", "far-overspent"):
        case = of(name)
        report = case.reports.get()
        assert case.money == {"used": case.decided}
        assert (report.own_share > 0) == (name != "exact")


def test_who_has_money_left_repays_it(played: None) -> None:
    for name in (
        "unused-small",
        "unused-large",
        "repays-too-much",
        "forgets-to-repay",
        "repays-in-parts",
        "association",
    ):
        case = of(name)
        unused = case.reports.get().unused
        assert case.money == {"used": case.decided - unused, "returned": unused}
        assert unused > 0
        assert case.state == State.CLOSED


def test_only_what_is_missing_becomes_a_claim(played: None) -> None:
    claimed = {name for name in DRAWN if of(name).claims.exists()}
    assert "forgets-to-repay" in claimed
    assert "repays-in-parts" in claimed
    assert not claimed & {"unused-small", "unused-large", "repays-too-much", "exact", "association", "channel"}
    assert not Case.objects.filter(claims__ended_at=None, claims__isnull=False).exists()


def test_who_pays_too_much_is_owed_the_rest_beside_the_chain(played: None) -> None:
    (refund,) = Match.objects.owed_back()
    assert refund.case == of("repays-too-much")
    assert refund.kronor == refund.row.ore // 100 - of("repays-too-much").reports.get().unused > 0


def test_who_never_asks_loses_the_right(played: None) -> None:
    case = of("too-late")
    assert (case.state, case.money) == (State.LAPSED, {"lapsed": case.decided})
    assert "sign-requisition" not in acts(case)


def test_who_proves_timely_receipt_gets_it_back(played: None) -> None:
    case = of("proves-timely-receipt")
    done = acts(case)
    assert done.index("lapse") < done.index("readmit") < done.index("sign-requisition")
    assert case.money == {"used": case.decided}


def test_who_asks_for_less_loses_the_rest(played: None) -> None:
    case = of("asks-for-less")
    assert case.money["lapsed"] == case.decided - case.requisitions.get().kronor > 0
    assert "lapse-remainder" in acts(case)


def test_who_was_returned_over_the_deadline_keeps_the_first_receipt(played: None) -> None:
    case = of("returned-over-the-day")
    first, second = case.requisitions.order_by("pk")
    assert first.received_at < script.at(replay.dt.date(2019, 12, 1)) < second.received_at
    assert "lapse" not in acts(case)
    assert case.money == {"used": case.decided}


def test_a_closed_account_is_paid_at_the_second_try(played: None) -> None:
    case = of("closed-account")
    assert [p.state for p in case.payments.order_by("pk")] == ["rejected", "confirmed"]
    assert case.money == {"used": case.decided}


def test_who_withdraws_asks_again(played: None) -> None:
    case = of("withdraws-and-asks-again")
    assert [a for a in acts(case) if a.endswith("requisition") and a != "write-requisition"] == [
        "sign-requisition",
        "withdraw-requisition",
        "sign-requisition",
        "approve-requisition",
    ]


def test_alternative_2_goes_to_an_officer(played: None) -> None:
    case = of("alternative-2")
    assert case.reports.get().alternative == 2
    assert case.examinations.filter(version=case.reports.get().version).get().person is not None


def test_a_returned_report_is_completed_and_stands_in_time(played: None) -> None:
    case = of("report-returned")
    assert "return-report" in acts(case)
    assert [r.superseded for r in case.reports.order_by("pk")] == [True, False]
    assert case.reported_at == case.reports.order_by("pk")[0].received_at


def test_a_late_report_was_reminded_of_first(played: None) -> None:
    case = of("last-day-late-report")
    assert case.recipient.notices.filter(code="overdue-financial-report").exists()
    assert case.money == {"used": case.decided}


def test_who_never_reports_repays_everything_by_the_governments_decision(played: None) -> None:
    case = of("never-reports")
    decision = Clawback.objects.get(case=case)
    assert (decision.state, decision.kronor) == ("decided", case.decided)
    assert case.money == {"returned": case.decided}


def test_who_comments_and_reports_is_spared(played: None) -> None:
    case = of("comments-on-clawback")
    assert Clawback.objects.get(case=case).state == "dropped"
    assert case.money == {"used": case.decided}


def test_a_correction_in_its_favour_is_paid_out_again(played: None) -> None:
    case = of("corrects-in-its-favour")
    done = acts(case)
    assert "refund" in done
    assert "settle-refund" in done
    assert case.money == {"used": case.decided}
    assert [p.state for p in case.payments.order_by("pk")] == ["confirmed", "confirmed"]


def test_a_correction_against_itself_is_repaid(played: None) -> None:
    case = of("corrects-later")
    first, second = case.settlements.order_by("pk")
    assert first.unused == 0 < second.unused
    assert case.money == {"used": second.used, "returned": second.unused}


def test_the_channels_money_is_used_in_the_counties(played: None) -> None:
    case = of("channel")
    everywhere = reading.by_place(line=case.line_id)
    assert everywhere["returned"] == case.reports.get().unused > 0
    assert everywhere["used"] + everywhere["returned"] == 100_000_000
    assert case.money == {"returned": everywhere["returned"]}


ACCOUNTS = {"ask-for-accounts", "answer-accounts", "move-accounts-day", "close-accounts"}


def test_every_state_and_every_act_of_a_normal_year_is_met(played: None) -> None:
    done = set(Event.objects.values_list("act", flat=True)) & set(ACTS)
    met = {ACTS[act].to for act in done} | {State.DECIDED}
    assert met - {None} == set(State)
    rare = {"dissolve-payment", "undo-match", "reopen", "write-off", "annul-clawback", "show-draft", "hide-draft"}
    rare |= {"move-deadline", "restore", "restore-remainder"}
    rare |= {"reverse-write-off", "remit", "agree-instalments", "break-plan", "defer", "remit-interest"}
    rare |= {"record-interest"}  # its reference tells what it is
    outside = {f"{how}-{form}" for how in ("submit-signed", "record-paper") for form in ("requisition", "report")}
    assert set(ACTS) - done <= rare | outside | ACCOUNTS | {"accept-report-by-rule"}


def test_nobody_who_prepared_a_report_reviewed_it_and_nobody_released_what_they_prepared(played: None) -> None:
    for case in Case.objects.all():
        for report in case.reports.select_related("version"):
            reviewer = report.version.attestations.get().person
            assert reviewer not in report.version.preparers.all()
        for payment in case.payments.select_related("batch"):
            assert payment.batch.released_by_id not in (None, payment.batch.prepared_by_id)


def events() -> list[tuple[object, ...]]:
    """What happened when, in order; what happened to different cases at the same time has no order."""
    return list(Event.objects.order_by("effective_at", "subject", "pk").values_list("effective_at", "subject", "act"))


def test_the_same_seed_gives_the_same_life(
    databases: SimpleNamespace, played_database: str, world_template: str
) -> None:
    """Played anew in one go instead of with stops at the days of other tests."""
    with databases.rolled_back(played_database):
        first = (final_places(), events())
    with databases.committed(databases.clone(world_template)):
        assert replay.play(replay.END) == []
        again = (final_places(), events())
    assert again == first


def test_another_seed_deals_otherwise() -> None:
    codes = [f"{n:02d}" for n in range(1, 22)]
    dealt = [behaviours.deal(codes, seed) for seed in (1, 1, 2)]
    assert dealt[0] == dealt[1] != dealt[2]
    assert {b.name for b in dealt[2].values()} == {b.name for b in behaviours.REGIONS}


@pytest.mark.parametrize("day", ["2019-12-02", "2019-12-15", "2020-04-01", "2020-05-15"])
def test_a_second_tick_changes_nothing(demo: None, day: str) -> None:
    clock.step_to(script.at(replay.dt.date.fromisoformat(day), 6))
    before = footprint()
    bank.answer()
    runs = tick()
    assert [run.last_error for run in runs if run.last_error] == []
    once = footprint()
    assert once != before
    bank.answer()
    tick()
    assert footprint() == once


def test_the_demo_opens_with_something_for_everybody_to_meet(demo: None) -> None:
    states = set(Case.objects.values_list("state", flat=True))
    assert {State.DECIDED, State.APPROVED, State.PAID} <= states
    assert sum(h.kronor for h in reading.trace(replay.AGREEMENT)) == TOTAL


def test_a_visitor_who_has_acted_is_stepped_over(demo: None) -> None:
    """What the script cannot do any more is said, and the rest of the life goes on."""
    life = Life(of("last-day-late-report").key)
    life.requisition()
    (skipped,) = replay.play(replay.dt.date(2019, 11, 30))
    assert skipped.step == f"{life.key}/sign-requisition"
    assert skipped.codes == ("wrong-state",)


def test_a_step_whose_ground_never_came_about_is_skipped(demo: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A visitor's report in time means no clawback to comment on; the days go on all the same."""
    at = script.at(replay.dt.date(2019, 11, 29), 10)
    step = script.Step(at, "x", "comment-clawback", Clawback.objects.get)
    monkeypatch.setattr(script, "steps", lambda *_: [step])
    (skipped,) = replay.play(replay.dt.date(2019, 11, 30))
    assert (skipped.step, skipped.codes) == ("x", ("nothing-to-go-on-from",))
    assert clock.today() == replay.dt.date(2019, 11, 30)
