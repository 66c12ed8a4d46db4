# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Ledgers as tables: tests/cases/ledger_table/tables.toml, and workbooks made here."""

from __future__ import annotations

import datetime as dt
import io
import re
import tomllib
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from overens.exchange import ledger_table
from overens.exchange.entries import Ledger
from overens.exchange.ledger_table import Column, reading, sheet, workbook
from overens.exchange.ledger_table.sheet import cell_name
from overens.exchange.ledger_table.values import ore as ore_of
from overens.exchange.ore import ore_text
from overens.rules.findings import wording

CASES = tomllib.loads(
    (Path(__file__).parents[2] / "cases" / "ledger_table" / "tables.toml").read_text(encoding="utf-8")
)["case"]
HEADINGS = ["Konto", "Kontonamn", "Ansvar", "Projekt", "Vernr", "Datum", "Text", "Belopp"]
ROW = [4011, "Löner", 10100.0, "P2019", 7, dt.datetime(2019, 1, 31), "Lön", 1000.5]


def said(ledger: Ledger) -> list[list[Any]]:
    return [[f.code, f.level, f.where.line or 0, f.where.key or ""] for f in ledger.findings if f.where]


def sums(ledger: Ledger) -> dict[str, str]:
    found: Counter[str] = Counter()
    for entry in ledger.entries:
        found[entry.account] += entry.ore
    return {account: ore_text(ore) for account, ore in found.items()}


def book(*rows: list[Any], heading: list[Any] = HEADINGS, change: Any = None) -> bytes:
    made = openpyxl.Workbook()
    for row in (heading, *rows):
        made.active.append(row)
    if change:
        change(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_a_table_is_read_or_refused_with_the_cell(case: dict[str, Any]) -> None:
    content = case["text"].removeprefix("\n").encode(case.get("encoding", "cp1252"))
    ledger = ledger_table.read(content, "huvudbok.csv")
    assert said(ledger) == case["expect"]
    if "sums" in case:
        assert sums(ledger) == case["sums"]
    assert ("sums" in case) == all(finding.level != "error" for finding in ledger.findings)
    for finding in ledger.findings:
        assert finding.where is not None
        assert finding.where.file == "huvudbok.csv"
        for language in ("sv", "en"):
            assert wording(finding, language) != finding.code


def test_codes_names_and_dimensions_come_along() -> None:
    content = CASES[1]["text"].removeprefix("\n").encode("utf-8-sig")
    ledger = ledger_table.read(content)
    assert ledger.entries[0].objects == {"1": "10100", "6": "P2019"}
    assert ledger.accounts == {"4011": "Löner sjuksköterskor", "1930": "Bank"}
    assert ledger.dimensions == {"1": "Kst", "6": "Projekt"}
    assert ledger.objects == {("1", "10100"): "Förlossningen", ("6", "P2019"): "ÖK 2019"}
    assert (ledger.entries[0].voucher, ledger.entries[0].line) == ("7", 2)
    assert ledger.about == {"encoding": "UTF-8", "delimiter": "tab", "decimal": "point"}


def test_columns_are_proposed_with_samples_and_a_person_has_the_last_word() -> None:
    content = b"Kod;Dag;Konto;Datum;Belopp\n10;2019-03-01;4011;2019-01-31;12,50\n"
    proposal = ledger_table.columns(content)
    assert [(h.letter, h.text, h.proposed, h.samples) for h in proposal.headings] == [
        ("A", "Kod", "", ("10",)),
        ("B", "Dag", "", ("2019-03-01",)),
        ("C", "Konto", "account", ("4011",)),
        ("D", "Datum", "date", ("2019-01-31",)),
        ("E", "Belopp", "amount", ("12,50",)),
    ]
    chosen = {0: "dimension", 1: Column.DATE, 2: Column.ACCOUNT, 4: Column.AMOUNT}
    (entry,) = ledger_table.read(content, roles=chosen).entries
    assert (entry.date, entry.objects) == (dt.date(2019, 3, 1), {"kod": "10"})
    assert ledger_table.read(content).entries == ledger_table.read(content, roles=proposal.roles).entries


def test_a_column_said_twice_is_refused() -> None:
    content = b"Konto;Konto 2;Datum;Belopp\n4011;4012;2019-01-31;12,50\n"
    ledger = ledger_table.read(content, roles={0: "account", 1: "account", 2: "date", 3: "amount"})
    assert said(ledger) == [["table-columns-twice", "error", 0, ""]]
    assert ledger.entries == []


def test_two_headings_of_one_name_are_two_dimensions() -> None:
    content = b"Konto;Datum;Belopp;Fri;Fri\n4011;2019-01-31;12,50;a;b\n"
    assert ledger_table.read(content).entries[0].objects == {"fri": "a", "fri E1": "b"}


def test_an_endless_quotation_is_an_error_with_its_line() -> None:
    content = b'Konto;Datum;Belopp;Text\n4011;2019-01-31;12,50;"' + b"x" * 200_000
    assert ["table-csv", "error", 2, ""] in said(ledger_table.read(content))


def test_a_byte_that_is_no_letter_is_an_error() -> None:
    content = b"Konto;Datum;Belopp;Text\n4011;2019-01-31;12,50;L\xf6n f\xf6r \x8d\n"
    assert said(ledger_table.read(content)) == [["ledger-undecodable", "error", 2, ""]]


def test_a_workbook_keeps_numbers_and_days_as_such() -> None:
    ledger = ledger_table.read(book(ROW, [1930, "Bank", None, None, 7, "2019-01-31", "Lön", "-1000,50"]))
    assert said(ledger) == []
    first, second = ledger.entries
    assert (first.account, first.date, first.ore, first.voucher) == ("4011", dt.date(2019, 1, 31), 100050, "7")
    assert first.objects == {"1": "10100", "6": "P2019"}
    assert (second.ore, second.line) == (-100050, 3)
    assert ledger.about["sheet"] == "Sheet"


def hide(made: Any) -> None:
    made.active.row_dimensions[2].hidden = True
    made.active.column_dimensions["B"].hidden = True


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (book(ROW, change=hide), [["table-hidden-rows", "warning", 2, ""], ["table-hidden-columns", "warning", 0, ""]]),
        (book(ROW, change=lambda b: b.active.merge_cells("A1:B1")), [["table-merged", "warning", 1, "A1:B1"]]),
        (book([*ROW[:7], 12.505]), [["table-amount", "error", 2, "H2"], ["ledger-no-rows", "error", 0, ""]]),
        (book(ROW, change=lambda b: b.create_sheet("Mer").append([1])), [["table-sheets", "warning", 0, ""]]),
        (book(heading=[]), [["table-empty", "error", 0, ""]]),
        (book(ROW)[:-200], [["table-workbook", "error", 0, ""]]),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, [["table-old-excel", "error", 0, ""]]),
        (
            book([*ROW[:7], "=1+1"]),
            [["table-formulas", "note", 0, "H2"], ["table-formula-no-value", "error", 0, "H2"],
             ["table-amount", "error", 2, "H2"], ["ledger-no-rows", "error", 0, ""]],
        ),
    ],
)  # fmt: skip
def test_what_a_workbook_hides_is_said(content: bytes, expected: list[Any]) -> None:
    ledger = ledger_table.read(content, "bok.xlsx")
    assert said(ledger) == expected
    assert all(wording(f, language) != f.code for f in ledger.findings for language in ("sv", "en"))


