# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is written as SIE is read the same again; what is read becomes the rows that stand."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from overens.demo import ledgers
from overens.exchange import sie
from overens.exchange.ore import ore_text, parse_ore
from overens.exchange.sie.fields import field, is_writable
from overens.exchange.sie.model import Account, Balance, Dimension, Row, SieFile, Voucher
from overens.rules.findings import Refused

WHOLE = (Path(__file__).parents[2] / "cases" / "sie" / "whole.se").read_text(encoding="utf-8").encode("cp437")

CP437 = bytes(range(32, 127)).decode() + bytes(range(128, 256)).decode("cp437")
# Those that people write. Greek letters or frames alone would be taken for the Swedish of another alphabet.
LATIN = CP437[: CP437.index("º")]
texts = st.text(LATIN, max_size=12).filter(is_writable)
codes = st.text("0123456789ABCÅÄÖabc", min_size=1, max_size=6)
ores = st.integers(-(10**17) + 1, 10**17 - 1)
days = st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31))
quantities = st.sampled_from(["", "1", "-2.5", "100.125"])
object_lists = st.lists(st.tuples(codes, codes), max_size=3, unique_by=lambda pair: pair[0]).map(tuple)
rows = st.builds(
    Row, codes, ores, object_lists, st.none() | days, texts, quantities, texts,
    st.sampled_from(["TRANS", "RTRANS", "BTRANS"]),
)  # fmt: skip
vouchers = st.builds(Voucher, texts, texts, days, texts, st.none() | days, texts, st.lists(rows, max_size=5))
periods = st.tuples(days, days).map(lambda pair: (min(pair), max(pair)))


def balance(labels: list[str], objects: Any, period: str) -> st.SearchStrategy[Balance]:
    return st.builds(
        Balance, st.sampled_from(labels), st.integers(-5, 0), codes, ores, objects, st.just(period), quantities
    )


balances = st.one_of(
    balance(["IB", "UB", "RES"], st.just(()), ""),
    balance(["OIB", "OUB"], object_lists, ""),
    balance(["PSALDO", "PBUDGET"], object_lists, "201903"),
)
accounts = st.dictionaries(codes, st.builds(Account, texts, st.sampled_from("TSKI"), texts, st.just(("7201", "7202"))))
heads: dict[str, Any] = dict.fromkeys(
    ("generated_by", "comment", "legal_form", "company_id", "company", "orgnr", "industry", "tax_year", "chart"), texts
)


def same_again(file: SieFile) -> None:
    assert sie.read(sie.write(file)) == file


@given(
    st.builds(
        SieFile, type=st.just("4I"), flag=st.sampled_from("01"), program=st.tuples(texts, texts),
        generated=st.none() | days, address=st.lists(texts.filter(bool), max_size=4).map(tuple), accounts=accounts,
        dimensions=st.dictionaries(codes, st.builds(Dimension, texts, st.just("") | codes)),
        objects=st.dictionaries(st.tuples(codes, codes), texts), vouchers=st.lists(vouchers, max_size=4), **heads,
    )
)  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_an_import_file_is_read_as_it_was_written(file: SieFile) -> None:
    same_again(file)


@given(
    st.builds(
        SieFile, type=st.just("4E"), years=st.dictionaries(st.integers(-5, 0), periods, min_size=1),
        covers_until=st.none() | days, currency=st.just("SEK"), balances=st.lists(balances, max_size=6),
        vouchers=st.lists(vouchers, max_size=2),
    )
)  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_an_export_of_a_year_is_read_as_it_was_written(file: SieFile) -> None:
    same_again(file)


@pytest.mark.parametrize("type", ["1", "2", "3"])
@given(kept=st.lists(balances, max_size=6))
@settings(max_examples=15, deadline=None)
def test_so_are_balances(type: str, kept: list[Balance]) -> None:
    same_again(SieFile(type=type, balances=kept, vouchers=[]))


@given(st.text(max_size=8) | st.text(LATIN + "–”€", max_size=8))
@example("tank–streck")
@example('C:\\"')
@example("slutar\\")
@example("två\nrader")
def test_a_text_is_written_as_it_is_or_refused(text: str) -> None:
    file = SieFile(type="4I", company=text, vouchers=[Voucher("A", "1", dt.date(2019, 1, 1))])
    if fits(text):
        assert f"#FNAMN {field(text)}\r\n" in sie.write(file).decode("cp437") or not text
    else:
        with pytest.raises(Refused) as refusal:
            sie.write(file)
        assert [(f.code, f.values["text"]) for f in refusal.value.findings] == [("sie-unencodable", text)]


