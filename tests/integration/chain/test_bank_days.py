# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The bank's day comes out whatever comes in, in whatever order, and whatever people say of it and take back."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from overens.bank.models import BankRow
from overens.grants import bank_days, references
from overens.grants.actions import claims, matching, reconcile
from overens.grants.models import Match, Way
from overens.grants.suggesting import open_rows
from overens.records import clock
from overens.rules.findings import Refused
from tests.integration.chain import bank_files
from tests.integration.chain.bank_files import Row
from tests.integration.chain.life import OFFICER, TO_THE_BANK, Life

GRANT, DEBT = 50_495_445, 495_445
seen: Counter[str] = Counter()


class BankDays(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.paying, self.owing = Life("2019/regioner/12"), Life("2019/regioner/10")
        for act in ("requisition", "approve-requisition", *TO_THE_BANK):
            self.paying.do(act)
        self.owing.requisition()
        self.owing.pay()
        self.owing.report(GRANT - DEBT)
        # It is late, and interest is claimed: what comes in may be that, too.
        self.owing.do("accept-report")
        claims.claim(self.owing.case)
        clock.step_to(clock.now() + dt.timedelta(days=60))
        self.owing.claim_interest()
        self.officer = self.owing.who(OFFICER)
        self.paid = self.paying.payment.kronor * 100
        self.balance = 0
        self.told: dict[str, int] = {}

    def teardown(self) -> None:
        try:
            connection.check_constraints()
            assert bank_days.first_difference() is None
        finally:
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    @rule(
        kinds=st.lists(
            st.sampled_from(["pay", "back", "repay", "part", "too much", "interest", "öre", "fee", "sum", "unknown"]),
            min_size=2,
            max_size=6,
        ),
        days=st.integers(0, 2),
        notified=st.booleans(),
        twice=st.booleans(),
    )
    def the_bank_tells(self, kinds: list[str], days: int, notified: bool, twice: bool) -> None:
        clock.step_to(clock.now() + dt.timedelta(days=days))
        rows = [self.row(kind) for kind in kinds]
        today = clock.today()
        if notified:
            reconcile.take_in(bank_files.statement(rows, today, kind="camt.054", bare=twice), "avi.xml")
        content = bank_files.statement(rows, today, opening=self.balance)
        self.balance += sum(row.ore for row in rows)
        for _ in range(1 + twice):
            for outcome in reconcile.take_in(content, "utdrag.xml").outcomes:
                seen[outcome.done] += 1

    def row(self, kind: str) -> Row:
        name = f"R{len(self.told)}"
        id_ = self.paying.payment.end_to_end_id
        row = {
            "pay": lambda: Row(name, -self.paid, end_to_end_id=id_),
            "back": lambda: Row(name, self.paid, end_to_end_id=id_, returned="AC04"),
            "repay": lambda: Row(name, DEBT * 100, message=self.owing.key),
            "part": lambda: Row(name, 100_000, message=self.owing.key),
            "too much": lambda: Row(
                name, DEBT * 100 + 777, orgnr=self.owing.case.recipient.orgnr, message=self.owing.key
            ),
            "interest": lambda: Row(name, 150_000, ocr=references.of_interest(self.owing.case, 1)),
            "öre": lambda: Row(name, 123),
            "fee": lambda: Row(name, -250, payer="Banken"),
            "sum": lambda: Row(name, 1300, of=(Row(f"{name}a", 1000, message=self.owing.key), Row(f"{name}b", 300))),
            "unknown": lambda: Row(name, 5_000_000, payer="Okänd"),
        }[kind]()
        self.told[name] = row.ore
        return row

    @rule(
        what=st.sampled_from(["repay", "interest", "send back", "set aside", "pay back"]),
        pick=st.integers(0, 50),
        kronor=st.sampled_from([None, 1]),
    )
    def somebody_says(self, what: str, pick: int, kronor: int | None) -> None:
        incoming = {"repay": True, "interest": True, "send back": True, "pay back": False}.get(what)
        rows = [row for row in open_rows().order_by("pk") if incoming in (None, row.incoming)]
        refund = Match.objects.owed_back().first()
        if not rows or (what == "pay back" and refund is None):
            return
        row = BankRow.objects.get(pk=rows[pick % len(rows)].pk)
        try:
            with transaction.atomic():
                if what == "repay":
                    matching.repay(row, self.owing.case, self.officer, kronor=kronor)
                elif what == "interest":
                    matching.interest(row, self.owing.case.interest_claims.get(), self.officer, kronor=kronor)
                elif what == "send back":
                    matching.send_back(row, self.officer)
                elif what == "set aside":
                    matching.set_aside(row, "Avgift", self.officer)
                else:
                    assert refund is not None
                    matching.pay_back(row, refund, self.officer)
                seen[what] += 1
        except Refused as refusal:
            seen[str(refusal)] += 1

    @rule(pick=st.integers(0, 50))
    def somebody_takes_back(self, pick: int) -> None:
        matches = list(Match.objects.live().order_by("pk"))
        if not matches:
            return
        try:
            with transaction.atomic():
                matching.undo(matches[pick % len(matches)], "Fel", self.officer)
                seen["undone"] += 1
        except Refused as refusal:
            seen[str(refusal)] += 1

    @invariant()
    def the_days_come_out(self) -> None:
        days = bank_days.bank_days()
        assert all(day.agrees for day in days)
        assert sum(day.booked for day in days) == sum(self.told.values()) == self.balance
        # What rows moved is what the cases say has come in and gone out, asked from the other side.
        moved = self.owing.money.get("returned", 0) * 100 - (self.paid if self.paying.money.get("held") else 0)
        assert sum(day.transferred for day in days) == moved
        assert sum(day.open for day in days) == sum(row.open for row in open_rows())
        back = sum(match.ore for match in Match.objects.live().filter(way__in=[Way.REFUND, Way.PAID_BACK]))
        assert sum(day.refunds for day in days) == back
        claim = self.owing.case.interest_claims.get()
        assert sum(day.interest for day in days) == claim.paid * 100
        if days and days[0].closing is not None:
            assert days[0].closing == self.balance


def test_the_banks_day_is_its_transfers_and_what_is_open(world: None) -> None:
    seen.clear()
    run_state_machine_as_test(
        BankDays,
        settings=settings(
            max_examples=15, stateful_step_count=20, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
        ),
    )
    # The rest of what is seen depends on chance; each of it has a test of its own in test_bank.py.
    assert {"", "payment", "repayment", "interest", "undone"} <= set(seen), seen
