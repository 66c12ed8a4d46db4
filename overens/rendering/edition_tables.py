# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A table of a report as a template sets it: every cell in its place, widths and size so that it fits the paper.

A table as it comes may be uneven (a row with a cell too few, a heading that covers more than there is); what is
missing is left empty and nothing is left out. One that needs more than upright A4 lies on its side, and one that needs
more than that gets a page that folds out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from overens.rules.edition.document import Cell, HeadCell, Row, Table

# In points: the text's width on upright paper and on its side, and what stands free beside the text of the latter.
UPRIGHT, SIDEWAYS, BESIDE = 380.0, 700.0, 142.0
SIZES = (9.0, 8.5, 8.0, 7.5, 7.0, 6.5)
# What a letter, and the room between two columns, take of the size of the type.
LETTER, GAP = 0.5, 0.9
# Text is broken into lines: a column of it wants no more letters than these, and can do with its longest word or these.
LABEL, PROSE, LEAST = 30, 44, 16
# A narrower table than this share of the paper is not drawn out to all of it.
NARROW, DRAWN = 0.45, 0.72


def table_as_data(table: Table) -> dict[str, Any]:
    head = list(_head(table.head))
    columns = max(
        1,
        len(table.figures),
        *(cell["x"] + cell["columns"] for cell in head),
        *(sum(max(1, cell.columns) for cell in row.cells) for row in table.rows),
    )
    figures = [*table.figures, *[False] * (columns - len(table.figures))]
    needed, wanted = (_letters(table, head, figures, ask) for ask in (_needed, _wanted))
    sideways = table.wide or _fitting(needed, UPRIGHT) is None
    room = SIDEWAYS if sideways else UPRIGHT
    size = _fitting(wanted, room) or _fitting(needed, room)
    if size is None:
        size = SIZES[-1]
        room = _width(needed, size)
    return {
        "kind": "table",
        "id": table.id,
        "number": table.number,
        "caption": table.caption,
        "size": size,
        "share": DRAWN if not sideways and _width(wanted, size) < NARROW * room else 1,
        "sideways": sideways,
        "page": room + BESIDE,
        "weights": _weights(needed, wanted, room, size),
        "figures": figures,
        "labels": table.labels,
        "lines": len(table.head),
        "head": head,
        "rows": [_row(row, figures) for row in table.rows],
        "notes": [each.model_dump() for each in table.notes],
        "source": table.source,
    }


def _needed(text: str, limit: int) -> int:
    longest = max((len(part) for part in text.split()), default=0)
    return min(len(text), limit, max(longest, LEAST))


def _wanted(text: str, limit: int) -> int:
    return min(len(text), limit)


def _letters(
    table: Table, head: Sequence[Mapping[str, Any]], figures: Sequence[bool], ask: Callable[[str, int], int]
) -> list[int]:
    """How many letters each column asks for: all of its longest figure, and of what is text as much as ``ask`` says."""
    most = [1] * len(figures)

    def give(at: int, columns: int, letters: int) -> None:
        for each in range(at, at + columns):
            most[each] = max(most[each], -(-letters // columns))

    for cell in head:  # broken between words
        give(cell["x"], cell["columns"], max((len(part) for part in cell["text"].split()), default=0))
    for row in table.rows:
        at = 0
        for shown in row.cells if row.kind != "group" else ():
            columns = max(1, shown.columns)
            text = shown.text + "".join(shown.marks)
            give(at, columns, len(text) if figures[at] else ask(text, LABEL if at < table.labels else PROSE))
            at += columns
    # Columns of figures are as wide as each other where that costs little, or the eye stumbles.
    alike = max((letters for letters, is_figure in zip(most, figures, strict=True) if is_figure), default=1)
    return [
        alike if is_figure and alike <= 2 * letters + 4 else letters
        for letters, is_figure in zip(most, figures, strict=True)
    ]


def _weights(needed: Sequence[int], wanted: Sequence[int], room: float, size: float) -> list[float]:
    """Each column has what it needs; what is left is shared by what they want beyond that."""
    more = [max(0, want - need) for need, want in zip(needed, wanted, strict=True)]
    left = max(0.0, (room - _width(needed, size)) / (LETTER * size))
    part = min(1.0, left / sum(more)) if sum(more) else 0.0
    return [round(need + part * extra + GAP / LETTER, 2) for need, extra in zip(needed, more, strict=True)]


def _width(letters: Sequence[int], size: float) -> float:
    return size * (LETTER * sum(letters) + GAP * len(letters))


def _fitting(letters: Sequence[int], room: float) -> float | None:
    return next((size for size in SIZES if _width(letters, size) <= room), None)


def _head(head: Sequence[Sequence[HeadCell]]) -> Iterator[dict[str, Any]]:
    """Each heading with its place (from 0), no two on one."""
    taken: set[tuple[int, int]] = set()
    for y, line in enumerate(head):
        for cell in line:
            x = next(at for at in count() if (at, y) not in taken)
            wide = next((w for w in range(1, cell.columns) if (x + w, y) in taken), max(1, cell.columns))
            high = min(max(1, cell.rows), len(head) - y)
            taken |= {(x + right, y + down) for right in range(wide) for down in range(high)}
            yield {"x": x, "y": y, "columns": wide, "rows": high, "text": cell.text}


def _row(row: Row, figures: Sequence[bool]) -> dict[str, Any]:
    cells, at = [], 0
    for cell in row.cells or (Cell(),):
        wide = max(1, cell.columns)
        if row.kind == "group" and len(row.cells) == 1:
            wide = len(figures)
        # A figure of several columns stands in their middle, so that it is not taken for the last one's.
        cells.append(_cell(cell, wide, centred=wide > 1 and figures[at]))
        at += wide
    return {"kind": row.kind, "cells": [*cells, *(_cell(Cell(), 1) for _ in figures[at:])]}


def _cell(cell: Cell, columns: int, centred: bool = False) -> dict[str, Any]:
    return {"text": cell.text, "marks": list(cell.marks), "columns": columns, "centred": centred}
