# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where each krona of a case should be after each act, written from the table *The money* and not from the actions."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from overens.bank.models import BankRow
from overens.records import clock
from overens.rules.process import ACTS, Place, State
from tests.integration.chain.life import Life

P = Place
LAST_DAY = dt.date(2019, 12, 1)


class Model:
    """Where the kronor of one case are, by (owner, place), and the few facts that decide where they go next."""

    def __init__(self, life: Life) -> None:
        self.life = life
        self.own = life.code
        self.total = life.case.decided
        self.at: Counter[tuple[str, Place]] = Counter({(self.own, P.ALLOCATED): self.total})
        self.received = False  # a requisition counts as received
        self.payments: list[dict[str, Any]] = []
        self.refunding = False
        self.settled = False
        self.draft_costs = self.frozen_costs = self.costs = 0
        self.applied: dict[str, list[int]] = {}

    def __getitem__(self, place: Place) -> int:
        return self.at[self.own, place]

    def move(self, start: Place, end: Place, kronor: int, owner: str = "", to: str = "") -> None:
        self.at[owner or self.own, start] -= kronor
        self.at[to or owner or self.own, end] += kronor

    def everywhere(self, place: Place) -> int:
        return sum(kronor for (_, at), kronor in self.at.items() if at is place)

    @property
    def accountable(self) -> int:
        return sum(self.everywhere(p) for p in (P.HELD, P.USED, P.TO_REPAY, P.RETURNED, P.WRITTEN_OFF, P.REMITTED))

    # What each act does to the money; how: what the act was told.

    def sign_requisition(self, kronor: int) -> None:
        assert 0 < kronor <= self[P.ALLOCATED] + self[P.REQUISITIONED]
        assert self.received or clock.today() <= LAST_DAY
        more = kronor - self[P.REQUISITIONED]
        if more > 0 and self[P.REQUISITIONED]:
            assert clock.today() <= LAST_DAY
        self.move(P.ALLOCATED, P.REQUISITIONED, more)
        self.received = True

    def withdraw_requisition(self) -> None:
        self.move(P.REQUISITIONED, P.ALLOCATED, self[P.REQUISITIONED])
        self.received = False

    def readmit(self, received_on: str) -> None:
        assert dt.date.fromisoformat(received_on) <= LAST_DAY
        self.move(P.LAPSED, P.ALLOCATED, self[P.LAPSED])
        self.received = True

    def prepare_payment(self) -> None:
        self.payments.append({"kronor": self[P.REQUISITIONED], "day": None, "answer": ""})

    def release_payment(self) -> None:
        self.payments[-1]["day"] = clock.today()
        self.move(P.REQUISITIONED, P.IN_PAYMENT, self.payments[-1]["kronor"])

    def confirm_payment(self, payment_number: int = -1) -> None:
        paid = self.payments[payment_number]
        if paid["answer"] == "confirmed":
            return
        assert paid["day"]
        assert not paid["answer"]
        paid["answer"] = "confirmed"
        self.move(P.IN_PAYMENT, P.USED if self.refunding else P.HELD, paid["kronor"])
        self.refunding = False

    def reject_payment(self, payment_number: int = -1) -> None:
        paid = self.payments[payment_number]
        if paid["answer"] == "rejected":
            return
        assert paid["day"]
        self.move(P.HELD if paid["answer"] else P.IN_PAYMENT, P.REQUISITIONED, paid["kronor"])
        paid["answer"] = "rejected"

    def distribute(self, rows: dict[str, int]) -> None:
        for structure, kronor in rows.items():
            self.move(P.HELD, P.HELD, kronor, to=structure)

    def hand_back(self, rows: dict[str, int]) -> None:
        for structure, kronor in rows.items():
            self.move(P.HELD, P.HELD, kronor, owner=structure, to=self.own)

    def write_report(self, costs: int) -> None:
        self.draft_costs = costs

    def freeze_report(self) -> None:
        self.frozen_costs = self.draft_costs

    def report(self, costs: int) -> None:
        self.draft_costs = self.frozen_costs = costs
        self.sign_report()

    def sign_report(self) -> None:
        self.costs = self.frozen_costs
        if not self.settled:
            unused = max(0, self.accountable - self.costs)
            self.move(P.HELD, P.TO_REPAY, max(0, unused - self[P.RETURNED]) - self[P.TO_REPAY])

    def missing(self, unused: int) -> int:
        return unused - self[P.TO_REPAY] - self[P.RETURNED] - self[P.WRITTEN_OFF] - self[P.REMITTED]

    def accept_report(self) -> None:
        unused = max(0, self.accountable - self.costs)
        for owner, place in list(self.at):
            if place is P.HELD:
                self.move(P.HELD, P.USED, self.at[owner, P.HELD], owner)
        self.move(P.USED, P.TO_REPAY, max(self.missing(unused), -self[P.TO_REPAY]))
        missing = self.missing(unused)
        if missing < 0 < self[P.RETURNED]:
            self.move(P.RETURNED, P.REQUISITIONED, min(-missing, self[P.RETURNED]))
            self.refunding = True
        self.settled = True

    def match_repayment(self, reference: str, kronor: int) -> None:
        met = self.applied.setdefault(reference, [])
        met.append(min(BankRow.objects.get(bank_reference=reference).ore // 100 - sum(met), self[P.TO_REPAY]))
        assert met[-1] > 0
        self.move(P.TO_REPAY, P.RETURNED, met[-1])

    def undo_match(self, reference: str) -> None:
        self.move(P.RETURNED, P.TO_REPAY, self.applied[reference].pop())

    def write_off(self) -> None:
        self.move(P.TO_REPAY, P.WRITTEN_OFF, self[P.TO_REPAY])

    def reverse_write_off(self) -> None:
        assert self[P.WRITTEN_OFF] > 0
        self.move(P.WRITTEN_OFF, P.TO_REPAY, self[P.WRITTEN_OFF])

    def remit(self, kronor: int) -> None:
        assert 0 < kronor <= self[P.TO_REPAY]
        self.move(P.TO_REPAY, P.REMITTED, kronor)

    def decide_clawback(self, kronor: int) -> None:
        self.move(P.HELD, P.TO_REPAY, kronor)

    def annul_clawback(self) -> None:
        self.move(P.TO_REPAY, P.HELD, self[P.TO_REPAY])

    def time_passes(self, state: State) -> None:
        """The bank answers for what was released on an earlier day; then what was not asked for in time lapses."""
        if self.payments and not self.payments[-1]["answer"]:
            day = self.payments[-1]["day"]
            if day and day < clock.today():
                self.confirm_payment()
        waiting = ACTS["lapse-remainder"].states
        if clock.today() > LAST_DAY and (state in waiting or (state is State.DECIDED and not self.received)):
            self.move(P.ALLOCATED, P.LAPSED, self[P.ALLOCATED])
