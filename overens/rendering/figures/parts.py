# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What several kinds of picture have: room for labels, the unit above, an empty picture, a line over years."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from overens.rendering.figures.look import SIZE, Sheet, n
from overens.rendering.figures.scale import Scale, held, number_of
from overens.rendering.figures.text import clean, figure, width_of
from overens.rules.edition.charts import Break, Point, Series
from overens.rules.findings import word

AT_LEAST = "≥\u202f"


def room_for(sheet: Sheet, labels: Sequence[str], share: float = 0.36) -> float:
    """How wide the column of labels is: as the widest of them, but at most a share of the picture."""
    widest = max((width_of(clean(label), SIZE) for label in labels), default=0)
    return min(widest, sheet.width * share) + 12


def unit(sheet: Sheet, y: float, text: str, x: float = 0) -> float:
    """What the axis counts, above it; where the next begins."""
    if not clean(text):
        return y
    sheet.text(x, y + 11, text, "tick")
    return y + 20


def nothing(sheet: Sheet) -> float:
    """The picture of nothing, in words."""
    sheet.text(0, 20, word("edition-nothing-to-draw", sheet.language), "none")
    return 32


def said(sheet: Sheet, point: Point, decimals: int) -> str:
    """Its figure in words, or what stands in its place."""
    number = number_of(point)
    if number is None:
        return point.instead or "–"
    return f"{AT_LEAST if point.partial else ''}{figure(number, decimals, sheet.language)}"


def broken_at(years: Sequence[str], breaks: Sequence[Break]) -> frozenset[int]:
    """Places in the years before which the line is broken: what is on both sides cannot be compared."""
    return frozenset(years.index(each.year) for each in breaks if not each.comparable and each.year in years[1:])


def uprights(
    sheet: Sheet, years: Sequence[str], breaks: Sequence[Break], x: Scale, top: float, bottom: float, *, named: bool
) -> None:
    """A dashed upright where a definition changes; a short one at the foot where the years may still be compared."""
    for each in breaks:
        if each.year in years[1:]:
            at = x(years.index(each.year) - 0.5)
            sheet.line(at, top if not each.comparable else bottom - 8, at, bottom, "break")
            if named and not each.comparable:
                sheet.text(at, top - 4, word("edition-new-definition", sheet.language), "accent", "middle")


def run_of(
    sheet: Sheet, number: int, points: Sequence[Point], x: Scale, y: Scale, breaks: Collection[int], size: float = 4
) -> None:
    """A series over the years: its line, interrupted at gaps and breaks, and its marks."""
    run: list[tuple[float, float]] = []
    runs = [run]
    for at, point in enumerate(points):
        value = number_of(point)
        if value is None or at in breaks:
            run = []
            runs.append(run)
        if value is not None:
            run.append((x(at), y(value)))
    for each in runs:
        if len(each) > 1:
            sheet.polyline(each, f"line-{number % 6 + 1}")
    for at, point in enumerate(points):
        if (value := number_of(point)) is not None:
            sheet.mark(number, x(at), y(value), hollow=point.partial, size=size)


def known(series: Iterable[Series], bands: bool) -> list[float]:
    """Every figure that is drawn of them, the ends of their intervals among them where there are bands."""
    points = [point for each in series for point in each.points]
    drawn = [number_of(point) for point in points]
    if bands:
        drawn += [held(end) for point in points for end in (point.low, point.high)]
    return [number for number in drawn if number is not None]


def band_of(sheet: Sheet, number: int, points: Sequence[Point], x: Scale, y: Scale) -> None:
    """The intervals of a series (from 0) as an area behind its line; none where a point has no interval."""
    run: list[tuple[float, float, float]] = []
    runs = [run]
    for at, point in enumerate(points):
        low, high = held(point.low), held(point.high)
        if low is None or high is None:
            run = []
            runs.append(run)
        else:
            run.append((x(at), y(low), y(high)))
    for each in runs:
        if len(each) > 1:
            upper = [(at, high) for at, _low, high in each]
            lower = [(at, low) for at, low, _high in reversed(each)]
            d = " L".join(f"{n(at)},{n(height)}" for at, height in (*upper, *lower))
            sheet.path(f"M{d} Z", f"band-{number % 6 + 1}")
