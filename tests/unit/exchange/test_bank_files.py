# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is read of the bank's files, and that each broken one is refused with the message it should give."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overens.exchange.iso20022 import camt, pain002, schema
from overens.rules.amounts import format_ore
from overens.rules.findings import Refused, wording

TESTS = Path(__file__).parents[2]
FILES = TESTS / "data" / "bank_files"
BROKEN = tomllib.loads((TESTS / "cases" / "bank_files.toml").read_text(encoding="utf-8"))["broken"]
ACCOUNT = "SE4550000000058398257466"


def content(name: str) -> bytes:
    return (FILES / f"{name}.xml").read_bytes()


def read(text: bytes) -> camt.Camt | pain002.StatusReport:
    message = schema.read(text, *camt.KINDS, *pain002.KINDS)
    return (pain002 if message.name.startswith("pain") else camt).from_message(message)


@pytest.mark.parametrize("each", BROKEN, ids=[each["file"] for each in BROKEN])
def test_a_broken_file_is_refused_with_its_line_and_what_to_do(each: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refusal:
        read(content(f"broken/{each['file']}"))
    (finding,) = refusal.value.findings
    assert (finding.code, finding.where and finding.where.line) == (each["finds"], each.get("line"))
    assert each["says"] in wording(finding, "sv")
    assert wording(finding, "en") not in (finding.code, wording(finding, "sv"))


def test_every_broken_file_has_its_message() -> None:
    assert {each["file"] for each in BROKEN} == {path.stem for path in (FILES / "broken").glob("*.xml")}


def test_everything_that_is_wrong_is_told_at_once() -> None:
    text = content("statement-02").replace(b'Ccy="SEK">400.50', b'Ccy="EUR">400.505')
    with pytest.raises(Refused) as refusal:
        camt.read(text)
    assert [finding.code for finding in refusal.value.findings] == ["bank-currency", "bank-decimals"]


def test_a_file_of_a_hundred_megabytes_is_not_even_parsed() -> None:
    text = content("statement-02")
    with pytest.raises(Refused, match="xml-too-large"):
        camt.read(text + b" " * (100 * schema.MIB))


@pytest.mark.parametrize("version", ["02", "08"])
def test_a_statement_says_the_same_in_both_versions(version: str) -> None:
    found = camt.read(content(f"statement-{version}"))
    assert found.kind == "camt.053"
    (statement,) = found.statements
    assert (statement.account, statement.opening, statement.closing) == (ACCOUNT, 100_000, 209_950)
    assert statement.pending == 1
    repaid, fee = statement.entries
    assert (repaid.reference, repaid.ore, repaid.booked_on) == ("B1", 150_000, dt.date(2020, 3, 31))
    (detail,) = repaid.details
    assert (detail.counterpart, detail.counterpart_id, detail.counterpart_account) == (
        "Region Gotland", "212000-0803", "5050-1055",
    )  # fmt: skip
    assert detail.message == "Återbetalning small/regioner/09"
    assert detail.end_to_end_id == ""
    assert (fee.ore, fee.details) == (-40_050, ())


def test_a_sum_is_split_into_its_payments_and_a_return_says_why() -> None:
    paid, returned, credited = camt.read(content("notification-02")).statements[0].entries
    assert [(each.reference, each.ore, each.end_to_end_id) for each in paid.details] == [
        ("P1", -100_000, "OV1"), ("D1#2", -50_000, "OV2"),
    ]  # fmt: skip
    assert (returned.details[0].return_reason, returned.details[0].return_text) == ("AC04", "Konto avslutat")
    assert credited.details[0].ocr == "101868"
    assert credited.details[0].return_reason == ""


@pytest.mark.parametrize("version", ["03", "12"])
def test_an_answer_says_of_each_payment_what_became_of_it(version: str) -> None:
    found = pain002.read(content(f"answer-{version}"))
    assert found.original == "OV-1-1"
    said = [(each.end_to_end_id, each.status, each.reason, each.text) for each in found.answers]
    assert said == [
        ("", "PART", "", ""),
        ("OV1", "RJCT", "AC04", "Konto avslutat"),
        ("OV2", "ACSP", "", ""),
        ("OV3", "RJCT", "MS03", ""),
    ]


@given(st.integers(0, 10**15), st.integers(0, 3))
def test_an_amount_is_read_as_the_ore_that_it_is(ore: int, zeros: int) -> None:
    written = f"{ore // 100}.{ore % 100:02d}{'0' * zeros}"
    assert camt.ore(written) == ore
    assert camt.ore(written + "1") is None
    assert camt.kronor_text(ore) == f"{ore // 100},{ore % 100:02d}"
    assert format_ore(ore).replace("\u00a0", "").removesuffix("kr") in (
        f"{ore // 100},{ore % 100:02d}", f"{ore // 100}",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("written", "ore"), [("1", 100), ("1.5", 150), ("0.01", 1), ("+2.10", 210), (".5", 50), ("1.005", None)]
)
def test_amounts_as_the_schema_lets_them_be_written(written: str, ore: int | None) -> None:
    assert camt.ore(written) == ore
