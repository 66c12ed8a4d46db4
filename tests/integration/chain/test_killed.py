# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The process dies between any two statements; what was done is whole, and going on from there comes to the same end.

A child process plays a case from the requisition to the last krona, a correction and its refund, and kills itself at
one statement. The next child goes on from there and gets a little further; so the deaths fall in every act, at every
third statement of it.
"""

from __future__ import annotations

import os
import signal
from collections import Counter
from typing import Any

from django.db import connection, connections

from overens.bank.models import BankRow, OutgoingFile
from overens.grants import verifying
from overens.grants.actions import report
from overens.ledger import reading
from overens.records.models import DocumentVersion, Event
from tests.integration.chain.life import TO_THE_BANK, Life

KEY = "small/regioner/09"


def play() -> None:
    """Do the next thing until there is nothing more to do. Every step looks where the case stands, as people do."""
    life = Life(KEY)
    while True:
        case = life.case
        corrected = case.reports.count() > 1 or (case.state == "closed" and case.reports.exists())
        written = life.revision("financial-report")
        match case.state:
            case "decided":
                life.sign_requisition() if life.revision("requisition") else life.write_requisition()
            case "requisitioned":
                life.approve_requisition()
            case "approved":
                life.prepare_payment()
            case "batched":
                if life.batch.first_by is None:
                    life.first_approve_payment()
                elif life.batch.second_by is None:
                    life.second_approve_payment()
                else:
                    life.release_payment()
            case "in-payment":
                life.confirm_payment()
            case "paid" | "closed" if case.state == "paid" or case.reports.count() == 1:
                if not written:
                    life.write_report(240 if corrected else 200)
                elif not report.reviewable(case):
                    life.freeze_report()
                elif not life.newest_report().attestations.exists():
                    life.attest_report()
                else:
                    life.sign_report()
            case "reported":
                life.accept_report()
            case "settled":
                first = BankRow.objects.filter(bank_reference="A").first()
                life.match(*(("B", 51) if first and first.matches.exists() else ("A", 20)))
            case "closed":
                return


def killed_at(fatal: int) -> bool:
    """Play in a child process until its n-th statement; False when it came to the end before that."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        left = fatal

        def counting(execute: Any, *statement: Any) -> Any:
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return execute(*statement)

        code = 1
        try:
            with connection.execute_wrapper(counting):
                play()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.waitstatus_to_exitcode(status) == 0, "the child could not go on from where the case stands"
    return False


def whole(life: Life) -> None:
    """Nothing lost, nothing doubled, nothing halfway: what a checker of another kind would ask."""
    assert [problem for _, problem in verifying.all_checks() if problem] == []
    assert sum(reading.by_place("small").values()) == 1125
    papers = Counter(DocumentVersion.objects.filter(document__subject=KEY).values_list("kind", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT cause_kind, count(DISTINCT cause_id) FROM ledger_transfer GROUP BY cause_kind")
        moved = dict(cursor.fetchall())
    for kind in ("requisition", "payment-batch", "bank-confirmation", "bank-receipt", "refund-decision"):
        assert moved.get(kind, 0) == papers[kind], f"{kind}: a paper without its transfer, or the other way round"
    acts = Counter(Event.objects.filter(subject=KEY).values_list("act", flat=True))
    assert acts["release-payment"] == papers["payment-batch"] == OutgoingFile.objects.count()
    assert acts["sign-requisition"] == papers["requisition"]
    # A refund is decided in the same breath as its settlement, and a case closes with its last krona.
    case = life.case
    money = life.money
    assert not (case.state == "settled" and not {"to-repay", "held", "requisitioned", "in-payment"} & money.keys())


def test_a_killed_process_leaves_whole_acts(fresh_small: str) -> None:
    life = Life(KEY)
    deaths, acts, statement = 0, 0, 1
    while killed_at(statement):
        deaths += 1
        whole(life)
        if (now := Event.objects.count()) > acts:
            acts, statement = now, 1 + deaths % 3
        else:
            statement += 3
    whole(life)
    assert deaths > 100
    assert life.case.state == "closed"
    assert life.money == {"used": 240, "returned": 31}
    done = Counter(Event.objects.filter(subject=KEY).values_list("act", flat=True))
    assert {done[act] for act in ("sign-requisition", "approve-requisition", "refund", "settle-refund")} == {1}
    assert {
        done[act] for act in ("sign-report", "accept-report", *TO_THE_BANK, "confirm-payment", "match-repayment")
    } == {2}
