# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A document's parts as they are read: their sentences, and plain text where only the words matter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import Any

from overens.rules.edition.document import (
    Bound,
    Cell,
    Cite,
    Example,
    HeadCell,
    Inline,
    Link,
    Listing,
    Note,
    Paragraph,
    Plain,
    Ref,
    Row,
    Section,
    Statement,
    Statements,
    Table,
)  # fmt: skip


def inlines(parts: Iterable[Any]) -> Iterator[Inline]:
    """Everything in the sentences of blocks, however deep it stands: in a note, a list, a box, a statement."""
    for part in parts:
        if isinstance(part, (Plain, Bound, Ref, Cite, Link, Note)):
            yield part
        if isinstance(part, tuple):
            yield from inlines(part)
        elif isinstance(part, (Paragraph, Statement, Note)):
            yield from inlines(part.inlines)
        elif isinstance(part, (Listing, Statements)):
            yield from inlines(part.items)
        elif isinstance(part, (Example, Section)):
            yield from inlines(part.blocks)


def plain(sentence: Iterable[Inline]) -> str:
    """A sentence as it is read, without its notes."""
    return "".join("" if isinstance(each, Note) else each.text for each in sentence)


def placed(table: Table) -> list[list[tuple[int, HeadCell]]]:
    """The head's cells line by line, each with the column that it begins in, past those that reach down to it."""
    width = len(table.figures)
    busy = [0] * width
    lines: list[list[tuple[int, HeadCell]]] = []
    for line in table.head:
        at, found = 0, []
        reach = [max(0, each - 1) for each in busy]
        for cell in line:
            while at < width and busy[at]:
                at += 1
            found.append((at, cell))
            for column in range(at, min(width, at + cell.columns)):
                reach[column] = cell.rows - 1
            at += cell.columns
        busy = reach
        lines.append(found)
    return lines


def columns_headed(table: Table) -> tuple[tuple[str, ...], ...]:
    """For every column the headings over it, from the widest to the nearest."""
    found: list[list[str]] = [[] for _ in table.figures]
    for line in placed(table):
        for at, cell in line:
            for over in found[at : at + cell.columns]:
                if cell.text:
                    over.append(cell.text)
    return tuple(map(tuple, found))


def placed_cells(row: Row) -> Iterator[tuple[int, Cell]]:
    """A row's cells, each with the column that it begins in."""
    at = 0
    for cell in row.cells:
        yield at, cell
        at += cell.columns


def cells_headed(table: Table, row: Row) -> list[tuple[tuple[str, ...], Cell]]:
    """The cells of a row, each with the headings that stand over all that it covers: a sum for the whole year under
    "2016", not under the first of its terms.
    """
    headed = columns_headed(table)
    found = []
    for at, cell in placed_cells(row):
        covered = headed[at : at + cell.columns]
        found.append((tuple(each[0] for each in takewhile(_is_one, zip(*covered, strict=False))), cell))
    return found


def _is_one(headings: tuple[str, ...]) -> bool:
    return len(set(headings)) == 1
