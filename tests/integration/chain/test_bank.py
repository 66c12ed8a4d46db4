# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What becomes of the bank's files: the sentences of tests/cases/chain/bank.toml, and what files are to each other."""

from __future__ import annotations

import datetime as dt
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from overens.bank.actions import incoming
from overens.bank.models import BankFile, BankRow
from overens.grants import bank_days, references, verifying
from overens.grants.actions import matching, reconcile
from overens.grants.models import Match, Way
from overens.grants.suggesting import open_rows, suggestions
from overens.records import clock, registrations
from overens.records.models import Event, StoredFile
from overens.rules.findings import Refused, wording
from tests.integration.chain import bank_files
from tests.integration.chain.bank_files import Row
from tests.integration.chain.life import OFFICER, TO_THE_BANK, Life, footprint

SENTENCES = tomllib.loads((Path(__file__).parents[2] / "cases" / "chain" / "bank.toml").read_text(encoding="utf-8"))
DEBT = 495_445
# How far the case has come, by name.
GIVEN: dict[str, list[dict[str, Any]]] = {
    "in-payment": [{"act": "requisition"}, {"act": "approve-requisition"}, *({"act": act} for act in TO_THE_BANK)],
    "owing": [{"act": "requisition"}, {"act": "pay"}, {"act": "report", "costs": 50_000_000}],
    "claimed": [{"act": "requisition"}, {"act": "pay"}, {"act": "report", "costs": 50_000_000},
                {"act": "accept-report"}, {"act": "clock", "at": "2020-04-01T06:00:00"}, {"act": "tick"}],
}  # fmt: skip
GIVEN["late"] = [*GIVEN["claimed"], {"act": "clock", "at": "2020-05-24T12:00:00"}, {"act": "claim-interest"}]


def come_to(given: str) -> Life:
    life = Life()
    registrations.register(life.key, life.case.recipient, "RB 2019:4711", None)
    for how in GIVEN[given]:
        life.do(**how)
    return life


def row(life: Life, reference: str, told: dict[str, Any]) -> Row:
    """A row of a sentence, with what stands in it for the case's own."""
    claim = life.case.claims.first()
    own = references.of_debt(life.case) if claim else ""
    wrong = own[:-1] + str((int(own[-1]) + 1) % 10) if own else ""
    reference_of = {"claim": own, "wrong": wrong, "interest": references.of_interest(life.case, 1)}
    message = told.get("message", "")
    return Row(
        reference=reference,
        ore=int(Decimal(told["kronor"]) * 100),
        end_to_end_id=life.payment.end_to_end_id if told.get("payment") else "",
        payer=told.get("payer", ""),
        orgnr=life.case.recipient.orgnr.replace("-", "") if told.get("orgnr") == "own" else told.get("orgnr", ""),
        account=life.case.requisitions.get(superseded=False).giro if told.get("account") else "",
        ocr=reference_of.get(told.get("ocr", ""), ""),
        message=reference_of.get(message, message),
        returned=told.get("returned", ""),
    )


def take_in(*rows: Row, **how: Any) -> reconcile.Reconciled:
    return reconcile.take_in(bank_files.statement(rows, clock.today(), **how), "fil.xml")


def everything_holds() -> None:
    connection.check_constraints()
    assert [problem for _, problem in verifying.all_checks() if problem] == []
    assert all(day.agrees for day in bank_days.bank_days())


