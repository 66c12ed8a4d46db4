# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Made-up regions with an effect that is known, since it was put there: to try methods on, and to show them.

The defaults are our choice of what is like the regions: levels that differ, years that differ for all, deviations that
mostly stay until the next year, small regions that vary more than large ones.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from overens.rules.effects.panel import Panel


@dataclass(frozen=True)
class World:
    """``effect``: the average effect in full strength, in spreads of one region's deviations. ``uneven``: it differs
    between regions (0 to 2 times) and grows over the years. ``stays``: how much of a deviation is left the year after.
    ``groups``: how many begin in which year after the first. ``noisy_first``: those that vary most begin first.
    """

    effect: float = 0.0
    uneven: bool = False
    stays: float = 0.6
    groups: tuple[tuple[int, int], ...] = ((5, 4), (7, 4), (9, 4))
    units: int = 21
    years: int = 12
    first: int = 2008
    noisy_first: bool = False


def simulated(world: World, seed: int) -> tuple[Panel, float]:
    """A panel, and the true average effect over the regions and years that have the measure."""
    rng = np.random.default_rng(seed)
    begin = [world.first + after for after, many in world.groups for _ in range(many)]
    starts: list[int | None] = [*begin, *[None] * (world.units - len(begin))]
    scale = np.exp(rng.normal(0, 0.4, world.units))
    order = np.argsort(np.argsort(-scale)) if world.noisy_first else rng.permutation(world.units)
    starts = [starts[place] for place in order]
    fresh = np.sqrt(1 - world.stays**2)
    deviation = rng.normal(size=world.units)
    columns = []
    for _ in range(world.years):
        columns.append(deviation * scale)
        deviation = world.stays * deviation + fresh * rng.normal(size=world.units)
    values = np.stack(columns, axis=1) + rng.normal(0, 3, (world.units, 1)) + rng.normal(size=(1, world.years))
    strength = rng.uniform(0, 2, world.units)
    true = []
    for unit, start in enumerate(starts):
        for place in range(world.years):
            if start is not None and (after := world.first + place - start) >= 0:
                grown = strength[unit] * min(1.5, 0.4 + 0.25 * after) if world.uneven else 1.0
                values[unit, place] += world.effect * grown
                true.append(world.effect * grown)
    panel = Panel(
        tuple(f"{unit:02}" for unit in range(world.units)),
        tuple(range(world.first, world.first + world.years)),
        tuple(map(tuple, values.tolist())),
        tuple(starts),
    )
    return panel, float(np.mean(true)) if true else 0.0
