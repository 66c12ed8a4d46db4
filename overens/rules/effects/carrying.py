# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Can these figures carry a conclusion at all? Asked first, and answered without telling what the effect is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import factorial, prod
from typing import Literal

import numpy as np

from overens.rules.effects import comparing, permuting
from overens.rules.effects.comparing import Array
from overens.rules.effects.panel import Panel
from overens.rules.effects.permuting import LEVEL, Orders
from overens.rules.findings import Finding, Level

# ``nothing``: the design identifies no effect, none is estimated. ``little``: an estimate that needs more belief than
# the figures can give. ``carries``: none of our checks speaks against it, which is not to say that it is true.
Answer = Literal["nothing", "little", "carries"]

# Our choices, stated in docs/effects.md; no source gives them.
FEW = 5  # regions on either side below which it rests on a handful
BEFORE = 3  # years before the start that a look at the trends needs
NOISIER = 1.5  # times as restless as the others: in simulations the intervals then are too short
MOST_LISTED = 6


@dataclass(frozen=True)
class Verdict:
    """``smallest_found``: the smallest average effect found four times in five, in the outcome's unit; None where
    nothing is identified. ``serial``: how much of a deviation is left the year after. ``restless``: how much more the
    regions with the measure vary before it than the others. ``smallest_p``: below it no p-value can come.
    """

    answer: Answer
    units: int
    began: int
    not_begun: int
    cohorts: tuple[tuple[int, int], ...]
    years_before: int
    smallest_found: float | None
    serial: float | None
    restless: float | None
    smallest_p: float
    reasons: tuple[Finding, ...]


def carries(panel: Panel, ways: Orders, matters: float | None = None) -> Verdict:
    """What can be concluded from such a table of regions, years and starts.

    ways: of :func:`overens.rules.effects.permuting.orders` for the panel's units. matters: the smallest effect that
    would be worth knowing of, in the outcome's unit, said beforehand.
    """
    weights = comparing.overall(panel)
    cohorts = tuple((start, len(units)) for start, units in panel.cohorts.items())
    began, idle = sum(size for _start, size in cohorts), len(panel.untreated)
    before = min((panel.years.index(start) for start, _size in cohorts), default=0)
    dealings = factorial(len(panel.units)) // prod(factorial(each) for each in (idle, *(n for _s, n in cohorts)))
    stopped = tuple(_stopped(panel, weights, began, idle, dealings))
    found = serial = restless = None
    if weights is not None and not stopped:
        calm = comparing.without_effect(panel)
        found = permuting.smallest_found(weights, calm, ways)
        serial, restless = _serial(calm), _restless(panel, calm)
    reasons = stopped or tuple(_weakened(panel, began, idle, before, found, restless, matters))
    reasons += tuple(_left_out(panel))
    levels = {each.level for each in reasons}
    answer: Answer = "nothing" if "error" in levels else "little" if "warning" in levels else "carries"
    return Verdict(
        answer, len(panel.units), began, idle, cohorts, before, found, serial, restless, 1 / dealings, reasons
    )  # fmt: skip


def _say(code: str, level: Level, **values: object) -> Finding:
    return Finding(f"effects-{code}", level, values)


def _stopped(panel: Panel, weights: Array | None, began: int, idle: int, dealings: int) -> Iterator[Finding]:
    """Why nothing is identified."""
    if not began:
        yield _say("nobody-began", "error")
    elif not idle and len(panel.cohorts) == 1:
        yield _say("all-at-once", "error", year=next(iter(panel.cohorts)))
    elif weights is None:
        yield _say("nothing-to-compare", "error")
    elif min(began, len(panel.units) - began) == 1 and (began == 1 or len(panel.cohorts) == 1):
        yield _say("single-region", "error", units=len(panel.units))
    elif dealings * LEVEL < 1:
        yield _say("few-dealings", "error", dealings=dealings)


def _weakened(
    panel: Panel, began: int, idle: int, before: int, found: float | None, restless: float | None, matters: float | None
) -> Iterator[Finding]:
    if began < FEW:
        yield _say("few-began", "warning", began=began)
    if idle < FEW and idle:
        yield _say("few-idle", "warning", idle=idle)
    if not idle:
        yield _say("all-begin", "warning", last=max(panel.cohorts))
    if before < BEFORE:
        yield _say("short-before", "warning", years=before)
    if restless is not None and restless > NOISIER:
        yield _say("restless", "warning", times=f"{restless:.1f}")
    if found is not None and matters is not None and found > matters:
        yield _say("too-weak", "warning", found=number(found), matters=number(matters))
    if matters is None:
        yield _say("matters-unsaid", "note")


def _left_out(panel: Panel) -> Iterator[Finding]:
    for reason in ("gap", "already", "unknown"):
        codes = [each.unit for each in panel.left_out if each.reason == reason]
        if codes:
            yield _say(f"left-out-{reason}", "note", codes=codes)


def _deviations(values: Array) -> Array:
    """What is left of values when each unit's and each year's level is taken away."""
    return np.asarray(values - values.mean(1, keepdims=True) - values.mean(0, keepdims=True) + values.mean())


def _serial(values: Array) -> float | None:
    left = _deviations(values)
    weight = float((left[:, :-1] ** 2).sum())
    return float((left[:, 1:] * left[:, :-1]).sum() / weight) if weight > 0 else None


def _restless(panel: Panel, values: Array) -> float | None:
    """Year-on-year changes without the country's: their spread in regions with the measure, to that in the others."""
    changes = np.diff(values, axis=1)
    changes = changes - changes.mean(0, keepdims=True)
    has = np.array([start is not None for start in panel.starts])
    if has.all() or not has.any():
        return None
    ours, others = float(changes[has].std()), float(changes[~has].std())
    return ours / others if others > 0 else None


def number(value: float) -> str:
    """Three figures that count, with a decimal point: as values of findings are. 0.0042, 1.25, 1240."""
    shown = f"{value:.3g}"
    return str(int(float(shown))) if "e" in shown and abs(value) >= 1 else shown
