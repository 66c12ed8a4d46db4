# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forecasts: what they find, what they say they do not know, and when they are no better than the naive ones."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from overens.planning.production.building import working_days
from overens.planning.production.forecast import forecast
from overens.planning.production.tables import Series

FIRST = date(2023, 1, 2)


def made(weeks: int, seed: int = 1) -> Series:
    """Patients who come independently of each other: fewer in summer and in weeks with holidays."""
    random = np.random.default_rng(seed)
    days = [FIRST + timedelta(weeks=week) for week in range(weeks)]
    season = [1 + 0.4 * np.cos(2 * np.pi * day.timetuple().tm_yday / 365.25) for day in days]
    return Series(
        FIRST, random.poisson([60 * s * working_days(d) / 5 for s, d in zip(season, days, strict=True)]) * 1.0
    )


def test_season_and_holidays_are_found() -> None:
    told = forecast(made(156), FIRST + timedelta(weeks=156), 52)
    scores = {each.model: each for each in told.scores}
    used, naive = scores[told.model], scores["seasonal-naive"]
    assert told.model in ("level", "drift")
    assert used.error < 0.8 * naive.error
    assert 0.7 <= used.inner <= 0.95 <= used.outer + 0.1
    assert (told.low <= told.inner_low).all()
    assert (told.inner_high <= told.high).all()
    # Midsummer's week of 2026 has four days, the one after five.
    midsummer = (date(2026, 6, 15) - told.first).days // 7
    assert told.mean[midsummer] < 0.9 * told.mean[midsummer + 1]
    assert told.findings == ()


def test_weeks_that_are_missing_are_said_and_done_without() -> None:
    whole = made(110)
    counts = whole.counts.copy()
    counts[[20, 50, 51]] = np.nan
    told = forecast(Series(FIRST, counts), FIRST + timedelta(weeks=112), 8)
    assert [(each.code, each.values) for each in told.findings] == [
        ("production-forecast-missing", {"missing": 5, "of": 112})
    ]
    assert np.isfinite(told.mean).all()
    assert told.first == FIRST + timedelta(weeks=112)


def test_a_naive_forecast_that_is_not_beaten_is_used_and_said() -> None:
    # The same every year whatever the season: nothing that a level or a few harmonics could know.
    year = np.random.default_rng(3).permutation(np.linspace(10, 400, 52))
    told = forecast(Series(FIRST, np.tile(year, 3)), FIRST + timedelta(weeks=156), 10)
    assert told.model == "seasonal-naive"
    assert "production-forecast-naive" in [each.code for each in told.findings]
    assert told.mean == pytest.approx(year[:10], rel=0.02)


@pytest.mark.parametrize("counts", [[5.0], [3.0, 4.0, 5.0], [0.0] * 10, [float("nan"), 2.0]])
def test_a_short_history_gives_its_mean(counts: list[float]) -> None:
    told = forecast(Series(FIRST, np.array(counts)), FIRST + timedelta(weeks=len(counts)), 4)
    assert told.scores == ()
    assert "production-forecast-short" in [each.code for each in told.findings]
    assert (told.low <= told.mean).all()
    assert (told.mean <= told.high).all()


def test_nobody_ever_is_nobody_to_come() -> None:
    told = forecast(Series(FIRST, np.zeros(80)), FIRST + timedelta(weeks=80), 4)
    assert told.mean == pytest.approx(np.zeros(4), abs=0.2)
    assert np.isfinite(told.high).all()


def test_months_are_forecast_in_the_same_way() -> None:
    counts = 1000.0 + 10 * np.arange(40) + np.tile([0, 50, 0, -50], 10)
    told = forecast(Series(date(2022, 1, 1), counts), date(2025, 5, 1), 6, "month")
    assert (told.low < told.mean).all()
    assert 1250 < told.mean.mean() < 1550
