# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is written to a spreadsheet is what was typed: never a formula, never cut without a sign."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest

from overens.exchange import sheets
from overens.rules.cells import swedish


def read(*rows: sheets.Line, notes: tuple[str, ...] = ()) -> list[tuple[object, ...]]:
    content = sheets.workbook([("Blad", rows)], notes=notes)
    page = openpyxl.load_workbook(io.BytesIO(content))["Blad"]
    assert all(cell.data_type != "f" and cell.hyperlink is None for row in page.iter_rows() for cell in row)
    return list(page.iter_rows(values_only=True))


@pytest.mark.parametrize("text", ["=1+1", "+46 70", "-3", "@SUM(A1)", "\tx", "{=A1}", "https://example.org", "007"])
def test_text_stays_text_in_headings_cells_and_notes(text: str) -> None:
    found = read([text], [text], notes=(text,))
    assert [row[0] for row in found] == [text, text, None, text]


def test_numbers_days_and_what_is_missing_keep_their_kind() -> None:
    _head, row = read(["Antal", "Dag", "Andel", "Ja", "Saknas"], [12, dt.date(2019, 3, 31), 0.25, True, None])
    assert row == (12, dt.datetime(2019, 3, 31), 0.25, "True", "")


def test_a_text_longer_than_a_cell_says_that_it_goes_on() -> None:
    _head, (cell,) = read(["Text"], ["å" * (sheets.LONGEST + 5)])
    assert isinstance(cell, str)
    assert (len(cell), cell[-1]) == (sheets.LONGEST, "…")


def test_a_decimal_is_a_number_in_a_workbook_and_has_a_comma_as_text() -> None:
    _head, (cell,) = read(["Andel"], [Decimal("0.25")])
    assert cell == 0.25
    assert [swedish(each) for each in (Decimal("1.50"), -0.5, 12, "1.5", "-x", None)] == [
        "1,50", "-0,5", 12, "1.5", "'-x", "",
    ]  # fmt: skip
