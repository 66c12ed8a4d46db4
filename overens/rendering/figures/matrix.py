# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who does what: a mark in each cell, told apart by its shape."""

from __future__ import annotations

import math

from overens.rendering.figures.look import LINE, SIZE, SMALL, Sheet, n
from overens.rendering.figures.parts import nothing, room_for
from overens.rendering.figures.text import clean, width_of, wrapped
from overens.rules.edition.charts import Mark, Matrix

ROW, RADIUS = 21.0, 5.5
SLANT, LONGEST = -55.0, 200.0  # degrees, and how long a slanted name may be
WIDEST = 170.0
HEADED = 6  # lines that a column's name has room for


def draw(sheet: Sheet, chart: Matrix) -> float:
    """The height it took."""
    if not chart.rows or not chart.columns:
        return nothing(sheet)
    left = room_for(sheet, [label for label, _marks in chart.rows])
    level = (sheet.width - left) / len(chart.columns) >= 72
    longest = min(max(width_of(clean(column), SIZE) for column in chart.columns), LONGEST)
    aside = 0.0 if level else longest * math.cos(math.radians(SLANT))  # what slanted names need beside the last column
    width = min(max(sheet.width - left - aside, 60) / len(chart.columns), WIDEST)
    top = _head(sheet, chart, left, width, 0 if level else longest)
    right = left + width * len(chart.columns)
    for at, (label, marks) in enumerate(chart.rows):
        y = top + at * ROW
        sheet.line(0, y, right, y, "grid")
        sheet.text(0, y + ROW / 2 + 4.5, wrapped(label, SIZE, left - 12, 1)[0])
        for place, mark in enumerate(marks[: len(chart.columns)]):
            _mark(sheet, mark, left + width * (place + 0.5), y + ROW / 2, width)
    y = top + len(chart.rows) * ROW
    sheet.line(0, y, right, y, "grid")
    x, y = 0.0, y + 20
    for what, meaning in chart.meanings:
        shown = wrapped(meaning, SIZE, sheet.width - 40, 1)[0]
        wide = 20 + width_of(shown, SIZE) + 20
        if x and x + wide > sheet.width:
            x, y = 0.0, y + 20
        if what in ("full", "half", "none", "unknown"):
            _shape(sheet, what, x + 7, y)
        sheet.text(x + 20, y + 4.5, shown)
        x += wide
    return y + 14


def _head(sheet: Sheet, chart: Matrix, left: float, width: float, longest: float) -> float:
    """The names of the columns: broken in lines where there is room, else slanted, each with the room ``longest``.
    Where the rows begin.
    """
    if not longest:
        names = [wrapped(column, SIZE, width - 8, HEADED) for column in chart.columns]
        height = max(len(lines) for lines in names) * LINE
        for at, lines in enumerate(names):
            for line, text in enumerate(lines):
                base = height - (len(lines) - line - 1) * LINE - 3
                sheet.text(left + width * (at + 0.5), base, text, "strong", "middle")
        return height + 5
    height = longest * math.sin(math.radians(-SLANT)) + 14
    for at, column in enumerate(chart.columns):
        shown = wrapped(column, SIZE, longest, 1)[0]
        sheet.text(left + width * (at + 0.5) + 3, height - 5, shown, "label", turn=SLANT)
    return height


def _mark(sheet: Sheet, mark: Mark, x: float, y: float, width: float) -> None:
    if not mark.text:
        _shape(sheet, mark.what, x, y)
        return
    shown = wrapped(mark.text, SMALL, max(width - 24, 12), 1)[0]
    wide = 16 + width_of(shown, SMALL)
    _shape(sheet, mark.what, x - wide / 2 + RADIUS, y)
    sheet.text(x - wide / 2 + 16, y + 4.2, shown, "figure")


def _shape(sheet: Sheet, what: str, x: float, y: float) -> None:
    """A disc, half a disc, a ring, or a dot: in order of what is known to be done."""
    if what == "full":
        sheet.add("circle", "mark", f'cx="{n(x)}" cy="{n(y)}" r="{RADIUS}"')
    elif what == "half":
        sheet.add("circle", "mark-half", f'cx="{n(x)}" cy="{n(y)}" r="{RADIUS}"')
        sheet.path(f"M{n(x)},{n(y - RADIUS)} A{RADIUS},{RADIUS} 0 0 0 {n(x)},{n(y + RADIUS)} Z", "mark")
    elif what == "none":
        sheet.add("circle", "mark-none", f'cx="{n(x)}" cy="{n(y)}" r="{RADIUS}"')
    else:
        sheet.add("circle", "mark-unknown", f'cx="{n(x)}" cy="{n(y)}" r="1.5"')
