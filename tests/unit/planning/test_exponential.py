# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Exponential chances without a logarithm: the layers are of the same area, and the chances those of e^(−x)."""

from __future__ import annotations

import numpy as np
import pytest

from overens.planning.chance import compiled, key
from overens.planning.exponential import AREA, EDGES, LAST, LAYERS, exponential
from overens.planning.production.flow import Floats

MANY = 2_000_000


@compiled
def drawn(stream: np.uint64, count: int) -> Floats:
    numbers = np.empty(count)
    for event in range(count):
        numbers[event] = exponential(stream, event + 1)
    return numbers


def test_the_layers_are_of_the_same_area() -> None:
    heights = np.exp(-EDGES[1:])
    assert EDGES[1:LAYERS] * np.append(np.diff(heights)[: LAYERS - 2], 1 - heights[-2]) == pytest.approx(
        np.full(LAYERS - 1, AREA), rel=1e-9
    )
    assert LAST * heights[0] + heights[0] == pytest.approx(AREA)


def test_the_chances_are_exponential() -> None:
    """By the largest distance from e^(−x) (Kolmogorov: beyond 1.95 once in a thousand), and far out in the tail."""
    numbers = np.sort(drawn(np.uint64(key(np.uint64(1), 2)), MANY))
    apart = np.abs(1 - np.exp(-numbers) - np.arange(MANY) / MANY).max()
    assert apart * MANY**0.5 < 1.95
    beyond = MANY * np.exp(-LAST)
    assert (numbers > LAST).sum() == pytest.approx(beyond, abs=4 * beyond**0.5)
    assert (numbers[numbers > LAST] - LAST).mean() == pytest.approx(1, abs=4 / beyond**0.5)
