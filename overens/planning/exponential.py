# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Exponential chances, nearly always without a logarithm: Marsaglia and Tsang's ziggurat ("The ziggurat method for
generating random variables", 2000), exact, in 256 layers of the same area under e^(−x). The method and the last edge
are from memory (assumed); tests hold the areas and the chances against the distribution.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from overens.planning.chance import bits, chance, lean, mixed, unit

LAYERS = 256
# Where the layer that has the tail ends.
LAST = 7.69711747013104972
AREA = (LAST + 1) * math.exp(-LAST)
_LAYER, _ONE = np.uint64(LAYERS - 1), np.uint64(1)


def _edges() -> NDArray[np.float64]:
    """How wide each layer is, from the bottom one (as if its tail were a part of the rectangle) to nought."""
    edges = np.zeros(LAYERS + 1)
    edges[0], edges[1] = AREA * math.exp(LAST), LAST
    for layer in range(2, LAYERS):
        edges[layer] = -math.log(math.exp(-edges[layer - 1]) + AREA / edges[layer - 1])
    return edges


EDGES = _edges()


@lean
def exponential(stream: np.uint64, event: int) -> float:
    """The chance of an event in a stream, exponential with mean 1."""
    drawn = bits(stream, event)
    # The lowest bits choose the layer, others the place in it.
    layer = drawn & _LAYER
    number = unit(drawn) * EDGES[layer]
    if number < EDGES[layer + _ONE]:
        return float(number)
    return _beyond(mixed(drawn), layer, number)


@lean
def _beyond(stream: np.uint64, layer: np.uint64, number: float) -> float:
    """Where a layer is wider than the one above it (one time in eighty): by more chances, of a stream of its own."""
    event = 1
    while True:
        if layer == 0:
            return LAST - math.log(1.0 - chance(stream, event))
        low, high = math.exp(-EDGES[layer]), math.exp(-EDGES[layer + _ONE])
        if low + chance(stream, event) * (high - low) < math.exp(-number):
            return number
        drawn = bits(stream, event + 1)
        layer, event = drawn & _LAYER, event + 2
        number = unit(drawn) * EDGES[layer]
        if number < EDGES[layer + _ONE]:
            return number
