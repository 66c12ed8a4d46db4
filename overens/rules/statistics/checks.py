# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is wrong, or odd, with a table of statistics that was read, whatever its format.

An error cannot be approved: a unit that is missing or not known, a name that belongs to another code, another year than
asked for. What does not add up is a warning with its size: Statistics Sweden adds noise to small numbers since 2025, so
that parts need not sum to their whole (general knowledge, to be confirmed).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from overens.rules.amounts import group_digits
from overens.rules.findings import Evidence, Finding, Level, Where
from overens.rules.statistics import units
from overens.rules.statistics.asked import Asked
from overens.rules.statistics.parts import DIFFERING, differences
from overens.rules.statistics.table import COUNTRY, DIGITS, Cell, Columns, StatisticsTable, Value, columns_of

# Measures that parts of a whole add up in.
ADDED_UP = {"persons", "number", "full-time equivalents"}
TIME = re.compile(r"\d{4}(M(0[1-9]|1[0-2])|K[1-4]|-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))?")
FILE = Where(key="file")
# How many of many are named.
NAMED = 8


def check(table: StatisticsTable, asked: Asked, *, whole: bool = True) -> tuple[Finding, ...]:
    """whole: the source publishes every unit, so that one that is missing has been lost."""
    columns = columns_of(table.values)
    return (
        *_units(table, whole),
        *_names(table.names),
        *_times(table, asked),
        *_values(table, columns),
        *(_sums(columns) if table.measure in ADDED_UP else ()),
    )


def _units(table: StatisticsTable, whole: bool) -> Iterator[Finding]:
    found = set(columns_of(table.values).units)
    unknown = sorted(found - set(units.names()))
    if unknown:
        told = [f"{code} ({table.names[code]})" if code in table.names else code for code in unknown[:NAMED]]
        yield Finding("statistics-unit-unknown", "error", {"units": told, "count": len(unknown)}, FILE)
    if not found - {COUNTRY}:
        yield Finding("statistics-no-units", "error", {}, FILE)
    for level in DIGITS:
        wanted = units.codes(level)
        missing = sorted(wanted - found)
        if missing and found & wanted:
            # Municipalities have been divided and joined, regions have not since 1999.
            severe = whole and level == "region"
            values = {"units": told_units(missing), "count": len(missing), "of": len(wanted)}
            yield Finding(f"statistics-{level}-missing", "error" if severe else "warning", values, FILE)


def _names(names: Mapping[str, str]) -> Iterator[Finding]:
    """A name that belongs to another code."""
    wrong, other = [], []
    for code, name in names.items():
        owners = units.owners(code, name)
        if code in units.names() and code not in owners:
            if owners:
                wrong.append(f"{code} {units.names()[code]} → {name} ({', '.join(sorted(owners))})")
            elif units.plain(name) != code:
                other.append(f"{code} {name}")
    if wrong:
        yield Finding("statistics-names-swapped", "error", {"names": wrong[:NAMED], "count": len(wrong)}, FILE)
    if other:
        yield Finding("statistics-name-other", "note", {"names": other[:NAMED], "count": len(other)}, FILE)


def _times(table: StatisticsTable, asked: Asked) -> Iterator[Finding]:
    odd = [time for time in table.times if not TIME.fullmatch(time)]
    if odd:
        yield Finding("statistics-time-unknown", "error", {"times": odd[:NAMED]}, FILE)
    if asked.times and set(asked.times) != set(table.times):
        yield Finding(
            "statistics-time-differs", "error", {"asked": list(asked.times), "found": span_of(table.times)}, FILE
        )


def _values(table: StatisticsTable, columns: Columns) -> Iterator[Finding]:
    without = _cells(columns, lambda values: None in values, lambda value: value is None)
    if len(without) == len(columns):
        yield Finding("statistics-empty", "error", {"known": []}, FILE)
    elif without:
        yield _told("no-value", "warning", without)
    if table.measure not in ADDED_UP:
        return
    if negative := _cells(columns, lambda values: min(_known(values), default=0) < 0, lambda value: (value or 0) < 0):
        yield _told("negative", "error", negative)
    if table.measure == "persons":
        if parts := _cells(columns, lambda values: Decimal in set(map(type, values)), _is_fraction):
            yield _told("fraction", "error", parts)
        whole = Columns(columns.units, {key: values for key, values in columns.columns.items() if not key.age})
        if nobody := _cells(whole, lambda values: 0 in values, lambda value: value == 0):
            yield _told("nobody", "warning", nobody)


def _is_fraction(value: Value) -> bool:
    return isinstance(value, Decimal)


def _known(values: Sequence[Value]) -> Iterable[int | Decimal]:
    return [value for value in values if value is not None] if None in values else values  # type: ignore[return-value]


def _cells(columns: Columns, has: Callable[[Sequence[Value]], bool], holds: Callable[[Value], bool]) -> list[Cell]:
    """The cells whose value holds; has: a column has any such, asked first since there are millions of values."""
    return [
        Cell(unit, *key)
        for key, values in columns.columns.items()
        if has(values)
        for unit, value in zip(columns.units, values, strict=True)
        if holds(value)
    ]


def _told(what: str, level: Level, cells: Sequence[Cell]) -> Finding:
    told = [said(*cell) for cell in cells[:NAMED]]
    values = {"count": len(cells), "cells": [*told, "…"] if len(cells) > NAMED else told}
    return Finding(f"statistics-{what}", level, values, FILE)


def _sums(columns: Columns) -> Iterator[Finding]:
    """Where parts and whole differ, by what the parts are."""
    for kind in DIFFERING:
        compared, found = 0, []
        for each in differences(columns, kind):
            compared += 1
            if each.size:
                found.append(each)
        if not found:
            continue
        found.sort(key=lambda each: -each.size)
        largest = found[0]
        values = {
            "count": len(found),
            "of": compared,
            "size": _figure(largest.size),
            "at": said(*largest.cell),
            "parts": _figure(largest.parts),
            "whole": _figure(largest.whole),
        }
        evidence = tuple(
            Evidence(said(*each.cell), {"parts": _figure(each.parts), "whole": _figure(each.whole)})
            for each in found[:20]
        )
        yield Finding(f"statistics-sums-{kind}", "warning", values, FILE, evidence)


def _figure(value: int | Decimal) -> str:
    return group_digits(value) if isinstance(value, int) else str(value)


def said(unit: str, time: str = "", sex: str = "", age: str = "") -> str:
    """A cell as a finding names it: ``01 Stockholm 2018 k 65-69``."""
    return " ".join(part for part in (told_units([unit])[0], time, sex, age) if part)


def told_units(codes: Sequence[str]) -> list[str]:
    """Codes with names, the first of many."""
    told = [f"{code} {units.names().get(code, '')}".strip() for code in codes[:NAMED]]
    return [*told, "…"] if len(codes) > NAMED else told


def span_of(times: Sequence[str]) -> list[str]:
    """A few times, or the first and the last of many."""
    return list(times) if len(times) <= NAMED else [f"{times[0]} – {times[-1]}"]
