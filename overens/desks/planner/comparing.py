# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Scenarios beside each other, the others held against the first.

Runs of one number meet the same chance in every scenario, so a difference is taken run by run, and its interval is that
of the differences: much narrower than what two intervals say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from overens.planning.supply import outcome as out
from overens.planning.supply.building import REST
from overens.planning.supply.problem import Floats, Occupation
from overens.planning.supply.projection import Projection, Trained, band

# Bounds with fewer runs than this say nothing.
FEWEST = 2


@dataclass(frozen=True)
class Value:
    """What is expected, and between what nine tenths of the runs are, where there are runs."""

    expected: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Compared:
    """Scenarios that were computed. ``regions``, ``occupations``, ``programmes`` and ``years`` are those that all of
    them have; ``runs``: how many of the same chance there are, 0 where the seeds differ.
    """

    projections: tuple[Projection, ...]
    regions: tuple[str, ...]
    occupations: tuple[Occupation, ...]
    programmes: tuple[Trained, ...]
    years: tuple[int, ...]
    runs: int

    def gap(self, at: int, occupations: Sequence[str], year: int) -> tuple[Value, Value | None]:
        """Full-time equivalents that are lacking at the beginning of a year, and how many more than in the first
        (None for the first itself).
        """
        return self._against(at, lambda projection: _gap(projection, self.regions, occupations, year))

    def posts(self, at: int, programme: str, what: str) -> tuple[Value, Value | None]:
        """Who ``started`` or ``completed`` a programme in all years, and how many more than in the first."""
        return self._against(at, lambda projection: _posts(projection, self.regions, programme, what))

    def _against(
        self, at: int, asked: Callable[[Projection], tuple[float, Floats]]
    ) -> tuple[Value, Value | None]:  # fmt: skip
        expected, by_run = asked(self.projections[at])
        own = self._value(expected, by_run)
        if at == 0:
            return own, None
        first, first_by_run = asked(self.projections[0])
        return own, self._value(expected - first, by_run[: self.runs] - first_by_run[: self.runs])

    def _value(self, expected: float, by_run: Floats) -> Value:
        if len(by_run) < FEWEST:
            return Value(expected)
        found = band(by_run)
        return Value(expected, float(found.low), float(found.high))


def compared(projections: Sequence[Projection]) -> Compared:
    """Raises ValueError where they have no year or no region in common."""
    facts = [each.facts for each in projections]
    regions = _common([[region for region in each.regions if region != REST] for each in facts])
    occupations = _common([[each.code for each in one.occupations] for one in facts])
    programmes = _common([[each.code for each in one.programmes] for one in facts])
    years = tuple(sorted(set.intersection(*(set(each.years) for each in projections))))
    if not regions or not years:
        raise ValueError("nothing in common")
    same = len({each.seed for each in facts}) == 1
    return Compared(
        projections=tuple(projections),
        regions=tuple(regions),
        occupations=tuple(each for each in facts[0].occupations if each.code in occupations),
        programmes=tuple(each for each in facts[0].programmes if each.code in programmes),
        years=years,
        runs=min(each.runs for each in facts) if same else 0,
    )


def _common(listed: Sequence[Sequence[str]]) -> list[str]:
    return [each for each in listed[0] if all(each in other for other in listed[1:])]


def _gap(
    projection: Projection, regions: Sequence[str], occupations: Sequence[str], year: int
) -> tuple[float, Floats]:  # fmt: skip
    facts, turn = projection.facts, projection.years.index(year)
    places = [facts.regions.index(each) for each in regions]
    rows = [at for at, each in enumerate(facts.occupations) if each.code in occupations]
    full_time = np.array([facts.occupations[at].full_time for at in rows])

    def lacking(need: Any, hours: Any) -> Floats:
        found: Floats = ((need - hours)[..., rows, :][..., places].sum(-1) / full_time).sum(-1)
        return found

    moment = turn * facts.steps
    expected = lacking(projection.need[moment], projection.expected.hours[moment])
    by_run = projection.by_run
    return float(expected), lacking(by_run.need[:, turn].astype(float), by_run.hours[:, turn])


def _posts(projection: Projection, regions: Sequence[str], programme: str, what: str) -> tuple[float, Floats]:
    facts = projection.facts
    row = [each.code for each in facts.programmes].index(programme)
    places = [facts.regions.index(each) for each in regions]
    kind = out.POSTS.index(what)
    expected = float(projection.expected.posts[:, row, places, kind].sum())
    by_run: Floats = getattr(projection.by_run, what)[:, :, row][..., places].sum((1, 2), dtype=np.float64)
    return expected, by_run
