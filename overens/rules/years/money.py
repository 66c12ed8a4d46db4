# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""One recipient's money by year, agreement and line; what is not known is None, which is not nought."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal

from overens.rules.process import GIVEN_UP, PAID_OUT, Place

# Where a row's figures are from: the ledger; what an annex prints (its money is not followed here); or what the parties
# have agreed and the government has not decided.
Basis = Literal["ledger", "printed", "agreed"]


@dataclass(frozen=True)
class Money:
    """Whole kronor. ``decided``: what the recipient may have had, less what it passed on as a channel.

    ``requisitioned`` is what was asked for in time, paid or not. ``paid``: paid out and not on its way out again.
    ``unused`` and ``clawed_back`` are what came to be owed; ``to_repay`` is left of it, the rest was ``repaid``,
    ``written_off`` or ``remitted``.
    """

    decided: int | None = None
    requisitioned: int | None = None
    lapsed: int | None = None
    paid: int | None = None
    used: int | None = None
    unused: int | None = None
    clawed_back: int | None = None
    to_repay: int | None = None
    repaid: int | None = None
    written_off: int | None = None
    remitted: int | None = None


FIELDS = tuple(Money.__dataclass_fields__)


@dataclass(frozen=True)
class MoneyRow:
    """``recipient`` is an organisation's code. ``parts``: what was decided (or agreed) by pot, in whole kronor; they
    may differ from ``decided`` by a rounding krona, and only sums that were given are split. ``last_year``: the last
    one that the sum is for, the same as ``year`` unless it is one sum for several.
    """

    recipient: str
    agreement: str
    line: str
    year: int
    last_year: int
    basis: Basis
    money: Money
    parts: Mapping[str, int] = field(default_factory=dict)


def of_places(places: Mapping[Place, int], clawed_back: int = 0) -> Money:
    """What a recipient's places of a line say. clawed_back: what clawback decisions made it owe, less annulments."""
    to_repay, repaid = places.get(Place.TO_REPAY, 0), places.get(Place.RETURNED, 0)
    lapsed, decided = places.get(Place.LAPSED, 0), sum(places.values())
    owed = to_repay + repaid + sum(places.get(place, 0) for place in GIVEN_UP)
    return Money(
        decided=decided,
        requisitioned=decided - lapsed - places.get(Place.ALLOCATED, 0),
        lapsed=lapsed,
        paid=sum(places.get(place, 0) for place in PAID_OUT),
        used=places.get(Place.USED, 0),
        unused=owed - clawed_back,
        clawed_back=clawed_back,
        to_repay=to_repay,
        repaid=repaid,
        written_off=places.get(Place.WRITTEN_OFF, 0),
        remitted=places.get(Place.REMITTED, 0),
    )


def less_gathered(rows: Iterable[MoneyRow], gathers: Mapping[str, Collection[str]]) -> list[MoneyRow]:
    """Rows that may be added up: a printed sum of several agreements (``gathers``: which, by its own id) less what
    stands in rows of theirs for the same recipient and year. Only what was decided is printed, so nothing else is.
    """
    found = list(rows)
    own: dict[tuple[str, str, int], int] = {}
    for row in found:
        key = (row.recipient, row.agreement, row.year)
        own[key] = own.get(key, 0) + (row.money.decided or 0)

    def less(row: MoneyRow) -> MoneyRow:
        others = sum(own.get((row.recipient, each, row.year), 0) for each in gathers.get(row.agreement, ()))
        if not others or row.money.decided is None:
            return row
        rest = row.money.decided - others
        # Which pot the others were part of is said only where there is no choice.
        parts = dict.fromkeys(row.parts, rest) if len(row.parts) == 1 else {}
        return replace(row, money=replace(row.money, decided=rest), parts=parts)

    return [less(row) for row in found]


@dataclass(frozen=True)
class Sum:
    """Figures added up: of ``of``, ``known`` are in it; ``value`` is None when none is."""

    value: Fraction | None
    known: int
    of: int

    @property
    def partial(self) -> bool:
        return 0 < self.known < self.of


def added(figures: Iterable[Fraction | int | None]) -> Sum:
    """The known ones together."""
    found = list(figures)
    known = [Fraction(each) for each in found if each is not None]
    return Sum(sum(known, Fraction(0)) if known else None, len(known), len(found))


def together(rows: Iterable[MoneyRow]) -> dict[str, Sum]:
    """Each figure of some rows added up, by its name in ``FIELDS``."""
    found = list(rows)
    return {name: added(getattr(row.money, name) for row in found) for name in FIELDS}


Scale = Callable[[MoneyRow, int], Fraction | None]


def as_it_was(_row: MoneyRow, kronor: int) -> Fraction | None:
    """Kronor of the time."""
    return Fraction(kronor)


def by_year(rows: Iterable[MoneyRow], what: str, scale: Scale = as_it_was) -> dict[int, Sum]:
    """One figure by year, each row scaled (per inhabitant, in another year's prices) before it is added; a row that
    cannot be scaled is not known.
    """
    years: dict[int, list[Fraction | None]] = {}
    for row in rows:
        kronor = getattr(row.money, what)
        years.setdefault(row.year, []).append(None if kronor is None else scale(row, kronor))
    return {year: added(figures) for year, figures in sorted(years.items())}


# What the money of a pot is for, by agreement and pot: one name for what went on under several agreements.
Purposes = Mapping[tuple[str, str], str]


def by_purpose(rows: Iterable[MoneyRow], purposes: Purposes, scale: Scale = as_it_was) -> dict[str, dict[int, Sum]]:
    """What was decided by purpose and year."""
    found: dict[str, dict[int, list[Fraction | None]]] = {}
    for row in rows:
        for pot, kronor in row.parts.items():
            years = found.setdefault(purposes[row.agreement, pot], {})
            years.setdefault(row.year, []).append(scale(row, kronor))
    return {pot: {year: added(f) for year, f in sorted(years.items())} for pot, years in found.items()}
