# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What in a document is about one region: that, and no more, is what it is asked to check.

A paragraph, item or statement that names it; a row of a table with its figures; its own overview. Ours (assumed): the
sources have only memos of visits checked.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from overens.rules.edition import keys
from overens.rules.edition.document import (
    Block,
    Document,
    Example,
    Figure,
    Listing,
    Overview,
    Paragraph,
    Row,
    Statements,
    Table,
)  # fmt: skip
from overens.rules.edition.reading import cells_headed, plain


@dataclass(frozen=True)
class OwnPiece:
    """``passage`` is the key of the passage that it stands in, ``block`` its anchor, ``text`` what it says."""

    passage: str
    block: str
    text: str


def own_pieces(document: Document, code: str, names: Collection[str]) -> list[OwnPiece]:
    """The pieces about a region (by its code, and all names that it is called by), in order. The figures behind a
    picture are left out: they stand in tables, or in the region's overview.
    """
    named = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names)) if names else None
    found = []
    for section, block in document.blocks():
        for anchor, text in _of_block(block, code, named):
            found.append(OwnPiece(section.passage, anchor, text))
    return found


def _of_block(block: Block, code: str, named: re.Pattern[str] | None) -> Iterator[tuple[str, str]]:
    def is_named(text: str) -> bool:
        return bool(named and named.search(text))

    if isinstance(block, Paragraph):
        if is_named(text := plain(block.inlines)):
            yield block.id, text
    elif isinstance(block, Listing):
        yield from ((block.id, text) for item in block.items if is_named(text := plain(item)))
    elif isinstance(block, Example):
        parts = [
            plain(i) for each in block.blocks for i in ((each.inlines,) if isinstance(each, Paragraph) else each.items)
        ]
        if is_named(" ".join([block.title, *parts])):
            yield block.id, "\n\n".join([block.title, *parts])
    elif isinstance(block, Statements):
        for item in block.items:
            if any(is_named(name) for name in item.regions) or is_named(plain(item.inlines)):
                yield block.id, f"{plain(item.inlines)} ({', '.join(item.regions)})"
    elif isinstance(block, Overview):
        if block.region == code:
            yield from _of_overview(block)
    elif isinstance(block, Table):
        yield from ((block.id, _row(block, row)) for row in block.rows if _is_of(row, code))
    else:
        assert isinstance(block, Figure)


def _of_overview(block: Overview) -> Iterator[tuple[str, str]]:
    if block.facts:
        yield block.id, "\n".join([block.name, *(f"{label}: {cell.text}" for label, cell in block.facts)])
    for column in block.columns:
        items = [each.text for each in column.items] or [column.instead]
        yield block.id, "\n".join([f"{block.name}. {column.title}", *items])


def _row(table: Table, row: Row) -> str:
    """A row as it reads alone: a line for each cell, and the notes that it has."""
    label = " ".join(cell.text for cell in row.cells[: table.labels])
    cells = [(" ".join(titles), cell) for titles, cell in cells_headed(table, row)[table.labels :] if cell.text]
    said = [f"{title}: {cell.text}" if title else cell.text for title, cell in cells]
    marks = {mark for cell in row.cells for mark in cell.marks}
    signs = {cell.text for _, cell in cells}
    notes = [note.text for note in table.notes if note.mark in marks]
    notes += [f"{note.mark} {note.text}" for note in table.notes if note.mark in signs]
    return "\n".join([f"{table.caption}. {label}", *said, *notes])


def _is_of(row: Row, code: str) -> bool:
    return any(keys.question(cell.key).at.get("region") == code for cell in row.cells)