@pytest.mark.parametrize("sentence", SENTENCES["becomes"], ids=[each["rule"] for each in SENTENCES["becomes"]])
def test_a_row_becomes_what_it_is(world: None, sentence: dict[str, Any]) -> None:
    life = come_to(sentence["given"])
    rows = [row(life, f"B{number}", told) for number, told in enumerate(sentence["rows"])]
    content = bank_files.statement(rows, clock.today())
    before = footprint()
    would = reconcile.preview(content, "fil.xml")
    assert footprint() == before, "a preview left something behind"
    done = reconcile.take_in(content, "fil.xml")
    for outcomes in (would.outcomes, done.outcomes):
        assert [outcome.done or "open" for outcome in outcomes] == sentence["done"]
        rules = [outcome.match.rule if outcome.match else "" for outcome in outcomes]
        assert rules == sentence.get("by", [""] * len(rows))
    if "rest" in sentence:
        assert [way for outcome in done.outcomes for way in outcome.rest] == sentence["rest"]
    if "suggests" in sentence:
        assert [outcome.suggestion and outcome.suggestion.way for outcome in done.outcomes] == sentence["suggests"]
    if "but" in sentence:
        assert [code for outcome in done.outcomes if outcome.suggestion for code in outcome.suggestion.but] == sentence[
            "but"
        ]
    if "then" in sentence:
        now = [suggestions([outcome.row]).get(outcome.row.pk, []) for outcome in done.outcomes if outcome.row]
        assert [found[0].way if found else "" for found in now] == sentence["then"]
    assert life.money == sentence["money"]
    assert sum(claim.left for claim in life.case.interest_claims.all()) == sentence.get("interest", 0)
    assert sum(each.open for each in open_rows()) == sentence.get("open", 0)
    assert sum(each.ore for each in Match.objects.owed_back()) == sentence.get("back", 0)
    everything_holds()
    settled = footprint()
    again = reconcile.take_in(content, "samma.xml")
    assert not again.new
    assert footprint() == settled, "the same file again did something"


def test_two_debts_of_the_same_payer_and_amount_are_not_guessed_between(world: None) -> None:
    """SKL owes in two lines; which of them it pays, it must say."""
    for key, costs in (("2019/kommuner/SKL", 99_999_000), ("2019/skl/SKL", 24_999_000)):
        life = Life(key)
        life.requisition()
        life.pay()
        life.report(costs)
    done = take_in(Row("B1", 100_000, orgnr=Life("2019/skl/SKL").case.recipient.orgnr))
    (outcome,) = done.outcomes
    assert not outcome.done
    found = suggestions([outcome.row])[outcome.row.pk] if outcome.row else []
    assert [(each.way, each.certain) for each in found] == [(Way.REPAYMENT, False), (Way.REPAYMENT, False)]


def test_a_notification_and_the_statement_tell_of_one_row(world: None) -> None:
    life = come_to("owing")
    told = Row("B1", DEBT * 100, message=life.key)
    take_in(told, kind="camt.054")
    again = take_in(told)
    assert again.new
    assert again.outcomes == ()
    assert BankRow.objects.count() == 1
    assert life.money["returned"] == DEBT
    (day,) = bank_days.bank_days()
    assert (day.opening, day.closing) == (0, DEBT * 100)


@pytest.mark.parametrize("sum_first", [True, False])
def test_a_sum_and_its_payments_are_one_whichever_comes_first(world: None, sum_first: bool) -> None:
    life = come_to("in-payment")
    sent = Row("P1", -life.payment.kronor * 100, end_to_end_id=life.payment.end_to_end_id)
    whole = Row("B1", sent.ore - 500, of=(sent, Row("P2", -500, payer="Banken")))
    files = [{"bare": True}, {"kind": "camt.054"}]
    for how in files if sum_first else reversed(files):
        take_in(whole, **how)
    assert life.money == {"held": 50_495_445}
    assert [each.bank_reference for each in open_rows()] == ["P2"]
    everything_holds()
    with pytest.raises(Refused, match="row-split"), transaction.atomic():
        matching.set_aside(BankRow.objects.get(bank_reference="B1"), "Avgift", life.who(OFFICER))


def test_a_sum_that_somebody_has_set_aside_stays_whole(world: None) -> None:
    life = come_to("in-payment")
    whole = Row("B1", -1000, of=(Row("P1", -400), Row("P2", -600)))
    take_in(whole, bare=True)
    matching.set_aside(BankRow.objects.get(), "Avgifter", life.who(OFFICER))
    assert take_in(whole, kind="camt.054").outcomes == ()
    assert BankRow.objects.count() == 1
    everything_holds()


