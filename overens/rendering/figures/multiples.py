# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The same small picture for each of many, on one scale, so that they can be laid beside each other by eye."""

from __future__ import annotations

from overens.rendering.figures.lines import places
from overens.rendering.figures.look import SIZE, SMALL, Sheet
from overens.rendering.figures.parts import band_of, broken_at, known, nothing, run_of, said, unit, uprights
from overens.rendering.figures.scale import Scale, extent, number_of, rising
from overens.rendering.figures.text import clean, decimals_of, figure, width_of, wrapped
from overens.rules.edition.charts import Multiples, Panel

LEAST, HEIGHT, BETWEEN = 140.0, 62.0, 18.0


def draw(sheet: Sheet, chart: Multiples, bands: bool = False) -> float:
    """The height it took. bands: the interval of each point, as an area."""
    if not chart.panels or not chart.years:
        return nothing(sheet)
    names = max((panel.series for panel in chart.panels), key=len)
    top = 0.0
    if len(names) > 1:
        top = sheet.legend(top, [(at, each.name) for at, each in enumerate(names)])
    top = unit(sheet, top, chart.unit)
    numbers = known((each for panel in chart.panels for each in panel.series), bands)
    decimals = decimals_of(numbers) if numbers else 0
    low, high = extent(numbers)
    marks = rising(low, high, decimals == 0)
    marks = [marks[0], marks[-1]] if len(marks) > 1 else marks
    axis = max(width_of(figure(each, decimals_of(marks), sheet.language), SMALL) for each in marks) + 8
    across = max(1, min(len(chart.panels), int((sheet.width - axis + BETWEEN) // (LEAST + BETWEEN))))
    width = (sheet.width - axis - BETWEEN * (across - 1)) / across
    down = HEIGHT + 58
    for at, panel in enumerate(chart.panels):
        x, y = axis + (at % across) * (width + BETWEEN), top + (at // across) * down
        up = Scale(min(low, marks[0]), max(high, marks[-1]), y + 24 + HEIGHT, y + 24)
        _panel(sheet, chart, panel, x, y, width, up, decimals, bands)
        for each in marks:
            sheet.line(x, up(each), x + width, up(each), "axis" if each == 0 else "grid")
            if at % across == 0:
                sheet.text(x - 6, up(each) + 4, figure(each, decimals_of(marks), sheet.language), "tick", "end")
    return top + -(-len(chart.panels) // across) * down


def _panel(
    sheet: Sheet,
    chart: Multiples,
    panel: Panel,
    left: float,
    top: float,
    width: float,
    y: Scale,
    decimals: int,
    bands: bool,
) -> None:
    sheet.text(left, top + 12, wrapped(panel.title, SIZE, width + BETWEEN - 6, 1)[0], "strong")
    lasts = [_last(sheet, each.points, decimals) for each in panel.series]
    ends = max((width_of(text, SMALL) for _at, _number, text in lasts), default=0)
    right = left + width - min(ends + 10, width * 0.5)
    x = places(len(chart.years), left + 8, right)
    uprights(sheet, chart.years, chart.breaks, x, y.end, y.start, named=False)
    sheet.text(x(0) if len(chart.years) > 1 else left, y.start + 15, chart.years[0], "tick", "start")
    if len(chart.years) > 1 and width > 3 * width_of(clean(chart.years[0]), SMALL):
        sheet.text(x(len(chart.years) - 1), y.start + 15, chart.years[-1], "tick", "middle")
    for at, series in enumerate(panel.series if bands else ()):
        band_of(sheet, at, series.points, x, y)
    for at, series in enumerate(panel.series):
        run_of(sheet, at, series.points, x, y, broken_at(chart.years, chart.breaks), size=1.5 if bands else 3)
    lowest = 0.0  # from the top down, each clear of the one above it
    for at, number, text in sorted(lasts, key=lambda each: -(each[1] if each[1] is not None else -1e30)):
        if number is None:
            continue
        middle = min(y(number), y.start - 8)  # off the axis
        middle = max(middle, lowest)
        lowest = middle + 12
        sheet.text(x(at) + 8, middle + 4, text, "figure")
    if all(number is None for _at, number, _text in lasts):
        words = next((text for _at, _number, text in lasts if text), "–")
        sheet.text(left + 4, (y.start + y.end) / 2 + 4, wrapped(words, SMALL, width, 1)[0], "none")


def _last(sheet: Sheet, points: object, decimals: int) -> tuple[int, float | None, str]:
    """Where the last figure of a series stands, what it is, and in words; or what stands in its place."""
    assert isinstance(points, tuple)
    for at in range(len(points) - 1, -1, -1):
        number = number_of(points[at])
        if number is not None:
            return at, number, said(sheet, points[at], decimals)
    return 0, None, said(sheet, points[-1], decimals) if points else ""
