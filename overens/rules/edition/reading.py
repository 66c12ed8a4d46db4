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


def columns_headed(table: Table) -> tuple[tuple[str, ...], ...]:
    """For every column the headings over it, from the widest to the nearest."""
    width = len(table.figures)
    taken = [[False] * width for _ in table.head]
    titles: list[list[str]] = [[] for _ in range(width)]
    for at, row in enumerate(table.head):
        column = 0
        for cell in row:
            while column < width and taken[at][column]:
                column += 1
            for each in range(column, min(width, column + cell.columns)):
                for below in range(at, min(len(table.head), at + cell.rows)):
                    taken[below][each] = True
                if cell.text:
                    titles[each].append(cell.text)
            column += cell.columns
    return tuple(map(tuple, titles))


def cells_headed(table: Table, row: Row) -> list[tuple[tuple[str, ...], Cell]]:
    """The cells of a row, each with the headings that stand over all that it covers: a sum for the whole year under
    "2016", not under the first of its terms.
    """
    headed = columns_headed(table)
    found, column = [], 0
    for cell in row.cells:
        covered = headed[column : column + cell.columns]
        found.append((tuple(each[0] for each in takewhile(_is_one, zip(*covered, strict=False))), cell))
        column += cell.columns
    return found


def _is_one(headings: tuple[str, ...]) -> bool:
    return len(set(headings)) == 1
