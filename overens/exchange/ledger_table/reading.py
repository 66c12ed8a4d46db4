# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A table of ledger rows to the rows that every format has, by what its columns are said to be.

Nothing is guessed in a sum: which sign stands before the öre is seen from the whole column, stated, and refused where
the column says both. What is an error and what a warning is ours: an error means that the sums cannot be trusted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from overens.exchange.entries import Entry, Ledger
from overens.exchange.ledger_table.roles import CODES, DIMENSIONS, Column, column_of, lacking, proposed
from overens.exchange.ledger_table.sheet import SHOWN, Cell, Line, Sheet, cell_name, opened
from overens.exchange.ledger_table.values import code, day, decimal_of, is_either, ore, text
from overens.exchange.noting import Notes
from overens.exchange.ore import MINUS, Decimal
from overens.rules.findings import Finding

# How far down a heading is looked for, below what an export writes above its table.
HEADING_WITHIN = 40
SAMPLES = 3
FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True)
class Heading:
    """A column as it is shown to whoever says what it is. ``letter``: as a spreadsheet calls it."""

    number: int
    letter: str
    text: str
    proposed: Column
    samples: tuple[str, ...]


@dataclass(frozen=True)
class Proposal:
    """What a table looks like. ``heading_line``: where its headings stand; ``about``: how the file was read."""

    format: str
    heading_line: int
    headings: tuple[Heading, ...]
    about: Mapping[str, str]
    findings: tuple[Finding, ...]

    @property
    def roles(self) -> dict[int, Column]:
        """The proposed columns, as ``read`` takes them."""
        return {heading.number: heading.proposed for heading in self.headings}


def columns(content: bytes, name: str = "") -> Proposal:
    """What the columns of a table seem to be; with an error in ``findings`` it cannot be read at all, or not yet."""
    notes = Notes(name)
    sheet = opened(content, notes)
    if sheet is None:
        return Proposal("", 0, (), {}, notes.findings)
    heading = _heading(sheet, notes)
    if heading is None:
        return Proposal(sheet.format, 0, (), sheet.about, notes.findings)
    found = proposed(heading.cells)
    below = list(islice((line for line in sheet.lines() if line.number > heading.number), SAMPLES))
    _say_lacking(found, notes)
    headings = tuple(
        Heading(
            number, cell_name(0, number)[:-1], text(cell), column,
            tuple(text(line.cells[number]) for line in below if number < len(line.cells)),
        )
        for number, (cell, column) in enumerate(zip(heading.cells, found, strict=True))
    )  # fmt: skip
    return Proposal(sheet.format, heading.number, headings, sheet.about, notes.findings)


def read(content: bytes, name: str = "", roles: Mapping[int, str] | None = None) -> Ledger:
    """The rows of a table. roles: what each column is, by its number from 0; None: as proposed.

    What is wrong is in ``findings``, by line and cell (``B17``); with an error among them the ledger is not to be used.
    """
    notes = Notes(name)
    sheet = opened(content, notes)
    heading = _heading(sheet, notes) if sheet else None
    if sheet is None or heading is None:
        return _ledger(sheet, [], notes, {}, {}, {})
    chosen = proposed(heading.cells)
    if roles is not None:
        chosen = [Column(roles.get(number, "")) for number in range(len(heading.cells))]
    if _say_lacking(chosen, notes):
        return _ledger(sheet, [], notes, {}, {}, {})
    table = _Table(sheet, heading, chosen, notes)
    entries = list(table.entries())
    if not entries:
        notes.add("error", "ledger-no-rows", format=sheet.format)
    return _ledger(sheet, entries, notes, table.accounts, table.dimensions, table.objects)


def _ledger(
    sheet: Sheet | None, entries: list[Entry], notes: Notes, accounts: Mapping[str, str],
    dimensions: Mapping[str, str], objects: Mapping[tuple[str, str], str],
) -> Ledger:  # fmt: skip
    days = [entry.date for entry in entries]
    return Ledger(
        format=sheet.format if sheet else "",
        company="",
        orgnr="",
        first_day=min(days, default=None),
        last_day=max(days, default=None),
        accounts=accounts,
        dimensions=dimensions,
        objects=objects,
        entries=entries,
        findings=notes.findings,
        about=dict(sheet.about) if sheet else {},
    )


