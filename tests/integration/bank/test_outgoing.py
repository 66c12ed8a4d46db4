# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The outbox: what lies in it is what was approved, is handed over unchanged, and is guarded by the database."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from django.db import Error, connection, transaction
from typer.testing import CliRunner

from overens.bank.actions import outgoing
from overens.bank.models import OutgoingFile
from overens.cli.main import app
from overens.exchange import orders
from overens.exchange.iso20022 import pain001
from overens.grants import control, verifying
from overens.grants.actions import payment
from overens.grants.models import Batch
from overens.records import clock
from overens.rules.findings import Refused
from overens.web import database
from tests.integration.chain.life import TO_THE_BANK, Life

CODES = ("10", "12", "13")


def prepared() -> Batch:
    """Three approved cases in a batch."""
    lives = [Life(f"2019/regioner/{code}") for code in CODES]
    for life in lives:
        life.requisition()
        life.approve_requisition()
    return payment.prepare([life.case for life in lives], lives[0].who("payer@KAM"))


def approved() -> Batch:
    batch = prepared()
    payment.approve_first(batch, batch.control_sha256, Life().who("payer@KAM"))
    return payment.approve_second(batch, batch.control_sha256, Life().who("second-payer@KAM"))


def released() -> Batch:
    return payment.release(approved(), Life().who("second-payer@KAM"))


def test_the_file_says_what_was_approved(world: None) -> None:
    batch = released()
    file = OutgoingFile.objects.get()
    order = pain001.read(bytes(file.content), orders.profile(file.profile))
    assert list(order.transfers) == control.transfers(batch)
    assert {transfer.id: transfer.kronor for transfer in order.transfers} == {
        each.end_to_end_id: each.kronor for each in batch.payments.all()
    }
    assert (order.message_id, order.kronor) == (file.message_id, file.kronor)
    assert order.execute_on == file.execute_on
    assert verifying.first_difference() is None


def test_a_bank_that_takes_few_payments_gets_several_files(world: None, monkeypatch: pytest.MonkeyPatch) -> None:
    small = orders.profile("swedish-2009").model_copy(update={"most": 2})
    monkeypatch.setattr(orders, "profile", lambda name: small)
    batch = released()
    files = list(OutgoingFile.objects.all())
    assert [(file.part, file.count) for file in files] == [(1, 2), (2, 1)]
    assert len({file.message_id for file in files}) == 2
    assert sum(file.kronor for file in files) == batch.control["kronor"]
    assert verifying.first_difference() is None


def test_without_a_bank_there_is_a_list_and_nothing_is_put_in_a_folder(
    world: None, settings_of: Callable[..., None], tmp_path: Path
) -> None:
    settings_of(OVERENS_BANK="")
    released()
    file = OutgoingFile.objects.get()
    assert file.name.endswith(".csv")
    assert "191-" in bytes(file.content).decode()
    assert outgoing.deliver(tmp_path) == []
    assert outgoing.fetch(file) == bytes(file.content)


def test_another_bank_than_the_list_was_made_for(world: None, settings_of: Callable[..., None]) -> None:
    batch = approved()
    settings_of(OVERENS_BANK="")
    with pytest.raises(Refused, match="control-list-outdated"):
        payment.release(batch, Life().who("second-payer@KAM"))


def test_taking_a_payment_out_voids_what_was_approved(world: None) -> None:
    batch = approved()
    before = batch.control_sha256
    out = batch.payments.get(case__key="2019/regioner/12")
    found = payment.take_out(out, Life().who("payer@KAM"))
    assert (found.first_by, found.second_by) == (None, None)
    assert found.control_sha256 != before
    assert found.control["count"] == 2
    with pytest.raises(Refused, match="batch-not-approved"):
        payment.release(found, Life().who("second-payer@KAM"))
    with pytest.raises(Refused, match="control-list-changed"):
        payment.approve_first(found, before, Life().who("payer@KAM"))
    assert Life("2019/regioner/12").case.state == "approved"
    assert verifying.first_difference() is None


def test_with_its_last_payment_a_batch_is_dissolved(world: None) -> None:
    life = Life()
    life.requisition()
    life.approve_requisition()
    life.prepare_payment()
    life.take_out_payment()
    assert life.batch.dissolved_at
    assert life.case.state == "approved"
    life.prepare_payment()
    assert verifying.first_difference() is None


def test_the_list_says_what_differs_from_the_last_payment(world: None) -> None:
    life = Life()
    life.requisition()
    life.pay()
    life.reject_payment()  # it bounced, so that the same sum is asked for again
    life.requisition(R3_1="5050-1055")
    life.prove_account()
    life.accept_account()
    life.approve_requisition()
    life.prepare_payment()
    (row,) = life.batch.control["rows"]
    assert row["listed"] == "Kontobevis, 2019/regioner/10"
    assert row["before"] is None  # what bounced was no payment
    for act in TO_THE_BANK[1:]:
        life.do(act)
    life.confirm_payment()
    life.clock("2020-03-01T10:00:00")
    life.report(50_000_000)
    life.accept_report()
    life.match("A", 495_445)
    life.report(50_400_000)
    life.accept_report()
    life.prepare_payment()
    (row,) = life.batch.control["rows"]
    assert row["before"] == {"giro": "5050-1055", "kronor": 50_495_445, "on": "2019-09-19"}
    assert row["kronor"] == 400_000


