# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Level bars: beside each other, after each other, or as shares of a whole. Every bar has its figure, so no ticks."""

from __future__ import annotations

from overens.rendering.figures.look import SMALL, Fill, Sheet, box, fills
from overens.rendering.figures.parts import nothing, room_for, said, unit
from overens.rendering.figures.scale import Scale, extent, number_of
from overens.rendering.figures.text import NO_BREAK, decimals_of, width_of, wrapped
from overens.rules.edition.charts import Bar, Bars, Point

MANY = 40  # rows; more of them stand closer
PARTIAL_END = 12.0


def draw(sheet: Sheet, chart: Bars) -> float:
    """The height it took."""
    if not chart.rows or not chart.series:
        return nothing(sheet)
    grouped = chart.way == "grouped"
    shades = fills(len(chart.series))
    if grouped:
        shades = shades[::-1]  # beside each other they are often years: the last is the one that counts
    y = 0.0
    if len(chart.series) > 1:
        y = sheet.legend(y, list(zip(shades, chart.series, strict=True)))
    y = unit(sheet, y, chart.unit)
    known = [number for row in chart.rows for point in row.points if (number := number_of(point)) is not None]
    decimals = decimals_of(known)
    left = room_for(sheet, [row.label for row in chart.rows])
    right = _room_at_end(sheet, chart, decimals)
    drawing = _Rows(sheet, chart, shades, decimals, left, _scale(chart, left, sheet.width - right))
    top = y
    for row in chart.rows:
        y = drawing.grouped(y, row) if grouped else drawing.after_each_other(y, row)
    zero = drawing.x(0)
    sheet.line(zero, top, zero, y, "axis")
    return y + 4


def _scale(chart: Bars, left: float, right: float) -> Scale:
    right = max(right, left + 60)
    if chart.way == "shares":
        return Scale(0, 1, left, right)
    if chart.way == "grouped":
        low, high = extent(number_of(point) for row in chart.rows for point in row.points)
    else:
        sums = [_sum(row, 1) for row in chart.rows] + [-_sum(row, -1) for row in chart.rows]
        low, high = extent(sums)
    return Scale(low, high if high > low else low + 1, left, right)


def _sum(row: Bar, sign: int) -> float:
    return sum(max(0.0, sign * (number_of(point) or 0.0)) for point in row.points)


def _total(row: Bar) -> Point:
    """What the row's parts add up to; partial where one of them is missing or not all there."""
    known = [number for point in row.points if (number := number_of(point)) is not None]
    gaps = [point for point in row.points if number_of(point) is None]
    if not known:
        return Point(instead=next((point.instead for point in gaps if point.instead), ""))
    return Point(number=sum(known), partial=bool(gaps) or any(point.partial for point in row.points))


def _room_at_end(sheet: Sheet, chart: Bars, decimals: int) -> float:
    points = (
        [_total(row) for row in chart.rows] if chart.way != "grouped" else [p for r in chart.rows for p in r.points]
    )
    ends = (width_of(said(sheet, point, decimals), SMALL + 1) for point in points if number_of(point) is not None)
    return min(max(ends, default=0) + 14, sheet.width * 0.3)


class _Rows:
    def __init__(
        self, sheet: Sheet, chart: Bars, shades: tuple[Fill, ...], decimals: int, left: float, x: Scale
    ) -> None:
        self.sheet, self.chart, self.shades, self.decimals, self.left, self.x = sheet, chart, shades, decimals, left, x
        self.close = len(chart.rows) * (1 if chart.way != "grouped" else len(chart.series)) > MANY

    def _label(self, middle: float, label: str, lines: int) -> None:
        self.sheet.words(self.left - 10, middle, label, self.left - 12, anchor="end", most=lines)

    def _bar(self, start: float, end: float, y: float, thick: float, fill: Fill, *, partial: bool) -> None:
        first, last = sorted((start, end))
        last = max(last, first + 1.5)
        self.sheet.area(first, y, last - first, thick, fill)
        if partial:
            torn = min(PARTIAL_END, last - first)
            at = last - torn if end >= start else first
            self.sheet.hatch([box(at, y, torn, thick)], 4)

    def grouped(self, y: float, row: Bar) -> float:
        """A bar for each series below each other, each with its figure; where the next row begins."""
        thick = 11.0 if self.close else 14.0
        space = 4.0 if self.close else 8.0
        many = len(self.chart.series)
        lines = 1 if many == 1 and self.close else 2
        labelled = len(wrapped(row.label, SMALL + 1, self.left - 12, lines)) * 15
        height = max(thick * many + (many - 1), labelled if lines > 1 else 0)
        first = y + space / 2 + (height - (thick * many + many - 1)) / 2
        self._label(first + (thick * many + many - 1) / 2, row.label, lines)
        for at, (point, fill) in enumerate(zip(row.points, self.shades, strict=False)):
            top = first + at * (thick + 1)
            words, number = said(self.sheet, point, self.decimals), number_of(point)
            base = top + thick / 2 + 4.5
            if number is None:
                room = self.sheet.width - self.x(0) - 6
                self.sheet.text(self.x(0) + 6, base, wrapped(words, SMALL, room, 1)[0], "none")
                continue
            if number:
                self._bar(self.x(0), self.x(number), top, thick, fill, partial=point.partial)
            self.sheet.text(max(self.x(number), self.x(0)) + 6, base, words, "figure")
        return y + height + space

    def after_each_other(self, y: float, row: Bar) -> float:
        """One bar of parts, with the figure of each part that has the room, and the sum at the end."""
        shares = self.chart.way == "shares"
        thick = 14.0 if self.close else 19.0
        labelled = len(wrapped(row.label, SMALL + 1, self.left - 12, 3)) * 15
        height = max(thick + 6, labelled + 4)
        top, middle = y + (height - thick) / 2, y + height / 2
        self._label(middle, row.label, 3)
        total, whole = _total(row), _sum(row, 1)
        gap = next((point for point in row.points if number_of(point) is None), None)
        if total.number is None or (shares and (gap or not whole)):  # a share of what is not all there is none
            words = said(self.sheet, gap or total, self.decimals)
            room = self.sheet.width - self.x(0) - 6
            self.sheet.text(self.x(0) + 6, middle + 4.5, wrapped(words, SMALL, room, 1)[0], "none")
            return y + height
        ahead, behind = 0.0, 0.0
        for point, fill in zip(row.points, self.shades, strict=False):
            number = number_of(point)
            if not number or (shares and number < 0):
                continue
            size = number / whole if shares else number
            start, behind, ahead = (ahead, behind, ahead + size) if number > 0 else (behind, behind + size, ahead)
            end = ahead if number > 0 else behind
            self._part(self.x(start), self.x(end), top, thick, fill, point, size if shares else None)
        end = self.x(max(ahead, 0))
        self.sheet.text(end + 6, middle + 4.5, said(self.sheet, total, self.decimals), "figure")
        return y + height

    def _part(
        self, start: float, end: float, top: float, thick: float, fill: Fill, point: Point, share: float | None
    ) -> None:
        self._bar(start, end, top, thick, fill, partial=point.partial)
        first, last = sorted((start, end))
        self.sheet.line(last, top, last, top + thick, "hatch")
        number = number_of(point) or 0
        words = said(self.sheet, point, self.decimals) if share is None else _percent(share)
        room = last - first - (PARTIAL_END if point.partial else 0)
        if number and fill.words and width_of(words, SMALL) + 8 <= room:
            self.sheet.text(first + room / 2, top + thick / 2 + 4.2, words, fill.words, "middle")


def _percent(share: float) -> str:
    return f"{share * 100:.0f}{NO_BREAK}%"