def _heading(sheet: Sheet, notes: Notes) -> Line | None:
    """The first line that names two things a ledger has; else the first with more than one cell."""
    first = None
    for line in islice(sheet.lines(), HEADING_WITHIN):
        cells = line.cells
        while cells and text(cells[-1]) == "":
            cells = cells[:-1]
        if len({column_of(cell) for cell in cells} - {Column.UNUSED, Column.NAME, Column.TEXT}) >= 2:
            return Line(line.number, cells)
        if first is None and len([cell for cell in cells if text(cell)]) > 1:
            first = Line(line.number, cells)
    if first is None:
        notes.add("error", "table-no-heading")
    return first


def _say_lacking(chosen: list[Column], notes: Notes) -> bool:
    missing = [column for group in lacking(chosen) for column in group]
    if missing:
        notes.add("error", "table-columns-missing", columns=[f"column-{column}" for column in missing])
    twice = sorted({c for c in chosen if chosen.count(c) > 1} - {Column.UNUSED, Column.DIMENSION, Column.NAME})
    if twice:
        notes.add("error", "table-columns-twice", columns=[f"column-{column}" for column in twice])
    return bool(missing or twice)


class _Table:
    """One going through: the first time for how sums are written, the second for the rows."""

    def __init__(self, sheet: Sheet, heading: Line, chosen: list[Column], notes: Notes) -> None:
        self.sheet, self.heading, self.notes = sheet, heading, notes
        self.at = {column: number for number, column in enumerate(chosen) if column not in ("", "name", "dimension")}
        self.codes: dict[int, str] = {}
        self.names: dict[int, int] = {}
        self.dimensions: dict[str, str] = {}
        self.accounts: dict[str, str] = {}
        self.objects: dict[tuple[str, str], str] = {}
        self.shared: dict[tuple[str, ...], dict[str, str]] = {}
        named = None
        for number, column in enumerate(chosen):
            if column in CODES:
                named = number
            if column in CODES and column is not Column.ACCOUNT:
                title = text(heading.cells[number])
                dimension = DIMENSIONS.get(column) or title.casefold()
                if not dimension or dimension in self.dimensions:
                    dimension = f"{dimension} {cell_name(heading.number, number)}".strip()
                self.codes[number] = dimension
                self.dimensions[dimension] = title
            if column is Column.NAME and named is not None:
                self.names[named] = number
        self.decimal, self.signed = self._habits()

    def _body(self, said: bool = True) -> Iterator[Line]:
        """The lines below the heading that hold anything, as wide as the heading."""
        width = len(self.heading.cells)
        for line in self.sheet.lines():
            if line.number <= self.heading.number or not any(text(cell) for cell in line.cells):
                continue
            if not any(text(cell) for cell in line.cells[width:]):
                yield Line(line.number, [*line.cells[:width], *[None] * (width - len(line.cells))])
            elif said:
                self.notes.add("error", "table-too-wide", line.number, cell_name(line.number, width), columns=width)

    def _habits(self) -> tuple[Decimal | None, bool]:
        """The sign before the öre, from every sum of the table, None where it says two things; and whether every credit
        has a minus of its own.
        """
        sums = [self.at[column] for column in (Column.AMOUNT, Column.DEBIT, Column.CREDIT) if column in self.at]
        first: dict[Decimal, str] = {}
        unclear, credits = "", {True: 0, False: 0}
        for line in self._body(said=False):
            for number in sums:
                raw = line.cells[number]
                if text(raw) and number == self.at.get(Column.CREDIT):
                    credits[text(raw)[0] in MINUS or text(raw)[-1] in MINUS] += 1
                if not isinstance(raw, str):
                    continue
                if sign := decimal_of(raw):
                    first.setdefault(sign, cell_name(line.number, number))
                elif not unclear and is_either(raw):
                    unclear = cell_name(line.number, number)
        signed = credits[True] > 0 and not credits[False]
        if signed:
            self.notes.add("warning", "table-credit-signed", count=credits[True])
        if len(first) == 2:
            self.notes.add("error", "table-decimal-mixed", comma=first[","], point=first["."])
        elif unclear and not first:
            self.notes.add("error", "table-decimal-unclear", key=unclear)
        else:
            if first:
                self.sheet.about["decimal"] = "point" if "." in first else "comma"
            return "." if "." in first else ",", signed
        return None, signed

    def entries(self) -> Iterator[Entry]:
        if self.decimal is not None:
            for line in self._body():
                if (entry := self._entry(line, self.decimal)) is not None:
                    yield entry

    def _entry(self, line: Line, decimal: Decimal) -> Entry | None:
        account, said = code(line.cells[self.at[Column.ACCOUNT]]), self._cell(line, Column.DATE)
        if not text(said) and not any(letter.isdigit() for letter in account):
            self.notes.add("note", "table-no-posting", line.number, shown=self._shown(line))
            return None
        date = day(said)
        currency = text(self._cell(line, Column.CURRENCY)).upper()
        if not re.fullmatch(r"\w+", account):
            self._refuse(line, Column.ACCOUNT, "table-account")
        elif date is None:
            self._refuse(line, Column.DATE, "table-date")
        elif currency not in ("", "SEK"):
            self._refuse(line, Column.CURRENCY, "table-currency")
        elif (sum := self._ore(line, decimal)) is not None:
            self.accounts.setdefault(account, self._name(line, self.at[Column.ACCOUNT]))
            words = text(self._cell(line, Column.TEXT))
            if words.startswith(FORMULA):
                cell = cell_name(line.number, self.at[Column.TEXT])
                self.notes.add("note", "table-formula-text", line.number, cell, shown=words[:SHOWN])
            return Entry(self._voucher(line), date, account, self._objects(line), sum, words, line.number)
        return None

    def _objects(self, line: Line) -> dict[str, str]:
        """Lines with the same codes share one mapping, since a region's year has a million of them."""
        found = tuple(code(line.cells[number]) for number in self.codes)
        if found not in self.shared:
            self.shared[found] = {d: each for d, each in zip(self.codes.values(), found, strict=True) if each}
            for (number, dimension), each in zip(self.codes.items(), found, strict=True):
                if each:
                    self.objects.setdefault((dimension, each), self._name(line, number))
        return self.shared[found]

    def _ore(self, line: Line, decimal: Decimal) -> int | None:
        """Debit positive. With a column each, one of the two is filled."""
        if Column.AMOUNT in self.at:
            return self._sum(line, Column.AMOUNT, decimal)
        sides = [column for column in (Column.DEBIT, Column.CREDIT) if text(self._cell(line, column))]
        found = {column: self._sum(line, column, decimal) for column in sides or (Column.DEBIT,)}
        if None in found.values():
            return None
        debit, credit = found.get(Column.DEBIT) or 0, found.get(Column.CREDIT) or 0
        if debit and credit:
            self._refuse(line, Column.CREDIT, "table-both-sides")
            return None
        return debit + credit if self.signed else debit - credit

    def _sum(self, line: Line, column: Column, decimal: Decimal) -> int | None:
        try:
            return ore(self._cell(line, column), decimal)
        except ValueError:
            self._refuse(line, column, "table-amount")
            return None

    def _refuse(self, line: Line, column: Column, finding: str) -> None:
        shown = text(self._cell(line, column))[:SHOWN]
        self.notes.add("error", finding, line.number, cell_name(line.number, self.at[column]), shown=shown)

    def _voucher(self, line: Line) -> str:
        number = code(self._cell(line, Column.VOUCHER))
        if not number:
            return f"@{line.number}"
        return f"{text(self._cell(line, Column.SERIES))} {number}".strip()

    def _cell(self, line: Line, column: Column) -> Cell:
        return line.cells[self.at[column]] if column in self.at else None

    def _name(self, line: Line, number: int) -> str:
        return text(line.cells[self.names[number]]) if number in self.names else ""

    def _shown(self, line: Line) -> str:
        return " ".join(filter(None, map(text, line.cells)))[:SHOWN]
