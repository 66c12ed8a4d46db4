# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What holds of the keys, before anything is rounded: money is conserved, bounds hold, nobody is paid for nothing."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from overens.rules.keys import earned, multiplied, shared

codes = st.sampled_from(["01", "03", "04", "05", "06"])
weights = st.dictionaries(codes, st.integers(0, 10_000), min_size=1).filter(lambda given: any(given.values()))
amounts = st.integers(0, 10**9)
bounds = st.dictionaries(codes, st.integers(0, 10**9))


@given(amounts, weights, bounds, bounds)
def test_bounded_shares_add_up_and_keep_their_bounds(
    amount: int, weights: dict[str, int], least: dict[str, int], most: dict[str, int]
) -> None:
    try:
        column = shared(amount, weights, least=least, most=most)
    except ValueError:
        assume(False)
    assert column.total == amount
    for code in weights:
        assert least.get(code, 0) <= column.exact(code)
        assert code not in most or column.exact(code) <= most[code]


@given(amounts, weights, bounds, bounds)
def test_whom_no_bound_holds_are_still_in_proportion(
    amount: int, weights: dict[str, int], least: dict[str, int], most: dict[str, int]
) -> None:
    try:
        column = shared(amount, weights, least=least, most=most)
    except ValueError:
        assume(False)
    free = [
        code
        for code in weights
        if weights[code] and least.get(code, 0) < column.exact(code) < most.get(code, amount + 1)
    ]
    assert len({column.exact(code) / weights[code] for code in free}) <= 1


@given(amounts, weights, st.integers(0, 10**9))
def test_a_cap_that_is_below_the_pot_is_refused(amount: int, weights: dict[str, int], cap: int) -> None:
    most = dict.fromkeys(weights, cap)
    if cap * len(weights) < amount:
        with pytest.raises(ValueError, match="bounds"):
            shared(amount, weights, most=most)


def test_least_sums_that_eat_into_the_fixed_sum_of_others_are_refused() -> None:
    with pytest.raises(ValueError, match="bounds"):
        shared(100, {"01": 3, "03": 1, "04": 1}, fixed=10, least={"04": 85})


def test_who_has_no_weight_keeps_the_fixed_sum_when_bounds_hold_all_others() -> None:
    column = shared(100, {"01": 1, "03": 0}, fixed=10, most={"01": 90})
    assert [column.exact(code) for code in ("01", "03")] == [90, 10]


@given(amounts, weights, st.integers(0, 10**8), bounds, bounds)
def test_nobody_gets_less_than_the_fixed_sum_but_by_a_cap(
    amount: int, weights: dict[str, int], fixed: int, least: dict[str, int], most: dict[str, int]
) -> None:
    try:
        column = shared(amount, weights, fixed, least, most)
    except ValueError:
        assume(False)
    assert column.total == amount
    assert all(column.exact(code) >= min(fixed, most.get(code, fixed)) for code in weights)


@given(amounts, st.dictionaries(codes, st.integers(0, 1000), min_size=1), st.integers(0, 10**5), bounds, bounds)
def test_what_is_earned_is_within_the_pot_and_the_ceilings(
    amount: int, results: dict[str, int], price: int, above: dict[str, int], most: dict[str, int]
) -> None:
    column = earned(amount, results, price, above, most)
    assert column.total <= amount
    for code, result in results.items():
        assert column.exact(code) <= max(result - above.get(code, 0), 0) * price
        assert code not in most or column.exact(code) <= most[code]


@given(st.dictionaries(codes, st.integers(0, 1000), min_size=1), st.integers(1, 10**5))
def test_a_pot_large_enough_pays_each_result_its_price(results: dict[str, int], price: int) -> None:
    column = earned(10**12, results, price)
    assert all(column.exact(code) == result * price for code, result in results.items())


def test_half_results_are_paid_half_up() -> None:
    assert earned(1000, {"01": Fraction(5, 2)}, 3).exact("01") == 8


def test_a_figure_counts_a_weight_as_many_times() -> None:
    assert multiplied({"01": 10, "03": 20}, {"01": 9, "03": 0}) == {"01": 90, "03": 0}
