# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pictures of a report as SVG: one way to draw, for paper, Word, the web and the pages of facts.

What is drawn is :mod:`overens.rules.edition.charts`; how it looks is :mod:`overens.rendering.figures.look`. A figure
that is missing is a gap with a word in its place, never 0; one that is not all there is hollow or hatched, and has "≥"
before it.
"""

from __future__ import annotations

from typing import assert_never

from overens.rendering.figures import bars, heat, intervals, lines, matrix, multiples, pyramid, regions, waterfall
from overens.rendering.figures.look import Sheet, Style
from overens.rules.edition.charts import (
    Bars,
    Chart,
    Fan,
    Heat,
    Intervals,
    Lines,
    Map,
    Matrix,
    Multiples,
    Pyramid,
    Waterfall,
)

LEAST_WIDTH = 240


def svg(chart: Chart, alt: str, style: Style, width: int = 680, language: str = "sv") -> str:
    """A picture, the same bytes for the same chart. Never fails: where there is nothing to draw it says so.

    alt: what it shows, in words, as its accessible name. style: ``paper`` stands alone (Typst, Word), ``web`` takes its
    colours from the page's stylesheet. width: in the unit that words are 13 high in; the height follows.
    language: of decimals, and of the words for what is not there.
    """
    sheet = Sheet(style, max(width, LEAST_WIDTH), language)
    match chart:
        case Bars():
            height = bars.draw(sheet, chart)
        case Lines():
            height = lines.draw(sheet, chart)
        case Multiples():
            height = multiples.draw(sheet, chart)
        case Intervals():
            height = intervals.draw(sheet, chart)
        case Map():
            height = regions.draw(sheet, chart)
        case Matrix():
            height = matrix.draw(sheet, chart)
        case Fan(panels=(panel,)):
            height = lines.draw(sheet, Lines(years=chart.years, series=panel.series, unit=chart.unit), bands=True)
        case Fan():
            height = multiples.draw(
                sheet, Multiples(years=chart.years, panels=chart.panels, unit=chart.unit), bands=True
            )
        case Pyramid():
            height = pyramid.draw(sheet, chart)
        case Heat():
            height = heat.draw(sheet, chart)
        case Waterfall():
            height = waterfall.draw(sheet, chart)
        case _:
            assert_never(chart)
    return sheet.svg(height, alt)


__all__ = ["Style", "svg"]
