# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""From figures to places on the paper."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from overens.rules.edition.charts import Point

MOST = 1e15  # beyond every sum of money there is; also what keeps sums of places finite


def number_of(point: Point) -> float | None:
    """Its figure, if there is one that can be drawn."""
    return held(point.number)


def held(number: float | None) -> float | None:
    if number is None or not math.isfinite(number):
        return None
    return min(max(number, -MOST), MOST)


@dataclass(frozen=True)
class Scale:
    """Figures from ``low`` to ``high`` on places from ``start`` to ``end``."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, number: float) -> float:
        return self.start + (self.end - self.start) * (number - self.low) / ((self.high - self.low) or 1)


def ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Round figures, evenly apart, from at or below the least to at or above the greatest."""
    if high <= low:
        high = low + 1
    rough = (high - low) / most
    size = 10.0 ** math.floor(math.log10(rough)) if rough > 0 else 1.0
    step = next((size * times for times in (1, 2, 2.5, 5, 10) if size * times >= rough), size * 10)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(step * at, 12) for at in range(first, last + 1)]


def extent(numbers: Iterable[float | None]) -> tuple[float, float]:
    """The least and the greatest, with 0 among them: a bar that does not begin at 0 lies."""
    known = [number for number in numbers if number is not None]
    return min(0.0, *known, 0.0), max(0.0, *known, 0.0)


def rising(low: float, high: float, whole: bool) -> list[float]:
    """Ticks of an axis; whole figures where everything on it is whole."""
    found = ticks(low, high)
    if whole:
        found = [each for each in found if each == int(each)]
    return found