def test_a_row_registered_by_hand_is_the_banks_row_when_it_comes(world: None) -> None:
    life = come_to("owing")
    life.match("B1", DEBT)
    assert take_in(Row("B1", DEBT * 100, message=life.key)).outcomes == ()
    assert BankRow.objects.count() == 1
    other = take_in(Row("B2", 100))
    life.bank_row("B3", 5)
    assert [note.code for note in other.notes] == []
    assert [note.code for note in take_in(Row("B3", 600)).notes] == ["bank-row-typed-otherwise"]
    everything_holds()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"rows": [Row("B1", 200)], "name": "ONE"}, "bank-message-again"),
        ({"rows": [Row("B1", 200)], "name": "TWO"}, "bank-row-differs"),
        ({"rows": [Row("B2", 5), Row("B1", -100)], "name": "TWO"}, "bank-row-differs"),
        ({"rows": [Row("B1", 100)], "name": "TWO", "day": dt.date(2019, 9, 18)}, "bank-row-differs"),
    ],
)
def test_a_file_that_contradicts_an_earlier_one_is_refused_whole(
    world: None, change: dict[str, Any], code: str
) -> None:
    take_in(Row("B1", 100), name="ONE")
    before = footprint()
    content = bank_files.statement(**{"day": clock.today(), **change})
    with pytest.raises(Refused, match=code) as refusal, transaction.atomic():
        reconcile.take_in(content, "fil.xml")
    assert {wording(each, "sv") for each in refusal.value.findings}.isdisjoint({code})
    assert footprint() == before


def test_what_the_bank_rejects_goes_back_with_its_reason_in_words(world: None) -> None:
    life = come_to("in-payment")
    id_ = life.payment.end_to_end_id
    accepted = reconcile.take_in(bank_files.answer([id_], "ACSP", ""), "svar.xml")
    assert accepted.counts == {"": 1}
    assert life.money == {"in-payment": 50_495_445}
    rejected = reconcile.take_in(bank_files.answer([id_, "SOMEBODYELSES"]), "svar.xml")
    assert rejected.counts == {"rejected": 1, "": 1}
    assert [each.refusal.code for each in rejected.outcomes if each.refusal] == ["bank-answer-unknown"]
    assert life.money == {"requisitioned": 50_495_445}
    assert life.case.examinations.latest("pk").reason == "Kontot är avslutat (AC04)"
    assert matching.reason("XX99", "bankens ord") == "Banken anger en kod som vi inte känner (XX99): bankens ord"
    everything_holds()


@pytest.mark.parametrize(
    ("said", "state", "done"),
    [
        ({"whole": "RJCT"}, "rejected", 1),
        ({"part": "RJCT"}, "rejected", 1),
        ({"whole": "RJCT", "part": "RJCT"}, "rejected", 1),
        ({"whole": "PART", "ids": True}, "accepted", 1),
        ({"whole": "RJCT", "ids": True}, "rejected", 1),
        ({"whole": "ACCP"}, "accepted", 0),
        ({"part": "ACSC"}, "accepted", 0),
        ({"whole": "RCVD"}, "written", 0),
    ],
)
def test_what_the_bank_says_of_a_whole_file_holds_for_its_payments(
    world: None, said: dict[str, Any], state: str, done: int
) -> None:
    life = come_to("in-payment")
    file = life.payment.file
    assert file is not None
    ids = [life.payment.end_to_end_id] if said.pop("ids", False) else []
    content = bank_files.answer(ids, original=file.message_id, **said)
    before = footprint()
    assert reconcile.preview(content, "svar.xml").counts.get("rejected", 0) == done
    assert footprint() == before
    assert reconcile.take_in(content, "svar.xml").counts.get("rejected", 0) == done
    file.refresh_from_db()
    assert file.state == state
    assert life.money == {"requisitioned" if done else "in-payment": 50_495_445}
    if done:
        assert life.case.examinations.latest("pk").reason == "Kontot är avslutat (AC04)"
    settled = footprint()
    reconcile.take_in(content, "svar.xml")
    assert footprint() == settled
    everything_holds()


