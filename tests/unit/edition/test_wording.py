# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Values in words (tests/cases/edition/wording.toml), and where a sentence begins."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overens.rules.edition import numerals, reading, wording
from overens.rules.edition.inlines import Writer, begins
from overens.rules.edition.markup import read
from overens.rules.edition.pieces import Text
from overens.rules.edition.values import Value
from overens.rules.edition.wording import Manner
from overens.rules.findings import Refused
from overens.rules.findings import wording as words_of

CASES = tomllib.loads((Path(__file__).parents[2] / "cases/edition/wording.toml").read_text(encoding="utf-8"))
NAMES = {"03": "Region Uppsala", "04": "Landstinget Sörmland", "09": "Region Gotland"}
RULES = {"flertalet": "2/3", "majoritet": ">1/2"}


@pytest.mark.parametrize("case", CASES["value"], ids=lambda case: case["rule"])
def test_a_value_is_worded(case: dict[str, Any]) -> None:
    value = Value(
        key="count/x", title="Något", number=case.get("number"), text=case.get("text", ""), exact=case.get("exact", ""),
        unit=case.get("unit", "regions"), of=case.get("of", 21), regions=tuple(case.get("regions", ())),
        status=case.get("status", "number"),
    )  # fmt: skip
    manner = Manner(case.get("language", "sv"), case.get("called", "landsting"), case.get("settings", RULES), NAMES)
    if "refused" in case:
        with pytest.raises(Refused) as refused:
            wording.worded(value, case.get("as", ""), manner)
        assert [each.code for each in refused.value.findings] == [case["refused"]]
        assert words_of(refused.value.findings[0])
        return
    assert wording.worded(value, case.get("as", ""), manner).replace("\u00a0", " ") == case["says"]


@given(st.integers(0, numerals.LARGEST_WORD), st.sampled_from(["sv", "en"]), st.booleans())
def test_a_number_in_words_is_read_back(number: int, language: str, neuter: bool) -> None:
    assert numerals.words(language)[numerals.in_words(number, language, neuter=neuter)] == number


@given(st.integers(-(10**15), 10**15), st.sampled_from(["sv", "en"]))
def test_digits_are_read_back(number: int, language: str) -> None:
    shown = numerals.in_digits(number, language)
    assert int(shown.replace("\u2212", "-").replace("\u00a0", "").replace(",", "")) == number


@given(st.decimals(-(10**9), 10**9, places=2))
def test_a_decimal_keeps_its_decimals(number: Decimal) -> None:
    shown = numerals.decimal(number, "sv").replace("\u2212", "-").replace("\u00a0", "").replace(",", ".")
    assert Decimal(shown) == number


@given(st.integers(0, 30), st.integers(1, 30))
def test_all_and_most_are_only_said_where_they_hold(number: int, of: int) -> None:
    value = Value(key="count/x", title="x", number=min(number, of), of=of, unit="regions")
    for form, holds in (
        ("all", number >= of),
        ("most", min(number, of) * 3 >= of * 2),
        ("majority", min(number, of) * 2 > of),
    ):
        try:
            wording.worded(value, form, Manner(settings=RULES))
        except Refused:
            assert not holds
        else:
            assert holds


@pytest.mark.parametrize(
    ("before", "starts"),
    [
        ("Så är det. ", True), ("Är det så? ", True), ("Så är det.", False), ("Till exempel ", False),
        ("bl.a. ", False), ("jfr s. ", False), ("Det sade de.” ", True), ("Så (se ", False), ("Ja! ”", True),
        ("Ja! – ", True),
    ],
)  # fmt: skip
def test_where_a_sentence_begins(before: str, starts: bool) -> None:
    assert begins(before, False) is starts


def test_a_value_first_in_a_sentence_has_a_capital() -> None:
    value = Value(key="count/x", title="x", number=11, of=21, unit="regions")
    writer = Writer(lambda question: value, Manner(called="landsting"))
    (part,) = read(
        "{{ count x }} gör. {{ count x }} gör, t.ex. {{ count x }}^[{{ count x }} gör.] och {{ count x }}."
    ).parts
    assert isinstance(part, Text)
    inlines = writer.write(part.pieces)
    assert reading.plain(inlines) == "Elva gör. Elva gör, t.ex. elva och elva."
    assert writer.bound == {"count/x": "11"}
