# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The counties, shaded by class, and beside them every region by name under its class: a map alone hides the small ones
and cannot be read off.
"""

from __future__ import annotations

import re
from itertools import accumulate

from overens.rendering import countymap
from overens.rendering.figures.hatching import Ring
from overens.rendering.figures.look import SIZE, Fill, Sheet, n, shade_of
from overens.rendering.figures.parts import nothing, said, unit
from overens.rendering.figures.scale import held, number_of
from overens.rendering.figures.text import decimals_of, figure, width_of, wrapped
from overens.rules.edition import classes
from overens.rules.edition.charts import Map, Region
from overens.rules.findings import word

SHARE = 0.3  # of the width, for the map
LINE_HEIGHT = 17.0


def draw(sheet: Sheet, chart: Map) -> float:
    """The height it took."""
    if not chart.regions:
        return nothing(sheet)
    width = sheet.width * SHARE
    size = width / countymap.SIZE[0]
    steps = len(chart.limits) + 1
    shown = {each.code: each for each in chart.regions}
    for code, path in sorted(countymap.county_paths().items(), key=lambda each: each[0] in shown):
        _county(sheet, chart, path, shown.get(code), size, steps)
    left = width + 22
    y = unit(sheet, 0, chart.unit, left)
    known = [number for each in chart.regions if (number := number_of(each.point)) is not None]
    decimals = decimals_of([*known, *chart.limits])
    for step in range(steps - 1, -1, -1):
        inside = [each for each in chart.regions if _step(chart, each) == step]
        inside.sort(key=lambda each: (-(number_of(each.point) or 0), each.code))
        sheet.area(left, y + 3, 20, 13, Fill(shade_of(step, steps)))
        sheet.text(left + 28, y + 14, _class(sheet, chart, step, decimals_of(list(chart.limits))), "strong")
        y = _names(sheet, inside, left, y + 20, decimals)
    missing = [each for each in chart.regions if number_of(each.point) is None]
    if missing:
        sheet.rect(left, y + 3, 20, 13, "none-area")
        sheet.text(left + 28, y + 14, word("edition-no-figure", sheet.language), "strong")
        y = _names(sheet, missing, left, y + 20, decimals)
    if any(_unsure(chart, each) for each in chart.regions):
        ring = [(left, y + 3), (left + 20, y + 3), (left + 20, y + 16), (left, y + 16)]
        sheet.area(left, y + 3, 20, 13, Fill(3))
        sheet.hatch([ring], 4)
        sheet.words(left + 28, y + 10, word("edition-uncertain-class", sheet.language), sheet.width - left - 28)
        y += 28
    return max(y, countymap.SIZE[1] * size) + 4


def _names(sheet: Sheet, inside: list[Region], left: float, y: float, decimals: int) -> float:
    """Names with their figures in two columns; where the next begins."""
    column = (sheet.width - left) / 2
    half = -(-len(inside) // 2)
    for at, region in enumerate(inside):
        x = left + (at // half) * column
        base = y + (at % half) * LINE_HEIGHT + 12
        words = said(sheet, region.point, decimals) if number_of(region.point) is not None else ""
        room = column - 10 - width_of(words, SIZE) - 4
        sheet.text(x, base, wrapped(region.name, SIZE, room, 1)[0])
        sheet.text(x + column - 10, base, words, "figure", "end")
    return y + half * LINE_HEIGHT + 10


def _step(chart: Map, region: Region) -> int | None:
    number = number_of(region.point)
    return None if number is None else classes.class_of(number, chart.limits)


def _unsure(chart: Map, region: Region) -> bool:
    """Whether its class is not sure: something is missing, or chance could have put it in another part of the scale."""
    low, high = held(region.point.low), held(region.point.high)
    wide = low is not None and high is not None and classes.uncertain(low, high, chart.limits)
    return number_of(region.point) is not None and (region.point.partial or wide)


def _class(sheet: Sheet, chart: Map, step: int, decimals: int) -> str:
    """A class in words: below the first limit, between two, or from the last on."""
    limits = [figure(limit, decimals, sheet.language) for limit in chart.limits]
    if not limits:
        return word("edition-class-all", sheet.language)
    if step == 0:
        return f"{word('edition-class-below', sheet.language)} {limits[0]}"
    if step == len(limits):
        return f"{limits[-1]} {word('edition-class-and-over', sheet.language)}"
    return f"{limits[step - 1]}–{limits[step]}"


def _county(sheet: Sheet, chart: Map, path: str, region: Region | None, size: float, steps: int) -> None:
    rings = [[(x * size, y * size) for x, y in ring] for ring in _rings(path)]
    d = " ".join(f"M{' L'.join(f'{n(x)},{n(y)}' for x, y in ring)} Z" for ring in rings)
    step = _step(chart, region) if region else None
    if region is None or step is None:
        sheet.path(d, "none-area")
        return
    sheet.path(d, f"fill-{shade_of(step, steps)}")
    if _unsure(chart, region):
        sheet.hatch(rings)
    sheet.path(d, "border")


def _rings(path: str) -> list[Ring]:
    """The outlines of a county (``M12,34l5,6 7,8z``), as places."""
    found: list[Ring] = []
    for x, y, steps in re.findall(r"M(\d+),(\d+)l([^z]+)z", path):
        moves = [(float(a), float(b)) for a, b in (step.split(",") for step in steps.split())]
        found.append(list(accumulate(moves, lambda p, m: (p[0] + m[0], p[1] + m[1]), initial=(float(x), float(y)))))
    return found
