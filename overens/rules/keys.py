# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The keys by which a pot is shared out: each recipient's exact kronor, before anything is rounded.

Agreements, proposals and what is read out of a printed annex share out money by these functions and no others.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import floor

from overens.rules.rounding import Column, in_proportion, share_out

HALF = Fraction(1, 2)
Number = Fraction | int


def shared(
    amount: int,
    weights: Mapping[str, Number],
    fixed: int = 0,
    least: Mapping[str, int] | None = None,
    most: Mapping[str, int] | None = None,
) -> Column:
    """``amount`` kronor in proportion to the weights, ``fixed`` to each first; nobody below ``least``, above ``most``.

    What a bound takes or gives is shared among the others in the same proportion, again and again until no bound is
    broken. least, most: by recipient code; who is not in them is not bound.

    Raises ValueError when the weights are negative or all zero, the fixed sums are more than the amount, or the bounds
    cannot be met while each of the others gets ``fixed``.
    """
    column = share_out(amount, weights, fixed)
    if not least and not most:
        return column
    least, most = least or {}, most or {}
    lowest = sum(max(least.get(code, 0), min(fixed, most.get(code, fixed))) for code in weights)
    highest = sum(most[code] for code in weights) if all(code in most for code in weights) else None
    if lowest > amount or (highest is not None and highest < amount):
        raise ValueError("the bounds cannot be met")
    if any(least.get(code, 0) > most[code] for code in weights if code in most):
        raise ValueError("a least sum above the highest")
    held: dict[str, int] = {}
    while True:
        one = column.denominator
        over = {
            code: past for code, n in column.numerators.items() if code in most and (past := n - most[code] * one) > 0
        }
        under = {code: short for code, n in column.numerators.items() if (short := least.get(code, 0) * one - n) > 0}
        if not over and not under:
            break
        # The side that weighs more is certain: the other may come within its bounds by what this one gives or takes.
        excess, lack = sum(over.values()), sum(under.values())
        if excess >= lack:
            held |= {code: most[code] for code in over}
        if lack >= excess:
            held |= {code: least.get(code, 0) for code in under}
        free = {code: weight for code, weight in weights.items() if code not in held}
        if not free:
            return Column(dict(sorted(held.items())), 1)
        if not any(free.values()):
            if sum(held.values()) + fixed * len(free) != amount:
                raise ValueError("nothing to share by within the bounds")
            return Column(dict(sorted({**dict.fromkeys(free, fixed), **held}.items())), 1)
        # The fixed sums may be more than what is left when others are held at their least: then the rest is negative,
        # and what comes out below a bound is held in the next turn.
        column = in_proportion(amount - sum(held.values()), free, fixed)
    numerators = {**column.numerators, **{code: bound * column.denominator for code, bound in held.items()}}
    return Column(dict(sorted(numerators.items())), column.denominator)


def multiplied(weights: Mapping[str, Number], by: Mapping[str, Number]) -> dict[str, Number]:
    """Each weight times the recipient's figure: a population counted as many times as requirements were met."""
    return {code: weight * by.get(code, 0) for code, weight in weights.items()}


def earned(
    amount: int,
    results: Mapping[str, Number],
    price: int,
    above: Mapping[str, Number] | None = None,
    most: Mapping[str, int] | None = None,
) -> Column:
    """``price`` kronor for each result above the recipient's base, half up, up to its highest sum.

    Where all have earned more than ``amount``, each sum is lowered in proportion; where they have earned less, what is
    left stays unearned.
    """
    base, most = above or {}, most or {}
    kronor = {}
    for code, result in results.items():
        whole = floor(max(result - base.get(code, 0), 0) * Fraction(price) + HALF)
        kronor[code] = min(whole, most.get(code, whole))
    total = sum(kronor.values())
    if total > amount:
        return share_out(amount, kronor)
    return Column(dict(sorted(kronor.items())), 1)
