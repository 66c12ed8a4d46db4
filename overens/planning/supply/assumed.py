# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a scenario assumes of each figure, for whom: its own parameters over those of the data.

The part of an id before its first full stop says which figure it is (``leaving`` in ``leaving.nurses``). Of several
that speak of one occupation in one region the last holds, those for all before those for some.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from overens.planning.supply.problem import Floats
from overens.planning.supply.reference import Data
from overens.planning.supply.scenario import Parameter, Scenario


def figure_of(parameter: Parameter) -> str:
    """Which figure a parameter is."""
    return parameter.id.partition(".")[0]


def parameters(scenario: Scenario, data: Data) -> tuple[Parameter, ...]:
    """Those that hold: the data's, each replaced by the scenario's of the same id, then what the scenario adds.
    Each has the unit of its figure, said or not.
    """
    units = {figure_of(each): each.unit for each in data.parameters}
    own = {
        each.id: each if each.unit else each.model_copy(update={"unit": units.get(figure_of(each), "")})
        for each in scenario.parameters
    }
    shipped = tuple(own.pop(each.id, each) for each in data.parameters)
    return (*shipped, *own.values())


class Assumed:
    """Looks figures up. drawn: values by id that take the place of the central ones.

    Raises KeyError for a figure that nothing speaks of.
    """

    def __init__(self, scenario: Scenario, data: Data, drawn: Mapping[str, float] | None = None) -> None:
        self.data, self.drawn = data, drawn or {}
        self.rows: dict[str, list[Parameter]] = {}
        for row in sorted(parameters(scenario, data), key=lambda row: bool(row.occupations or row.regions)):
            self.rows.setdefault(figure_of(row), []).append(row)

    def one(self, figure: str) -> float:
        """A figure that is the same for all."""
        return self._value(self.rows[figure][-1])

    def by_occupation(self, figure: str) -> Floats:
        """[O]."""
        values = np.zeros(len(self.data.occupations))
        for row, occupations, _ in self._speaking(figure):
            values[occupations] = self._value(row)
        return values

    def everywhere(self, figure: str) -> Floats:
        """[O, R], of the regions of the data."""
        values = np.zeros(self.data.counts.shape[:2])
        for row, occupations, regions in self._speaking(figure):
            values[np.ix_(occupations, regions)] = self._value(row)
        return values

    def shared(self, figure: str) -> Floats:
        """A number of persons [O, R]: shared between the occupations that a parameter names by how many there are, and
        between its regions by population.
        """
        values = np.zeros(self.data.counts.shape[:2])
        persons = self.data.counts.sum((1, 2, 3))
        for row, occupations, regions in self._speaking(figure):
            trades, people = persons[occupations], self.data.population[regions]
            of_each = np.outer(trades / max(trades.sum(), 1), people / people.sum())
            values[np.ix_(occupations, regions)] = self._value(row) * of_each
        return values

    def _speaking(self, figure: str) -> Iterator[tuple[Parameter, list[int], list[int]]]:
        codes = self.data.regions
        for row in self.rows[figure]:
            regions = [at for at, code in enumerate(codes) if not row.regions or code in row.regions]
            yield row, list(self.data.named(row.occupations)), regions

    def _value(self, row: Parameter) -> float:
        return self.drawn.get(row.id, float(row.value))
