# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The sentences of tests/cases/claims/acts.toml, played on the real database."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, transaction

from overens.grants import debts, references
from overens.grants.tick import tick
from overens.ledger import reading
from overens.records import clock, events
from overens.records.models import DocumentVersion, Event, Run
from overens.rules import ocr as ocr_numbers
from overens.rules.findings import Refused, wording
from tests.integration.chain.life import Life, footprint

CASES = Path(__file__).parents[2] / "cases" / "claims" / "acts.toml"
SENTENCES = tomllib.loads(CASES.read_text(encoding="utf-8"))["sentence"]
GRANT = 50_495_445


@pytest.fixture(scope="module")
def owing_database(databases: SimpleNamespace, world_template: str) -> str:
    """Blekinge has accounted for its money, and 495 445 kronor of it is to be repaid."""
    with databases.committed(databases.clone(world_template), keep=True) as name:
        life = Life()
        life.requisition()
        life.pay()
        life.clock("2020-03-30T09:00:00")
        life.report(50_000_000)
        life.clock("2020-04-01T09:00:00")
        life.accept_report()
    return name


@pytest.fixture
def life(databases: SimpleNamespace, owing_database: str) -> Iterator[Life]:
    with databases.rolled_back(owing_database):
        yield Life()


def play(life: Life, how: dict[str, Any]) -> None:
    if how["act"] != "days":
        life.do(**how)
        return
    until = dt.datetime.fromisoformat(how["until"]).replace(hour=12, tzinfo=clock.STOCKHOLM)
    while clock.now() < until:
        clock.step_to(min(until, clock.now().replace(hour=12) + dt.timedelta(days=1)))
        assert [run.last_error for run in tick() if run.last_error] == []
    settled = footprint()
    tick()
    assert footprint() == settled, "a second tick at the same time did something"


@pytest.mark.parametrize("sentence", SENTENCES, ids=[sentence["rule"] for sentence in SENTENCES])
def test_it_is_so(life: Life, sentence: dict[str, Any]) -> None:
    *before, last = sentence["when"]
    for how in before:
        play(life, how)
    if code := sentence.get("refused"):
        left = footprint()
        with pytest.raises(Refused) as refusal, transaction.atomic():
            play(life, last)
        (finding,) = refusal.value.findings
        assert (finding.code, finding.where.key if finding.where else None) == (code, sentence.get("at"))
        assert all(wording(finding, language) != code for language in ("sv", "en")), "a refusal without words"
        assert footprint() == left
    else:
        play(life, last)
    connection.check_constraints()
    found = said_of(life)
    says = {key: value for key, value in sentence.items() if key not in ("rule", "when", "refused", "at")}
    assert {key: found[key] for key in says} == says
    assert sum(life.money.values()) == GRANT
    assert reading.first_difference() is None
    assert debts.standing(life.case).owed == life.money.get("to-repay", 0), "the replay and the ledger differ"
    assert next(events.unbound(), None) is None


def said_of(life: Life) -> dict[str, Any]:
    case = life.case
    about_debt = case.recipient.notices.filter(subject=case.key).order_by("pk")
    plan = case.plans.first()
    reminded = Event.objects.filter(subject=case.key, act="remind-claim").order_by("pk")
    return {
        "claims": [f"{row.kronor} due {row.due_on}" for row in case.claims.filter(ended_at=None)],
        "interest": [f"{row.kronor} left {row.left}" for row in case.interest_claims.order_by("number")],
        "notices": [n.code for n in about_debt if n.code.startswith(("claim-", "debt-", "plan-"))],
        "reminded": [event.effective_at.date().isoformat() for event in reminded],
        "state": case.state,
        "money": life.money,
        "plan": plan and (f"broken {plan.broken_on}" if plan.broken_on else "ended" if plan.ended_at else "holds"),
    }


def test_a_clawback_is_claimed_at_once_with_a_day_of_its_own(world: None) -> None:
    life = Life()
    life.requisition()
    life.pay()
    life.clock("2020-05-11T09:00:00")
    life.propose_clawback()
    life.comment_clawback()
    life.decide_clawback(1000)
    claim = life.case.claims.get()
    assert (claim.reason, claim.kronor, claim.due_on) == ("clawback", 1000, dt.date(2020, 6, 10))
    assert claim.version is not None
    assert claim.version.data["basis"] == life.case.clawbacks.get().decision.sha256
    life.annul_clawback()
    claim.refresh_from_db()
    assert claim.ended_at is not None


def test_a_debt_that_grows_gets_a_second_claim_for_its_growth(life: Life) -> None:
    play(life, {"act": "days", "until": "2020-04-02"})
    life.report(49_999_000)
    life.accept_report()
    play(life, {"act": "days", "until": "2020-04-04"})
    rows = life.case.claims.order_by("number")
    assert [(row.number, row.kronor) for row in rows] == [(1, 495_445), (2, 1000)]
    assert len({row.version.data["ocr"] for row in rows if row.version}) == 1, "one debt, one reference"


def test_a_repayment_counts_from_the_banks_day_however_late_it_is_matched(life: Life) -> None:
    play(life, {"act": "days", "until": "2020-05-04"})
    row = life.bank_row("A", 495_445)
    play(life, {"act": "days", "until": "2020-05-20"})
    life.match("A")
    assert row.booked_on == dt.date(2020, 5, 4)
    with pytest.raises(Refused, match="no-interest"):
        life.claim_interest()


def of_number(text: str) -> int:
    return ocr_numbers.number_of(text) or 0


def debtor(text: str) -> object:
    return references.debtors({of_number(text)}).get(of_number(text))


def test_every_debt_has_its_reference_before_any_claim(life: Life) -> None:
    ocr = references.of_debt(life.case)
    assert debtor(ocr) == debtor(f" {ocr[:3]} {ocr[3:]}") == life.case
    assert debtor(ocr[:-1] + str((int(ocr[-1]) + 1) % 10)) is None
    assert debtor("2019/regioner/10") is None
    play(life, {"act": "days", "until": "2020-05-24"})
    life.claim_interest()
    row = life.case.interest_claims.get()
    of_interest = row.version.data["ocr"]
    numbers = {of_number(of_interest), of_number(ocr)}
    assert references.interest_claims(numbers) == {of_number(of_interest): row}
    assert references.debtors(numbers) == {of_number(ocr): life.case}


def test_a_rate_that_is_not_known_stops_interest_and_no_reminder(life: Life) -> None:
    play(life, {"act": "days", "until": "2020-04-02"})
    life.clock("2027-01-01T12:00:00")
    tick()
    letter = DocumentVersion.objects.filter(kind="claim-reminder").latest("pk")
    assert letter.data["interest_so_far"] == ""
    with pytest.raises(Refused, match="rate-unknown"):
        life.claim_interest()
    assert not Run.objects.exclude(last_error="").exists()


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("grants_claim", "kronor = 1"),
        ("grants_claim", "due_on = '2030-01-01'"),
        ("grants_paymentplan", "interest_after = '2030-01-01'"),
        ("grants_planrow", "kronor = 1"),
        ("grants_interestclaim", "kronor = 1"),
    ],
)
def test_what_was_claimed_or_planned_cannot_be_rewritten(life: Life, table: str, change: str) -> None:
    from django.db import ProgrammingError

    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as c:
        c.execute(f"UPDATE {table} SET {change}")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as c:
        c.execute(f"DELETE FROM {table}")
