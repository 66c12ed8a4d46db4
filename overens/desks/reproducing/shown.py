# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A printed annex as its page shows it: row by row, and what was tried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from overens.rules.findings import word
from overens.rules.reproducing import telling
from overens.rules.reproducing.analysing import Analysis
from overens.rules.reproducing.explaining import Explanation
from overens.rules.reproducing.implied import Weight


@dataclass(frozen=True)
class Cell:
    """None where nothing is printed, or nothing can be computed."""

    printed: int | None
    computed: int | None

    @property
    def difference(self) -> int | None:
        return None if self.printed is None or self.computed is None else self.printed - self.computed


@dataclass(frozen=True)
class ShownRow:
    """``off``: the weight is the nearest whole number, which does not give the amount as printed."""

    code: str
    name: str
    cells: tuple[Cell, ...]
    weight: Weight | None
    off: bool

    @property
    def differs(self) -> bool:
        return any(cell.difference for cell in self.cells)


@dataclass(frozen=True)
class Option:
    """One thing that was tried: by what, how rounded, and how many rows it gives."""

    title: str
    amount: int
    fixed: int
    rounding: str
    equal: int
    rows: int
    off: int


@dataclass(frozen=True)
class ShownColumn:
    heading: str
    total: int | None
    sum: int
    options: tuple[Option, ...]


def columns_shown(analysis: Analysis, language: str) -> list[ShownColumn]:
    """Each column with what gives it, or what comes nearest, best first."""
    return [
        ShownColumn(
            telling.named(each.column.heading, language),
            each.total,
            each.column.sum,
            tuple(_option(option, language) for option in (*each.exact, *each.nearest)),
        )
        for each in analysis.reading.columns
    ]


def _option(explanation: Explanation, language: str) -> Option:
    rounding = telling.ways(explanation, language)
    return Option(
        explanation.candidate.said(language),
        explanation.terms.amount,
        explanation.terms.fixed,
        f"{rounding}; {word(f'step-{explanation.unit}', language)}" if explanation.unit > 1 else rounding,
        explanation.equal,
        len(explanation.printed),
        explanation.off,
    )


def rows_shown(analysis: Analysis) -> Iterator[ShownRow]:
    """In the order of the table."""
    implied = analysis.weights
    for code, name in analysis.table.names.items():
        yield ShownRow(
            code,
            name,
            tuple(
                Cell(each.column.values.get(code), each.best.computed.get(code) if each.best else None)
                for each in analysis.reading.columns
            ),
            implied.weights.get(code) if implied else None,
            code in implied.off if implied else False,
        )
