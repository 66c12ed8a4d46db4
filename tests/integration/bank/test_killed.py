# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The process dies at every step between the approved batch and the bank's having its file: nothing is paid twice,
nothing is lost.

A child process releases a batch of two payments, another hands its file over, and each dies at one step: a statement
to the database, or a step with a file (opened, synced, given its name). The bank of the test takes what lies in its
folder, at any time, keeps message ids that it has seen, and pays what is new to it. Then somebody goes on.
"""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from overens.bank.actions import outgoing
from overens.bank.models import OutgoingFile
from overens.exchange import orders
from overens.exchange.iso20022 import pain001
from overens.grants import verifying
from overens.grants.actions import payment
from overens.grants.models import Batch
from overens.rules.findings import Refused
from tests.integration.chain.life import Life

# Steps of the child that work with files, by the function of ``os`` that each ends in.
FILE_STEPS = ("open", "fsync", "replace")


class Bank:
    """Takes files from its folder, and pays an order whose message id is new to it. Knows nothing of ours."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.seen: set[str] = set()
        self.paid: Counter[str] = Counter()
        self.came = 0

    def collect(self) -> None:
        for path in sorted(self.folder.glob("[!.]*")):
            order = pain001.read(path.read_bytes(), orders.profile("swedish-2009"))  # a file in its folder is whole
            path.unlink()
            self.came += 1
            if order.message_id not in self.seen:
                self.seen.add(order.message_id)
                self.paid.update(transfer.id for transfer in order.transfers)


def killed_at(fatal: int, work: Callable[[], None]) -> bool:
    """Do it in a child process that dies at its n-th step; False when it came to the end before that."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        left = fatal

        def step() -> None:
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        def counting(execute: Any, *statement: Any) -> Any:
            step()
            return execute(*statement)

        code = 1
        try:
            _before_each_file_step(step)
            with connection.execute_wrapper(counting):
                work()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.waitstatus_to_exitcode(status) == 0, "the child could not go on from where things stand"
    return False


def _before_each_file_step(step: Callable[[], None]) -> None:
    """In the child only: a step before and after a file is opened, synced, and given its name."""
    really_open, really_replace, really_sync = Path.open, Path.replace, os.fsync

    def opened(path: Path, mode: str = "r", *more: Any, **how: Any) -> Any:
        if "w" in mode:
            step()
        return really_open(path, mode, *more, **how)

    def replaced(path: Path, target: Path) -> Any:
        step()
        done = really_replace(path, target)
        step()
        return done

    def synced(number: int) -> None:
        step()
        really_sync(number)
        step()

    Path.open, Path.replace, os.fsync = opened, replaced, synced  # type: ignore[method-assign,assignment]


@pytest.fixture
def batch(fresh_world: str) -> Batch:
    """Two approved payments in a batch that two persons have approved."""
    lives = [Life("2019/regioner/10"), Life("2019/regioner/12")]
    for life in lives:
        life.requisition()
        life.approve_requisition()
    found = payment.prepare([life.case for life in lives], lives[0].who("payer@KAM"))
    payment.approve_first(found, found.control_sha256, lives[0].who("payer@KAM"))
    return payment.approve_second(found, found.control_sha256, lives[0].who("second-payer@KAM"))


def test_a_killed_process_pays_nothing_twice_and_loses_nothing(batch: Batch, tmp_path: Path) -> None:
    asked = {row["id"]: row["kronor"] for row in batch.control["rows"]}
    bank, person = Bank(tmp_path), Life().who("second-payer@KAM")

    deaths, step = 0, 1
    while killed_at(step, lambda: payment.release(batch, person)):
        # Before the commit there is neither file nor movement.
        assert not OutgoingFile.objects.exists()
        assert {each.state for each in batch.payments.all()} == {"prepared"}
        deaths, step = deaths + 1, step + 3
    assert deaths > 15
    # After it there are both, once.
    file = OutgoingFile.objects.get()
    assert {(each.state, each.file_id) for each in batch.payments.all()} == {("released", file.pk)}
    with pytest.raises(Refused, match="batch-not-open"):
        payment.release(batch, person)

    deaths, step = 0, 1
    while killed_at(step, lambda: outgoing.deliver(tmp_path)):
        # The bank comes at any time; what it has taken is put there again, and it knows it.
        bank.collect()
        assert set(bank.paid.values()) <= {1}
        assert OutgoingFile.objects.get().sha256 == file.sha256
        deaths, step = deaths + 1, step + 1
    bank.collect()
    assert deaths > len(FILE_STEPS) + 3
    assert bank.came > 1, "the file never came twice: the death between its name and our note was not tried"
    assert bank.paid == dict.fromkeys(asked, 1)
    outgoing.deliver(tmp_path)  # once more, with nothing to do
    assert not list(tmp_path.glob("[!.]*"))
    assert OutgoingFile.objects.get().state == "fetched"
    assert [problem for _, problem in verifying.all_checks() if problem] == []


def test_the_banks_answer_twice_or_cut_short_is_one_answer(batch: Batch) -> None:
    """A receipt is taken in payment by payment; the process dies in the middle, and the same receipt comes again."""
    payment.release(batch, Life().who("second-payer@KAM"))

    def take_in() -> None:
        for each in batch.payments.order_by("pk"):
            payment.confirm(each)

    step, deaths = 1, 0
    while killed_at(step, take_in):
        step, deaths = step + 5, deaths + 1
    take_in()
    assert deaths > 5
    for code in ("10", "12"):
        life = Life(f"2019/regioner/{code}")
        assert life.money == {"held": life.case.decided}
    assert [problem for _, problem in verifying.all_checks() if problem] == []
