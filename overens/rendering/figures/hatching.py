# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Hatching as lines of its own. An SVG pattern would need an id, and ids of two pictures on one page collide."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

Ring = Sequence[tuple[float, float]]
MOST = 2000  # lines; an area that needs more is hatched more sparsely


def hatched(rings: Sequence[Ring], apart: float, turn: float) -> str:
    """A path of parallel lines inside an area, whose holes are rings too. ``turn`` in degrees, 0 is level."""
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    turned = [[(x * cos + y * sin, y * cos - x * sin) for x, y in ring] for ring in rings if len(ring) > 2]
    heights = [y for ring in turned for _x, y in ring]
    if not heights:
        return ""
    apart = max(apart, (max(heights) - min(heights)) / MOST)
    drawn = []
    level = math.ceil(min(heights) / apart) * apart + apart / 2
    while level < max(heights):
        crossings = sorted(
            x1 + (level - y1) * (x2 - x1) / (y2 - y1)
            for ring in turned
            for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]])
            if (y1 <= level) != (y2 <= level)
        )
        for left, right in zip(crossings[::2], crossings[1::2], strict=False):
            start = (left * cos - level * sin, left * sin + level * cos)
            end = (right * cos - level * sin, right * sin + level * cos)
            drawn.append(f"M{start[0]:.1f},{start[1]:.1f} L{end[0]:.1f},{end[1]:.1f}")
        level += apart
    return " ".join(drawn)
