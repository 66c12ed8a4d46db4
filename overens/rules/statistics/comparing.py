# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A table held against the one before of the same subject: what each unit had and has."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from overens.rules.statistics.parts import complete
from overens.rules.statistics.table import Columns, StatisticsTable, Value, columns_of
from overens.rules.statistics.units import names


@dataclass(frozen=True)
class Change:
    """One unit's value before and now; None where there is none. ``percent`` is exact; None where it has no meaning."""

    unit: str
    name: str
    before: Value
    now: Value

    @property
    def difference(self) -> int | Decimal | None:
        return None if self.before is None or self.now is None else self.now - self.before

    @property
    def percent(self) -> Fraction | None:
        if self.difference is None or not self.before:
            return None
        return Fraction(self.difference) * 100 / Fraction(self.before)


@dataclass(frozen=True)
class Comparison:
    """``rows``: of the newest time of either, the largest change first. ``revised``: how many of the ``common`` values
    that both tables have are not the same, which is a revision by the source or a mistake.
    """

    time_before: str
    time_now: str
    rows: tuple[Change, ...]
    common: int
    revised: int


def compare(before: StatisticsTable, now: StatisticsTable) -> Comparison:
    """The same time of both where there is one, the newest of them; else the last time of each."""
    shared = sorted({*before.times} & {*now.times})
    old, new = (shared[-1], shared[-1]) if shared else (before.times[-1], now.times[-1])
    had, has = totals(before, old), totals(now, new)
    rows = [Change(unit, names().get(unit, unit), had.get(unit), has.get(unit)) for unit in sorted({*had, *has})]
    rows.sort(key=_largest_first)
    return Comparison(old, new, tuple(rows), *_revised(columns_of(before.values), columns_of(now.values)))


def _revised(before: Columns, now: Columns) -> tuple[int, int]:
    """How many values both have, and how many of them are not the same."""
    units = [unit for unit in now.units if unit in set(before.units)]
    here, there = ([columns.units.index(unit) for unit in units] for columns in (now, before))
    shared = [key for key in now.columns if key in before.columns]
    revised = 0
    for key in shared:
        new, old = now.columns[key], before.columns[key]
        revised += sum(new[at] != old[was] for at, was in zip(here, there, strict=True))
    return len(shared) * len(units), revised


def totals(table: StatisticsTable, time: str) -> dict[str, Value]:
    """By unit the whole at a time: as published, else its ages added up; empty where neither can be."""
    for ages in (("",), complete(table.ages)):
        try:
            if ages:
                return table.column(time, ages)
        except KeyError:
            continue
    return {}


def _largest_first(change: Change) -> tuple[int, Fraction]:
    """What came or went first, then by how many per cent, then what is alike."""
    if change.difference is None:
        return (0 if change.before != change.now else 2, Fraction(0))
    size = change.percent if change.percent is not None else Fraction(change.difference)
    return (1, -abs(size))
