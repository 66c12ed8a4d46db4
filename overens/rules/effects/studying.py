# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""An event study: first whether it can be one, then the estimate, and then everything that could be wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from overens.rules.effects import comparing, estimating, permuting
from overens.rules.effects.carrying import Verdict, carries, number
from overens.rules.effects.comparing import Array
from overens.rules.effects.estimating import Beside
from overens.rules.effects.panel import Panel
from overens.rules.effects.permuting import LEVEL, Interval, Orders
from overens.rules.findings import Finding

EARLIER = 2  # years that the placebo in time pretends that everything began too early
LEAST = 2  # regions that a point of the figure must rest on


@dataclass(frozen=True)
class AtYear:
    """The effect so many years after the start; before it (negative) there should be none."""

    after: int
    rests_on: int
    found: Interval


@dataclass(frozen=True)
class Trends:
    """``p``: how usual such differences before the start are. ``slope_found``: the smallest drift a year that would
    have been found four times in five.
    """

    p: float
    slope_found: float


@dataclass(frozen=True)
class Without:
    unit: str
    estimate: float


@dataclass(frozen=True)
class Result:
    """What was found, all of it in the outcome's unit. Where the verdict is ``nothing`` all else is empty.

    ``placebo_outcome``: the same on figures that the measure should not move. ``says``: the conclusions, by code.
    """

    verdict: Verdict
    effect: Interval | None = None
    path: tuple[AtYear, ...] = ()
    trends: Trends | None = None
    placebo_time: Interval | None = None
    placebo_outcome: Interval | None = None
    without: tuple[Without, ...] = ()
    beside: tuple[Beside, ...] = ()
    says: tuple[Finding, ...] = ()


def _nobody(percent: int) -> None:
    """Nobody wants to know how far it is."""


def study(
    panel: Panel,
    seed: int,
    matters: float | None = None,
    placebo: Panel | None = None,
    progress: Callable[[int], None] = _nobody,
    dealt: int = permuting.DEALT,
) -> Result:
    """The whole study; the same seed gives the same result.

    matters: see :func:`overens.rules.effects.carrying.carries`. placebo: figures that the measure should not move.
    """
    ways = permuting.orders(len(panel.units), seed, dealt)
    verdict = carries(panel, ways, matters)
    weights = comparing.overall(panel)
    if verdict.answer == "nothing" or weights is None:
        return Result(verdict, says=(Finding("effects-says-nothing", "error"),))
    progress(10)
    values, calm = comparing.values_of(panel), comparing.without_effect(panel)
    effect = permuting.interval(weights, values, comparing.with_measure(panel), ways)
    library = estimating.estimate(panel)
    progress(50)
    path = tuple(_path(panel, values, calm, ways))
    _agree(library.average, effect.estimate)
    for each in path:
        _agree(library.by_after[each.after], each.found.estimate)
    result = Result(
        verdict,
        effect,
        path,
        _trends(panel, calm, ways),
        _earlier(panel, calm, seed, dealt),
        _elsewhere(placebo, seed, dealt),
        _without(panel),
        library.beside,
    )
    progress(90)
    return replace(result, says=tuple(_says(result, matters)))


def _agree(library: float, ours: float) -> None:
    assert abs(library - ours) <= 1e-7 * (1 + abs(ours)), "the library and the weights estimate the same"


def _path(panel: Panel, values: Array, calm: Array, ways: Orders) -> list[AtYear]:
    found = []
    for after in comparing.afters(panel):
        weights, many = comparing.weights(panel, after, after), comparing.rests_on(panel, after)
        if weights is None or many < LEAST:
            continue
        shape = comparing.with_measure(panel, after, after)
        # The other years' effects are taken away, this year's stays.
        own = calm + (float((weights * values).sum()) * shape if after >= 0 else 0.0)
        found.append(AtYear(after, many, permuting.interval(weights, own, shape, ways)))
    return found


