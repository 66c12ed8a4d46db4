# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A whole that a table does not part (ages in spans, both sexes, every employer, the country) over what it is of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from overens.planning.supply.problem import Floats, Occupation, Whole


@dataclass(frozen=True)
class Shape:
    """What a whole is spread by, and what a table is held against: persons[S, A] by (occupation, region, sector)."""

    occupations: tuple[Occupation, ...]
    regions: tuple[str, ...]
    persons: Mapping[tuple[str, str, str], Floats]


def spread(total: int, weights: Floats) -> Whole:
    """Whole persons that sum to the total, as near to the weights as can be: those with the largest remainders get one
    more, the first of equals first. Weights that are all nought count as equal.
    """
    flat = weights.reshape(-1)
    flat = np.ones_like(flat) if flat.sum() <= 0 else flat
    exact = total * flat / flat.sum()
    whole = np.floor(exact + 1e-9).astype(np.int64)
    left = total - int(whole.sum())
    if left:
        # Rounded, so that what is equal but for the last bit of a float counts as equal.
        whole[np.argsort(-np.round(exact - whole, 9), kind="stable")[:left]] += 1
    spread_out: Whole = whole.reshape(weights.shape)
    return spread_out
