# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A figure in each cell, shaded by class, so that where and when is seen at once."""

from __future__ import annotations

from overens.rendering.figures.look import SIZE, SMALL, Fill, Sheet, shade_of
from overens.rendering.figures.parts import nothing, room_for, unit
from overens.rendering.figures.scale import number_of
from overens.rendering.figures.text import clean, decimals_of, figure, width_of, wrapped
from overens.rules.edition import classes
from overens.rules.edition.charts import Heat

ROW, GAP = 20.0, 1.0


def draw(sheet: Sheet, chart: Heat) -> float:
    """The height it took."""
    if not chart.rows or not chart.columns:
        return nothing(sheet)
    top = unit(sheet, _legend(sheet, chart), chart.unit)
    left = room_for(sheet, [row.label for row in chart.rows])
    width = (sheet.width - left) / len(chart.columns)
    widest = max(width_of(clean(each), SMALL) for each in chart.columns) + 8
    every = max(1, round(widest / width + 0.499))
    for at, name in enumerate(chart.columns):
        if at % every == 0:
            sheet.text(left + width * (at + 0.5), top + 12, name, "tick", "middle")
    top += 18
    numbers = [number for row in chart.rows for point in row.points if (number := number_of(point)) is not None]
    decimals = decimals_of(numbers) if numbers else 0
    steps = len(chart.limits) + 1
    for down, row in enumerate(chart.rows):
        y = top + down * ROW
        sheet.text(0, y + ROW / 2 + 4.5, wrapped(row.label, SIZE, left - 12, 1)[0])
        for at, point in enumerate(row.points[: len(chart.columns)]):
            x, number = left + width * at, number_of(point)
            if number is None:
                sheet.rect(x + GAP, y + GAP, width - 2 * GAP, ROW - 2 * GAP, "none-area")
                continue
            fill = Fill(shade_of(classes.class_of(number, chart.limits), steps))
            sheet.area(x + GAP, y + GAP, width - 2 * GAP, ROW - 2 * GAP, fill)
            words = figure(number, decimals, sheet.language)
            if width_of(words, SMALL) <= width - 4:
                sheet.text(x + width / 2, y + ROW / 2 + 4.2, words, fill.words, "middle")
    return top + len(chart.rows) * ROW + 6


def _legend(sheet: Sheet, chart: Heat) -> float:
    """The classes, pale first; where the next begins."""
    if not chart.limits:
        return 0
    limits = [figure(each, decimals_of(list(chart.limits)), sheet.language) for each in chart.limits]
    names = [f"<\u202f{limits[0]}", *(f"≥\u202f{each}" for each in limits)]
    return sheet.legend(0, [(Fill(shade_of(at, len(names))), name) for at, name in enumerate(names)])