def overens(*words: str) -> Any:
    return CliRunner().invoke(app, ["batch", *words], env={"OVERENS_LANGUAGE": "en"})


def test_export_writes_once_and_overwrites_nothing(
    world: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "running", nullcontext)
    batch = released()
    file = OutgoingFile.objects.get()
    path = tmp_path / file.name
    first = overens("export", str(batch.pk), "--to", str(tmp_path))
    assert (first.exit_code, first.stdout) == (0, f"{path}\n")
    assert path.read_bytes() == bytes(file.content)
    file.refresh_from_db()
    noted = file.fetched_at
    assert (file.state, noted) == ("fetched", clock.now())
    again = overens("export", str(batch.pk), "--to", str(tmp_path))
    assert (again.exit_code, again.stdout) == (0, f"{path}: was there already\n")
    path.write_bytes(b"something else")
    other = overens("export", str(batch.pk), "--to", str(tmp_path))
    assert other.exit_code == 1
    assert "is there already and is something else" in other.stderr
    assert path.read_bytes() == b"something else"
    assert os.listdir(tmp_path) == [file.name]
    for words, said in (
        (("export", "4711", "--to", str(tmp_path)), "has no files for the bank"),
        (("export", str(batch.pk), "--to", str(tmp_path / "none")), "does not exist"),
    ):
        refused = overens(*words)
        assert refused.exit_code == 1
        assert said in refused.stderr
    assert overens("export", "x", "--to", str(tmp_path)).exit_code == 2


def test_the_banks_word_on_a_file_is_noted_once(world: None) -> None:
    released()
    file = OutgoingFile.objects.get()
    at = clock.now()
    assert outgoing.answered(file.message_id, True, at)
    assert outgoing.answered(file.message_id, True, at)
    assert not outgoing.answered("OV-0-0", True, at)
    file.refresh_from_db()
    assert (file.state, file.answered_at) == ("accepted", at)
    assert outgoing.fetch(file) == bytes(file.content)
    file.refresh_from_db()
    assert file.state == "accepted"


def refused_by_the_database(statement: str, what: str) -> None:
    with pytest.raises(Error, match=what), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE bank_outgoingfile SET content = 'x'",
        "UPDATE bank_outgoingfile SET message_id = 'x'",
        "DELETE FROM bank_outgoingfile",
        "UPDATE grants_payment SET kronor = 1",
        "UPDATE grants_payment SET giro = '5050-1055'",
        "UPDATE grants_payment SET end_to_end_id = 'x'",
        "DELETE FROM grants_payment",
        "UPDATE grants_batch SET prepared_by_id = NULL",
        "UPDATE bank_listedgiro SET giro = '5050-1055'",
        "DELETE FROM bank_listedgiro",
        "UPDATE bank_accountproof SET giro = '5050-1055'",
    ],
)
def test_the_application_may_not_change_what_is_paid_or_known(world: None, statement: str) -> None:
    refused_by_the_database(statement, "permission denied")


def test_the_database_keeps_the_approvals_to_the_list_and_apart(world: None) -> None:
    batch, payer, second = prepared(), Life().who("payer@KAM").pk, Life().who("second-payer@KAM").pk
    officer, mine = Life().who("case-officer@KAM").pk, f"WHERE id = {batch.pk}"
    first = f"first_by_id = {payer}, first_at = now(), first_sha256 = "
    also = ", second_at = now(), second_sha256 = control_sha256, second_by_id = "
    release = ", released_at = now(), released_by_id = "
    for change, constraint in (
        (first + "'another'", "batch_first_approved_this_list"),
        (first + f"control_sha256{also}{payer}", "batch_two_persons"),
        (first + f"control_sha256{also}{officer}", "has examined some of it"),
        (f"second_at = now(), second_sha256 = control_sha256, second_by_id = {second}", "batch_two_persons"),
        (f"released_at = now(), released_by_id = {second}", "batch_released_when_approved"),
        (first + f"control_sha256{release}{second}", "batch_released_when_approved"),
        (first + f"control_sha256{also}{second}{release}{payer}", "batch_released_when_approved"),
    ):
        refused_by_the_database(f"UPDATE grants_batch SET {change} {mine}", constraint)
    payment.approve_first(batch, batch.control_sha256, Life().who("payer@KAM"))
    refused_by_the_database(
        f"UPDATE grants_batch SET control_sha256 = 'another' {mine}", "batch_first_approved_this_list"
    )
    payment.dissolve(batch, Life().who("payer@KAM"))
    refused_by_the_database(f"UPDATE grants_batch SET dissolved_at = NULL {mine}", "has ended")


def test_a_list_that_was_changed_past_the_actions_is_found(world: None) -> None:
    batch = prepared()
    changed = {**batch.control, "kronor": 1}
    Batch.objects.filter(pk=batch.pk).update(control=changed)
    assert "control list does not have its hash" in (verifying.first_difference() or "")
