# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Kolada's replies about a key figure, API v2 and v3, as many pages as it has.

Sources: Kolada's documentation of ``data`` as others' programs use it: ``values`` with kpi, municipality, period and,
by sex (T, K, M), value, count and status; regions as 0001 to 0025, the country as 0000; ``next_page`` (v2) or
``next_url`` (v3) where there is more. That a status of Missing or Private means that there is no value is assumed.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from overens.exchange.statistics.common import MOST, exact, json_of, level_of, refuse_twice
from overens.rules.findings import Finding, Where, refuse
from overens.rules.statistics.asked import Asked, Read
from overens.rules.statistics.table import Cell, Column, StatisticsTable, Value, columns_of

SEXES = {"T": "", "K": "k", "M": "m"}
NO_VALUE = {"missing", "private"}
SOURCE = "Kolada (RKA)"
KPIS = Path(__file__).parents[2] / "reference" / "statistics" / "kolada_kpis.csv"


@cache
def kpis() -> Mapping[str, Mapping[str, str]]:
    """The key figures that Överens knows, by id: title, title_en, measure, theme. As Kolada listed them in 2021."""
    with KPIS.open(encoding="utf-8", newline="") as file:
        return {row["kpi"]: row for row in csv.DictReader(file)}


def next_page(reply: bytes) -> str:
    """The address of the page after this one, empty for the last."""
    data = json_of(reply)
    found = (data.get("next_url") or data.get("next_page")) if isinstance(data, dict) else ""
    return found if isinstance(found, str) else ""


def read(replies: Sequence[bytes], asked: Asked) -> Read:
    """Raises Refused: ``statistics-not-kolada``, ``statistics-contents``, ``statistics-code-unknown``,
    ``statistics-values-number``, ``statistics-twice``, and those of JSON.
    """
    rows = [row for reply in replies for row in figures(json_of(reply))]
    found = list(dict.fromkeys(row[0] for row in rows))
    if asked.contents and asked.contents not in found:
        refuse("statistics-contents-unknown", "contents", contents=asked.contents, known=found)
    if not asked.contents and len(found) != 1:
        refuse("statistics-contents" if found else "statistics-empty", "contents" if found else "file", known=found)
    kpi = asked.contents or found[0]
    values: dict[Cell, Value] = {}
    groups = 0
    for each, place, time, sex, value in rows:
        if each != kpi:
            continue
        if place.startswith("G"):  # a group of municipalities of Kolada's own
            groups += 1
            continue
        cell = Cell(place.removeprefix("00") if len(place) == 4 and place.startswith("00") else place, time, sex)
        if values.get(cell, value) != value:
            refuse_twice(cell.unit, Column(cell.time, cell.sex, cell.age))
        values[cell] = value
    columns = columns_of(values)
    known = kpis().get(kpi, {})
    title = asked.title or known.get("title") or kpi
    table = StatisticsTable(
        code="",
        title=title,
        title_en=known.get("title_en") or title,
        measure=asked.measure or known.get("measure") or "not stated",
        level=level_of(columns.units),
        source=asked.source or SOURCE,
        values=columns,
    )
    findings = [Finding("statistics-groups", "note", {"count": groups}, Where(key="file"))] if groups else []
    return Read(table, f"kolada/{kpi}", kpi, tuple(findings))


def figures(data: Any) -> Iterator[tuple[str, str, str, str, Value]]:
    """kpi, place, time, sex and value of each figure."""
    listed = data.get("values") if isinstance(data, dict) else None
    if not isinstance(listed, list) or len(listed) > MOST:
        refuse("statistics-not-kolada", "file")
    for number, row in enumerate(listed, start=1):
        try:
            kpi, place, time, figures = str(row["kpi"]), str(row["municipality"]), str(row["period"]), row["values"]
            for figure in figures:
                if figure.get("isdeleted"):
                    continue
                status = str(figure.get("status") or "")
                value = None if status.casefold() in NO_VALUE else exact(figure["value"])
                yield kpi, place, time, SEXES[figure["gender"]], value
        except (KeyError, TypeError, AttributeError):
            refuse("statistics-kolada-row", "file", row=number)
