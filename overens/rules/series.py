# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Population series: figures as fetched, with source and dates. They are compared with, never recomputed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Literal

from overens.rules.statistics import shipped as tables
from overens.rules.statistics.table import COUNTRY, StatisticsTable

__all__ = ["COUNTRY", "Series", "known_series", "shipped"]


@dataclass(frozen=True)
class Series:
    """Persons by two-digit county code, as far as known; ``00`` is the whole country."""

    id: str
    title: str
    title_en: str
    source: str
    reference_date: dt.date
    fetched_on: dt.date | Literal["not stated"]
    note: str
    note_en: str
    persons: dict[str, int]


@cache
def shipped() -> dict[str, Series]:
    """The series that come with Överens, by id: the shipped tables of statistics, as agreements weigh by them."""
    return {code: _series(table) for code, table in tables.shipped().items()}


def known_series() -> frozenset[str]:
    return frozenset(shipped())


def _series(table: StatisticsTable) -> Series:
    (time,) = table.times
    fetched: dt.date | Literal["not stated"] = "not stated"
    if table.fetched_on != "not stated":
        fetched = dt.date.fromisoformat(table.fetched_on)
    return Series(
        id=table.code,
        title=table.title,
        title_en=table.title_en,
        source=table.source,
        reference_date=dt.date.fromisoformat(time),
        fetched_on=fetched,
        note=table.note,
        note_en=table.note_en,
        persons={cell.unit: int(value) for cell, value in table.values.items() if value is not None},
    )
