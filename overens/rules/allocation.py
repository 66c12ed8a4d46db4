# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who gets what: the pots of an agreement shared out by their keys, in whole kronor.

The result is what the agreement's file says, or what another rounding would have given. What the document
prints outranks it: see :mod:`overens.rules.annex`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

from overens.rules.agreement import Agreement, Group, said
from overens.rules.findings import refuse
from overens.rules.keys import Number
from overens.rules.pots import Condition, Pot
from overens.rules.rounding import Column
from overens.rules.sharing import SHARED, Sharing, by_itself, sharing, whole
from overens.rules.sharing import exact as exact_column
from overens.rules.values import NOT_STATED

HALF = Fraction(1, 2)
NOTHING = Fraction(0)


class Exact(Mapping[str, Fraction]):
    """A recipient's exact kronor by pot, worked out when they are asked for; 0 of a pot that is kept back from it."""

    def __init__(self, code: str, pots: tuple[str, ...], given: Mapping[str, Column]) -> None:
        self.code, self.pots, self.given = code, pots, given

    def __getitem__(self, pot: str) -> Fraction:
        if pot not in self.pots:
            raise KeyError(pot)
        return self.given[pot].exact(self.code) if pot in self.given else NOTHING

    def __iter__(self) -> Iterator[str]:
        return iter(self.pots)

    def __len__(self) -> int:
        return len(self.pots)


@dataclass(frozen=True)
class Row:
    """A recipient's part of each pot, by pot id. ``sum`` is what is decided; see :func:`allocate`."""

    code: str
    name: str
    weight: int | Decimal | None
    exact: Mapping[str, Fraction]
    kronor: Mapping[str, int]
    sum: int


@dataclass(frozen=True)
class AllocationTable:
    """Rows by recipient code; everything else by pot id, in whole kronor.

    ``totals`` are the columns added up, ``sum`` is the rows' sums added up. ``rest`` is the pot's amount less
    its total: ``withheld`` for conditions that are not met or because it was not earned, otherwise what the rounding
    left (below 0: took).
    """

    pots: tuple[str, ...]
    roundings: Mapping[str, str]
    amounts: Mapping[str, int]
    rows: tuple[Row, ...]
    totals: Mapping[str, int]
    rest: Mapping[str, int]
    withheld: Mapping[str, int]
    sum: int


def default_pots(agreement: Agreement) -> tuple[str, ...]:
    """The pots of the first line: the table that an agreement's annex begins with."""
    return tuple(pot.id for pot in agreement.pots_of(agreement.lines[0]))


def plain(weight: int | Decimal | None) -> int | str | None:
    """A weight for JSON or CSV: exact, so with decimals as text."""
    return weight if weight is None or isinstance(weight, int) else f"{weight:f}"


def allocate(agreement: Agreement, pots: Sequence[str] | None = None, rounding: str | None = None) -> AllocationTable:
    """The pots with these ids (else those of the first line), in the order of the file.

    Without ``rounding``, or with the one that the agreement has for all these pots, the result is the
    agreement's own. Each line is then rounded whole, also when only some of its pots are asked for; and
    where the agreement rounds half up and its printed sums by themselves, ``Row.sum`` is the row's exact
    share of each line, rounded by itself (2019 agreement, Bilaga 1, column Summa). In every other case
    ``Row.sum`` is the sum of the row's kronor.

    A condition that is not met takes the recipient's part of the pot: ``reshare`` shares it among the
    others by the same key, ``withhold`` keeps it back to the krona. When nobody is left to share with, all
    is kept back.

    A pot with a ``unit`` is rounded to whole units of so many kronor.

    Refused on an unknown pot or rounding, and when a pot has no stated amount or key, no weights to share by, or bounds
    that cannot be met.
    """
    asked = default_pots(agreement) if pots is None else pots
    for id in asked:
        if id not in (known := [pot.id for pot in agreement.pots]):
            refuse("allocation-unknown-pot", "pot", pot=id, choices=known)
    chosen = [pot for pot in agreement.pots if pot.id in asked]
    other = None if {agreement.rounding_of(pot) for pot in chosen} == {rounding} else rounding
    lines = {pot.line for pot in chosen}
    figures = {basis.id: numbers(basis.by_code) for basis in agreement.bases}
    shares = {
        pot.id: _sharing(agreement, pot, figures, other)
        for pot in agreement.pots
        if pot.id in asked or (other is None and pot.line in lines and NOT_STATED not in (pot.amount, pot.key))
    }
    recipients = [
        recipient
        for pot in reversed(chosen)  # so that name and weight are those of the first pot
        for recipient in agreement.group(pot.recipients).recipients
    ]
    return share_out(
        shares,
        [pot.id for pot in chosen],
        {recipient.code: recipient.name for recipient in recipients},
        {recipient.code: recipient.weight for recipient in recipients},
        rounded_by_itself=other is None and agreement.allocation.row_sum == "rounded-by-itself",
    )