def _trends(panel: Panel, calm: Array, ways: Orders) -> Trends | None:
    """Whether regions that would begin drew away from the others before; None where there is one year before only."""
    before = [
        (after, weights)
        for after in comparing.afters(panel)
        if after < -1 and comparing.rests_on(panel, after) >= LEAST
        if (weights := comparing.weights(panel, after, after)) is not None
    ]
    if not before:
        return None
    each = np.stack([permuting.dealt(weights, calm, ways) for _after, weights in before])
    spread = each.std(axis=1, keepdims=True)
    largest = np.max(np.abs(each) / np.where(spread > 0, spread, 1.0), axis=0)
    squares = sum((after + 1) ** 2 for after, _weights in before)
    slope = sum(((after + 1) / squares * weights for after, weights in before), np.zeros_like(calm))
    p = float(np.mean(largest >= largest[0] - 1e-12))
    return Trends(p, permuting.smallest_found(slope, calm, ways))


def _earlier(panel: Panel, calm: Array, seed: int, dealt: int) -> Interval | None:
    """The same as if all had begun earlier, looked at before anything had: there should be nothing."""
    kept = [
        at for at, start in enumerate(panel.starts) if start is None or start - EARLIER - 1 >= panel.years[0]
    ]  # fmt: skip
    fake = Panel(
        tuple(panel.units[at] for at in kept),
        panel.years,
        tuple(tuple(calm[at]) for at in kept),
        tuple(None if (start := panel.starts[at]) is None else start - EARLIER for at in kept),
    )
    weights = comparing.weights(fake, 0, EARLIER - 1)
    if weights is None or sum(start is not None for start in fake.starts) < LEAST:
        return None
    shape = comparing.with_measure(fake, 0, EARLIER - 1)
    return permuting.interval(
        weights, comparing.values_of(fake), shape, permuting.orders(len(kept), seed, dealt)
    )  # fmt: skip


def _elsewhere(placebo: Panel | None, seed: int, dealt: int) -> Interval | None:
    weights = comparing.overall(placebo) if placebo is not None else None
    if placebo is None or weights is None:
        return None
    ways = permuting.orders(len(placebo.units), seed, dealt)
    return permuting.interval(weights, comparing.values_of(placebo), comparing.with_measure(placebo), ways)


def _without(panel: Panel) -> tuple[Without, ...]:
    """The estimate with each region in turn left out, lowest first."""
    found = []
    for unit in panel.units:
        rest = panel.without(unit)
        weights = comparing.overall(rest)
        if weights is not None:
            found.append(Without(unit, float((weights * comparing.values_of(rest)).sum())))
    return tuple(sorted(found, key=lambda each: each.estimate))


def _says(result: Result, matters: float | None) -> list[Finding]:
    """What may be said, each with what it rests on. Never more than the interval."""
    effect, smallest = result.effect, result.verdict.smallest_found
    assert effect is not None
    assert smallest is not None
    found = []
    ends = {"low": _end(effect.low), "high": _end(effect.high)}
    if effect.p > LEVEL:
        found.append(Finding("effects-says-cannot-tell", "note", {"smallest": number(smallest), **ends}))
    else:
        way = "effects-up" if effect.estimate > 0 else "effects-down"
        values = {"way": way, "estimate": number(effect.estimate), "p": number(effect.p), **ends}
        found.append(Finding("effects-says-differs", "note", values))
    inside = effect.low is not None and effect.high is not None and max(-effect.low, effect.high) < (matters or 0)
    if matters is not None and inside:
        found.append(Finding("effects-says-smaller", "note", {"matters": number(matters)}))
    if result.trends is not None and result.trends.p <= LEVEL:
        found.append(Finding("effects-says-apart-before", "warning", {"p": number(result.trends.p)}))
    elif result.trends is not None:
        found.append(Finding("effects-says-drift-unseen", "note", {"slope": number(result.trends.slope_found)}))
    else:
        found.append(Finding("effects-says-trends-unseen", "warning"))
    for name in ("placebo_time", "placebo_outcome"):
        placebo: Interval | None = getattr(result, name)
        if placebo is not None and placebo.p <= LEVEL:
            found.append(Finding(f"effects-says-{name.replace('_', '-')}", "warning", {"p": number(placebo.p)}))
    turned = [each.unit for each in result.without if each.estimate * effect.estimate < 0]
    if turned:
        found.append(Finding("effects-says-turns", "warning", {"codes": turned}))
    return found


def _end(value: float | None) -> str:
    return "effects-no-end" if value is None else number(value)
