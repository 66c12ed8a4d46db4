# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What in a document is about one region: that, and no more, is what it is asked to check.

A paragraph, item or statement that names it; a row of a table with its figures; its own overview. Ours (assumed): the
sources have only memos of visits checked.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
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
from overens.rules.edition.reading import column_titles, placed_cells, plain


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
        titles = column_titles(block)
        yield from ((block.id, _row(block, row, titles)) for row in block.rows if _is_of(row, code))
    else:
        assert isinstance(block, Figure)


def _of_overview(block: Overview) -> Iterator[tuple[str, str]]:
    facts = "; ".join(f"{label}: {cell.text}" for label, cell in block.facts)
    if facts:
        yield block.id, f"{block.name}. {facts}"
    for column in block.columns:
        items = "; ".join(each.text for each in column.items) or column.instead
        yield block.id, f"{block.name}. {column.title}: {items}"


def _row(table: Table, row: Row, titles: Sequence[str]) -> str:
    cells = list(placed_cells(row))[table.labels :]
    said = "; ".join(f"{''.join(titles[at : at + 1])} {cell.text}".strip() for at, cell in cells if cell.text)
    label = " ".join(cell.text for cell in row.cells[: table.labels])
    return f"{table.caption}. {label}: {said}"


def _is_of(row: Row, code: str) -> bool:
    return any(keys.question(cell.key).at.get("region") == code for cell in row.cells)
