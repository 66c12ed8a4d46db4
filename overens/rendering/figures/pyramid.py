# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Ages of women and men, back to back; another moment's as an outline on top."""

from __future__ import annotations

from collections.abc import Sequence

from overens.rendering.figures.look import SMALL, Fill, Sheet, n
from overens.rendering.figures.parts import nothing, unit
from overens.rendering.figures.scale import Scale, held, ticks
from overens.rendering.figures.text import decimals_of, figure, width_of
from overens.rules.edition.charts import Pyramid

ROW, MIDDLE = 6.0, 40.0
EVERY = 5  # years of age between the marks


def draw(sheet: Sheet, chart: Pyramid) -> float:
    """The height it took."""
    women, men = (tuple(held(each) or 0.0 for each in side) for side in (chart.women, chart.men))
    behind = [tuple(held(each) or 0.0 for each in side) for side in (chart.behind_women, chart.behind_men)]
    ages = max(len(women), len(men), *map(len, behind))
    if not ages:
        return nothing(sheet)
    top = sheet.legend(0, [(Fill(4), chart.name)])
    if any(behind):
        sheet.path(f"M0,{n(top + 8)} L20,{n(top + 8)}", "outline")
        sheet.text(28, top + 12.5, chart.behind_name)
        top += 24
    top = unit(sheet, top, chart.unit)
    sheet.text(sheet.width / 2 - MIDDLE, top + 12, chart.names[0], "strong", "end")
    sheet.text(sheet.width / 2 + MIDDLE, top + 12, chart.names[1], "strong")
    top += 20
    bottom = top + ROW * ages
    most = max(held(chart.most) or 0.0, *women, *men, *behind[0], *behind[1])
    marks = ticks(0, most, 4)
    half = sheet.width / 2
    room = width_of(figure(marks[-1], decimals_of(marks), sheet.language), SMALL) / 2 + 2
    left = Scale(0, marks[-1], half - MIDDLE / 2, room)
    right = Scale(0, marks[-1], half + MIDDLE / 2, sheet.width - room)
    for x in (left, right):
        for each in marks:
            sheet.line(x(each), top, x(each), bottom, "axis" if each == 0 else "grid")
            sheet.text(x(each), bottom + 16, figure(each, decimals_of(marks), sheet.language), "tick", "middle")
    for at in range(ages):
        if (chart.youngest + at) % EVERY == 0:
            sheet.text(half, bottom - ROW * (at + 0.5) + 4.2, str(chart.youngest + at), "tick", "middle")
    for side, x in ((women, left), (men, right)):
        if side:
            edge = _edge(side, x, bottom)
            d = " L".join((f"{n(x(0))},{n(bottom)}", *edge, f"{n(x(0))},{n(bottom - ROW * len(side))}"))
            sheet.path(f"M{d} Z", "fill-4")
    for side, x in zip(behind, (left, right), strict=True):
        if side:
            sheet.path(f"M{' L'.join(_edge(side, x, bottom))}", "outline")
    return bottom + 26


def _edge(side: Sequence[float], x: Scale, bottom: float) -> list[str]:
    """The steps of one side, from the youngest up."""
    return [f"{n(x(number))},{n(bottom - ROW * height)}" for at, number in enumerate(side) for height in (at, at + 1)]
