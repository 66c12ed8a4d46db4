# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The process dies between any two statements of an import; the same file again comes to the same end, once."""

from __future__ import annotations

import os
import signal
from typing import Any

import pytest
from django.db import connection, connections

from overens.bank.models import BankFile, BankRow
from overens.grants import verifying
from overens.grants.actions import reconcile
from overens.grants.models import Match
from overens.records import clock
from overens.records.models import Event
from tests.integration.chain import bank_files
from tests.integration.chain.bank_files import Row
from tests.integration.chain.life import TO_THE_BANK, Life

PAYS, OWES = "small/regioner/09", "small/regioner/10"


def killed_at(content: bytes, fatal: int) -> bool:
    """Take the file in, in a child process until its n-th statement; False when it came to the end before that."""
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
                reconcile.take_in(content, "utdrag.xml")
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.waitstatus_to_exitcode(status) == 0
    return False


def test_an_import_that_dies_is_gone_on_with(fresh_small: str) -> None:
    paying, owing = Life(PAYS), Life(OWES)
    for act in ("requisition", "approve-requisition", *TO_THE_BANK):
        paying.do(act)
    owing.requisition()
    owing.pay()
    granted = owing.money["held"]
    owing.report(granted - 100)
    payment = paying.payment
    sent = Row("P1", -payment.kronor * 100, end_to_end_id=payment.end_to_end_id)
    content = bank_files.statement(
        [
            Row("B1", sent.ore - 500, of=(sent, Row("P2", -500))),
            Row("B2", 6000, message=owing.key),
            Row("B3", 5000, message=owing.key),
            Row("B4", 77, payer="Okänd"),
        ],
        clock.today(),
    )
    deaths, statement, acts = 0, 1, Event.objects.count()
    while killed_at(content, statement):
        deaths += 1
        assert [problem for _, problem in verifying.all_checks() if problem] == []
        assert BankRow.objects.count() in (0, 6)
        assert BankFile.objects.count() == (BankRow.objects.count() > 0)
        if (now := Event.objects.count()) > acts:
            acts, statement = now, 1 + deaths % 4
        else:
            statement += 4
    assert deaths > 15
    assert paying.money == {"held": payment.kronor}
    assert owing.money == {"held": granted - 100, "returned": 100}
    live = [(match.row.bank_reference, match.way, match.ore) for match in Match.objects.select_related("row")]
    assert sorted(live) == [
        ("B2", "repayment", 6000), ("B3", "refund", 1000), ("B3", "repayment", 4000), ("P1", "payment", sent.ore),
    ]  # fmt: skip
    done = Event.objects.filter(act__in=["confirm-payment", "receive-bank-file"]).values_list("act", flat=True)
    assert sorted(done) == ["confirm-payment", "confirm-payment", "receive-bank-file"]  # the other case's payment too


@pytest.mark.parametrize("format_", ["table", "json"])
def test_the_command_shows_first_then_does_and_says_why_not(world: None, tmp_path: Any, format_: str) -> None:
    from typer.testing import CliRunner

    from overens.cli import main

    life = Life()
    life.requisition()
    life.pay()
    life.report(50_000_000)
    file = tmp_path / "utdrag.xml"
    file.write_bytes(bank_files.statement([Row("B1", 100_000, message=life.key), Row("B2", -250)], clock.today()))

    def run(*arguments: str) -> Any:
        return CliRunner().invoke(main.app, ["bank", "import", str(file), *arguments, "--format", format_])

    would = run("--dry-run")
    assert would.exit_code == 0, would.output
    assert not BankRow.objects.exists()
    did = run()
    assert did.exit_code == 0
    assert life.money["returned"] == 1000
    assert "case-key" in would.output
    assert "case-key" in did.output
    again = run()
    assert again.exit_code == 0
    assert ("here before" if format_ == "table" else '"new": false') in again.output
    file.write_bytes(file.read_bytes()[:-40])
    broken = run()
    assert broken.exit_code == 1
    assert "XML" in broken.output
    file.unlink()
    assert run().exit_code == 1
