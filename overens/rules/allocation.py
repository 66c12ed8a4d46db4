# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who gets what: the pots of an agreement shared out by their keys, in whole kronor.

The result is what the agreement's file says, or what another rounding would have given. What the document
prints outranks it: see :mod:`overens.rules.annex`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

from overens.rules import keys
from overens.rules.agreement import Agreement, Group, Pot, said
from overens.rules.findings import refuse
from overens.rules.rounding import Column, round_columns
from overens.rules.values import NOT_STATED

HALF = Fraction(1, 2)
# Keys that share out all of a pot. By the others nobody's sum depends on the others' (results, stated sums), so that
# something may be left, which is withheld.
SHARED = ("population-share", "fixed-plus-population", "weights")
NOTHING = Fraction(0)


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

    shares: dict[str, _Shares] = {}
    together: dict[tuple[str, str, int], dict[str, Column]] = {}  # what is rounded as one matrix
    for pot in agreement.pots:
        if pot.id in asked or (other is None and pot.line in lines and NOT_STATED not in (pot.amount, pot.key)):
            shares[pot.id] = _shares(agreement, pot)
            line, method = (pot.line, agreement.rounding_of(pot)) if other is None else ("", other)
            together.setdefault((line, method, pot.unit), {})[pot.id] = shares[pot.id].column.per(pot.unit)
    kronor: dict[str, dict[str, int]] = {}
    for (_, method, unit), columns in together.items():
        for id, whole in round_columns(columns, method).items():
            kronor[id] = {code: units * unit for code, units in whole.items()}

    recipients = {
        recipient.code: recipient
        for pot in reversed(chosen)  # so that name and weight are those of the first pot
        for recipient in agreement.group(pot.recipients).recipients
    }
    by_itself = {
        line: other is None
        and agreement.allocation.row_sum == "rounded-by-itself"
        and all(
            agreement.rounding_of(pot) == "half-up" and pot.unit == 1 and pot.key in SHARED
            for pot in chosen
            if pot.line == line
        )
        for line in lines
    }
    rows = []
    for code, recipient in sorted(recipients.items()):
        given = [pot for pot in chosen if code not in shares[pot.id].withheld]
        exact = {pot.id: shares[pot.id].column.exact(code) for pot in given}
        whole = {pot.id: kronor[pot.id].get(code, 0) for pot in given}
        row_sum = 0
        for line, rounded in by_itself.items():
            parts = [pot.id for pot in given if pot.line == line]
            row_sum += floor(sum(exact[id] for id in parts) + HALF) if rounded else sum(whole[id] for id in parts)
        rows.append(
            Row(
                code=code,
                name=recipient.name,
                weight=recipient.weight,
                exact={pot.id: exact.get(pot.id, NOTHING) for pot in chosen},
                kronor={pot.id: whole.get(pot.id, 0) for pot in chosen},
                sum=row_sum,
            )
        )
    amounts = {pot.id: shares[pot.id].amount for pot in chosen}
    totals = {pot.id: sum(row.kronor[pot.id] for row in rows) for pot in chosen}
    return AllocationTable(
        pots=tuple(amounts),
        roundings={pot.id: other or agreement.rounding_of(pot) for pot in chosen},
        amounts=amounts,
        rows=tuple(rows),
        totals=totals,
        rest={id: amount - totals[id] for id, amount in amounts.items()},
        withheld={
            pot.id: sum(kronor[pot.id][code] for code in shares[pot.id].withheld)
            if pot.key in SHARED
            else amounts[pot.id] - totals[pot.id]
            for pot in chosen
        },
        sum=sum(row.sum for row in rows),
    )


@dataclass(frozen=True)
class _Shares:
    """A pot's amount and exact shares, and whose share is kept back until a condition is met."""

    amount: int
    column: Column
    withheld: frozenset[str]


def _shares(agreement: Agreement, pot: Pot) -> _Shares:
    if pot.amount == NOT_STATED:
        refuse("allocation-amount-not-stated", f"pot[{pot.id}].amount", pot=pot.id)
    group = agreement.group(pot.recipients)
    failed: dict[str, frozenset[str]] = {"reshare": frozenset(), "withhold": frozenset()}
    for condition in agreement.conditions_of(pot):
        failed[condition.unmet] |= condition.failed(group.codes)
    left_out, withheld = failed["reshare"], failed["withhold"] - failed["reshare"]
    if left_out.issuperset(group.codes):  # nobody to share with: all of it waits
        left_out, withheld = frozenset(), left_out

    codes = [code for code in group.codes if code not in left_out]
    return _Shares(pot.amount, _column(agreement, pot, group, codes), withheld)


def _column(agreement: Agreement, pot: Pot, group: Group, codes: Sequence[str]) -> Column:
    """The exact kronor of these recipients by the pot's key, bounds and all."""
    if pot.key == NOT_STATED:
        refuse("allocation-key-not-stated", f"pot[{pot.id}].key", pot=pot.id)
    amount = pot.amount if isinstance(pot.amount, int) else 0
    if pot.key == "stated":
        return Column(_stated(agreement, pot, codes), 1)
    weights = _figures(agreement, pot.basis, codes) if pot.basis else _weights(group, codes)
    if pot.times:
        weights = keys.multiplied(weights, _figures(agreement, pot.times, codes))
    most = dict.fromkeys(codes, pot.most) if pot.most is not None else {}
    if pot.ceilings:
        most = {code: floor(figure) for code, figure in _figures(agreement, pot.ceilings, codes).items()}
    if pot.key == "results-times-price":
        above = _figures(agreement, pot.above, codes) if pot.above else None
        return keys.earned(amount, weights, pot.price or 0, above, most)
    if not any(weights.values()):
        refuse("allocation-no-weights", f"pot[{pot.id}].recipients", pot=pot.id, group=group.id)
    least = dict.fromkeys(codes, pot.least) if pot.least is not None else None
    try:
        return keys.shared(amount, weights, pot.fixed or 0, least, most)
    except ValueError:
        refuse("allocation-bounds-not-met", f"pot[{pot.id}]", pot=pot.id)


def _stated(agreement: Agreement, pot: Pot, codes: Sequence[str]) -> dict[str, int]:
    """Kronor as they are stated: by the pot's own figures, else by the annex."""
    if pot.basis:
        return {code: floor(figure) for code, figure in _figures(agreement, pot.basis, codes).items()}
    rows = {row.code: row.amounts for row in agreement.annex.rows} if agreement.annex else {}
    return {code: rows[code][pot.id] for code in codes}


def _figures(agreement: Agreement, basis: str, codes: Sequence[str]) -> dict[str, Fraction | int]:
    figures = agreement.basis(basis).by_code
    return {code: exact_number(figures[code]) for code in codes}


def _weights(group: Group, codes: Sequence[str]) -> dict[str, Fraction | int]:
    weights = {recipient.code: recipient.weight for recipient in group.recipients}
    missing = [code for code in codes if weights[code] is None]
    if missing:
        raise ValueError(f"{missing} have no weight; a file that is read without findings gives one to each")
    return {code: exact_number(weights[code] or 0) for code in codes}


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
