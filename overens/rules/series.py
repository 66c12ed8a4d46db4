# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Population series: figures as fetched, with source and dates. They are compared with, never recomputed."""

from __future__ import annotations

import csv
import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

SHIPPED = Path(__file__).parents[1] / "reference" / "populations"
COUNTRY = "00"


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
    """The series that come with Överens, by id."""
    described = tomllib.loads((SHIPPED / "series.toml").read_text(encoding="utf-8"))
    return {row["id"]: Series(**row, persons=_persons(row["id"])) for row in described["series"]}


def known_series() -> frozenset[str]:
    return frozenset(shipped())


def _persons(id: str) -> dict[str, int]:
    with (SHIPPED / f"{id}.csv").open(encoding="utf-8", newline="") as file:
        return {row["lanskod"]: int(row["persons"]) for row in csv.DictReader(file)}
