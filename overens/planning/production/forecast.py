# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What will come, from what has come: forecasts of counts by week or month, with intervals, scored on held-back ones.

Several models are tried on the last part of the history, which they have not seen. One that is clearly better there is
used, also where that is a naive one, which then is said; else the mean of two. The intervals are widened where they
held too few of the held back. All are made on the scale of 2·√(count + 3/8), on which counts are about equally restless
whatever their size (Anscombe's, general knowledge: assumed).
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

import numpy as np
from scipy.stats import norm

from overens.planning.production.days import WORKING_DAYS, working_days
from overens.planning.production.flow import Floats
from overens.planning.production.reading import Given
from overens.planning.production.tables import Series
from overens.rules.findings import Finding

Period = Literal["week", "month"]
# ``level``: a level that wanders, with season; ``drift``: the same with a constant growth; ``flat``: without season.
# All three know the working days of a week. ``both``: the mean of level and flat. ``naive``: as the last one;
# ``seasonal-naive``: as at the same time a year before.
Model = Literal["level", "drift", "flat", "both", "naive", "seasonal-naive"]
NAIVE: tuple[Model, ...] = ("seasonal-naive", "naive")
# Held back are few, of months very few, so another model than ``both`` is used only where its error is smaller by this
# share (assumed; that of months was chosen with the Irish lists in view).
CLEARLY: Mapping[Period, float] = {"week": 0.1, "month": 0.3}
# Of the year: how many; how many harmonics make up the season; how many are held back, counted from each of these.
SEASON: Mapping[Period, int] = {"week": 52, "month": 12}
HARMONICS: Mapping[Period, int] = {"week": 3, "month": 1}
ORIGINS: Mapping[Period, tuple[int, ...]] = {"week": (52, 26), "month": (9, 6)}
HELD_BACK: Mapping[Period, int] = {"week": 26, "month": 6}
# Fewer are not enough for anything but their mean (assumed).
FEWEST = 8
INNER, OUTER = 0.80, 0.95
# No deviation is taken to be smaller, on the scale of the models.
LEAST = 1e-6


@dataclass(frozen=True)
class Score:
    """Of a model on what was held back. ``error``: mean absolute, in the unit of the counts; ``mase``: against the
    mean absolute change from the same time a year before, of what was not held back. ``inner``, ``outer``: shares of
    the held back within the intervals of 80 and 95 per cent as the model has them; ``wider``: by what they are
    multiplied so that the errors are as large as they say.
    """

    model: Model
    error: float
    mase: float
    inner: float
    outer: float
    wider: float


@dataclass(frozen=True)
class Forecast:
    """mean[A], and the ends of the intervals of 95 per cent (low, high) and of 80 (inner_low, inner_high): of one
    week or month each, not of their sum. ``scores``: the best first; none where the history is too short for it.
    """

    first: date
    mean: Floats
    low: Floats
    high: Floats
    inner_low: Floats
    inner_high: Floats
    model: Model
    scores: tuple[Score, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class _Spread:
    """On the scale of the models: the mean and the standard deviation of each to come."""

    mean: Floats
    deviation: Floats

    def counts(self) -> Floats:
        """Expected counts: the mean of the square, not the square of the mean."""
        return np.maximum((self.mean**2 + self.deviation**2) / 4 - 3 / 8, 0)

    def at(self, chance: float) -> Floats:
        return _back(self.mean + float(norm.ppf(chance)) * self.deviation)


def forecasts(given: Given, progress: Callable[[int, int], None] | None = None) -> dict[str, Forecast]:
    """Of the referrals to each service, for the weeks of the problem."""
    found, services = {}, given.problem.services
    for done, service in enumerate(services, start=1):
        found[service.id] = forecast(given.referrals[service.id], given.problem.first_week, given.problem.weeks)
        if progress:
            progress(done, len(services))
    return found


def forecast(history: Series, first: date, ahead: int, period: Period = "week") -> Forecast:
    """Of so many weeks or months from and with ``first``, which comes after the history: a Monday, or the first of a
    month. What the history lacks is left out of account, which is said.
    """
    findings = []
    known = len(history.counts)
    gap = _between(history.first, first, period) - known
    if missing := int(np.isnan(history.counts).sum()) + gap:
        findings.append(_finding("production-forecast-missing", missing=missing, of=known + gap))
    scores = tuple(sorted(_scores(history, period), key=lambda each: each.error))
    if not scores:
        findings.append(_finding("production-forecast-short", weeks=known))
        return Forecast(first, *_told(_mean(history.counts, gap + ahead), gap), "naive", (), tuple(findings))
    both = next(each for each in scores if each.model == "both")
    used = scores[0] if scores[0].error < (1 - CLEARLY[period]) * both.error else both
    if used.model in NAIVE:
        findings.append(_finding("production-forecast-naive", error=round(used.error, 1)))
    spread = _spreads(history.first, period, _scaled(history.counts), gap + ahead)[used.model]
    told = _told(replace(spread, deviation=spread.deviation * used.wider), gap)
    return Forecast(first, *told, used.model, scores, tuple(findings))


def _told(spread: _Spread, gap: int) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    low, high, inner_low, inner_high = (each[gap:] for each in _ends(spread))
    return spread.counts()[gap:], low, high, inner_low, inner_high


def _ends(spread: _Spread) -> tuple[Floats, Floats, Floats, Floats]:
    tails = ((1 - OUTER) / 2, (1 + OUTER) / 2, (1 - INNER) / 2, (1 + INNER) / 2)
    low, high, inner_low, inner_high = (spread.at(each) for each in tails)
    return low, high, inner_low, inner_high


def _scores(history: Series, period: Period) -> Iterator[Score]:
    """Each model fitted to what came before each origin, and held against what came after it."""
    counts, held = history.counts, HELD_BACK[period]
    if len(counts) < held + FEWEST:
        return
    season = SEASON[period]
    # As many origins as leave a whole year before them.
    origins = [each for each in ORIGINS[period] if len(counts) - each >= season] or [held]
    before = counts[: len(counts) - held]
    lag = season if len(before) > season else 1
    scale = float(np.nanmean(np.abs(before[lag:] - before[:-lag])))
    true = np.concatenate([counts[len(counts) - origin :][:held] for origin in origins])
    if np.isnan(true).all():
        return
    told = [_spreads(history.first, period, _scaled(counts[: len(counts) - each]), min(held, each)) for each in origins]
    for model in told[0]:
        if model == "seasonal-naive" and len(counts) - origins[0] < season:
            continue
        spread = _Spread(
            np.concatenate([each[model].mean for each in told]),
            np.concatenate([each[model].deviation for each in told]),
        )
        low, high, inner_low, inner_high = _ends(spread)
        error = float(np.nanmean(np.abs(true - spread.counts())))
        apart = (_scaled(true) - spread.mean) / np.maximum(spread.deviation, LEAST)
        yield Score(
            model,
            error,
            error / scale if scale else float("nan"),
            _within(true, inner_low, inner_high),
            _within(true, low, high),
            max(1.0, float(np.nanmean(apart**2)) ** 0.5),
        )


def _within(true: Floats, low: Floats, high: Floats) -> float:
    """The share of those that are known. The ends are whole counts that may be met."""
    known = ~np.isnan(true)
    return float(((np.floor(low) <= true) & (true <= np.ceil(high)))[known].mean())


def _spreads(first: date, period: Period, history: Floats, ahead: int) -> dict[Model, _Spread]:
    """By each model. What one of the two that make up ``both`` misses, the other misses too, so that it is as
    uncertain as they are on average.
    """
    level, drift, flat = (
        _structural(kind, season, first, period, history, ahead)
        for kind, season in (("llevel", True), ("lldtrend", True), ("llevel", False))
    )
    return {
        "both": _Spread((level.mean + flat.mean) / 2, (level.deviation + flat.deviation) / 2),
        "level": level,
        "drift": drift,
        "flat": flat,
        "seasonal-naive": _as_before(SEASON[period], history, ahead),
        "naive": _as_before(1, history, ahead),
    }


def _structural(level: str, season: bool, first: date, period: Period, history: Floats, ahead: int) -> _Spread:
    """A level that wanders (``llevel``) or also grows (``lldtrend``), season and working days regressed upon."""
    # Read here: what was forecast before is shown without it.
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    regressors = _regressors(first, len(history) + ahead, period, season=season)
    there = regressors.shape[1] > 0
    fitted = UnobservedComponents(
        history, level, exog=regressors[: len(history)] if there else None, mle_regression=False
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        result = fitted.fit(disp=False, method="nm")
        told = result.get_forecast(ahead, exog=regressors[len(history) :] if there else None)
    return _Spread(np.asarray(told.predicted_mean), np.sqrt(np.maximum(np.asarray(told.var_pred_mean), 0)))


def _as_before(lag: int, history: Floats, ahead: int) -> _Spread:
    """As so long before, or so long before that where it is not known. As restless as that has been so far ahead."""
    mean, deviation = np.empty(ahead), np.empty(ahead)
    whole = np.concatenate([history, np.full(ahead, np.nan)])
    known = history[~np.isnan(history)]
    for at in range(ahead):
        here, back = len(history) + at, lag
        while here - back >= 0 and np.isnan(whole[here - back]):
            back += lag
        mean[at] = whole[here - back] if here - back >= 0 else known.mean()
        changes = history[back:] - history[:-back] if back < len(history) else known - known.mean()
        changes = changes[~np.isnan(changes)]
        deviation[at] = np.sqrt(np.mean(changes**2)) if len(changes) > 2 else np.sqrt(known.var() * 2)
    return _Spread(mean, deviation)


def _mean(counts: Floats, ahead: int) -> _Spread:
    scaled = _scaled(counts[~np.isnan(counts)])
    return _Spread(np.full(ahead, scaled.mean()), np.full(ahead, max(float(scaled.std()), 1.0)))


def _regressors(first: date, length: int, period: Period, *, season: bool) -> Floats:
    """[A, R]: harmonics of the year, which need not be whole weeks, and how many of the days of a week are worked."""
    days = [_day(first, at, period) for at in range(length)]
    columns = []
    if season:
        turns = np.array([2 * np.pi * (day.toordinal() + 3) / 365.25 for day in days])
        for harmonic in range(1, HARMONICS[period] + 1):
            columns += [np.sin(harmonic * turns), np.cos(harmonic * turns)]
    if period == "week":
        columns.append(np.sqrt([working_days(day) / WORKING_DAYS for day in days]) - 1)
    return np.column_stack(columns) if columns else np.empty((length, 0))


def _day(first: date, at: int, period: Period) -> date:
    if period == "week":
        return first + timedelta(weeks=at)
    month = first.year * 12 + first.month - 1 + at
    return date(month // 12, month % 12 + 1, 1)


def _between(first: date, last: date, period: Period) -> int:
    if period == "week":
        return (last - first).days // 7
    return (last.year - first.year) * 12 + last.month - first.month


def _scaled(counts: Floats) -> Floats:
    return 2 * np.sqrt(counts + 3 / 8)


def _back(scaled: Floats) -> Floats:
    return np.maximum((np.maximum(scaled, 0) / 2) ** 2 - 3 / 8, 0)


def _finding(code: str, **values: object) -> Finding:
    return Finding(code, "note", values)
