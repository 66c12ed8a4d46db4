# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A point with its interval for each row: how sure a figure is, beside how large."""

from __future__ import annotations

from overens.rendering.figures.look import SMALL, Sheet
from overens.rendering.figures.parts import nothing, room_for, said, unit
from overens.rendering.figures.scale import Scale, extent, held, number_of, rising
from overens.rendering.figures.text import decimals_of, figure, width_of, wrapped
from overens.rules.edition.charts import Bar, Intervals, Point

STEP = 17.0


def draw(sheet: Sheet, chart: Intervals) -> float:
    """The height it took."""
    if not chart.rows or not chart.series:
        return nothing(sheet)
    top = 0.0
    if len(chart.series) > 1:
        top = sheet.legend(top, list(enumerate(chart.series)))
    top = unit(sheet, top, chart.unit)
    points = [point for row in chart.rows for point in row.points]
    known = [
        each for point in points for each in (number_of(point), held(point.low), held(point.high)) if each is not None
    ]
    reference = held(chart.reference)
    decimals = decimals_of([*known, *([reference] if reference is not None else [])]) if known else 0
    low, high = extent([*known, reference])
    marks = rising(low, high, decimals == 0)
    left = room_for(sheet, [row.label for row in chart.rows], 0.3)
    right = (
        max(
            (width_of(_words(sheet, point, decimals), SMALL) for point in points if point.number is not None), default=0
        )
        + 16
    )
    right = min(right, sheet.width * 0.3)
    x = Scale(min(low, marks[0]), max(high, marks[-1]), left, sheet.width - right)
    name_at = top
    if reference is not None:
        top += 18
    many = max(1, len(chart.series))
    height = STEP * many + 6
    bottom = top + height * len(chart.rows)
    for each in marks:
        sheet.line(x(each), top, x(each), bottom, "axis" if each == 0 else "grid")
        sheet.text(x(each), bottom + 16, figure(each, decimals_of(marks), sheet.language), "tick", "middle")
    if reference is not None:
        sheet.line(x(reference), top - 2, x(reference), bottom, "reference")
        words = f"{chart.reference_name} {figure(reference, decimals, sheet.language)}"
        shown = wrapped(words, SMALL, sheet.width * 0.5, 1)[0]
        half = width_of(shown, SMALL) / 2 + 2
        at = min(max(x(reference), half), sheet.width - half)
        sheet.text(at, name_at + 11, shown, "accent", "middle")
    for at, row in enumerate(chart.rows):
        _row(sheet, row, top + at * height, height, left, x, decimals)
    return bottom + 26


def _row(sheet: Sheet, row: Bar, top: float, height: float, left: float, x: Scale, decimals: int) -> None:
    sheet.words(left - 10, top + height / 2, row.label, left - 12, anchor="end", most=1 if height < 30 else 2)
    for at, point in enumerate(row.points):
        middle = top + 3 + STEP * at + STEP / 2
        number, low, high = number_of(point), held(point.low), held(point.high)
        if number is None:
            shown = wrapped(point.instead or "–", SMALL, x.end - x.start, 1)[0]
            sheet.text(sheet.width, middle + 4.2, shown, "none", "end")
            continue
        if low is not None and high is not None:
            sheet.line(x(low), middle, x(high), middle, "whisker")
        sheet.mark(at, x(number), middle, hollow=point.partial)
        sheet.text(sheet.width, middle + 4.2, _words(sheet, point, decimals), "figure", "end")


def _words(sheet: Sheet, point: Point, decimals: int) -> str:
    words = said(sheet, point, decimals)
    low, high = held(point.low), held(point.high)
    if low is None or high is None:
        return words
    ends = (figure(each, decimals, sheet.language) for each in (low, high))
    return f"{words} ({'–'.join(ends)})"
