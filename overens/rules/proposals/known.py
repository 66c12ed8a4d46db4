# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which tables can be named without a database: the series that ship, and the populations that agreements print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from overens.rules import reading, series
from overens.rules.agreement import Agreement
from overens.rules.statistics.shipped import shipped
from overens.rules.statistics.table import Cell, StatisticsTable


@cache
def known() -> Mapping[str, StatisticsTable]:
    """By code. What agreement 2019 prints is ``avtal-2019``, at the day of the series that it was found to be."""
    return {**shipped(), **{table.code: table for table in _printed()}}


def _printed() -> Iterator[StatisticsTable]:
    for id in reading.shipped_ids():
        agreed = reading.shipped(id)
        named = series.shipped().get(agreed.population.series) if agreed.population else None
        if named is None:
            continue
        table = _table(agreed, named)
        if not {cell.unit for cell in table.values} <= named.persons.keys():  # else the series says it all
            yield table


def _table(agreed: Agreement, named: series.Series) -> StatisticsTable:
    pot = next(pot for pot in agreed.pots if pot.by_population)
    group, time = agreed.group(pot.recipients), str(named.reference_date)
    return StatisticsTable(
        code=f"avtal-{agreed.id}",
        title=f"Folkmängd som ”{agreed.short_title}” anger",
        title_en=f"Population as “{agreed.short_title_en or agreed.short_title}” states it",
        measure="persons",
        level="region",
        source=group.source,
        values={Cell(each.code, time): each.weight for each in group.recipients},
        names={each.code: each.name for each in group.recipients},
    )
