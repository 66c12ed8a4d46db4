# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Why a recipient gets more or less by one proposal than by another: the difference in parts that add up to it.

One thing at a time is changed from the first proposal's to the other's, pot by pot: the amount, the key, the figures.
Bounds and conditions are what they change in the other less what they change in the first, and rounding is what is
left to whole kronor. In another order the parts would be others, with the same sum; the order is always this one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import zip_longest
from typing import Literal, NamedTuple, get_args

from overens.rules.allocation import numbers
from overens.rules.proposals.proposal import Proposal
from overens.rules.proposals.simulating import Outcome
from overens.rules.sharing import Sharing, exact, sharing

Reason = Literal["pots", "amount", "key", "figures", "conditions", "bounds", "rounding"]
Reasons = Mapping[Reason, Fraction]
ORDER: tuple[Reason, ...] = get_args(Reason)
Exact = Mapping[str, Fraction]
NONE: Exact = {}


def reasons(first: Outcome, other: Outcome) -> dict[str, Reasons]:
    """By recipient: kronor, exact, of each reason that has a part. They add up to other's sum less first's.

    Pots are the same that have the same id; what is left is taken in order. ``pots``: that only one of the proposals
    has a pot.
    """
    parts: dict[str, dict[Reason, Fraction]] = {code: dict.fromkeys(ORDER, Fraction(0)) for code in first.names}

    def add(reason: Reason, after: Exact, before: Exact) -> None:
        for code, part in parts.items():
            part[reason] += after.get(code, 0) - before.get(code, 0)

    for a, b in _pairs(first, other):
        if a is None or b is None:
            add("pots", _given(other, b) if b else NONE, _given(first, a) if a else NONE)
            continue
        before, after = _layers(first, a), _layers(other, b)
        here = before.free
        for reason, step in _steps(first, a, other, b):
            if (then := _exact(step)) is not None:  # what cannot be computed by itself goes with the next step
                add(reason, then, here)
                here = then
        for reason in ("conditions", "bounds"):
            add(reason, getattr(after, reason), getattr(before, reason))
    for code, part in parts.items():
        part["rounding"] = other.sums[code] - first.sums[code] - sum(part.values(), Fraction(0))
    return {code: {reason: kronor for reason, kronor in part.items() if kronor} for code, part in parts.items()}


def _pairs(first: Outcome, other: Outcome) -> list[tuple[str | None, str | None]]:
    pairs: list[tuple[str | None, str | None]] = [(id, id) for id in first.pots if id in other.pots]
    left = [id for id in first.pots if id not in other.pots]
    right = [id for id in other.pots if id not in first.pots]
    return [*pairs, *zip_longest(left, right)]


class _Layers(NamedTuple):
    """Exact kronor of a pot when all meet the conditions and nothing bounds; what conditions and bounds then change."""

    free: Exact
    conditions: Exact
    bounds: Exact


def _layers(outcome: Outcome, id: str) -> _Layers:
    pot = outcome.pots[id]
    free = _exact(_free(outcome, id)) or NONE
    met = _exact(_unbound(pot))
    met = free if met is None else {code: kronor for code, kronor in met.items() if code not in pot.withheld}
    return _Layers(free, _less(met, free), _less(_given(outcome, id), met))


def _steps(first: Outcome, a: str, other: Outcome, b: str) -> Iterator[tuple[Reason, Sharing]]:
    """From the one free pot to the other, one thing at a time."""
    begun, ended = _free(first, a), _free(other, b)
    yield "amount", replace(begun, amount=ended.amount)
    if _alike(first.proposal, a, other.proposal, b):
        yield "key", replace(ended, weights=begun.weights, above=begun.above)
        yield "figures", ended
    else:
        yield "key", ended


def _alike(first: Proposal, a: str, other: Proposal, b: str) -> bool:
    """Whether the figures are the same but for their time or source: then what they change is told by itself."""
    pots = first.pot(a), other.pot(b)
    one, two = (proposal.basis(pot.basis) for proposal, pot in zip((first, other), pots, strict=True))
    same = all(pot.counts_people for pot in pots) or (one.table, one.id) == (two.table, two.id)
    return same and (one.ages, one.sex) == (two.ages, two.sex) and pots[0].times == pots[1].times


def _free(outcome: Outcome, id: str) -> Sharing:
    """The pot as it is when all who share meet its conditions and nothing bounds."""
    pot = outcome.proposal.pot(id)
    exact = {name: numbers(column) for name, column in outcome.figures.items()}
    return _unbound(sharing(pot, outcome.pots[id].rounding, tuple(outcome.names), {}, exact))


def _unbound(pot: Sharing) -> Sharing:
    return replace(pot, least=None, most=None)


def _exact(pot: Sharing) -> Exact | None:
    try:
        column = exact(pot)
    except ValueError:
        return None
    return {code: column.exact(code) for code in column.numerators}


def _given(outcome: Outcome, id: str) -> Exact:
    return {row.code: row.exact[id] for row in outcome.table.rows}


def _less(after: Exact, before: Exact) -> Exact:
    return {code: after.get(code, Fraction(0)) - before.get(code, Fraction(0)) for code in {*after, *before}}
