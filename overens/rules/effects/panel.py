# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Figures by region and year, and the year in which each region introduced something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

# Why a region is not in the comparison. It is always said which and why.
Reason = Literal["gap", "already", "unknown"]


@dataclass(frozen=True)
class LeftOut:
    """``gap``: no value in these ``years``. ``already``: it had begun when the figures begin, so there is no before.
    ``unknown``: whether and when it began is not stated, which is another thing than that it never did.
    """

    unit: str
    reason: Reason
    years: tuple[int, ...] = ()


@dataclass(frozen=True)
class Panel:
    """A value for every unit and year. ``starts``: the first year with the measure, None: not within these years."""

    units: tuple[str, ...]
    years: tuple[int, ...]
    values: tuple[tuple[float, ...], ...]
    starts: tuple[int | None, ...]
    left_out: tuple[LeftOut, ...] = field(default=())

    @property
    def cohorts(self) -> dict[int, tuple[str, ...]]:
        """Units by the year they began, first year first."""
        years = sorted({start for start in self.starts if start is not None})
        return {year: tuple(u for u, s in zip(self.units, self.starts, strict=True) if s == year) for year in years}

    @property
    def untreated(self) -> tuple[str, ...]:
        """Units that did not begin within the years."""
        return tuple(u for u, s in zip(self.units, self.starts, strict=True) if s is None)

    def without(self, unit: str) -> Panel:
        kept = [at for at, each in enumerate(self.units) if each != unit]
        return Panel(
            tuple(self.units[at] for at in kept),
            self.years,
            tuple(self.values[at] for at in kept),
            tuple(self.starts[at] for at in kept),
            self.left_out,
        )


def panel_of(
    values: Mapping[tuple[str, int], float | None],
    starts: Mapping[str, int | None],
    units: Sequence[str],
    years: Sequence[int],
) -> Panel:
    """A full table of those units that have every value and whose start is known; the others are left out with why.

    values: by unit and year. starts: the first year with the measure, None for never; a unit that is not there is
    unknown. years: rising, each one.
    """
    kept, left = [], []
    for unit in units:
        gaps = tuple(year for year in years if values.get((unit, year)) is None)
        if unit not in starts:
            left.append(LeftOut(unit, "unknown"))
        elif gaps:
            left.append(LeftOut(unit, "gap", gaps))
        elif years and (start := starts[unit]) is not None and start <= years[0]:
            left.append(LeftOut(unit, "already", (start,)))
        else:
            kept.append(unit)
    last = years[-1] if years else 0
    return Panel(
        tuple(kept),
        tuple(years),
        tuple(tuple(float(values[unit, year] or 0) for year in years) for unit in kept),
        tuple(start if (start := starts[unit]) is not None and start <= last else None for unit in kept),
        tuple(left),
    )
