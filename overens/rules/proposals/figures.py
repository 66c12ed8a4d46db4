# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""From what a proposal names to figures by recipient, out of tables of statistics as they were published."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache

from overens.rules.findings import Finding, Refused, error, refuse
from overens.rules.proposals.proposal import Basis, Proposal
from overens.rules.series import SHIPPED
from overens.rules.statistics.table import ALL, DIGITS, Cell, Level, StatisticsTable, Value, columns_of, span

Tables = Mapping[str, StatisticsTable]
LEVELS: tuple[Level, ...] = ("region", "municipality")


@cache
def regions() -> dict[str, str]:
    """The 21 by code, each by the name of its county."""
    with (SHIPPED.parent / "regions.csv").open(encoding="utf-8", newline="") as file:
        return {row["lanskod"]: row["county"] for row in csv.DictReader(file)}


def recipients(proposal: Proposal, tables: Tables) -> dict[str, str]:
    """Names by code. Which municipalities there are is what the proposal's first table with any of them holds.

    Refused: ``proposal-table-unknown``, ``proposal-no-municipalities``.
    """
    if proposal.recipients == "listed":
        return {recipient.code: recipient.name for recipient in proposal.listed}
    if proposal.recipients == "regions":
        return regions()
    of_regions = regions() if proposal.recipients == "municipalities-and-regions" else {}
    for basis in proposal.bases:
        if basis.table is not None:
            table = replace(_table(basis, tables), level="municipality")
            if codes := table.units:
                return {**of_regions, **{code: table.names.get(code, code) for code in codes}}
    return refuse("proposal-no-municipalities", "recipients")


def figures(basis: Basis, codes: Collection[str], tables: Tables) -> dict[str, int | Decimal]:
    """By recipient. Refused, at the basis: ``proposal-table-unknown``, ``proposal-time-unknown``,
    ``proposal-age-unknown``, ``proposal-cells-missing``, ``proposal-recipient-missing``, ``basis-figure-missing``.
    """
    at = f"basis[{basis.id}]"
    if basis.table is None:
        given = {figure.code: figure.value for figure in basis.values}
        if missing := [code for code in codes if code not in given]:
            refuse("basis-figure-missing", f"{at}.values", basis=basis.id, codes=missing)
        return {code: given[code] for code in codes}
    table = _table(basis, tables)
    time = _time(basis, table)
    ages = [age for wanted in basis.ages for age in _ages(basis, table, wanted)] or [ALL]
    found: dict[str, Value] = {}
    for level in LEVELS:
        if any(len(code) == DIGITS[level] for code in codes):
            try:
                found |= (table if table.level == level else replace(table, level=level)).column(time, ages, basis.sex)
            except KeyError:
                refuse("proposal-cells-missing", at, table=table.code, time=time, sexes=[*table.sexes] or ["-"])
    known = {code: value for code in codes if (value := found.get(code)) is not None}
    if missing := [code for code in codes if code not in known]:
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


def read_table(text: str, code: str) -> StatisticsTable:
    """A table of one's own: rows ``code,value``, or ``code,time,sex,age,value``, with that heading, by comma or
    semicolon. A value that is empty is not known.

    Refused with the line: ``statistics-file-heading``, ``statistics-file-value``, ``statistics-file-twice``.
    """
    lines = text.splitlines()
    delimiter = ";" if lines and ";" in lines[0] else ","
    rows = csv.DictReader(lines, delimiter=delimiter)
    heading = [name.strip() for name in rows.fieldnames or ()]
    rows.fieldnames = heading
    if not {"code", "value"} <= set(heading) or set(heading) - {"code", "name", "time", "sex", "age", "value"}:
        refuse("statistics-file-heading", found=heading)
    values: dict[Cell, int | Decimal | None] = {}
    names: dict[str, str] = {}
    wrong: list[Finding] = []
    for row in rows:
        cell = Cell(*((row.get(name) or "").strip() for name in ("code", "time", "sex", "age")))
        raw = (row["value"] or "").strip()
        if cell in values:
            wrong.append(error("statistics-file-twice", line=rows.line_num, code=cell.unit, time=cell.time))
        try:
            values[cell] = _number(raw)
        except ValueError:
            wrong.append(error("statistics-file-value", line=rows.line_num, raw=raw[:40]))
        if row.get("name"):
            names[cell.unit] = row["name"].strip()
    if wrong or not values:
        raise Refused(*(wrong or [error("file-empty")]))
    level: Level = "municipality" if any(len(cell.unit) == DIGITS["municipality"] for cell in values) else "region"
    return StatisticsTable(code, code, "", "", level, "not stated", columns_of(values), names=names)


def _number(raw: str) -> int | Decimal | None:
    if not raw:
        return None
    text = raw.replace(" ", "").replace("\u00a0", "").replace(",", ".")
    if not text.replace(".", "", 1).isascii() or not text.replace(".", "", 1).isdigit():
        raise ValueError(raw)
    return Decimal(text) if "." in text else int(text)
