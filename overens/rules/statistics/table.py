# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""One table of statistics: exact values by unit, time, sex and age, as they were published. Never recomputed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

COUNTRY = "00"
ALL = ""


class Cell(NamedTuple):
    """Where a value stands. ``unit``: a county's two digits, a municipality's four, ``00`` the country. ``time``: a
    year ("2018"), a day ("2018-12-31"), a quarter ("2018K4") or a month ("2018M11"). ``sex``: "k", "m", or "" for both.
    ``age``: a year ("67"), a span ("65-69", "100+"), or "" for all.
    """

    unit: str
    time: str
    sex: str = ALL
    age: str = ALL


@dataclass(frozen=True)
class StatisticsTable:
    """``values`` holds None where the source has published that there is no value (secret, missing): not nought.

    ``measure``: what a value is, such as "persons" or "per cent". ``level``: what the units are. ``fetched_on`` is a
    day or "not stated"; ``sha256`` of the bytes it was read from, empty where there are none.
    """

    code: str
    title: str
    title_en: str
    measure: str
    level: Literal["region", "municipality"]
    source: str
    values: Mapping[Cell, int | Decimal | None]
    fetched_on: str = "not stated"
    sha256: str = ""
    note: str = ""
    note_en: str = ""
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def times(self) -> tuple[str, ...]:
        return tuple(sorted({cell.time for cell in self.values}))

    @property
    def ages(self) -> tuple[str, ...]:
        """As published, youngest first; without the whole."""
        found = {cell.age for cell in self.values if cell.age}
        return tuple(sorted(found, key=lambda age: span(age)[0]))

    @property
    def units(self) -> tuple[str, ...]:
        """Codes without the country's."""
        return tuple(sorted({cell.unit for cell in self.values} - {COUNTRY}))

    def column(self, time: str, ages: Iterable[str] = (ALL,), sex: str = ALL) -> dict[str, int | Decimal | None]:
        """By unit at one time: the published whole, or these ages added up. None where any of them has no value.

        Raises KeyError with the cell where the table does not have it.
        """
        found: dict[str, int | Decimal | None] = {}
        wanted = tuple(ages)
        for unit in self.units:
            parts = [self.values[Cell(unit, time, sex, age)] for age in wanted]
            known = [part for part in parts if part is not None]
            found[unit] = sum(known) if len(known) == len(parts) else None
        return found


def span(age: str) -> tuple[int, int | None]:
    """The first and the last year of an age as published: (65, 69), (67, 67), (100, None) for "100+".

    Raises ValueError on anything else.
    """
    if age.endswith("+"):
        return int(age[:-1]), None
    first, dash, last = age.partition("-")
    return int(first), int(last if dash else first)
