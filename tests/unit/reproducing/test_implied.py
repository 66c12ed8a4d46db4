# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The whole numbers that amounts imply: recovered where the amounts are fine enough, and never claimed where not."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from overens.rules import reading
from overens.rules.reproducing import names
from overens.rules.reproducing.implied import implied
from overens.rules.reproducing.roundings import rounded
from overens.rules.reproducing.table import Column, read
from overens.rules.rounding import share_out
from overens.rules.series import shipped

DATA = Path(__file__).parents[2] / "data"


def weights_of(amount: int, weights: dict[str, int], way: str = "half-up") -> tuple[Column, int]:
    values = rounded(share_out(amount, weights), way)
    assert values is not None
    return Column("kronor", 1, values), amount


@given(st.lists(st.integers(1, 400), min_size=15, max_size=21), st.sampled_from(["half-up", "rest-on-largest"]))
@settings(max_examples=20)
def test_points_are_recovered_up_to_a_common_factor(points: list[int], way: str) -> None:
    weights = {f"{at:02}": point for at, point in enumerate(points)}
    found = implied([weights_of(500_000_000, weights, way)], largest=20_000)
    assert found is not None
    assert found.sure
    assert {code: weight.only for code, weight in found.weights.items() if code not in found.off}
    for code, weight in found.weights.items():
        assert weight.low * sum(points) == weights[code] * found.total


@given(st.lists(st.integers(10**6, 10**8), min_size=21, max_size=21, unique=True))
@settings(max_examples=20)
def test_amounts_that_are_no_shares_of_whole_numbers_imply_nothing(amounts: list[int]) -> None:
    column = Column("kronor", 1, {f"{at:02}": amount for at, amount in enumerate(amounts)})
    assert implied([(column, column.sum)], largest=100_000) is None


def test_the_population_of_2016_is_recovered_from_two_columns() -> None:
    table, _ = read((DATA / "allocation_2017_2018.csv").read_text("utf-8"), names.levels())
    assert table is not None
    found = implied([(column, column.sum) for column in table.columns])
    assert found is not None
    assert (found.total, found.off, found.sure) == (9_967_637, ("01",), True)
    known = shipped()["recovered-2016"].persons
    assert {code: weight.only for code, weight in found.weights.items()} == {c: known[c] for c in known if c != "00"}
    assert found.by_chance < 1e-20


def test_the_population_behind_the_payment_of_2023_adds_up_to_the_total_that_was_found() -> None:
    annex = reading.shipped("2023-cancervard").annex
    assert annex is not None
    column = Column("kronor", 1, {row.code: row.amounts["svf-2"] for row in annex.rows})
    found = implied([(column, 182_500_000)])
    assert found is not None
    assert (found.total, found.off, found.adds_up) == (10_554_692, (), True)


def test_whole_millions_imply_nothing() -> None:
    annex = reading.shipped("2024-regionerna").annex
    assert annex is not None
    column = Column("kronor", 1, {row.code: row.amounts["samlat"] for row in annex.rows})
    assert implied([(column, column.sum)]) is None
