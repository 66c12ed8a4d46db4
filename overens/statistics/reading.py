# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables that may be shared out by and compared with: those that were approved, and those that ship."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from overens.rules.statistics.shipped import shipped
from overens.rules.statistics.table import Level, StatisticsTable
from overens.statistics import storing
from overens.statistics.models import StoredColumn, StoredTable, TableState


@dataclass(frozen=True)
class Described:
    """A table without its values. ``times`` and ``ages`` as :class:`StatisticsTable` has them; ``newest``: no table of
    the same subject was approved later.
    """

    code: str
    title: str
    title_en: str
    measure: str
    level: Level
    source: str
    fetched_on: str
    times: tuple[str, ...]
    ships: bool
    newest: bool


def table(code: str, times: Collection[str] | None = None) -> StatisticsTable:
    """The approved table of this code, else the one that ships under it. Raises KeyError.

    times: read the values of these only, which is quicker for a table of many years.
    """
    found = approved().filter(code=code).first()
    return as_table(found, times) if found else shipped()[code]


def tables() -> tuple[Described, ...]:
    """What :func:`table` knows: last approved first, then those that ship."""
    listed = list(approved())
    times = times_of(listed)
    newest: dict[str, StoredTable] = {}
    for each in listed:
        newest.setdefault(each.subject, each)
    stored = [
        Described(
            code=each.code,
            title=each.title,
            title_en=each.title_en,
            measure=each.measure,
            level=_level(each),
            source=each.source,
            fetched_on=_day(each),
            times=times.get(each.pk, ()),
            ships=False,
            newest=newest[each.subject] == each,
        )
        for each in listed
    ]
    ships = [
        Described(t.code, t.title, t.title_en, t.measure, t.level, t.source, t.fetched_on, t.times, True, True)
        for code, t in shipped().items()
        if code not in {each.code for each in listed}
    ]
    return (*stored, *ships)


def times_of(tables: Collection[StoredTable]) -> dict[int, tuple[str, ...]]:
    """By id of a stored table the times that it has values of."""
    found: dict[int, tuple[str, ...]] = {}
    columns = StoredColumn.objects.filter(table__in=tables).order_by("time")
    for key, time in columns.values_list("table_id", "time").distinct():
        found[key] = (*found.get(key, ()), time)
    return found


def approved() -> QuerySet[StoredTable]:
    """Stored tables that were approved, last first."""
    return StoredTable.objects.filter(state=TableState.APPROVED).order_by("-decided_at", "-pk")


def as_table(stored: StoredTable, times: Collection[str] | None = None) -> StatisticsTable:
    """A stored table, approved or not, as a value."""
    return StatisticsTable(
        code=stored.code,
        title=stored.title,
        title_en=stored.title_en,
        measure=stored.measure,
        level=_level(stored),
        source=stored.source,
        values=storing.stored(stored, times),
        fetched_on=_day(stored),
        sha256=stored.sha256,
        note=stored.note,
        note_en=stored.note,
        names=stored.names,
    )


def _level(stored: StoredTable) -> Level:
    return "municipality" if stored.level == "municipality" else "region"


def _day(stored: StoredTable) -> str:
    return timezone.localdate(stored.fetched_at).isoformat()
