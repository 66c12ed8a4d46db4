# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Need and supply of a projection in the reader's unit, with intervals where there are runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from overens.desks.planner.shown_result import Chosen, Result
from overens.desks.planner.shown_tables import rounded
from overens.planning.supply import outcome as out
from overens.planning.supply.gap import prices
from overens.planning.supply.problem import Floats
from overens.planning.supply.projection import Projection, band
from overens.planning.supply.reference import Data
from overens.planning.supply.scenario import Scenario
from overens.rules.edition.charts import Point


@dataclass(frozen=True)
class Figure:
    """A figure by year: the middle of the runs within their interval, or the expectation alone."""

    number: float
    low: float | None = None
    high: float | None = None

    def point(self) -> Point:
        """As a figure draws and says it."""
        ends = (None if end is None else float(rounded(end)) for end in (self.low, self.high))
        return Point(number=float(rounded(self.number)), low=next(ends), high=next(ends))


@dataclass(frozen=True)
class Gap:
    """[Y + 1] of what is chosen, or [N, Y + 1] where there are runs: what is needed, and what there is."""

    need: Floats
    supply: Floats

    @cached_property
    def gap(self) -> Floats:
        return self.need - self.supply

    @cached_property
    def share(self) -> Floats:
        """The gap as a share of the need."""
        return np.divide(self.gap, self.need, out=np.zeros_like(self.gap), where=self.need > 0)

    @cached_property
    def of_first_need(self) -> Gap:
        """Both in per cent of what was needed at first."""
        first = np.maximum(self.need[..., :1], 1e-9)
        return Gap(100 * self.need / first, 100 * self.supply / first)


def gap(result: Result, picked: Chosen) -> Gap:
    """In the chosen unit. Sums over occupations and regions are taken within each run, before any interval."""
    projection = result.shown
    rates = per_hour(projection, result.stands_on[0], result.stands_on[1], picked.unit)
    rows, regions = picked.rows, picked.regions
    need: NDArray[Any] = projection.by_run.need
    hours: NDArray[Any] = projection.by_run.hours
    if not projection.facts.runs:
        need, hours = projection.at_turns(projection.need), projection.at_turns(projection.expected.hours)
    return Gap(_chosen(need, rates, rows, regions), _chosen(hours, rates, rows, regions))


def _chosen(hours: NDArray[Any], rates: Floats, rows: Sequence[int], regions: Sequence[int]) -> Floats:
    """The sum of what is chosen, each in the unit: [..., Y + 1, O, R] × [Y + 1, O, R] as [..., Y + 1]."""
    if (len(rows), len(regions)) != hours.shape[-2:]:
        hours, rates = (each[..., list(rows), :][..., list(regions)] for each in (hours, rates))
    total: Floats = np.einsum("...yor,yor->...y", hours, rates)
    return total


def per_hour(projection: Projection, scenario: Scenario, data: Data, unit: str) -> Floats:
    """How many of the unit an hour is [Y + 1, O, R]: by what a full time of the occupation is, by what those at work
    give on average that year (a full time where there is nobody), or by what an hour of one's own staff costs.
    """
    hours = projection.at_turns(projection.expected.hours)
    full_time = np.array([each.full_time for each in projection.facts.occupations])[:, None]
    if unit == "hours":
        return np.ones_like(hours)
    of_full_time = np.broadcast_to(1 / full_time, hours.shape)
    if unit == "persons":
        working = projection.at_turns(projection.expected.stocks)[..., out.WORKING]
        enough = (working >= 1) & (hours > 0)
        return np.where(enough, working / np.where(enough, hours, 1.0), of_full_time)
    if unit == "kronor":
        return np.broadcast_to(prices(scenario, data).own[:, None], hours.shape)
    return of_full_time


def figures(numbers: Floats) -> list[Figure]:
    """[Y + 1], or [N, Y + 1] by run, as one for each year."""
    if numbers.ndim == 1:
        return [Figure(float(each)) for each in numbers]
    found = band(numbers)
    return [
        Figure(float(m), float(lo), float(hi)) for m, lo, hi in zip(found.middle, found.low, found.high, strict=True)
    ]
