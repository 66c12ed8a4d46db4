# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The payer's chart of accounts: every movement is booked once or left out with a reason, and faults are said."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from overens.cli.main import app
from overens.rules import payer_accounts
from overens.rules.findings import Refused, as_text
from overens.rules.process import MOVEMENTS, Place

TEXT = payer_accounts.SHIPPED.read_text(encoding="utf-8")

WITHDRAWAL = '{ cause = "withdrawal", from = "requisitioned", to = "allocated" }'


def test_the_shipped_chart_says_that_it_is_an_example_and_knows_every_movement() -> None:
    chart = payer_accounts.read()
    assert chart.example
    assert chart.bookings.keys() < {(m.from_place, m.to_place, m.cause) for m in MOVEMENTS}
    assert all(booking.debit != booking.credit for booking in chart.bookings.values())


def test_what_is_owed_and_what_is_on_its_way_are_on_their_accounts_whatever_moves() -> None:
    """Every movement into or out of a place that an account answers to is booked on it, on the right side."""
    chart = payer_accounts.read()
    for account, answer in chart.answers.items():
        sign = 1 if answer.side == "debit" else -1
        for movement in MOVEMENTS:
            booking = chart.bookings.get((movement.from_place, movement.to_place, movement.cause))
            moved = (movement.to_place is answer.place) - (movement.from_place is answer.place)
            booked = booking and (booking.debit == account) - (booking.credit == account)
            assert moved == sign * (booked or 0), movement


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ('cause = "write-off", from = "to-repay", to = "written-off"', "", "chart-key"),
        ('movements = [{ cause = "write-off", from = "to-repay", to = "written-off" }]', "movements = []",
         "chart-movement-missing"),
        ('cause = "write-off", from = "to-repay"', 'cause = "write-off", from = "held"', "chart-movement-unknown"),
        ('  { cause = "lapse",', f'  {WITHDRAWAL},\n  {{ cause = "lapse",', "chart-movement-twice"),
        ('debit = "6990"', 'debit = "6999"', "chart-account-unknown"),
        ("example = true", "example = ", "chart-unreadable"),
        ('series = "U"', 'series = "en alldeles för lång serie"', "chart-key"),
        ('text = "Fordran avskriven"', 'text = "Fordran\\"avskriven"', "chart-key"),
        ("[answers]", "[answers.1910]\nplace = \"nowhere\"\nside = \"debit\"\n[answers]", "chart-key"),
    ],
)  # fmt: skip
def test_a_fault_is_said_with_its_place(before: str, after: str, code: str, tmp_path: Path) -> None:
    assert before in TEXT
    file = tmp_path / "konton.toml"
    file.write_text(TEXT.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(Refused) as refusal:
        payer_accounts.read(file)
    assert code in {finding.code for finding in refusal.value.findings}
    answer = CliRunner().invoke(app, ["vouchers", "chart", str(file), "--language", "en"])
    assert answer.exit_code == 1
    assert answer.output.splitlines() == [as_text(finding, "en") for finding in refusal.value.findings]
    assert code not in answer.output


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        payer_accounts.read(tmp_path / "none.toml")
    assert [finding.code for finding in refusal.value.findings] == ["chart-unreadable"]


def test_the_example_has_nothing_to_mend() -> None:
    answer = CliRunner().invoke(app, ["vouchers", "chart"])
    assert (answer.exit_code, answer.output) == (0, "")


def test_places_are_named_as_the_ledger_names_them() -> None:
    assert {answer.place for answer in payer_accounts.read().answers.values()} == {Place.TO_REPAY, Place.IN_PAYMENT}
