# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""From what a proposal names to figures by recipient, out of tables of statistics as they were published."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache

from overens.rules.findings import Finding, Refused, error, refuse
from overens.rules.proposals.proposal import Basis, Proposal
from overens.rules.series import SHIPPED
from overens.rules.statistics.table import ALL, COUNTRY, Cell, StatisticsTable, span

Tables = Mapping[str, StatisticsTable]
# How long the codes of units are, by what recipients are called as a whole.
DIGITS = {"municipalities": (4,), "municipalities-and-regions": (2, 4)}


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
    lengths = DIGITS[proposal.recipients]
    for basis in proposal.bases:
        if basis.table is not None:
            table = _table(basis, tables)
            found = [code for code in table.units if len(code) in lengths and code != COUNTRY]
            if any(len(code) == 4 for code in found):
                return {code: table.names.get(code) or regions().get(code, code) for code in found}
    refuse("proposal-no-municipalities", "recipients")


def figures(basis: Basis, codes: Iterable[str], tables: Tables) -> dict[str, int | Decimal]:
    """By recipient. Refused, at the basis: ``proposal-table-unknown``, ``proposal-time-unknown``,
    ``proposal-age-unknown``, ``proposal-recipient-missing``, ``proposal-value-missing``.
    """
    at = f"basis[{basis.id}]"
    if basis.table is None:
        given = {figure.code: figure.value for figure in basis.values}
        if missing := [code for code in codes if code not in given]:
            refuse("basis-figure-missing", f"{at}.values", basis=basis.id, codes=missing)
        return {code: given[code] for code in codes}
    table = _table(basis, tables)
    time = _time(basis, table)
    ages = [age for wanted in basis.ages for age in _ages(basis, table, time, wanted)] or [ALL]
    found: dict[str, int | Decimal] = {}
    absent, secret = [], []
    for code in codes:
        try:
            parts = [table.values[Cell(code, time, basis.sex, age)] for age in ages]
        except KeyError:
            absent.append(code)
            continue
        known = [part for part in parts if part is not None]
        if len(known) < len(parts):
            secret.append(code)
        found[code] = sum(known)
    where = {"table": table.code, "time": time}
    if absent and not found:
        refuse("proposal-cells-missing", at, sex=basis.sex or "-", ages=list(basis.ages) or ["-"], **where)
    if absent:
        refuse("proposal-recipient-missing", at, codes=absent, **where)
    if secret:
        refuse("proposal-value-missing", at, codes=secret, **where)
    return found


def _table(basis: Basis, tables: Tables) -> StatisticsTable:
    name = basis.table or ""
    if name not in tables:
        refuse("proposal-table-unknown", f"basis[{basis.id}].table", name=name, known=sorted(tables))
    return tables[name]


def _time(basis: Basis, table: StatisticsTable) -> str:
    if basis.time is None:
        if len(times := table.times) == 1:
            return times[0]
        refuse("proposal-time-missing", f"basis[{basis.id}]", table=table.code, known=list(times))
    return basis.time


def _ages(basis: Basis, table: StatisticsTable, time: str, wanted: str) -> tuple[str, ...]:
    """The ages as published that together are the one that is wanted."""
    if any(cell.age == wanted for cell in table.values):
        return (wanted,)
    found = tiled(table.ages, wanted)
    if found is None:
        key = f"basis[{basis.id}].ages"
        refuse("proposal-age-unknown", key, table=table.code, time=time, age=wanted, known=list(table.ages))
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
    level = "municipality" if any(len(cell.unit) == 4 for cell in values) else "region"
    return StatisticsTable(code, code, "", "", level, "not stated", values, names=names)  # type: ignore[arg-type]


def _number(raw: str) -> int | Decimal | None:
    if not raw:
        return None
    text = raw.replace(" ", "").replace("\u00a0", "").replace(",", ".")
    if not text.replace(".", "", 1).isascii() or not text.replace(".", "", 1).isdigit():
        raise ValueError(raw)
    return Decimal(text) if "." in text else int(text)