def fits(text: str) -> bool:
    """Said once more, by the letters: those of CP437 that can be seen, and no backslash that closes in vain."""
    return set(text) <= set(CP437) and '\\"' not in text and not text.endswith("\\")


def test_the_example_is_read_whole() -> None:
    file = sie.read(WHOLE)
    assert file.findings == ()
    assert (file.type, file.company, file.orgnr) == ("4E", "Region Västergötland", "232100-0016")
    assert file.accounts["5110"] == Account("Hyrd personal", "", "h", ("7513",))
    assert file.dimensions["21"] == Dimension("Delprojekt", "6")
    first, second = file.vouchers
    assert (first.id, first.registered, first.sign) == ("A 1", dt.date(2019, 2, 1), "EKO")
    assert first.rows[0] == Row(
        "4011", 100050, (("1", "10100"), ("6", "P2019")), dt.date(2019, 1, 31), "Lön", "8.5", "EKO"
    )
    assert second.text == 'Faktura "Hyr AB"'
    assert [row.kind for row in second.rows] == ["BTRANS", "RTRANS", "TRANS"]


def test_struck_rows_are_left_out_and_added_rows_counted_once() -> None:
    ledger = sie.ledger(sie.read(WHOLE))
    assert [(e.voucher, e.account, e.ore, e.text) for e in ledger.entries] == [
        ("A 1", "4011", 100050, "Lön"),
        ("A 1", "1930", -100050, "Lön januari"),
        ("L 7", "5110", 25000, 'Faktura "Hyr AB"'),
        ("L 7", "1930", -25000, 'Faktura "Hyr AB"'),
    ]
    assert ledger.entries[2].objects == {"6": "P2019"}
    assert ledger.entries[0].date == dt.date(2019, 1, 31)
    assert ledger.objects["6", "P2019"] == "ÖK 2019"
    assert (ledger.first_day, ledger.last_day) == (dt.date(2019, 1, 1), dt.date(2019, 12, 31))


def test_a_stream_says_the_same_as_the_whole_file() -> None:
    whole, stream = sie.read(WHOLE), sie.stream(WHOLE)
    assert sie.ledger(stream) == sie.ledger(whole)
    assert list(stream.vouchers) == []


@given(st.binary(max_size=300) | st.lists(st.sampled_from(WHOLE.splitlines()), max_size=30).map(b"\r\n".join))
def test_whatever_comes_is_read_to_an_end(content: bytes) -> None:
    file = sie.read(content)
    sie.ledger(file)


@given(ores)
def test_ore_as_text_is_read_again(ore: int) -> None:
    assert parse_ore(ore_text(ore), ".") == ore
    assert parse_ore(ore_text(ore).replace(".", ","), ",") == ore


@pytest.mark.parametrize(
    ("raw", "decimal", "ore"),
    [("1 234,50", ",", 123450), ("1\u00a0234\u00a0567", ",", 123456700), ("12,5-", ",", -1250), ("\u22127", ".", -700),
     ("+3.1", ".", 310), ("100.000", ".", 10000), ("1'234.5", ".", 123450)],
)  # fmt: skip
def test_sums_as_systems_write_them(raw: str, decimal: Any, ore: int) -> None:
    assert parse_ore(raw, decimal) == ore


@pytest.mark.parametrize(
    "raw", ["", "-", "1.005", "1 23", "12 34.00", "1,2,3", "-5-", "1e5", "٣", "1" * 16, "9" * 5000]
)
def test_what_can_be_read_in_two_ways_is_refused(raw: str) -> None:
    with pytest.raises(ValueError):
        parse_ore(raw, ".")


def test_made_up_books_are_the_same_each_time_and_have_no_fault() -> None:
    content = sie.write(ledgers.books(500))
    assert content == sie.write(ledgers.books(500))
    file = sie.read(content)
    assert file.findings == ()
    assert 500 <= sum(len(voucher.rows) for voucher in file.vouchers) <= 520
