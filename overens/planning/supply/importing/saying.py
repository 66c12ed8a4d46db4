# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is said of a table, once for each kind: how many cells, the first by row and column, how many persons."""

from __future__ import annotations

from typing import NamedTuple

from overens.planning.supply.importing.words import EVERY_AGE, OPEN_END, TOTAL, Span
from overens.rules.findings import Evidence, Finding, Level, Where

# How many are named in the wording, and how many stand below it.
NAMED, LISTED = 6, 50


class Cell(NamedTuple):
    """``line``: from 1, None where none is meant; ``name``: ``B17``, what the value is of, or nothing where the
    whole table is meant.
    """

    line: int | None
    name: str
    text: str = ""
    persons: int = 0


class Notes:
    """Cells by what is to be said of them."""

    def __init__(self) -> None:
        self._met: dict[tuple[str, Level], list[Cell]] = {}

    def add(self, level: Level, code: str, cell: Cell) -> None:
        self._met.setdefault((code, level), []).append(cell)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """One for each code; values: count, cells, texts, persons, and more than one only of what they differ in."""
        return tuple(_finding(code, level, cells) for (code, level), cells in self._met.items())


def _finding(code: str, level: Level, cells: list[Cell]) -> Finding:
    cells = sorted(cells, key=lambda each: (each.line or 0, each.name, each.text))
    texts = list(dict.fromkeys(each.text for each in cells if each.text))
    return Finding(
        code,
        level,
        {
            "count": len(cells),
            "cells": _some(list(dict.fromkeys(each.name for each in cells))),
            "texts": _some(texts),
            "persons": sum(each.persons for each in cells),
        },
        Where(line=cells[0].line, key=cells[0].name if cells[0].name not in ("", str(cells[0].line)) else None),
        _listed(cells),
    )


def _listed(cells: list[Cell]) -> tuple[Evidence, ...]:
    """What stands and the persons where any of the cells has them; none of what has no name."""
    columns = {"staff-text": any(each.text for each in cells), "staff-persons": any(each.persons for each in cells)}
    return tuple(
        Evidence(
            each.name,
            {name: value for name, value in zip(columns, (each.text, each.persons), strict=True) if columns[name]},
        )
        for each in cells[:LISTED]
        if each.name
    )


def _some(listed: list[str]) -> list[str]:
    return [*listed[:NAMED], "…"] if len(listed) > NAMED else listed


def ages_said(ages: Span) -> str:
    if ages == EVERY_AGE:
        return ""
    first, last = ages
    return f"{first}+" if last == OPEN_END else str(first) if first == last else f"{first}–{last}"


def said(occupation: str, region: str, year: int, sector: str, sex: str, ages: Span = EVERY_AGE) -> str:
    """What a number is of, as a finding names it: ``nurse 03 2025 k 20–24``."""
    parts = (occupation, region, str(year), sector, sex, ages_said(ages))
    return " ".join(part for part in parts if part and part != TOTAL)
