# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A table's values as rows, and back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from decimal import Decimal
from typing import Any

from overens.records.canonical import canonical, digest
from overens.rules.statistics.table import Column, Columns, Value
from overens.statistics.models import StoredColumn, StoredTable

# How many columns go between two words on how far it is.
STRETCH = 500


def hash_of(hashes: Sequence[str]) -> str:
    """The hash of a table's bytes: its one reply's own, or that of all its replies' hashes."""
    return hashes[0] if len(hashes) == 1 else digest(canonical({"replies": list(hashes)}))


def store(table: StoredTable, columns: Columns, progress: Callable[[int], object] = lambda percent: None) -> None:
    """Insert the columns of a table whose ``units`` are theirs. progress is told how many per cent are done."""
    listed = list(columns.columns.items())
    for begin in range(0, len(listed), STRETCH):
        progress(100 * begin // len(listed))
        StoredColumn.objects.bulk_create(
            StoredColumn(table=table, time=key.time, sex=key.sex, age=key.age, values=_plain(values))
            for key, values in listed[begin : begin + STRETCH]
        )


def stored(table: StoredTable, times: Collection[str] | None = None) -> Columns:
    """The values again, of some times only where they are named."""
    rows = table.columns.order_by("pk")
    if times is not None:
        rows = rows.filter(time__in=times)
    found = rows.values_list("time", "sex", "age", "values")
    return Columns(table.units, {Column(time, sex, age): _exact(values) for time, sex, age, values in found.iterator()})


def _plain(values: Iterable[Value]) -> list[Any]:
    return [str(value) if isinstance(value, Decimal) else value for value in values]


def _exact(values: Iterable[Any]) -> list[Value]:
    return [Decimal(value) if isinstance(value, str) else value for value in values]
