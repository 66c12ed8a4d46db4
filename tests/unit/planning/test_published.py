# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The reference scenario beside published forecasts.

Its inputs are synthetic, so this compares the shape only: that what ships is of the order of what has been published,
not that either is right. docs/supply-data.md has the table of what is compared.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from overens.planning.supply.assumed import parameters
from overens.planning.supply.building import build
from overens.planning.supply.cohort import expected
from overens.planning.supply.engines import project
from overens.planning.supply.outcome import Outcome
from overens.planning.supply.projection import Projection
from overens.planning.supply.published import EMPLOYED, Beside, What, beside
from overens.planning.supply.reference import base, data

# Two regions sum to the country as 21 do, ten times as fast.
COUNTRY = base().model_copy(update={"regions": ("24",)})
# How far what ships may be from what was published.
NEAR: dict[What, float] = {
    "doctors-supply": 0.06,
    "doctors-need": 0.17,  # without the growth of use that SCB had
    "doctors-abroad": 50,
    "doctors-45": 0.08,
    "nurses-licensed": 300,
    "retirements": 0.04,
    "need-health-care": 0.05,
    "need-older": 0.06,
}


@cache
def reference() -> Projection:
    return project(COUNTRY, data(), runs=0)


@cache
def compared() -> dict[What, Beside]:
    return {each.what: each for each in beside(reference(), data())}


@pytest.mark.parametrize("what", NEAR)
def test_what_ships_is_of_the_order_of_what_was_published(what: What) -> None:
    assert compared()[what].here == pytest.approx(compared()[what].published, abs=NEAR[what])


def test_everything_that_is_compared_has_its_limit() -> None:
    assert set(compared()) == set(NEAR)


def test_what_a_projection_does_not_reach_is_not_said() -> None:
    short = project(COUNTRY.model_copy(update={"years": 5}), data(), runs=0)
    unsaid = {each.what for each in beside(short, data()) if each.here is None}
    assert unsaid == {"doctors-supply", "doctors-need", "retirements", "need-health-care", "need-older"}


def test_half_years_say_about_the_same() -> None:
    halves = project(COUNTRY.model_copy(update={"step": "half-year"}), data(), runs=0)
    for one, other in zip(beside(reference(), data()), beside(halves, data()), strict=True):
        assert one.here == pytest.approx(other.here, rel=0.15)


def test_without_those_from_abroad_there_are_some_ten_per_cent_fewer_doctors_than_asked_for() -> None:
    """SCB 2017: demand grows by 35 per cent, and without those from abroad supply is some 10 per cent below it."""
    nobody = {each.id: 0.0 for each in parameters(COUNTRY, data()) if each.id.startswith("abroad.doctor")}
    changed = build(COUNTRY, data(), nobody)
    without = expected(replace(changed, foreign=np.zeros_like(changed.foreign)))

    def doctors(outcome: Outcome, moment: int) -> float:
        return float(outcome.stocks[moment, list(data().named(["doctors"]))][..., EMPLOYED].sum())

    assert doctors(without, -1) / (doctors(reference().expected, 0) * 1.35) - 1 == pytest.approx(-0.10, abs=0.04)
