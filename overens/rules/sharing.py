# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A pot as the numbers that it is shared out by, from an agreement's file or a proposal's; and what that gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor

from overens.rules import keys
from overens.rules.keys import Number
from overens.rules.pots import Pot
from overens.rules.rounding import Column, round_columns

# Keys that share out all of a pot. By the others nobody's sum depends on the others' (results, stated sums), so that
# something may be left, which is withheld.
SHARED = ("population-share", "fixed-plus-population", "weights")


@dataclass(frozen=True)
class Sharing:
    """``weights`` are those of whoever shares in the pot. ``withheld``: whose part is kept back until a condition is
    met. ``table``: what is rounded as one matrix with it, where the rounding sees more than one pot.
    """

    amount: int
    key: str
    rounding: str
    weights: Mapping[str, Number]
    fixed: int = 0
    price: int = 0
    above: Mapping[str, Number] | None = None
    least: Mapping[str, int] | None = None
    most: Mapping[str, int] | None = None
    unit: int = 1
    withheld: frozenset[str] = frozenset()
    table: str = ""


def sharing(
    pot: Pot,
    rounding: str,
    codes: Sequence[str],
    weights: Mapping[str, Number],
    figures: Mapping[str, Mapping[str, Number]],
    withheld: frozenset[str] = frozenset(),
) -> Sharing:
    """A pot with a stated amount and key as numbers. codes: who shares in it. weights: theirs, unless it has a basis of
    its own among ``figures``, which are by basis and recipient.
    """
    used = {code: (figures[pot.basis] if pot.basis else weights)[code] for code in codes}
    most = dict.fromkeys(codes, pot.most) if pot.most is not None else None
    if pot.ceilings:
        most = {code: floor(figures[pot.ceilings][code]) for code in codes}
    return Sharing(
        amount=int(pot.amount),
        key=pot.key,
        rounding=rounding,
        weights=keys.multiplied(used, figures[pot.times]) if pot.times else used,
        fixed=pot.fixed or 0,
        price=pot.price or 0,
        above=figures[pot.above] if pot.above else None,
        least=dict.fromkeys(codes, pot.least) if pot.least is not None else None,
        most=most,
        unit=pot.unit,
        withheld=withheld,
        table=pot.line,
    )


def exact(pot: Sharing) -> Column:
    """The exact kronor of each, bounds and all. Raises ValueError as :func:`keys.shared` does."""
    if pot.key == "results-times-price":
        return keys.earned(pot.amount, pot.weights, pot.price, pot.above, pot.most)
    if pot.key == "stated":
        return Column({code: floor(figure) for code, figure in sorted(pot.weights.items())}, 1)
    return keys.shared(pot.amount, pot.weights, pot.fixed, pot.least, pot.most)


def whole(pots: Mapping[str, Sharing], columns: Mapping[str, Column]) -> dict[str, dict[str, int]]:
    """Whole kronor by pot and recipient, in whole units. Refused as :func:`round_columns`."""
    together: dict[tuple[str, str, int], dict[str, Column]] = {}  # what is rounded as one matrix
    for id, pot in pots.items():
        together.setdefault((pot.table, pot.rounding, pot.unit), {})[id] = columns[id].per(pot.unit)
    kronor: dict[str, dict[str, int]] = {}
    for (_, method, unit), matrix in together.items():
        for id, units in round_columns(matrix, method).items():
            kronor[id] = units if unit == 1 else {code: count * unit for code, count in units.items()}
    return kronor


def by_itself(pots: Mapping[str, Sharing]) -> bool:
    """Whether a row's share of these pots can be rounded once, as a sum of its own."""
    return all(pot.rounding == "half-up" and pot.unit == 1 and pot.key in SHARED for pot in pots.values())
