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

from overens.planning.supply import outcome as out
from overens.planning.supply.assumed import parameters
from overens.planning.supply.building import build
from overens.planning.supply.cohort import expected
from overens.planning.supply.outcome import Outcome
from overens.planning.supply.problem import REGION, Problem
from overens.planning.supply.reference import base, data

EMPLOYED = (out.WORKING, out.ABSENT, out.TRAINING)
# Two regions sum to the country as 21 do, ten times as fast.
COUNTRY = base().model_copy(update={"regions": ("24",)})


@cache
def problem() -> Problem:
    return build(COUNTRY, data())


@cache
def reference() -> Outcome:
    return expected(problem())


def need_in_ten_years(*names: str) -> float:
    of_these = problem().need[:, list(data().named(names))].sum((1, 2))
    return float(of_these[10] / of_these[0] - 1)


@cache
def without_foreign_trained() -> Outcome:
    nobody = {each.id: 0.0 for each in parameters(COUNTRY, data()) if each.id.startswith("abroad.doctor")}
    changed = build(COUNTRY, data(), nobody)
    return expected(replace(changed, foreign=np.zeros_like(changed.foreign)))


def doctors(outcome: Outcome, moment: int) -> float:
    return float(outcome.stocks[moment, list(data().named(["doctors"]))][..., EMPLOYED].sum())


def test_doctors_grow_by_some_forty_per_cent_in_twenty_years() -> None:
    """SCB 2017: supply of doctors to 2035, in Läkartidningen of December 2017."""
    assert doctors(reference(), -1) / doctors(reference(), 0) - 1 == pytest.approx(0.40, abs=0.06)


def test_some_five_hundred_doctors_a_year_come_from_abroad() -> None:
    licensed = reference().flows[..., out.LICENSED][:, list(data().named(["doctors"]))].sum((1, 2))
    assert licensed.mean() == pytest.approx(500, rel=0.1)


def test_without_them_there_are_some_ten_per_cent_fewer_doctors_than_asked_for() -> None:
    """SCB 2017: demand grows by 35 per cent, and without those from abroad supply is some 10 per cent below it."""
    demand = doctors(reference(), 0) * 1.35
    assert doctors(without_foreign_trained(), -1) / demand - 1 == pytest.approx(-0.10, abs=0.04)


def test_about_a_quarter_of_those_whom_the_regions_employ_retire_in_ten_years() -> None:
    """SKR 2022: 63 000 retirements to 2031 (a figure not read at its source); of how many employed is
    assumed: some 250 000.
    """
    of_region = data().sectors[:, 0, REGION]
    retired = (reference().flows[:10, ..., out.RETIRED].sum((0, 2)) * of_region).sum()
    employed = (data().counts.sum((1, 2, 3)) * of_region).sum()
    assert retired / employed == pytest.approx(63_000 / 250_000, abs=0.04)


def test_half_the_doctors_are_forty_five_or_older() -> None:
    """SCB 2017: about 55 per cent of the active doctors."""
    counts = data().counts[list(data().named(["doctors"]))].sum((0, 1, 2))
    assert counts[45 - 16 :].sum() / counts.sum() == pytest.approx(0.55, abs=0.08)


def test_as_many_nurses_are_licensed_as_have_been() -> None:
    """Socialstyrelsen: 4 944 nurses' licences in 2020."""
    flows = reference().flows[:, list(data().named(["nurses"]))].sum((1, 2))
    assert (flows[:, out.EXAMINED] + flows[:, out.LICENSED]).mean() == pytest.approx(4944, rel=0.06)


def test_the_care_of_older_people_needs_some_thirty_per_cent_more_in_ten_years() -> None:
    """SKR's forecast of staff 2021–2031: more than 30 per cent more employed in the care of older people."""
    assert need_in_ten_years("assistant-nurse", "care-assistant") == pytest.approx(0.30, abs=0.06)


def test_health_care_needs_some_ten_per_cent_more_in_ten_years() -> None:
    """SKR 2022: 22 500 more for demography to 2031, of some 250 000 (neither figure read at its source)."""
    professions = "doctors", "nurses", "specialist-nurses", "administration", "diagnostics", "rehabilitation"
    assert need_in_ten_years(*professions) == pytest.approx(22_500 / 250_000, abs=0.05)
