# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overens.rules.edition.tables import SEXES, TERMS, YEAR_COLUMNS, Marks, letter, sex_parts, spans

PLACES = st.tuples(st.sampled_from((*TERMS, "")), st.sampled_from((*SEXES, "")))


@given(st.dictionaries(PLACES, st.integers(0, 10_000)))
def test_the_cells_of_a_year_fill_its_columns_and_lose_no_figure(parts: dict[tuple[str, str], int]) -> None:
    found = spans(parts)
    assert sum(each.columns for each in found) == YEAR_COLUMNS
    assert sum(sum(each.numbers.values()) for each in found) == sum(parts.values())


@given(st.dictionaries(PLACES, st.integers(0, 10_000)))
def test_a_cell_of_one_column_is_of_one_term_and_sex(parts: dict[tuple[str, str], int]) -> None:
    for each in spans(parts):
        assert (each.columns == 1) == (set(each.at) == {"term", "sex"})
        if each.columns == 1:
            assert each.numbers == {each.sex: parts[each.term, each.sex]}


@pytest.mark.parametrize(
    ("parts", "columns", "numbers"),
    [
        ({}, [4], [{}]),
        ({("", ""): 375}, [4], [{"": 375}]),
        ({("", "women"): 115, ("", "men"): 16}, [4], [{"women": 115, "men": 16}]),
        ({("vt", ""): 12, ("ht", ""): 70}, [2, 2], [{"": 12}, {"": 70}]),
        ({("ht", "women"): 26, ("ht", "men"): 5}, [2, 1, 1], [{}, {"women": 26}, {"men": 5}]),
        ({("vt", "women"): 3}, [2, 2], [{"women": 3}, {}]),
    ],
)
def test_as_the_print_has_them(
    parts: dict[tuple[str, str], int], columns: list[int], numbers: list[dict[str, int]]
) -> None:
    found = spans(parts)
    assert [each.columns for each in found] == columns
    assert [each.numbers for each in found] == numbers


def test_a_cell_over_both_sexes_says_each_where_they_are_known() -> None:
    (both,) = spans({("", "women"): 115, ("", "men"): 16})
    (neither,) = spans({("", ""): 36})
    assert sex_parts(both) == [("women", 115), ("men", 16)]
    assert sex_parts(neither) == []


def test_marks_are_letters_in_the_order_of_need_and_each_text_has_one() -> None:
    marks = Marks([])
    assert [marks.of(text) for text in ("x", "y", "x")] == ["a", "b", "a"]
    assert [(each.mark, each.text) for each in marks.notes()] == [("a", "x"), ("b", "y")]
    assert [letter(at) for at in (25, 26, 27)] == ["z", "aa", "ab"]
