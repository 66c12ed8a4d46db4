# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""One table of statistics: exact values by unit, time, sex and age, as they were published. Never recomputed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

COUNTRY = "00"
ALL = ""
WOMEN, MEN = "k", "m"
Level = Literal["region", "municipality"]
Value = int | Decimal | None
# How many digits the code of a unit has.
DIGITS: Mapping[Level, int] = {"region": 2, "municipality": 4}


class Cell(NamedTuple):
    """Where a value stands. ``unit``: a county's two digits, a municipality's four, ``00`` the country. ``time``: a
    year ("2018"), a day ("2018-12-31"), a quarter ("2018K4") or a month ("2018M11"). ``sex``: "k", "m", or "" for both.
    ``age``: a year ("67"), a span ("65-69", "100+"), or "" for all.
    """

    unit: str
    time: str
    sex: str = ALL
    age: str = ALL


class Column(NamedTuple):
    """A :class:`Cell` but for its unit."""

    time: str
    sex: str = ALL
    age: str = ALL


class Columns(Mapping[Cell, Value]):
    """Values without a key for each, since there can be millions: a list by column, in the order of ``units``."""

    def __init__(self, units: Sequence[str], columns: Mapping[Column, Sequence[Value]]) -> None:
        self.units, self.columns = tuple(units), columns
        self._at = {unit: at for at, unit in enumerate(self.units)}

    def __getitem__(self, cell: Cell) -> Value:
        unit, *column = cell
        return self.columns[Column(*column)][self._at[unit]]

    def __iter__(self) -> Iterator[Cell]:
        return (Cell(unit, *column) for column in self.columns for unit in self.units)

    def __len__(self) -> int:
        return len(self.units) * len(self.columns)


def columns_of(values: Mapping[Cell, Value]) -> Columns:
    """The same values by column; a cell that is not there has no value."""
    if isinstance(values, Columns):
        return values
    units = sorted({cell.unit for cell in values})
    columns = dict.fromkeys(Column(cell.time, cell.sex, cell.age) for cell in values)
    return Columns(units, {each: [values.get(Cell(unit, *each)) for unit in units] for each in columns})


@dataclass(frozen=True)
class StatisticsTable:
    """``values`` holds None where the source has published that there is no value (secret, missing): not nought.

    ``measure``: what a value is, such as "persons" or "per cent". ``level``: what the units are; a table that has both
    regions and municipalities is read at one of them (``dataclasses.replace`` gives the other). ``fetched_on`` is a
    day or "not stated"; ``sha256`` of the bytes it was read from, empty where there are none.
    """

    code: str
    title: str
    title_en: str
    measure: str
    level: Level
    source: str
    values: Mapping[Cell, Value]
    fetched_on: str = "not stated"
    sha256: str = ""
    note: str = ""
    note_en: str = ""
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def times(self) -> tuple[str, ...]:
        return tuple(sorted({column.time for column in self.columns}))

    @property
    def ages(self) -> tuple[str, ...]:
        """As published, youngest first; without the whole."""
        found = {column.age for column in self.columns if column.age}
        return tuple(sorted(found, key=lambda age: span(age)[0]))

    @property
    def sexes(self) -> tuple[str, ...]:
        """Without the whole."""
        return tuple(sorted({column.sex for column in self.columns if column.sex}))

    @property
    def units(self) -> tuple[str, ...]:
        """Codes at this level, without the country's."""
        digits = DIGITS[self.level]
        found = self.values.units if isinstance(self.values, Columns) else {cell.unit for cell in self.values}
        return tuple(sorted(unit for unit in found if len(unit) == digits and unit != COUNTRY))

    @property
    def columns(self) -> Iterable[Column]:
        if isinstance(self.values, Columns):
            return self.values.columns.keys()
        return {Column(cell.time, cell.sex, cell.age) for cell in self.values}

    def column(self, time: str, ages: Iterable[str] = (ALL,), sex: str = ALL) -> dict[str, Value]:
        """By unit at one time: the published whole, or these ages added up. None where any of them has no value. Both
        sexes are women and men added up where the source publishes no whole.

        Raises KeyError with the cell where the table does not have it.
        """
        found: dict[str, Value] = {}
        wanted = [(age, each) for age in ages for each in self._sexes(time, age, sex)]
        for unit in self.units:
            parts = [self.values[Cell(unit, time, each, age)] for age, each in wanted]
            known = [part for part in parts if part is not None]
            found[unit] = sum(known) if len(known) == len(parts) else None
        return found

    def _sexes(self, time: str, age: str, sex: str) -> tuple[str, ...]:
        def there(each: str) -> bool:
            return any(Cell(unit, time, each, age) in self.values for unit in self.units[:1])

        return (WOMEN, MEN) if sex == ALL and not there(ALL) and there(WOMEN) and there(MEN) else (sex,)


def span(age: str) -> tuple[int, int | None]:
    """The first and the last year of an age as published: (65, 69), (67, 67), (100, None) for "100+".

    Raises ValueError on anything else.
    """
    if age.endswith("+"):
        return int(age[:-1]), None
    first, dash, last = age.partition("-")
    return int(first), int(last if dash else first)
