# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A payment reference comes back as the number it was made of, and what is typed wrong is no reference."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from overens.rules import ocr

numbers = st.integers(1, 10 ** (ocr.LONGEST - 2) - 1)


@given(numbers)
def test_reading_what_was_written_gives_the_number_back(number: int) -> None:
    assert ocr.number_of(ocr.make(number)) == number


@given(numbers, st.data())
def test_spaces_change_nothing(number: int, data: st.DataObject) -> None:
    written = ocr.make(number)
    at = data.draw(st.integers(0, len(written)))
    assert ocr.number_of(f" {written[:at]}  {written[at:]}\u00a0") == number


@given(numbers, st.data())
def test_one_digit_typed_wrong_is_found(number: int, data: st.DataObject) -> None:
    written = ocr.make(number)
    at = data.draw(st.integers(0, len(written) - 1))
    wrong = data.draw(st.sampled_from("0123456789"))
    assume(wrong != written[at])
    assert ocr.number_of(written[:at] + wrong + written[at + 1 :]) is None


@given(numbers, st.data())
def test_two_neighbours_exchanged_are_found_but_for_09_and_90(number: int, data: st.DataObject) -> None:
    written = ocr.make(number)
    at = data.draw(st.integers(0, len(written) - 2))
    pair = written[at : at + 2]
    assume(pair[0] != pair[1] and pair not in ("09", "90"))
    assert ocr.number_of(written[:at] + pair[::-1] + written[at + 2 :]) is None


@given(numbers, st.data())
def test_a_digit_too_few_at_the_front_is_found(number: int, data: st.DataObject) -> None:
    """Where Luhn alone would let a leading digit be lost with its share of the sum, the length digit does not."""
    assert ocr.number_of(ocr.make(number)[1:]) is None


@pytest.mark.parametrize(
    ("number", "written"),
    [(1, "133"), (1018, "101865"), (12345678, "1234567806")],
)
def test_the_layout_worked_by_hand(number: int, written: str) -> None:
    assert ocr.make(number) == written


@pytest.mark.parametrize("text", ["", "2019/regioner/10", "OCR 101865", "101 865x", "٣٣", "000", "0133", "1" * 40])
def test_what_is_no_reference_is_none(text: str) -> None:
    assert ocr.number_of(text) is None


@pytest.mark.parametrize("number", [0, -1, 10**23])
def test_no_reference_is_made_of_what_does_not_fit(number: int) -> None:
    with pytest.raises(ValueError, match="no reference"):
        ocr.make(number)
