# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Levels and changes by region, and how far apart the regions are: what is, and nothing of why."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

Number = int | Decimal


@dataclass(frozen=True)
class Row:
    """One region: its values by year, and the change between the two years that are compared where both are known."""

    unit: str
    values: Mapping[int, Number | None]
    change: Number | None


@dataclass(frozen=True)
class Spread:
    """One year over the regions that have a value: ``many`` of them."""

    year: int
    many: int
    lowest: Number
    lower: Number
    middle: Number
    upper: Number
    highest: Number


@dataclass(frozen=True)
class Described:
    """``since``: the year before, which the change is counted from, and ``until``; None where there are not two."""

    years: tuple[int, ...]
    rows: tuple[Row, ...]
    spreads: tuple[Spread, ...]
    since: int | None
    until: int | None


def described(
    values: Mapping[tuple[str, int], Number | None], units: Sequence[str], before: int | None = None
) -> Described:
    """Levels and changes, exact as published.

    before: the change is counted from the last year up to this one that has a value; left out: from the first.
    """
    years = tuple(sorted({year for (_unit, year), value in values.items() if value is not None}))
    eligible = [year for year in years if before is None or year <= before]
    since = (eligible[0] if before is None else eligible[-1]) if eligible else None
    until = years[-1] if years and since is not None and years[-1] > since else None
    rows = []
    for unit in units:
        own = {year: values.get((unit, year)) for year in years}
        first, last = (own[since] if since is not None else None), (own[until] if until is not None else None)
        rows.append(Row(unit, own, None if first is None or last is None else last - first))
    spreads = tuple(found for year in years if (found := _spread(year, [row.values[year] for row in rows])))
    return Described(years, tuple(rows), spreads, since, until)


def _spread(year: int, values: Sequence[Number | None]) -> Spread | None:
    known = sorted(Decimal(value) for value in values if value is not None)
    if not known:
        return None
    lower, middle, upper = (
        statistics.quantiles(known, n=4, method="inclusive") if len(known) > 1 else (known[0],) * 3
    )  # fmt: skip
    return Spread(year, len(known), known[0], lower, middle, upper, known[-1])
