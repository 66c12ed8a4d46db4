# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overens.rules.amounts import LARGEST, AmountError, format_amount, parse_amount


@given(st.integers(0, LARGEST))
def test_what_is_written_is_read_again(kronor):
    assert parse_amount(format_amount(kronor)) == kronor


@given(
    st.integers(0, LARGEST),
    st.sampled_from([" ", "\u00a0", "\u2009", "\u202f"]),
    st.sampled_from(["", " kr", " kronor", " SEK"]),
)
def test_thousands_may_be_parted_by_any_blank(kronor, blank, unit):
    assert parse_amount(f"{kronor:,}".replace(",", blank) + unit) == kronor


@given(st.integers(1_000, LARGEST), st.data())
def test_a_blank_in_another_place_is_never_read_silently(kronor, data):
    digits = str(kronor)
    place = data.draw(st.integers(1, len(digits) - 1))
    raw = f"{digits[:place]} {digits[place:]}"
    if place <= 3 and len(digits) - place == 3:
        assert parse_amount(raw) == kronor
    else:
        with pytest.raises(AmountError) as problem:
            parse_amount(raw)
        assert (problem.value.code, problem.value.possible) == ("amount-grouping", kronor)


@pytest.mark.parametrize(
    ("raw", "code", "possible"),
    [
        ("544 99 160", "amount-grouping", 54_499_160),
        ("617.098.208", "amount-grouping", 617_098_208),
        ("1  000", "amount-grouping", 1_000),
        ("-5 kr", "amount-negative", None),
        ("\u22125 kr", "amount-negative", None),
        (-5, "amount-negative", None),
        ("12,50 kr", "amount-not-integer", None),
        ("12,-", "amount-not-integer", None),
        ("", "amount-unreadable", None),
        ("kr", "amount-unreadable", None),
        ("3 235 miljoner kronor", "amount-unreadable", None),
        ("٣", "amount-unreadable", None),
        ("9" * 10_000, "amount-unreadable", None),
        (LARGEST + 1, "amount-too-large", None),
    ],
)
def test_what_is_no_whole_amount_is_refused(raw, code, possible):
    with pytest.raises(AmountError) as problem:
        parse_amount(raw)
    assert (problem.value.code, problem.value.possible) == (code, possible)


def test_an_amount_is_written_with_no_break_spaces_and_a_true_minus():
    assert format_amount(-2_835_000_000) == "\u22122\u00a0835\u00a0000\u00a0000\u00a0kr"
