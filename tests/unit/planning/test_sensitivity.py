# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which parameter matters, and how often intervals hold what came."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from overens.planning.supply.backtest import counted, coverage, meant, of_itself
from overens.planning.supply.engines import project
from overens.planning.supply.reference import base, data
from overens.planning.supply.sensitivity import sensitivity

DATA = data()
FEW = {"shortage", "productivity", "population-moves"}


@pytest.fixture(scope="module")
def few():
    """A scenario of two years in which three parameters are uncertain."""
    fixed = [each.model_copy(update={"shape": "fixed"}) for each in DATA.parameters if each.id not in FEW]
    return base().model_copy(update={"regions": ("03",), "years": 2, "parameters": tuple(fixed)})


def test_shares_of_the_variance_add_up_and_the_greatest_is_first(few):
    seen = []
    found = sensitivity(few, DATA, runs=20, progress=lambda done, of: seen.append((done, of)))
    assert {row.parameter.id for row in found.rows} == FEW
    assert sum(row.share for row in found.rows) == pytest.approx(1)
    assert found.rows[0].parameter.id == "shortage"
    assert found.rows[0].low[-1] < found.expected[-1] < found.rows[0].high[-1]
    assert (found.rows[0].ends[1] - found.rows[0].ends[0]).sum() > 0
    assert found.together.shape == (20, len(found.full_time))
    assert seen[-1] == (27, 27)
    assert 0.2 < found.linear / found.drawn < 5


def test_who_stops_it_is_obeyed(few):
    def stop(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sensitivity(few, DATA, progress=stop)


def test_intervals_hold_nine_tenths_of_what_is_drawn_alike():
    rng = np.random.default_rng(1)
    found = coverage(rng.normal(10, 1, (2000, 3, 20, 5)), rng.normal(10, 1, (1, 3, 20, 5)), machinery=True)
    assert found.all_years.share == pytest.approx(0.9, abs=0.06)
    assert found.all_years.low < found.all_years.share < found.all_years.high
    assert [each.years for each in found.horizons] == [1, 2]
    assert found.machinery


@pytest.mark.parametrize("runs", [30, 100])
def test_few_runs_hold_less_as_much_less_as_is_said(runs):
    rng = np.random.default_rng(2)
    held = np.mean([
        coverage(rng.normal(size=(runs, 2, 50, 20)), rng.normal(size=(1, 2, 50, 20))).all_years.share for _ in range(20)
    ])  # fmt: skip
    assert held == pytest.approx(meant(runs), abs=0.01)
    assert meant(2000) == pytest.approx(0.9, abs=0.002)


def test_what_is_too_high_is_said_and_what_nobody_counted_is_left_out():
    observed = np.full((1, 3, 1, 2), 10.0)
    observed[0, 2, 0, 1] = np.nan
    found = coverage(np.full((50, 3, 1, 2), 11.0), observed)
    assert found.all_years.cells == 3
    assert found.all_years.inside == 0
    assert found.all_years.bias == pytest.approx(0.1)
    with pytest.raises(ValueError, match="no later year"):
        coverage(np.zeros((5, 2, 1, 1)), np.full((1, 2, 1, 1), np.nan))


def test_a_later_table_is_held_against_the_first_by_growth():
    scenario = base().model_copy(update={"years": 3})
    first = replace(DATA, synthetic=np.zeros_like(DATA.synthetic))
    later = replace(first, counts=first.counts * 2)
    working = np.ones(first.counts.shape[:2])
    found = counted(scenario, first, {2021: later, 2035: later}, working)
    assert np.isnan(found[0, [1, 3]]).all()
    assert np.nanmin(found[0, 2]) == np.nanmax(found[0, 2]) == 2
    assert np.isnan(counted(scenario, DATA, {2021: later}, working)[0, 1:]).all()


def test_the_model_holds_histories_of_its_own(few):
    pytest.importorskip("numba")
    found = of_itself(few, DATA, project(few, DATA, runs=12).by_run.working, histories=2)
    assert found.machinery
    assert 0.5 < found.all_years.share <= 1
