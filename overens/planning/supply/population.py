# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who there are to be cared for: the population by region, sex and age, carried on from year to year.

A plain projection by cohorts (docs/supply-need.md): everybody grows a year older, some die, some are born, some move.
Ages are 0 to 99, and 100 and older; each year is at its turn, so that 2024 is 1 January 2024.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from overens.planning.supply.problem import MEN, WOMEN, Floats
from overens.rules.findings import refuse

ALL_AGES = 101
BOYS = 0.514  # of the newborn; 106 boys for 100 girls (SCB's page on the pyramid of ages)


@dataclass(frozen=True)
class Population:
    """known[Y, R, S, A]: persons at the turn of ``first`` and of each year after it, as far as anybody has counted.

    dying[S, A]: the probability of dying in a year, for who is that old at its start. births[A]: children a year for
    each woman. shape[S, A]: who moves, sums to 1. moves[R]: net moves a year, persons.
    """

    first: int
    regions: tuple[str, ...]
    known: Floats
    dying: Floats
    births: Floats
    shape: Floats
    moves: Floats

    @property
    def last(self) -> int:
        """The last turn of a year at which it was counted."""
        return self.first + len(self.known) - 1


def at(population: Population, years: range, values: Mapping[str, float]) -> Floats:
    """Persons at the turn of each of these years: [Y, R, S, A]. Before the first that is known: as in that one.

    values: of the parameters ``population-births``, ``population-mortality`` and ``population-moves``. Raises
    Refused (``supply-population-negative``) where more move away from a region than there are.
    """
    path = list(population.known)
    while population.first + len(path) <= years[-1]:
        elapsed = population.first + len(path) - population.last
        survive = 1 - population.dying * (1 - values["population-mortality"]) ** elapsed
        stayed = a_year(path[-1], survive, population.births * values["population-births"])
        moved = population.moves * values["population-moves"]
        path.append(stayed + moved[:, None, None] * population.shape)
        if (below := (path[-1] < 0).any((1, 2))).any():
            regions = [code for code, is_below in zip(population.regions, below, strict=True) if is_below]
            refuse("supply-population-negative", year=population.first + len(path) - 1, regions=regions)
    return np.stack([path[max(year - population.first, 0)] for year in years])


def a_year(persons: Floats, survive: Floats, births: Floats) -> Floats:
    """Those of [R, S, A] who live at the next turn of the year if nobody moves."""
    older = np.zeros_like(persons)
    surviving = persons * survive
    older[..., 1:] = surviving[..., :-1]
    older[..., -1] += surviving[..., -1]
    born = (persons[:, WOMEN] + older[:, WOMEN]) @ births / 2
    older[:, WOMEN, 0], older[:, MEN, 0] = born * (1 - BOYS), born * BOYS
    return older
