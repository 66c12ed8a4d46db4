# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tables and overviews of a report in Word: header rows that come again on every page, cells that cover several."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import Any

from overens.rendering import word as docs
from overens.rendering.word_parts import Writer, bookmarked, node, paragraph, run
from overens.rendering.word_styles import TABLE
from overens.rules.edition.document import Cell, Column, HeadCell, Item, Overview, Row, Table
from overens.rules.edition.places import Place, celled, shown

# Characters that an overview's column is thought to have at least.
SHORTEST = 300
TWIPS = 56.7  # a millimetre
# Characters that a column is thought to be at least and at most wide.
NARROWEST, WIDEST = 7, 34


def table(writer: Writer, passage: str, table: Table, width_mm: int) -> Any:
    """The table itself, without caption and notes."""
    widths = _widths(table, width_mm)
    made = _grid(widths, shown(table.caption))
    for line in _head(writer, passage, table, widths):
        made.append(line)
    for at, row in enumerate(table.rows):
        made.append(_row(writer, passage, table, at, row, widths))
    return made


def _grid(widths: Sequence[int], named: str) -> Any:
    """A table with no rows. named: what it is of, for those who hear it."""
    look = node(
        "w:tblPr",
        node("w:tblStyle", val=TABLE),
        node("w:tblW", w=str(sum(widths)), type="dxa"),
        node("w:tblLayout", type="fixed"),
        node(
            "w:tblLook",
            val="0420",
            firstRow="1",
            lastRow="0",
            firstColumn="0",
            lastColumn="0",
            noHBand="0",
            noVBand="1",
        ),
        node("w:tblCaption", val=named[:250]),
    )
    return node("w:tbl", look, node("w:tblGrid", *(node("w:gridCol", w=str(width)) for width in widths)))


