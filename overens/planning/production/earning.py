# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Grants that pay for results: what a plan earns of them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from overens.planning.production.flow import Floats
from overens.rules import keys


@dataclass(frozen=True)
class Pays:
    """``price`` kronor for each patient begun in the ``steps``[N] from and with week ``first`` through ``last``
    (0 … W - 1), above ``base``, at most ``most`` kronor.
    """

    id: str
    steps: NDArray[np.bool_]
    first: int
    last: int
    base: float
    price: int
    most: int


def earned(grant: Pays, begun: Floats) -> int:
    """Kronor for begun[W, N, K], by the rule that agreements pay for results by."""
    results = Fraction(round(float(begun[grant.first : grant.last + 1, grant.steps].sum()), 6))
    column = keys.earned(grant.most, {"": results}, grant.price, {"": Fraction(grant.base)}, {"": grant.most})
    return int(column.numerators[""]) // column.denominator
