# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A region's sum of what its units have entered, beside the model: two sources of truth, neither of which overwrites
the other, and what can be said of why they differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

import numpy as np

from overens.planning.supply.bottomup.entries import AHEAD, Action, UnitEntry
from overens.planning.supply.problem import REGION, Occupation
from overens.planning.supply.projection import LOW, Projection, band
from overens.planning.supply.reference import Data
from overens.rules.edition.values import Node

assert LOW == 5, "an interval below is said to hold nine of ten runs"


class Estimate(Node):
    """Full-time equivalents of the model: the middle of the runs, and the interval of nine of ten where there are
    any.
    """

    middle: float
    low: float | None = None
    high: float | None = None


class Line(Node):
    """An occupation: the sums of the units, ``entered`` of which have said anything of it, and the model's. The model's
    estimates are one for each of AHEAD, None for a year that the projection does not reach.
    """

    occupation: str
    title: str
    title_en: str
    have: Decimal | None
    needs: tuple[Decimal | None, ...]
    entered: int
    model_need: tuple[Estimate | None, ...] = ()
    model_supply: tuple[Estimate | None, ...] = ()
    own_share: float | None = None
    """The share of those whom the model counts that the region itself employs at its start."""

    @property
    def gap(self) -> Decimal | None:
        return None if self.needs[0] is None or self.have is None else self.needs[0] - self.have

    @property
    def model_gap(self) -> float | None:
        """Now, at the middle."""
        need, supply = (each[0] if each else None for each in (self.model_need, self.model_supply))
        return need.middle - supply.middle if need and supply else None

    def reasons(self, silent: int) -> tuple[str, ...]:
        """Why the two differ, as codes of wording; silent: how many units have not answered."""
        found = []
        if silent:
            found.append("differs-silent")
        if not self.entered:
            found.append("differs-nothing-entered")
        if self.own_share is not None and self.own_share < 0.95:
            found.append("differs-employers")
        if self.model_need and self.model_need[0] is not None:
            found.append("differs-need-is-use")
        return tuple(found)


def added(numbers: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is entered; None where nothing is."""
    there = [each for each in numbers if each is not None]
    return sum(there, Decimal(0)) if there else None


def lines(
    units: Sequence[UnitEntry],
    occupations: Sequence[Occupation],
    projection: Projection | None = None,
    data: Data | None = None,
    region: str = "",
    year: int = 0,
) -> tuple[Line, ...]:
    """One for each occupation that a unit has said something of or, where there is a projection, that it has; in the
    order of the occupations. year: the plan's, ahead of which the needs are; region: whose column it is.
    """
    found = []
    for occupation in occupations:
        said = [need for unit in units for need in unit.needs if need.occupation == occupation.code]
        model = _model(projection, occupation.code, region, year) if projection else ((), ())
        if not said and not model[0]:
            continue
        found.append(
            Line(
                occupation=occupation.code,
                title=occupation.title,
                title_en=occupation.title_en,
                have=added(each.have for each in said),
                needs=tuple(added(each.needs[at] for each in said) for at in range(len(AHEAD))),
                entered=len(said),
                model_need=model[0],
                model_supply=model[1],
                own_share=_own_share(data, occupation.code, region) if data and projection else None,
            )
        )
    return tuple(found)


def _model(
    projection: Projection, code: str, region: str, year: int
) -> tuple[tuple[Estimate | None, ...], tuple[Estimate | None, ...]]:
    """Need and supply in full-time equivalents for each of AHEAD."""
    facts = projection.facts
    row = next((at for at, each in enumerate(facts.occupations) if each.code == code), None)
    if row is None or region not in facts.regions:
        return (), ()
    column, full_time = facts.regions.index(region), facts.occupations[row].full_time
    turns = [year + each - facts.year for each in AHEAD]

    def of(by_run: np.ndarray, expected: np.ndarray) -> tuple[Estimate | None, ...]:
        if not len(by_run):
            return tuple(
                Estimate(middle=float(expected[at, row, column] / full_time)) if 0 <= at <= facts.years else None
                for at in turns
            )
        bands = band(by_run[:, :, row, column] / full_time)
        return tuple(
            Estimate(middle=float(bands.middle[at]), low=float(bands.low[at]), high=float(bands.high[at]))
            if 0 <= at <= facts.years
            else None
            for at in turns
        )

    return (
        of(projection.by_run.need, projection.at_turns(projection.need)),
        of(projection.by_run.hours, projection.at_turns(projection.expected.hours)),
    )


def _own_share(data: Data, code: str, region: str) -> float | None:
    found = next((at for at, each in enumerate(data.occupations) if each.code == code), None)
    if found is None or region not in data.regions:
        return None
    return float(data.sectors[found, data.regions.index(region), REGION])


def by_kind(actions: Iterable[Action], kinds: Sequence[str]) -> dict[str, tuple[Action, ...]]:
    """Every kind in its order, with its actions."""
    listed = tuple(actions)
    return {kind: tuple(each for each in listed if each.kind == kind) for kind in kinds}