def _widths(table: Table, width_mm: int) -> list[int]:
    """Of the columns, by the longest text in each."""
    longest = [NARROWEST] * len(table.figures)
    for row in table.rows:
        column = 0
        for cell in row.cells:
            if cell.columns == 1 and column < len(longest):
                longest[column] = max(longest[column], min(WIDEST, len(cell.text) + 2))
            column += cell.columns
    for column, head in _placed(table.head, len(longest))[-1].items() if table.head else ():
        if head is not None and head.columns == 1:
            word = max((len(each) for each in head.text.split()), default=0)
            longest[column] = max(longest[column], min(WIDEST, word * 4 // 3 + 2))
    return [int(width_mm * TWIPS * each / sum(longest)) for each in longest]


def _placed(head: Sequence[Sequence[HeadCell]], columns: int) -> list[dict[int, HeadCell | None]]:
    """For each row of the head its cells by first column; None where one from above goes on."""
    taken: list[dict[int, HeadCell | None]] = [{} for _ in head]
    covered = [set[int]() for _ in head]
    for at, row in enumerate(head):
        column = 0
        for cell in row:
            while column in covered[at]:
                column += 1
            for below in range(at, min(at + cell.rows, len(head))):
                taken[below][column] = cell if below == at else None
                covered[below].update(range(column, column + cell.columns))
            column += cell.columns
    for row_cells, row_covered in zip(taken, covered, strict=True):
        for column in set(range(columns)) - row_covered:  # a head that is shorter than its table
            row_cells[column] = HeadCell(text="")
    return [dict(sorted(row.items())) for row in taken]


def _head(writer: Writer, passage: str, table: Table, widths: Sequence[int]) -> list[Any]:
    lines = []
    placed = _placed(table.head, len(widths))
    spans = {column: cell for row in placed for column, cell in row.items() if cell is not None and cell.rows > 1}
    for at, row in enumerate(placed):
        line = node("w:tr", node("w:trPr", node("w:cantSplit"), node("w:tblHeader")))
        order = {id(cell): number for number, cell in enumerate(table.head[at])}
        for column, cell in row.items():
            of = cell or spans[column]
            look = _look(widths, column, of.columns)
            if of.rows > 1:
                look.append(node("w:vMerge", **({"val": "restart"} if cell else {})))
            look.append(node("w:shd", val="clear", color="auto", fill=docs.BAND))
            look.append(node("w:vAlign", val="bottom"))
            content: list[Any] = []
            if cell is not None and cell.text:
                name = Place(passage, table.id, f"h{at}c{order.get(id(cell), 0)}", "-").name
                content = bookmarked(writer.next_id(), name, [run(cell.text, bold=True)])
            over = "center" if of.columns > 1 else "right" if table.figures[column] else ""
            line.append(node("w:tc", look, _set(content, align=over)))
        lines.append(line)
    return lines


def _row(writer: Writer, passage: str, table: Table, at: int, row: Row, widths: Sequence[int]) -> Any:
    line = node("w:tr", node("w:trPr", node("w:cantSplit")))
    column = 0
    for number, cell in enumerate(row.cells):
        if column >= len(widths):
            break
        columns = min(cell.columns, len(widths) - column)
        look = _look(widths, column, columns)
        if row.kind == "total":
            edges = node("w:tcBorders", node("w:top", val="single", sz="8", space="0", color="1B2730"))
            look.append(edges)
        if row.kind == "group":
            look.append(node("w:shd", val="clear", color="auto", fill="F2F5F7"))
        content = _cell(
            writer, Place(passage, table.id, f"r{at}c{number}", celled(cell)), cell, bold=row.kind != "body"
        )
        line.append(
            node("w:tc", look, _set(content, align="right" if table.figures[column] else "", keep=row.kind == "group"))
        )
        column += columns
    if column < len(widths):
        line.append(node("w:tc", _look(widths, column, len(widths) - column), _set([])))
    return line


def _look(widths: Sequence[int], column: int, columns: int) -> Any:
    look = node("w:tcPr", node("w:tcW", w=str(sum(widths[column : column + columns])), type="dxa"))
    if columns > 1:
        look.append(node("w:gridSpan", val=str(columns)))
    return look


def _set(content: Sequence[Any], *, align: str = "", keep: bool = False) -> Any:
    made = paragraph("TableText", content, keep=keep)
    if align:
        made[0].append(node("w:jc", val=align))
    return made


def _cell(writer: Writer, place: Place, cell: Cell, *, bold: bool = False) -> list[Any]:
    """What a cell says. Its value is known by its place: thousands of locked values would make Word slow."""
    if not place.text:
        return []
    content = [run(cell.text, bold=bold)]
    if cell.marks:
        content.append(run(",".join(cell.marks), raised=True))
    return bookmarked(writer.next_id(), place.name, content)


def overview(writer: Writer, passage: str, block: Overview, width_mm: int) -> list[Any]:
    """A region's facts, and what it does in a column for each area."""
    whole = int(width_mm * TWIPS)
    made: list[Any] = []
    if block.facts:
        facts = _grid([whole * 2 // 3, whole - whole * 2 // 3], shown(block.name))
        for at, (label, cell) in enumerate(block.facts):
            names = writer.next_id(), Place(passage, block.id, f"fact-{at}", "-").name
            value = Place(passage, block.id, f"value-{at}", celled(cell))
            facts.append(
                node(
                    "w:tr",
                    node("w:tc", _look([whole * 2 // 3], 0, 1), _set(bookmarked(*names, [run(label)]))),
                    node(
                        "w:tc", _look([whole - whole * 2 // 3], 0, 1), _set(_cell(writer, value, cell), align="right")
                    ),
                )
            )
        made += [facts, paragraph("TableNote", [])]
    if block.columns:
        made.append(_columns(writer, passage, block, whole))
    return made


def _columns(writer: Writer, passage: str, block: Overview, whole: int) -> Any:
    """Wider for what has more to say, so that a region stays on its page."""
    weights = [sqrt(max(SHORTEST, sum(len(item.text) for item in column.items))) for column in block.columns]
    widths = [int(whole * weight / sum(weights)) for weight in weights]
    grid = _grid(widths, shown(block.name))
    head, row = node("w:tr", node("w:trPr", node("w:tblHeader"))), node("w:tr")
    for at, column in enumerate(block.columns):
        look = _look(widths, at, 1)
        look.append(node("w:shd", val="clear", color="auto", fill=docs.BAND))
        name = Place(passage, block.id, f"column-{at}", "-").name
        title = bookmarked(writer.next_id(), name, [run(column.title, bold=True)])
        head.append(node("w:tc", look, _set(title)))
        row.append(node("w:tc", _look(widths, at, 1), *_items(writer, passage, block.id, at, column)))
    grid.extend((head, row))
    return grid


def _items(writer: Writer, passage: str, block: str, at: int, column: Column) -> list[Any]:
    items = column.items or ((Item(text=column.instead),) if column.instead else ())
    made = []
    for number, item in enumerate(items):
        part = f"column-{at}-{number if column.items else 'instead'}"
        content = [run(item.text)]
        if item.mark:
            content.append(run(item.mark, raised=True))
        made.append(_set(bookmarked(writer.next_id(), Place(passage, block, part, "-").name, content)))
    return made or [_set([])]
