# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Controlled rounding against every matrix there is."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from math import ceil, floor

from hypothesis import example, given
from hypothesis import strategies as st

from overens.rules.rounding import Column, controlled, largest_remainder, share_out, summed

Cells = dict[tuple[str, str], int]


@st.composite
def pots(draw: st.DrawFn) -> dict[str, Column]:
    """At most ten cells; recipients may be missing from a pot, and weights have decimals."""
    recipients, width = draw(st.sampled_from([(1, 1), (2, 2), (5, 2), (3, 3), (2, 4), (9, 1)]))
    weight = st.one_of(st.integers(0, 9), st.fractions(0, 9, max_denominator=7))
    members = st.lists(st.integers(0, recipients - 1), min_size=1, max_size=recipients, unique=True)
    columns = {}
    for j in range(width):
        weights = {f"{i:02}": draw(weight) for i in draw(members)}
        if any(weights.values()):
            columns[f"pot{j}"] = share_out(draw(st.integers(0, 30)), weights)
    return columns or {"pot0": share_out(1, {"00": 1})}


def best_of_all(columns: Mapping[str, Column]) -> Cells:
    """The matrix that the definition picks, by looking at all that round each cell up or down."""
    codes = sorted({code for column in columns.values() for code in column.numerators})
    exact = {(code, pot): columns[pot].exact(code) for code in codes for pot in columns}
    row_sums = {code: sum(exact[code, pot] for pot in columns) for code in codes}
    allowed = []
    for rounded in product(
        *([floor(share)] if share.denominator == 1 else [floor(share), ceil(share)] for share in exact.values())
    ):
        cells = dict(zip(exact, rounded, strict=True))
        rows = {code: sum(cells[code, pot] for pot in columns) for code in codes}
        columns_add_up = all(sum(cells[code, pot] for code in codes) == columns[pot].total for pot in columns)
        if columns_add_up and all(floor(row_sums[code]) <= rows[code] <= ceil(row_sums[code]) for code in codes):
            criteria = (
                sum(abs(rows[code] - row_sums[code]) for code in codes),
                [-kronor for kronor in rows.values()],
                sum(abs(kronor - exact[cell]) for cell, kronor in cells.items()),
                [-kronor for kronor in rounded],
            )
            allowed.append((criteria, cells))
    return min(allowed, key=lambda choice: choice[0])[1]


# A recipient that has changed places once changes again, the other way.
TWICE = {
    "a": share_out(1, {"00": 5, "01": 9, "02": 7, "03": 7, "04": 9}),
    "b": share_out(2, {"00": 6, "01": 4, "02": 7, "03": 6, "04": 5}),
}
# The exact sums of 01 and 03 are both a half: the code decides, though the cells would come nearer with 03.
TIE = {"a": share_out(1, {"01": 1, "03": 2, "04": 1}), "b": share_out(1, {"01": 1, "04": 3})}


@given(columns=pots())
@example(columns=TWICE)
@example(columns=TIE)
def test_the_cells_are_those_that_the_definition_picks_among_all(columns: dict[str, Column]) -> None:
    best = best_of_all(columns)
    for pot, kronor in controlled(columns).items():
        assert kronor == {code: best[code, pot] for code in kronor}


@given(columns=pots())
def test_one_pot_by_itself_is_rounded_by_largest_remainder(columns: dict[str, Column]) -> None:
    for pot, column in columns.items():
        assert controlled({pot: column})[pot] == largest_remainder(column)


def test_row_totals_are_by_largest_remainder_where_that_can_be_met() -> None:
    columns = {
        "a": share_out(2_835_000_001, {f"{i:04}": 100 + i * i for i in range(311)}),
        "b": share_out(400_000_003, {f"{i:04}": 7 + 3 * i for i in range(311)}),
        "c": share_out(99_999_999, {f"{i:04}": 1 + i % 17 for i in range(311)}),
        "d": share_out(50_000_000, {f"{i:04}": 5 for i in range(311)}),
    }
    kronor = controlled(columns)
    totals = largest_remainder(summed(columns))
    assert {code: sum(column[code] for column in kronor.values()) for code in totals} == totals
    for pot, column in columns.items():
        assert sum(kronor[pot].values()) == column.total
        assert all(
            floor(column.exact(code)) <= amount <= ceil(column.exact(code)) for code, amount in kronor[pot].items()
        )


def test_where_largest_remainder_leaves_a_pot_without_takers_the_nearest_row_totals_are_taken() -> None:
    columns = {
        "a": share_out(1, {"01": 4, "03": 3, "04": 3}),
        "b": share_out(1, {"05": 1, "06": 1}),
    }
    assert largest_remainder(summed(columns)) == {"01": 0, "03": 0, "04": 0, "05": 1, "06": 1}
    assert controlled(columns) == {"a": {"01": 1, "03": 0, "04": 0}, "b": {"05": 1, "06": 0}}
