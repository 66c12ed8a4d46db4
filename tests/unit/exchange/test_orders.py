# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The payer's file and its bank's profiles, and the list for people."""

from __future__ import annotations

import csv
import datetime as dt
import io
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from overens.exchange import orders, payment_list
from overens.rules.findings import Refused, wording
from tests.unit.exchange.orders_to_try import two

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "bank" / "settings.toml").read_text(encoding="utf-8"))
CONTROL = "ab" * 32


def test_the_payers_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "bank.toml"
    file.write_text(CASES["sound"], encoding="utf-8")
    found = orders.settings(file)
    assert found.profile == "swedish-2009"
    assert found.payer is not None
    assert found.payer.iban == "SE9500000000000000000000"


@pytest.mark.parametrize("case", CASES["wrong"], ids=[case["rule"] for case in CASES["wrong"]])
def test_what_is_wrong_with_it_is_told_by_key(tmp_path: Path, case: dict[str, Any]) -> None:
    file = tmp_path / "bank.toml"
    assert case["old"] in CASES["sound"]
    file.write_text(CASES["sound"].replace(case["old"], case["new"]), encoding="utf-8")
    with pytest.raises(Refused) as refusal:
        orders.settings(file)
    first = refusal.value.findings[0]
    assert first.code == case["refused"]
    if "key" in case:
        assert first.where is not None
        assert first.where.key == case["key"]
    for language in ("sv", "en"):
        assert wording(first, language) != first.code


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="bank-settings-unreadable"):
        orders.settings(tmp_path / "none.toml")


@pytest.mark.parametrize("name", orders.profiles())
def test_every_shipped_profile_says_where_it_comes_from(name: str) -> None:
    found = orders.profile(name)
    assert found.title
    assert found.source


@pytest.mark.parametrize(
    ("today", "paid"),
    [
        ("2019-10-17", "2019-10-18"),  # a Thursday
        ("2019-10-18", "2019-10-21"),  # a Friday
        ("2019-10-19", "2019-10-22"),  # what is released on a Saturday is as if on Monday
        ("2019-12-23", "2019-12-27"),  # over Christmas Eve, Christmas Day and Boxing Day
        ("2020-06-18", "2020-06-22"),  # over Midsummer Eve
    ],
)
def test_the_bank_pays_on_a_banking_day(today: str, paid: str) -> None:
    found = orders.profile("swedish-2009").execution_day(dt.date.fromisoformat(today))
    assert found == dt.date.fromisoformat(paid)


def hostile() -> orders.Order:
    order = two()
    first, second = order.transfers
    return replace(order, transfers=(replace(first, payee="=cmd|' /C calc'!A0", reference="@SUM(1)"), second))


def test_the_list_as_csv_has_sums_and_no_formulas() -> None:
    content = payment_list.as_csv(hostile(), CONTROL)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert rows[1] == ["A1", "'=cmd|' /C calc'!A0", "Bankgiro", "5050-1055", "'@SUM(1)", "100"]
    assert rows[2] == ["A2", "Region Gotland", "Plusgiro", "90 00 00-1", "", "250"]
    assert [row[1] for row in rows[3:]] == ["2", "350", "OV-1-1-ABC", "2019-10-21", CONTROL]


def test_a_list_that_nobody_has_released_names_no_day_of_payment() -> None:
    content = payment_list.as_csv(replace(two(), execute_on=None), CONTROL).decode("utf-8-sig")
    assert "Betalas den" not in content
    assert CONTROL in content


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_list_as_excel_has_numbers_as_numbers_and_giros_as_text(language: str) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(payment_list.as_excel(hostile(), CONTROL, language))).active
    cells = [[(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows(min_row=2, max_row=3)]
    assert cells[0][1] == ("=cmd|' /C calc'!A0", "s")
    assert cells[0][3] == ("5050-1055", "s")
    assert [row[5] for row in cells] == [(100, "n"), (250, "n")]
    assert sheet["B2"].quotePrefix
    below = [row[1] for row in sheet.iter_rows(min_row=5, values_only=True)]
    assert below == [2, 350, "OV-1-1-ABC", "2019-10-21", CONTROL]
