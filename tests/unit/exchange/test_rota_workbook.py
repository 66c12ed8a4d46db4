# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A rota to Excel and back: nothing is lost, and what cannot be read is said by its cell."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings

from overens.exchange.rosters import reading_back, workbook
from overens.exchange.rosters.reading_back import Worked, changed
from overens.exchange.rosters.rota import Rota
from overens.rules.findings import Finding, Refused, wording
from tests.unit.exchange.rotas import rota, rotas

ON = dt.date(2027, 1, 1)


@settings(max_examples=5)
@given(rotas())
def test_what_is_read_back_is_what_was_written(made: Rota) -> None:
    for language in ("sv", "en"):
        worked, findings = reading_back.read(workbook.write(made, ON, language), made)
        assert not findings
        assert worked == made.worked


def test_the_same_rota_gives_the_same_bytes() -> None:
    assert workbook.write(rota(d0="D"), ON) == workbook.write(rota(d0="D"), ON)


def edited(made: Rota, edit: Callable[[Any], object]) -> tuple[Worked | None, tuple[Finding, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(workbook.write(made, ON)))
    edit(book.worksheets[0])
    file = io.BytesIO()
    book.save(file)
    return reading_back.read(file.getvalue(), made, "schema.xlsx")


def put(**cells: object) -> Callable[[Any], None]:
    def edit(sheet: Any) -> None:
        for at, value in cells.items():
            sheet[at] = value

    return edit


def test_a_shift_is_changed_added_and_taken_away() -> None:
    made = rota(d0="D", d1="D")
    # The first person stands in row 8, the first day in column C.
    worked, findings = edited(made, put(C8=" n ", D8=None, I8="K"))
    assert not findings
    first = made.first
    assert changed(made.worked, worked or {}) == {
        ("ssk01", first): "N",
        ("ssk01", first + dt.timedelta(days=1)): "",
        ("ssk01", first + dt.timedelta(days=6)): "K",
    }


@settings(max_examples=25)
@given(rotas(), rotas())
def test_what_is_said_to_have_changed_makes_one_of_the_other(before: Rota, after: Rota) -> None:
    made = {**before.worked, **changed(before.worked, after.worked)}
    assert {place: shift for place, shift in made.items() if shift} == after.worked


def test_rows_and_columns_may_be_moved() -> None:
    made = rota(d0="D", d6="N")

    def swap(sheet: Any) -> None:
        for row in range(1, 20):
            sheet.cell(row, 3).value, sheet.cell(row, 9).value = sheet.cell(row, 9).value, sheet.cell(row, 3).value
        for column in range(1, 14):
            one, other = sheet.cell(8, column), sheet.cell(9, column)
            if not isinstance(one, openpyxl.cell.cell.MergedCell):
                one.value, other.value = other.value, one.value

    worked, findings = edited(made, lambda sheet: (sheet.unmerge_cells("C5:I5"), swap(sheet)))
    assert not findings
    assert worked == made.worked


@pytest.mark.parametrize(
    ("edit", "codes", "at"),
    [
        (put(D8="X"), ["rota-file-shift"], "D8"),
        (put(D8="X", E9="Dag"), ["rota-file-shift", "rota-file-shift"], "D8"),
        (put(A9=None, C9="D"), ["rota-file-no-person", "rota-file-person-missing"], "A9"),
        (put(A9="ssk99"), ["rota-file-person", "rota-file-person-missing"], "A9"),
        (put(A9="ssk01"), ["rota-file-person-twice", "rota-file-person-missing"], "A9"),
        (put(D7="fri"), ["rota-file-day-missing"], None),
        (put(D7=dt.datetime(2027, 3, 22)), ["rota-file-day-twice", "rota-file-day-missing"], "D7"),
        (put(D7=dt.datetime(2027, 4, 22)), ["rota-file-day-outside", "rota-file-day-missing"], "D7"),
        (lambda sheet: sheet.merge_cells("C8:D8"), ["rota-file-merged"], "D8"),
        (lambda sheet: sheet.delete_rows(9), ["rota-file-person-missing"], None),
    ],
)
def test_what_cannot_be_read_is_said_by_its_cell(edit: Callable[[Any], object], codes: list[str], at: str) -> None:
    worked, findings = edited(rota(d0="D"), edit)
    assert worked is None
    assert sorted(each.code for each in findings) == sorted(codes)
    assert at in [each.where.key for each in findings if each.where]
    for each in findings:
        assert each.where is not None
        assert each.where.file == "schema.xlsx"
        assert wording(each, "sv") != each.code != wording(each, "en")


@pytest.mark.parametrize("content", [b"", b"hej", b"PK\x03\x04" + b"0" * 50])
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(Refused):
        reading_back.read(content, rota())


def test_a_workbook_without_dates_is_refused() -> None:
    file = io.BytesIO()
    openpyxl.Workbook().save(file)
    with pytest.raises(Refused, match="rota-file-no-dates"):
        reading_back.read(file.getvalue(), rota())


def test_the_file_is_for_those_who_read_it() -> None:
    made = rota(dt.date(2027, 3, 22), d0="D", d4="K", d5="N", d6="D")
    book = openpyxl.load_workbook(io.BytesIO(workbook.write(made, ON)))
    grid = book.worksheets[0]
    assert book.sheetnames == ["Schema", "Bemanning", "Pass", "Teckenförklaring"]
    # Good Friday and Easter are marked as such, by a sign and not by colour alone.
    assert [grid.cell(6, column).value for column in range(3, 10)] == [
        "mån",
        "tis",
        "ons",
        "tors",
        "fre*",
        "lör",
        "sön*",
    ]
    # 8 + 7.75 + 9 (the night to summer time) + 8 hours; the weekend once.
    assert [grid.cell(8, column).value for column in range(10, 14)] == [32.75, 80, 1, 1]
    assert "Syntetiska" in grid["A2"].value
    assert "Syntetiska" in book["Pass"].cell(7, 1).value
    assert book["Pass"].max_row == 7