def share_out(
    pots: Mapping[str, Sharing],
    shown: Sequence[str],
    names: Mapping[str, str],
    weights: Mapping[str, int | Decimal | None],
    *,
    rounded_by_itself: bool,
) -> AllocationTable:
    """The pots that are ``shown``, of those that are rounded together. names, weights: of each row, by code.

    Refused when a pot has no weights to share by, or bounds that cannot be met.
    """
    columns = {id: _exact(id, pot) for id, pot in pots.items()}
    kronor = whole(pots, columns)
    tables: dict[str, list[str]] = {}
    for id in shown:
        tables.setdefault(pots[id].table, []).append(id)
    once = [parts for parts in tables.values() if rounded_by_itself and by_itself({id: pots[id] for id in parts})]
    rows = []
    for code in sorted(names):
        given = {id: columns[id] for id in shown if code not in pots[id].withheld}
        exact = Exact(code, tuple(shown), given)
        own = {id: kronor[id].get(code, 0) if id in given else 0 for id in shown}
        total = sum(own.values())
        for parts in once:
            total += floor(sum(exact[id] for id in parts) + HALF) - sum(own[id] for id in parts)
        rows.append(Row(code, names[code], weights.get(code), exact, own, total))
    amounts = {id: pots[id].amount for id in shown}
    totals = {id: sum(row.kronor[id] for row in rows) for id in shown}
    return AllocationTable(
        pots=tuple(amounts),
        roundings={id: pots[id].rounding for id in shown},
        amounts=amounts,
        rows=tuple(rows),
        totals=totals,
        rest={id: amount - totals[id] for id, amount in amounts.items()},
        withheld={
            id: sum(kronor[id][code] for code in pots[id].withheld)
            if pots[id].key in SHARED
            else amounts[id] - totals[id]
            for id in shown
        },
        sum=sum(row.sum for row in rows),
    )


def _exact(id: str, pot: Sharing) -> Column:
    if pot.key in SHARED and not any(pot.weights.values()):
        refuse("allocation-no-weights", f"pot[{id}].recipients", pot=id)
    try:
        return exact_column(pot)
    except ValueError:
        refuse("allocation-bounds-not-met", f"pot[{id}]", pot=id)


def _sharing(
    agreement: Agreement, pot: Pot, figures: Mapping[str, Mapping[str, Number]], rounding: str | None
) -> Sharing:
    """A pot as numbers. Where another rounding is asked for, all pots are one matrix."""
    if pot.amount == NOT_STATED:
        refuse("allocation-amount-not-stated", f"pot[{pot.id}].amount", pot=pot.id)
    if pot.key == NOT_STATED:
        refuse("allocation-key-not-stated", f"pot[{pot.id}].key", pot=pot.id)
    group = agreement.group(pot.recipients)
    codes, withheld = sharers(group.codes, agreement.conditions_of(pot))
    if pot.basis:
        weights: dict[str, Number] = {}
    else:
        weights = stated(agreement, pot, codes) if pot.key == "stated" else _weights(group, codes)
    shared = sharing(pot, rounding or agreement.rounding_of(pot), codes, weights, figures, withheld)
    return replace(shared, table="") if rounding else shared


def sharers(codes: Sequence[str], conditions: Iterable[Condition]) -> tuple[list[str], frozenset[str]]:
    """Who shares in a pot with these conditions, and whose part is kept back until one is met."""
    failed: dict[str, frozenset[str]] = {"reshare": frozenset(), "withhold": frozenset()}
    for condition in conditions:
        failed[condition.unmet] |= condition.failed(tuple(codes))
    left_out, withheld = failed["reshare"], failed["withhold"] - failed["reshare"]
    if left_out.issuperset(codes):  # nobody to share with: all of it waits
        left_out, withheld = frozenset(), left_out
    return [code for code in codes if code not in left_out], withheld


def stated(agreement: Agreement, pot: Pot, codes: Sequence[str]) -> dict[str, Number]:
    """Kronor as the annex prints them, of a pot that has no figures of its own."""
    rows = {row.code: row.amounts for row in agreement.annex.rows} if agreement.annex else {}
    return {code: rows[code][pot.id] for code in codes}


def _weights(group: Group, codes: Sequence[str]) -> dict[str, Number]:
    weights = {recipient.code: recipient.weight for recipient in group.recipients}
    missing = [code for code in codes if weights[code] is None]
    if missing:
        raise ValueError(f"{missing} have no weight; a file that is read without findings gives one to each")
    return numbers({code: weights[code] or 0 for code in codes})


def numbers(figures: Mapping[str, int | Decimal]) -> dict[str, Number]:
    """Figures of a file as numbers that are computed with."""
    return {code: exact_number(figure) for code, figure in figures.items()}


def exact_number(weight: int | Decimal) -> Fraction | int:
    """A weight of a file as a number that is computed with."""
    return weight if isinstance(weight, int) else Fraction(weight)


def as_values(agreement: Agreement, table: AllocationTable, language: str = "sv") -> dict[str, Any]:
    """The table as plain values for JSON: ``pots``, ``rows`` and ``sum``. Exact shares are fractions as text."""
    return {
        "pots": [
            {
                "id": id,
                "title": said(agreement.pot(id), "title", language),
                "rounding": table.roundings[id],
                "amount": table.amounts[id],
                "total": table.totals[id],
                "rest": table.rest[id],
                "withheld": table.withheld[id],
            }
            for id in table.pots
        ],
        "rows": [
            {
                "code": row.code,
                "name": row.name,
                "weight": plain(row.weight),
                "exact": {id: str(share) for id, share in row.exact.items()},
                "kronor": dict(row.kronor),
                "sum": row.sum,
            }
            for row in table.rows
        ],
        "sum": table.sum,
    }