def test_a_whole_file_that_is_rejected_takes_back_nothing_that_was_booked_and_must_be_ours(world: None) -> None:
    life = come_to("in-payment")
    take_in(Row("B1", -life.payment.kronor * 100, end_to_end_id=life.payment.end_to_end_id))
    file = life.payment.file
    assert file is not None
    done = reconcile.take_in(bank_files.answer([], original=file.message_id, whole="RJCT"), "svar.xml")
    assert [each.refusal.code for each in done.outcomes if each.refusal] == ["payment-not-open"]
    assert life.money == {"held": 50_495_445}
    other = reconcile.take_in(bank_files.answer([], original="NOT-OURS", whole="ACCP"), "svar.xml")
    assert [each.refusal.code for each in other.outcomes if each.refusal] == ["bank-answer-unknown"]
    everything_holds()


def test_a_row_can_meet_several_debts_and_each_match_be_undone(world: None) -> None:
    first, second = Life("2019/regioner/10"), Life("2019/regioner/12")
    for life in (first, second):
        life.requisition()
        life.pay()
        life.report(5)
    found = first.bank_row("A", 1000)
    officer = first.who(OFFICER)
    with pytest.raises(Refused, match="match-above"), transaction.atomic():
        matching.repay(found, first.case, officer, kronor=1001)
    one = matching.repay(found, first.case, officer, kronor=400)
    matching.repay(found, second.case, officer)
    assert (first.money["returned"], second.money["returned"]) == (400, 600)
    matching.undo(one, "Fel ärende", officer)
    assert "returned" not in first.money
    assert [each.open for each in open_rows()] == [40_000]
    everything_holds()


def test_undoing_what_a_rule_did_takes_the_excess_along_unless_it_is_paid_back(world: None) -> None:
    life = come_to("owing")
    officer = life.who(OFFICER)
    for number, paid in enumerate((False, True)):
        take_in(Row(f"B{number}", DEBT * 100 + 5000, message=life.key))
        match = Match.objects.live().get(row__bank_reference=f"B{number}", way=Way.REPAYMENT)
        refund = Match.objects.live().get(row__bank_reference=f"B{number}", way=Way.REFUND)
        if paid:
            matching.refunded(refund, "UT-1", officer)
        matching.undo(match, "Fel ärende", officer)
        row = open_rows().get(bank_reference=f"B{number}")
        assert row.open == DEBT * 100 + (0 if paid else 5000)
        assert life.money["to-repay"] == DEBT
    everything_holds()


def test_undoing_gives_an_interest_claim_back_what_it_was_paid_with(world: None) -> None:
    life = come_to("late")
    claim, officer = life.case.interest_claims.get(), life.who(OFFICER)
    take_in(Row("B1", 100_000, ocr=references.of_interest(life.case, 1)),
            Row("B2", (DEBT + 1000) * 100, ocr=references.of_debt(life.case)))  # fmt: skip
    claim.refresh_from_db()
    assert (claim.left, life.money["returned"]) == (165, DEBT)
    with pytest.raises(Refused, match="match-above"), transaction.atomic():
        matching.interest(life.bank_row("B3", 1000), claim, officer, kronor=166)
    matching.undo(Match.objects.get(way=Way.INTEREST, row__bank_reference="B1"), "Fel", officer)
    claim.refresh_from_db()
    assert claim.left == 1165
    # The rule took the rest for interest since it took the row for the case's; with the one goes the other.
    matching.undo(Match.objects.get(way=Way.REPAYMENT), "Fel ärende", officer)
    claim.refresh_from_db()
    assert (claim.left, life.money["to-repay"]) == (2165, DEBT)
    assert sum(row.open for row in open_rows()) == (1000 + DEBT + 1000) * 100
    everything_holds()
    with pytest.raises(Refused, match="row-not-matched"), transaction.atomic():
        matching.undo(Match.objects.filter(way=Way.INTEREST).latest("pk"), "Igen", officer)


