# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is drawn: nine tenths of it between low and high, the same in every scenario."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from overens.planning.supply.drawing import central, drawn, quantile, uniform
from overens.planning.supply.scenario import Parameter, Shape

# As those that are drawn, and the ends.
chances = st.floats(2**-54, 1 - 2**-53) | st.sampled_from((0.0, 1.0))
shares = st.lists(st.integers(1, 999), min_size=3, max_size=3, unique=True).map(sorted)
SHAPES: tuple[Shape, ...] = ("normal", "log-normal", "beta", "triangular", "uniform")


def parameter(shape: Shape, thousandths: list[int], id: str = "x") -> Parameter:
    low, value, high = (Decimal(each) / 1000 for each in thousandths)
    return Parameter(id=id, value=value, low=low, high=high, shape=shape)


@given(st.sampled_from(SHAPES), shares)
def test_nine_tenths_lie_between_low_and_high(shape, thousandths):
    each = parameter(shape, thousandths)
    assert quantile(each, 0.05) == pytest.approx(float(each.low), abs=1e-6)
    assert quantile(each, 0.95) == pytest.approx(float(each.high), abs=1e-6)


@given(st.sampled_from(("normal", "log-normal")), shares)
def test_the_value_is_the_middle_of_what_is_normal(shape, thousandths):
    each = parameter(shape, thousandths)
    assert quantile(each, 0.5) == pytest.approx(float(each.value))


@given(st.sampled_from(SHAPES), shares, chances, chances)
def test_a_higher_chance_never_gives_less(shape, thousandths, one, other):
    each = parameter(shape, thousandths)
    low, high = quantile(each, min(one, other)), quantile(each, max(one, other))
    assert low <= high or low == pytest.approx(high, abs=1e-9)


@given(shares, chances)
def test_a_beta_stays_a_probability_and_a_log_normal_above_nought(thousandths, chance):
    assert 0 <= quantile(parameter("beta", thousandths), chance) <= 1
    assert quantile(parameter("log-normal", thousandths), chance) >= 0


@pytest.mark.parametrize("shape", SHAPES)
def test_quantiles_of_many_draws_are_low_and_high(shape):
    each = parameter(shape, [100, 200, 400])
    many = [drawn([each], 7, run)["x"] for run in range(4000)]
    assert np.mean(np.array(many) < 0.1) == pytest.approx(0.05, abs=0.015)
    assert np.mean(np.array(many) > 0.4) == pytest.approx(0.05, abs=0.015)


@given(st.integers(0, 2**63 - 1), st.integers(0, 999), st.permutations(["a", "b", "c"]), st.integers(1, 3))
def test_a_draw_hangs_on_no_other_parameter_nor_their_order(seed, run, ids, many):
    rows = [parameter("beta", [100, 200, 400], id) for id in ids]
    all_of_them = drawn(rows, seed, run)
    assert drawn(rows[:many], seed, run).items() <= all_of_them.items()
    assert 0 < uniform(ids[0], seed, run) < 1


def test_runs_seeds_and_names_draw_apart():
    assert len({uniform(id, seed, run) for id in "ab" for seed in (1, 2) for run in (1, 2)}) == 8


def test_what_is_fixed_is_not_drawn():
    each = Parameter(id="x", value=Decimal(3))
    assert drawn([each], 1, 1) == central([each]) == {"x": 3.0}


@pytest.mark.parametrize(
    ("shape", "thousandths"), [("normal", [3, 2, 4]), ("beta", [0, 2, 4]), ("log-normal", [-1, 2, 4])]
)
def test_what_is_no_interval_is_refused(shape, thousandths):
    with pytest.raises(ValueError, match="no interval"):
        quantile(parameter(shape, thousandths), 0.5)
