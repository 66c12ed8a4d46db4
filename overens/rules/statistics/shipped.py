# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The population series that come with Överens, as tables. They are compared with and shared out by."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from overens.rules.statistics.table import Cell, StatisticsTable

SHIPPED = Path(__file__).parents[2] / "reference" / "populations"


@cache
def shipped() -> Mapping[str, StatisticsTable]:
    """By code. Each has one time, the day that its figures are of."""
    described = tomllib.loads((SHIPPED / "series.toml").read_text(encoding="utf-8"))
    return {row["id"]: _table(**row) for row in described["series"]}


def _table(*, id: str, reference_date: object, fetched_on: object, **described: Any) -> StatisticsTable:
    with (SHIPPED / f"{id}.csv").open(encoding="utf-8", newline="") as file:
        values = {Cell(row["lanskod"], str(reference_date)): int(row["persons"]) for row in csv.DictReader(file)}
    return StatisticsTable(
        code=id, measure="persons", level="region", fetched_on=str(fetched_on), values=values, **described
    )
