# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Bars and lines as SVG, with a table beside them always. No inline styles and no ids; classes follow the theme.

Series differ by dash and by mark too, so that they are told apart without colour. A value that is not all there has a
hollow mark or a hatched end; one that is missing is a gap, never 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from overens.rules.amounts import group_digits

WIDTH, LABELS, ROW, BAR = 720, 270, 26, 16
LINES_HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 320, 56, 190, 18, 34
MOST_LETTERS = 35
MOST_SERIES = 6


@dataclass(frozen=True)
class Value:
    """A number and whether it is all there. None: there is none, and ``instead`` says why in a word or two."""

    number: int | None
    partial: bool = False
    instead: str = ""


def bars(rows: Sequence[tuple[str, Value]], title: str) -> str:
    """Horizontal bars, one a row, with their figures at the end."""
    most = max((value.number or 0 for _label, value in rows), default=0) or 1
    room = WIDTH - LABELS - 90
    shapes = []
    for number, (label, value) in enumerate(rows):
        y = number * ROW
        shapes.append(
            f'<text class="chart-label" x="{LABELS - 10}" y="{y + 17}" text-anchor="end">{_short(label)}</text>'
        )
        if value.number is None:
            shapes.append(f'<text class="chart-none" x="{LABELS}" y="{y + 17}">{escape(value.instead)}</text>')
            continue
        width = max(1.5 if value.number else 0, room * value.number / most)
        kind = "chart-bar is-partial" if value.partial else "chart-bar"
        shapes.append(f'<rect class="{kind}" x="{LABELS}" y="{y + 4}" width="{width:.1f}" height="{BAR}"/>')
        figure = f"{'≥ ' if value.partial else ''}{group_digits(value.number)}"
        shapes.append(f'<text class="chart-figure" x="{LABELS + width + 7:.1f}" y="{y + 17}">{figure}</text>')
    axis = f'<line class="chart-axis" x1="{LABELS}" x2="{LABELS}" y1="0" y2="{len(rows) * ROW}"/>'
    return _svg(len(rows) * ROW + 4, title, axis + "".join(shapes))


def lines(
    years: Sequence[str], series: Sequence[tuple[str, Sequence[Value]]], title: str, breaks: Sequence[int] = ()
) -> str:
    """A line for each series over the years; a dashed upright before each year from which the definition is another."""
    most = max((value.number or 0 for _name, values in series for value in values), default=0) or 1
    top = _round_up(most)
    width, height = WIDTH - LEFT - RIGHT, LINES_HEIGHT - TOP - BOTTOM
    step = width / max(1, len(years) - 1)

    def x(number: float) -> float:
        return LEFT + (step * number if len(years) > 1 else width / 2)

    def y(value: int) -> float:
        return TOP + height - height * value / top

    shapes = []
    for tick in range(5):
        value = top * tick // 4
        high = y(value)
        shapes.append(f'<line class="chart-grid" x1="{LEFT}" x2="{LEFT + width}" y1="{high:.1f}" y2="{high:.1f}"/>')
        place = f'x="{LEFT - 8}" y="{high + 4:.1f}"'
        shapes.append(f'<text class="chart-tick" {place} text-anchor="end">{group_digits(value)}</text>')
    for number, year in enumerate(years):
        at = f'x="{x(number):.1f}" y="{LINES_HEIGHT - 10}"'
        shapes.append(f'<text class="chart-tick" {at} text-anchor="middle">{escape(year)}</text>')
    for each in breaks:
        if str(each) in years and years.index(str(each)):
            before = x(years.index(str(each)) - 0.5)
            shapes.append(
                f'<line class="chart-break" x1="{before:.1f}" x2="{before:.1f}" y1="{TOP}" y2="{TOP + height}"/>'
            )
    ends = []
    for number, (name, values) in enumerate(series, start=1):
        points = [
            (x(at), y(value.number), value.partial) if value.number is not None else None
            for at, value in enumerate(values)
        ]
        for run in _runs(points):
            path = " ".join(f"{px:.1f},{py:.1f}" for px, py, _partial in run)
            shapes.append(f'<polyline class="chart-line series-{number}" points="{path}"/>')
        for point in points:
            if point is not None:
                kind = " is-partial" if point[2] else ""
                shapes.append(
                    f'<circle class="chart-point series-{number}{kind}" cx="{point[0]:.1f}" cy="{point[1]:.1f}" r="4"/>'
                )
        last = next((point for point in reversed(points) if point is not None), None)
        if last is not None:
            ends.append((last[1], name, number))
    for end, name, number in _apart(ends):
        place = f'x="{LEFT + width + 12}" y="{end + 4:.1f}"'
        shapes.append(f'<text class="chart-name series-{number}" {place}>{_short(name, 24)}</text>')
    return _svg(LINES_HEIGHT, title, "".join(shapes))


Point = tuple[float, float, bool]


def _runs(points: Sequence[Point | None]) -> list[list[Point]]:
    """Points in a row; a gap ends a run."""
    runs: list[list[Point]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if len(run) > 1]


def _apart(ends: Sequence[tuple[float, str, int]]) -> list[tuple[float, str, int]]:
    """Names at the ends of their lines, moved down where they would lie on each other."""
    placed: list[tuple[float, str, int]] = []
    for at, name, number in sorted(ends):
        low = placed[-1][0] + 17 if placed else at
        placed.append((max(at, low), name, number))
    over = max(0.0, placed[-1][0] - (LINES_HEIGHT - BOTTOM)) if placed else 0.0
    return [(at - over, name, number) for at, name, number in placed]


def _round_up(most: int) -> int:
    """The next number that four even steps lead up to."""
    size = 1
    while size * 40 < most:
        size *= 10
    for times in (1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 25, 30, 40):
        if size * times >= most and size * times % 4 == 0:
            return size * times
    return size * 40


def _short(label: str, most: int = MOST_LETTERS) -> str:
    return escape(label if len(label) <= most else f"{label[: most - 1].rstrip()}…")


def _svg(height: int, title: str, content: str) -> str:
    return f'<svg class="chart" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(title)}">{content}</svg>'