def repacked(content: bytes, part: str, change: Any) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            new.writestr(info.filename, change(data) if info.filename == part else data)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_a_formula_with_its_value_is_read_as_the_value() -> None:
    def worked_out(xml: bytes) -> bytes:
        return re.sub(rb"</f><v ?/>|</f><v></v>", b"</f><v>2</v>", xml)

    content = repacked(book([*ROW[:7], "=1+1"]), SHEET, worked_out)
    ledger = ledger_table.read(content)
    assert said(ledger) == [["table-formulas", "note", 0, "H2"]]
    assert ledger.entries[0].ore == 200


def test_a_workbook_that_defines_entities_is_not_opened() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>'
    content = repacked(book(ROW), SHEET, lambda xml: bomb + xml)
    assert said(ledger_table.read(content)) == [["table-entities", "error", 0, ""]]


def test_a_workbook_that_swells_is_not_unpacked() -> None:
    content = repacked(book(ROW), SHEET, lambda xml: xml + b" " * (workbook.SMALL + 1))
    assert said(ledger_table.read(content)) == [["table-zip-bomb", "error", 0, ""]]


def test_a_broken_sheet_is_an_error_not_half_a_ledger() -> None:
    content = repacked(book(*[ROW] * 500), SHEET, lambda xml: xml[: len(xml) // 2])
    assert ["table-workbook", "error", 0, ""] in said(ledger_table.read(content))


def test_what_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "LARGEST", 10)
    assert said(ledger_table.read(b"Konto;Datum;Belopp\n")) == [["ledger-too-large", "error", 0, ""]]
    assert [f.code for f in ledger_table.columns(b"Konto;Datum;Belopp\n").findings] == ["ledger-too-large"]


def test_every_message_about_a_table_has_a_test_that_gives_it() -> None:
    folder = Path(reading.__file__).parent
    written = {
        c for p in folder.glob("*.py") for c in re.findall(r'"((?:table|ledger)-[a-z-]+)"', p.read_text("utf-8"))
    }
    tried = {entry[0] for case in CASES for entry in case["expect"]}
    here = set(re.findall(r'"((?:table|ledger)-[a-z-]+)"', Path(__file__).read_text("utf-8")))
    assert written <= tried | here


@given(st.binary(max_size=200) | st.text('KontoDatumBelopp;,.-0123456789\n" ', max_size=200).map(str.encode))
def test_whatever_comes_is_read_to_an_end(content: bytes) -> None:
    ledger_table.columns(content)
    ledger_table.read(content)


@given(st.integers(-(10**12), 10**12))
def test_a_number_of_a_spreadsheet_is_its_ore(ore: int) -> None:
    assert ore_of(ore / 100, ",") == ore


def test_cells_are_called_as_a_spreadsheet_calls_them() -> None:
    assert [cell_name(17, column) for column in (0, 25, 26, 701, 702)] == ["A17", "Z17", "AA17", "ZZ17", "AAA17"]
