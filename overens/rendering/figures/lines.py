# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Lines over years, each with its name and last figure at its end."""

from __future__ import annotations

from collections.abc import Sequence

from overens.rendering.figures.look import LINE, SIZE, Sheet
from overens.rendering.figures.parts import band_of, broken_at, known, nothing, run_of, said, unit, uprights
from overens.rendering.figures.scale import Scale, extent, number_of, rising
from overens.rendering.figures.text import clean, decimals_of, figure, width_of, wrapped
from overens.rules.edition.charts import Lines

HEIGHT = 240.0
NAMED = 12  # more names than these have no room


def draw(sheet: Sheet, chart: Lines, bands: bool = False) -> float:
    """The height it took. bands: the interval of each point, as an area."""
    numbers = known(chart.series, bands)
    if not chart.years or not numbers:
        return nothing(sheet)
    top = unit(sheet, 0, chart.unit) + (24 if chart.breaks else 10)
    bottom = top + HEIGHT
    decimals = decimals_of(numbers)
    low, high = extent(numbers)
    marks = rising(low, high, decimals == 0)
    y = Scale(min(low, marks[0]), max(high, marks[-1]), bottom, top)
    left = max(width_of(figure(each, decimals_of(marks), sheet.language), SIZE) for each in marks) + 10
    names = [f"{clean(each.name)}" for each in chart.series[:NAMED]]
    right = min(max(width_of(name, SIZE) for name in names) + 60, sheet.width * 0.38)
    x = places(len(chart.years), left + 14, sheet.width - right - 14)
    for each in marks:
        sheet.line(left, y(each), sheet.width - right, y(each), "axis" if each == 0 else "grid")
        sheet.text(left - 8, y(each) + 4.2, figure(each, decimals_of(marks), sheet.language), "tick", "end")
    years(sheet, chart.years, x, bottom + 18)
    uprights(sheet, chart.years, chart.breaks, x, top, bottom, named=True)
    breaks = broken_at(chart.years, chart.breaks)
    for at, series in enumerate(chart.series if bands else ()):
        band_of(sheet, at, series.points, x, y)
    for at, series in enumerate(chart.series):
        run_of(sheet, at, series.points, x, y, breaks, size=3 if bands else 4)
    ends = []
    for at, series in enumerate(chart.series[:NAMED]):
        last = next(
            ((number, point) for point in series.points[::-1] if (number := number_of(point)) is not None), None
        )
        if last:
            ends.append((y(last[0]), at, f"{series.name} {said(sheet, last[1], decimals)}"))
    at_x = sheet.width - right + 4
    end = bottom
    for middle, at, text in _apart(ends, bottom):
        shown = wrapped(text, SIZE, right - 6, 1)[0]
        sheet.text(at_x, middle + 4.5, shown, f"name-{at % 6 + 1}")
        end = max(end, middle)
    return max(bottom + 26, end + 12)


def places(count: int, left: float, right: float) -> Scale:
    """Where the years stand; a single one in the middle."""
    if count < 2:
        middle = (left + right) / 2
        return Scale(0, 1, middle, middle + (right - left) / 2)
    return Scale(0, count - 1, left, max(right, left + 1))


def years(sheet: Sheet, names: Sequence[str], x: Scale, y: float) -> None:
    """The years below, as many as have room, the first and the last among them."""
    apart = max(width_of(clean(name), SIZE) for name in names) + 10
    step = abs(x(1) - x(0)) or 1
    each = max(1, round(apart / step + 0.499))
    last = len(names) - 1
    for at, name in enumerate(names):
        if at == last or (at % each == 0 and (last - at) * step >= apart):
            sheet.text(x(at), y, name, "tick", "middle")


def _apart(ends: Sequence[tuple[float, int, str]], bottom: float) -> list[tuple[float, int, str]]:
    """Names at the ends of their lines, moved where they would lie on each other."""
    placed: list[tuple[float, int, str]] = []
    for middle, at, text in sorted(ends):
        lowest = placed[-1][0] + LINE if placed else middle
        placed.append((max(middle, lowest), at, text))
    limit = bottom
    for place in range(len(placed) - 1, -1, -1):
        middle, at, text = placed[place]
        placed[place] = (min(middle, limit), at, text)
        limit = placed[place][0] - LINE
    return placed