def test_what_is_paid_back_is_met_by_the_row_that_paid_it(world: None) -> None:
    life = come_to("owing")
    officer = life.who(OFFICER)
    take_in(Row("B1", 12_345, payer="Region Blekinge"))
    refund = matching.send_back(BankRow.objects.get(), officer)
    (outcome,) = take_in(Row("B2", -12_345, payer="Region Blekinge")).outcomes
    assert outcome.suggestion is not None
    assert (outcome.suggestion.way, outcome.suggestion.refund) == (Way.PAID_BACK, refund)
    assert outcome.row is not None
    matching.pay_back(outcome.row, refund, officer)
    assert not Match.objects.owed_back().exists()
    assert not open_rows().exists()
    for again, code in ((lambda: matching.refunded(refund, "X", officer), "refund-done"),
                        (lambda: matching.undo(refund, "Fel", officer), "refund-done")):  # fmt: skip
        with pytest.raises(Refused, match=code), transaction.atomic():
            again()
    everything_holds()


@pytest.mark.parametrize("way", [Way.PAYMENT, Way.BOUNCE])
def test_a_person_may_say_which_payment_a_row_is_and_is_remembered_for_it(world: None, way: Way) -> None:
    life = come_to("in-payment")
    payment = life.payment
    take_in(Row("B1", -payment.kronor * 100))
    matching.pay(BankRow.objects.get(), payment, life.who(OFFICER))
    if way == Way.BOUNCE:
        take_in(Row("B2", payment.kronor * 100, returned="AC04"))
        matching.bounce(BankRow.objects.get(bank_reference="B2"), payment, life.who(OFFICER))
    match = Match.objects.get(way=way)
    assert match.mandate is not None
    assert match.mandate.person == life.who(OFFICER)
    assert Event.objects.get(act=f"match-{way}").mandate == match.mandate
    with pytest.raises(Refused, match="match-final"), transaction.atomic():
        matching.undo(match, "Fel", life.who(OFFICER))
    everything_holds()


@pytest.mark.parametrize("by", ["second-payer@KAM", "preparer@10", "ministry-officer@SOC"])
def test_only_who_works_with_the_account_touches_it(world: None, by: str) -> None:
    life = come_to("owing")
    take_in(Row("B1", 100), Row("B2", -100))
    back = matching.send_back(BankRow.objects.get(bank_reference="B1"), life.who(OFFICER))
    row, person = BankRow.objects.get(bank_reference="B2"), life.who(by)
    before = footprint()
    for act in (
        lambda: reconcile.take_in(bank_files.statement([Row("B3", 1)], clock.today()), "fil.xml", person),
        lambda: incoming.register("B4", clock.today(), 1, "Någon", "", person),
        lambda: matching.set_aside(row, "Avgift", person),
        lambda: matching.pay_back(row, back, person),
        lambda: matching.refunded(back, "UT", person),
        lambda: matching.undo(back, "Fel", person),
        lambda: matching.pay(row, life.payment, person),
    ):
        with pytest.raises(Refused, match="no-mandate"), transaction.atomic():
            act()
        assert footprint() == before


def test_who_handed_a_file_in_is_in_its_chain_with_its_hash(world: None) -> None:
    life = Life()
    content = bank_files.statement([Row("B1", 100)], clock.today())
    done = reconcile.take_in(content, "kontoutdrag.xml", life.who(OFFICER))
    event = Event.objects.get(act="receive-bank-file")
    assert (event.subject, event.papers) == (f"bank/{clock.today()}", [done.file.sha256])
    assert event.mandate == done.file.mandate
    assert bytes(StoredFile.objects.get(pk=done.file.file_id).content) == content
    assert BankFile.objects.get().file.name == "kontoutdrag.xml"


def test_the_database_lets_no_row_be_matched_with_more_than_it_is(world: None) -> None:
    life = come_to("owing")
    take_in(Row("B1", 100))
    row = BankRow.objects.get()
    for ore in (101, -1):
        with pytest.raises(IntegrityError, match="matched with no more"), transaction.atomic():
            Match.objects.create(row=row, way=Way.ELSEWHERE, ore=ore, note="x", at=clock.now())
    matching.set_aside(row, "Ränta", life.who(OFFICER))
    with pytest.raises(IntegrityError, match="matched with no more"), transaction.atomic():
        Match.objects.create(row=row, way=Way.ELSEWHERE, ore=1, note="x", at=clock.now())
