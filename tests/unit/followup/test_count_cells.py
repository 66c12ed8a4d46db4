# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Counts as they are typed: what is read, what is refused, and that parts always come to their totals."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overens.rules.amounts import group_digits
from overens.rules.findings import error, wording
from overens.rules.followup import count_cells
from overens.rules.followup.count_cells import Cell, CountError, Grid

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "followup" / "counts.toml").read_text(encoding="utf-8"))
GRID = Grid((2018, 2019), ("vt", "ht"), ("women", "men"), ("barn", "medicin"))
ALL = list(GRID.cells())


@pytest.mark.parametrize("case", CASES["cell"], ids=lambda case: case["typed"][:20])
def test_what_is_typed_in_a_cell(case: dict[str, Any]) -> None:
    if "is" in case:
        assert count_cells.parse_number(case["typed"]) == case["is"]
        return
    with pytest.raises(CountError) as refused:
        count_cells.parse_number(case["typed"])
    assert refused.value.code == case["refused"]
    said = wording(error(refused.value.code, raw=refused.value.raw, most=count_cells.LARGEST))
    assert case.get("says", "") in said


@pytest.mark.parametrize("case", CASES["sum"], ids=lambda case: case["name"])
def test_what_a_year_comes_to(case: dict[str, Any]) -> None:
    assert count_cells.year_total(GRID, case["content"], 2019) == (case.get("comes_to"), case["whole"])


@given(st.integers(0, count_cells.LARGEST))
def test_a_number_is_read_as_it_is_written(number: int) -> None:
    assert count_cells.parse_number(group_digits(number)) == number
    assert count_cells.parse_number(str(number)) == number


@given(st.sampled_from(ALL))
def test_a_cell_is_named_by_what_it_is(cell: Cell) -> None:
    assert count_cells.parse_cell(str(cell)) == cell


@pytest.mark.parametrize("name", ["", "2019", "2019.vt.women", "2019.xx..", "19.vt..", "2019.vt.other.", "split"])
def test_other_names_are_no_cells(name: str) -> None:
    with pytest.raises(ValueError):
        count_cells.parse_cell(name)


leaves = [cell for cell in ALL if cell.year == 2019 and cell.term and cell.sex and not cell.speciality]
by_speciality = [cell for cell in ALL if cell.year == 2019 and cell.term and cell.sex and cell.speciality]


@given(st.fixed_dictionaries({cell: st.integers(0, 1000) for cell in leaves}))
def test_the_parts_are_the_total_however_they_are_added(numbers: dict[Cell, int]) -> None:
    whole = sum(numbers.values())
    assert count_cells.total(GRID, numbers, Cell(2019)) == (whole, True)
    for axis, options in (("term", GRID.terms), ("sex", GRID.sexes)):
        parts = [count_cells.total(GRID, numbers, Cell(2019)._replace(**{axis: each})).number for each in options]
        assert sum(part or 0 for part in parts) == whole


@given(st.fixed_dictionaries({cell: st.integers(0, 1000) for cell in by_speciality}))
def test_specialities_are_the_total_too(numbers: dict[Cell, int]) -> None:
    assert count_cells.total(GRID, numbers, Cell(2019)) == (sum(numbers.values()), True)


@given(st.dictionaries(st.sampled_from([c for c in ALL if not c.speciality]), st.integers(0, 1000)))
def test_a_total_that_is_whole_is_never_less_than_nothing_and_a_given_total_is_never_lost(
    numbers: dict[Cell, int],
) -> None:
    for year in GRID.years:
        found = count_cells.total(GRID, numbers, Cell(year))
        assert (found.number is None) == all(cell.year != year for cell in numbers)
        assert not found.whole or found.number is not None
        if Cell(year) in numbers:
            assert found.whole


@given(st.dictionaries(st.sampled_from(list(map(str, ALL))), st.integers(0, 1000).map(str)))
def test_where_no_total_differs_parts_and_totals_agree(content: dict[str, str]) -> None:
    if list(count_cells.differences(GRID, content)):
        return
    for cell, given_number in count_cells.numbers(content).items():
        found = count_cells.total(GRID, count_cells.numbers(content), cell)
        if not cell.speciality:
            assert found.number == given_number


def test_what_was_not_asked_is_refused_at_its_field() -> None:
    content = {"2019.vt.women.": "1", "2017.vt..": "1", "split": "both", "2017.vt..#why": "x", "2019.vt.men.": "x"}
    assert {(f.code, f.where.key) for f in count_cells.malformed(GRID, content) if f.where} == {
        ("count-cell-unknown", "2017.vt.."),
        ("count-cell-unknown", "2017.vt..#why"),
        ("choice-unknown", "split"),
        ("count-unreadable", "2019.vt.men."),
    }


def test_only_totals_are_kept_where_only_totals_are_given() -> None:
    content = {"split": "total", "2019.vt.women.": "1", "2019.vt..": "2", "2019.vt..#why": "x", "2019.vt.men.#why": "y"}
    assert count_cells.only_totals(content) == {"split": "total", "2019.vt..": "2", "2019.vt..#why": "x"}
