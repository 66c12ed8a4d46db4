# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""From what a proposal names to figures by recipient, out of tables of statistics as they were published."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from overens.rules.findings import Refused, error, refuse
from overens.rules.proposals.proposal import GROUP, Basis, Proposal
from overens.rules.statistics.table import ALL, DIGITS, Level, StatisticsTable, Value, span
from overens.rules.statistics.units import codes, names

Tables = Mapping[str, StatisticsTable]
LEVELS: tuple[Level, ...] = ("region", "municipality")
SHARING: dict[str, tuple[Level, ...]] = {
    "regions": ("region",),
    "municipalities": ("municipality",),
    "municipalities-and-regions": LEVELS,
}


def recipients(proposal: Proposal) -> dict[str, str]:
    """Names by code, as the file lists them or as the recipients are called."""
    if proposal.recipients == "listed":
        return {recipient.code: recipient.name for recipient in proposal.listed}
    return {code: names()[code] for level in SHARING[proposal.recipients] for code in sorted(codes(level))}


def figures(basis: Basis, wanted: Collection[str], tables: Tables) -> dict[str, int | Decimal]:
    """By recipient. Refused, at the basis: ``proposal-table-unknown``, ``proposal-time-unknown``,
    ``proposal-age-unknown``, ``proposal-cells-missing``, ``proposal-recipient-missing``, ``basis-figure-missing``,
    ``unknown-recipient``.
    """
    at = f"basis[{basis.id}]"
    if basis.table is None:
        given = {figure.code: figure.value for figure in basis.values}
        wrong = [
            error("unknown-recipient", f"{at}.values[{code}]", name=code, group=GROUP)
            for code in given
            if code not in wanted
        ]
        if missing := [code for code in wanted if code not in given]:
            wrong.append(error("basis-figure-missing", f"{at}.values", basis=basis.id, codes=missing))
        if wrong:
            raise Refused(*wrong)
        return {code: given[code] for code in wanted}
    table = _table(basis, tables)
    time = _time(basis, table)
    ages = [age for asked in basis.ages for age in _ages(basis, table, asked)] or [ALL]
    found: dict[str, Value] = {}
    for level in LEVELS:
        if any(len(code) == DIGITS[level] for code in wanted):
            try:
                found |= (table if table.level == level else replace(table, level=level)).column(time, ages, basis.sex)
            except KeyError:
                refuse("proposal-cells-missing", at, table=table.code, time=time, sexes=[*table.sexes] or ["-"])
    known = {code: value for code in wanted if (value := found.get(code)) is not None}
    if missing := [code for code in wanted if code not in known]:
        refuse("proposal-recipient-missing", at, table=table.code, time=time, codes=missing)
    return known


def _table(basis: Basis, tables: Tables) -> StatisticsTable:
    name = basis.table or ""
    if name not in tables:
        refuse("proposal-table-unknown", f"basis[{basis.id}].table", name=name, known=sorted(tables))
    return tables[name]


def _time(basis: Basis, table: StatisticsTable) -> str:
    times = table.times
    if basis.time in times:
        return basis.time
    if basis.time is None and len(times) == 1:
        return times[0]
    key = f"basis[{basis.id}]" if basis.time is None else f"basis[{basis.id}].time"
    return refuse("proposal-time-unknown", key, table=table.code, time=basis.time or "-", known=list(times))


def _ages(basis: Basis, table: StatisticsTable, wanted: str) -> tuple[str, ...]:
    """The ages as published that together are the one that is wanted."""
    published = table.ages
    found = (wanted,) if wanted in published else tiled(published, wanted)
    if found is None:
        key = f"basis[{basis.id}].ages"
        return refuse("proposal-age-unknown", key, table=table.code, age=wanted, known=list(published) or ["-"])
    return found


def tiled(ages: Iterable[str], wanted: str) -> tuple[str, ...] | None:
    """Those of the ages that fill a span without gap or overlap, the widest first; None where none do."""
    first, last = span(wanted)
    spans = {age: span(age) for age in ages}
    found = []
    at: int | None = first
    while at is not None and (last is None or at <= last):
        fitting = {
            age: end
            for age, (start, end) in spans.items()
            if start == at and (last is None or (end is not None and end <= last))
        }
        if not fitting:
            return None
        age = max(fitting, key=lambda each: float("inf") if (end := fitting[each]) is None else end)
        found.append(age)
        at = None if (end := fitting[age]) is None else end + 1
    return tuple(found)
