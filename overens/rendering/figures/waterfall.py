# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How one level becomes another: each step begins where the one before it ended."""

from __future__ import annotations

from overens.rendering.figures.look import SMALL, Fill, Sheet, box
from overens.rendering.figures.parts import nothing, room_for, unit
from overens.rendering.figures.scale import Scale, held, rising
from overens.rendering.figures.text import decimals_of, figure, width_of
from overens.rules.edition.charts import Step, Waterfall

ROW, BAR = 24.0, 15.0


def draw(sheet: Sheet, chart: Waterfall) -> float:
    """The height it took. Levels are dark, what is added is paler, what is taken away is hatched."""
    if not chart.steps:
        return nothing(sheet)
    top = unit(sheet, 0, chart.unit)
    left = room_for(sheet, [step.label for step in chart.steps])
    spans = _spans(chart)
    ends = [end for span in spans for end in span]
    decimals = decimals_of([held(step.number) or 0.0 for step in chart.steps])
    marks = rising(min(0.0, *ends), max(0.0, *ends), decimals == 0)
    words = [_words(sheet, step, decimals) for step in chart.steps]
    right = max(width_of(each, SMALL) for each in words) + 14
    x = Scale(min(marks[0], *ends), max(marks[-1], *ends), left, max(sheet.width - right, left + 40))
    bottom = top + ROW * len(chart.steps)
    for each in marks:
        sheet.line(x(each), top, x(each), bottom, "axis" if each == 0 else "grid")
        sheet.text(x(each), bottom + 16, figure(each, decimals_of(marks), sheet.language), "tick", "middle")
    for at, (step, (begin, end)) in enumerate(zip(chart.steps, spans, strict=True)):
        y = top + ROW * at
        sheet.words(0, y + ROW / 2, step.label, left - 12, most=1)
        near, far = sorted((x(begin), x(end)))
        middle = y + (ROW - BAR) / 2
        sheet.area(near, middle, far - near, BAR, Fill(5 if not step.change else 3))
        if step.change and end < begin:
            sheet.hatch([box(near, middle, far - near, BAR)])
        if at + 1 < len(chart.steps):
            sheet.line(x(end), middle + BAR, x(end), middle + ROW, "axis")
        sheet.text(sheet.width, y + ROW / 2 + 4.2, words[at], "figure", "end")
    return bottom + 26


def _spans(chart: Waterfall) -> list[tuple[float, float]]:
    """Where each step begins and ends."""
    spans, so_far = [], 0.0
    for step in chart.steps:
        number = held(step.number) or 0.0
        begin = so_far if step.change else 0.0
        so_far = held(begin + number) or 0.0
        spans.append((begin, so_far))
    return spans


def _words(sheet: Sheet, step: Step, decimals: int) -> str:
    number = held(step.number) or 0.0
    return f"{'+' if step.change and number > 0 else ''}{figure(number, decimals, sheet.language)}"
