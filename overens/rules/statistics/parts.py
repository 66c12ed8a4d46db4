# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Wholes and the parts that they are published with: a country's counties, a county's municipalities, sexes, ages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from overens.rules.statistics.table import ALL, COUNTRY, MEN, WOMEN, Cell, Column, Columns, Value, span

# Where an age that has no end ends.
OPEN = 1000


class Difference(NamedTuple):
    """A published whole and what its published parts add up to."""

    cell: Cell
    parts: int | Decimal
    whole: int | Decimal

    @property
    def size(self) -> int | Decimal:
        difference = self.parts - self.whole
        return difference if difference >= 0 else -difference


def differences(columns: Columns, kind: str) -> Iterator[Difference]:
    """Every whole of a kind whose parts all have values, whether they differ or not; see :data:`DIFFERING`."""
    return DIFFERING[kind](columns)


def complete(ages: Collection[str]) -> tuple[str, ...] | None:
    """Ages that cover every year from nought upwards once, youngest first; None where these do not.

    Of a table with single years and groups, the single years.
    """
    found: list[str] = []
    next_year: int | None = 0
    for first, end, age in sorted((*_ends(age), age) for age in ages):
        if next_year is not None and first == next_year:
            found.append(age)
            next_year = None if end == OPEN else end + 1
    return tuple(found) if next_year is None else None


def _ends(age: str) -> tuple[int, int]:
    first, last = span(age)
    return first, OPEN if last is None else last


def _places(columns: Columns, whole: str, parts: Sequence[str]) -> Iterator[Difference]:
    at = {unit: place for place, unit in enumerate(columns.units)}
    if whole not in at or not parts:
        return
    places, of = [at[unit] for unit in parts], at[whole]
    for key, values in columns.columns.items():
        total = values[of]
        found = [values[place] for place in places]
        if total is not None and None not in found:
            yield Difference(Cell(whole, *key), sum(found), total)  # type: ignore[arg-type]


def _counties(columns: Columns) -> Iterator[Difference]:
    return _places(columns, COUNTRY, [unit for unit in columns.units if len(unit) == 2 and unit != COUNTRY])


def _municipalities(columns: Columns) -> Iterator[Difference]:
    for county in columns.units:
        if len(county) == 2 and county != COUNTRY:
            inside = [unit for unit in columns.units if len(unit) == 4 and unit.startswith(county)]
            yield from _places(columns, county, inside)


def _sexes(columns: Columns) -> Iterator[Difference]:
    for key, values in columns.columns.items():
        both = [columns.columns.get(key._replace(sex=sex)) for sex in (WOMEN, MEN)]
        if key.sex == ALL and all(both):
            yield from _across(columns, key, values, [each for each in both if each is not None])


def _ages(columns: Columns) -> Iterator[Difference]:
    by_rest: dict[tuple[str, str], list[str]] = {}
    for key in columns.columns:
        if key.age != ALL:
            by_rest.setdefault((key.time, key.sex), []).append(key.age)
    for (time, sex), ages in by_rest.items():
        whole, parts = Column(time, sex), complete(ages)
        if whole in columns.columns and parts:
            yield from _across(
                columns, whole, columns.columns[whole], [columns.columns[Column(time, sex, age)] for age in parts]
            )


def _across(
    columns: Columns, key: Column, whole: Sequence[Value], parts: Sequence[Sequence[Value]]
) -> Iterator[Difference]:
    for unit, total, found in zip(columns.units, whole, zip(*parts, strict=True), strict=True):
        if total is not None and None not in found:
            yield Difference(Cell(unit, *key), sum(found), total)


# By what the parts are.
DIFFERING: dict[str, Callable[[Columns], Iterator[Difference]]] = {
    "counties": _counties,
    "municipalities": _municipalities,
    "sexes": _sexes,
    "ages": _ages,
}
