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

from overens.rules.agreement import Agreement, Pot, Recipient, said
from overens.rules.findings import refuse
from overens.rules.rounding import Column, round_columns, share_out
from overens.rules.values import NOT_STATED

HALF = Fraction(1, 2)
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
    its total: ``withheld`` for conditions that are not met, otherwise what the rounding left (below 0: took).
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

    Refused on an unknown pot or rounding, and when a pot has no stated amount or no weights to share by.
    """
    asked = default_pots(agreement) if pots is None else pots
    for id in asked:
        if id not in (known := [pot.id for pot in agreement.pots]):
            refuse("allocation-unknown-pot", "pot", pot=id, choices=known)
    chosen = [pot for pot in agreement.pots if pot.id in asked]
    other = None if {agreement.rounding_of(pot) for pot in chosen} == {rounding} else rounding
    lines = {pot.line for pot in chosen}

    shares: dict[str, _Shares] = {}
    together: dict[tuple[str, str], dict[str, Column]] = {}  # what is rounded as one matrix
    for pot in agreement.pots:
        if pot.id in asked or (other is None and pot.line in lines and pot.amount != NOT_STATED):
            shares[pot.id] = _shares(agreement, pot)
            batch = (pot.line, agreement.rounding_of(pot)) if other is None else ("", other)
            together.setdefault(batch, {})[pot.id] = shares[pot.id].column
    kronor: dict[str, dict[str, int]] = {}
    for (_, method), columns in together.items():
        kronor |= round_columns(columns, method)

    recipients = {
        recipient.code: recipient
        for pot in reversed(chosen)  # so that name and weight are those of the first pot
        for recipient in agreement.group(pot.recipients).recipients
    }
    by_itself = {
        line: other is None
        and agreement.allocation.row_sum == "rounded-by-itself"
        and all(agreement.rounding_of(pot) == "half-up" for pot in chosen if pot.line == line)
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
        withheld={id: sum(kronor[id][code] for code in shares[id].withheld) for id in amounts},
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

    weights = {r.code: _weight(r) for r in group.recipients if r.code not in left_out}
    if not any(weights.values()):
        refuse("allocation-no-weights", f"pot[{pot.id}].recipients", pot=pot.id, group=group.id)
    return _Shares(pot.amount, share_out(pot.amount, weights, pot.fixed or 0), withheld)


def _weight(recipient: Recipient) -> Fraction | int:
    if recipient.weight is None:
        raise ValueError(f"{recipient.code} has no weight; a file that is read without findings gives one to each")
    return recipient.weight if isinstance(recipient.weight, int) else Fraction(recipient.weight)


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
