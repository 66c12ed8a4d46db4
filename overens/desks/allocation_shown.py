# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""An agreement's allocation as its readers see it: what is decided, what another rounding would give, and findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from overens.desks.refusals import Shown, shown
from overens.desks.saying import number
from overens.rules import allocation, annex, findings, series
from overens.rules.agreement import Agreement, Line, said
from overens.rules.allocation import AllocationTable, Row
from overens.rules.amounts import SPACE
from overens.rules.findings import Evidence, Finding, Refused
from overens.rules.pots import Pot
from overens.rules.values import NOT_STATED


@dataclass(frozen=True)
class Cell:
    """A sum as decided; ``other`` is what the chosen rounding gives instead (None where none is chosen)."""

    kronor: int
    other: int | None = None

    @property
    def difference(self) -> int:
        return 0 if self.other is None else self.other - self.kronor


@dataclass(frozen=True)
class ShownRow:
    """``parts_differ``: the parts added up less the row's own sum."""

    code: str
    name: str
    weight: object
    cells: tuple[Cell, ...]
    sum: Cell
    parts_differ: int


@dataclass(frozen=True)
class ShownLine:
    """A line's table. ``totals`` are the rows added up, ``amounts`` what there is to share out, ``printed`` as printed.

    Each has a figure per pot and last the sum's. ``refusal`` says why a line cannot be shared out: it has no rows.
    """

    line: Line
    pots: tuple[Pot, ...]
    rows: tuple[ShownRow, ...] = ()
    totals: tuple[Cell, ...] = ()
    amounts: tuple[int, ...] = ()
    printed: tuple[int | None, ...] = ()
    differences: tuple[Cell, ...] = ()
    roundings: tuple[str, ...] = ()
    is_printed: bool = False
    has_other: bool = False
    by_population: bool = False
    refusal: Shown | None = None


def lines_shown(agreement: Agreement, rounding: str | None = None) -> list[ShownLine]:
    """Every line in the order of the file: as printed where it is, else by the agreement's own rounding."""
    return [_line(agreement, line, rounding) for line in agreement.lines]


def _line(agreement: Agreement, line: Line, rounding: str | None) -> ShownLine:
    pots = tuple(pot for pot in agreement.pots_of(line) if pot.amount != NOT_STATED)
    if not pots:
        return ShownLine(line, agreement.pots_of(line))
    try:
        table = annex.decided(agreement, line.id)
        other = allocation.allocate(agreement, table.pots, rounding) if rounding else None
    except Refused as refusal:
        return ShownLine(line, pots, refusal=shown(refusal.findings)[0])
    rows = tuple(_row(row, other.rows[i] if other else None) for i, row in enumerate(table.rows))
    amounts = [table.amounts[id] - table.withheld[id] for id in table.pots]
    amounts.append(sum(amounts))
    totals = _totals(table, other)
    annexed = agreement.annex if agreement.annex and agreement.annex.line == line.id else None
    printed = (*(annexed.totals.amounts.get(id) for id in table.pots), annexed.totals.sum) if annexed else ()
    return ShownLine(
        line,
        pots,
        rows,
        totals,
        tuple(amounts),
        printed,
        tuple(
            Cell(total.kronor - amount, None if total.other is None else total.other - amount)
            for total, amount in zip(totals, amounts, strict=True)
        ),
        tuple(table.roundings.values()),
        annexed is not None,
        other is not None,
        any(pot.by_population for pot in pots),
    )


def _row(row: Row, other: Row | None) -> ShownRow:
    return ShownRow(
        row.code,
        row.name,
        row.weight,
        tuple(Cell(kronor, other.kronor[id] if other else None) for id, kronor in row.kronor.items()),
        Cell(row.sum, other.sum if other else None),
        sum(row.kronor.values()) - row.sum,
    )


def _totals(table: AllocationTable, other: AllocationTable | None) -> tuple[Cell, ...]:
    cells = [Cell(kronor, other.totals[id] if other else None) for id, kronor in table.totals.items()]
    return (*cells, Cell(table.sum, other.sum if other else None))


def findings_shown(agreement: Agreement) -> list[Shown]:
    """What there is to say of the allocation in words, its columns by the names that the pages give them."""
    try:
        found = annex.findings(agreement, series.shipped())
    except Refused as refusal:
        found = refusal.findings
    return shown(_named(agreement, finding) for finding in found)


def _named(agreement: Agreement, finding: Finding) -> Finding:
    values = {
        name: _column(agreement, str(value)) if name == "column" else value for name, value in finding.values.items()
    }
    evidence = tuple(
        Evidence(
            _country(row.label), {_column(agreement, name): _figure(name, value) for name, value in row.values.items()}
        )
        for row in finding.evidence
    )
    return replace(finding, values=values, evidence=evidence)


def _column(agreement: Agreement, name: str) -> str:
    """A column's name: a pot's title, or a word of the catalogue; ``controlled.insatser`` is both."""
    return ": ".join(_words(agreement, name.split(".", 1)))


def _words(agreement: Agreement, names: Iterable[str]) -> Iterator[str]:
    language = get_language() or "sv"
    for name in names:
        pot = next((pot for pot in agreement.pots if pot.id == name), None)
        word = said(pot, "title", language) if pot else findings.word(name, language)
        yield word[:1].upper() + word[1:]


def _figure(name: str, value: object) -> object:
    """An exact share keeps its decimals, written as the page's language writes them."""
    return number(Decimal(str(value))) if name == "exact" else value


def _country(label: str) -> str:
    return f"{series.COUNTRY}{SPACE}{_('Riket')}" if label == series.COUNTRY else label
