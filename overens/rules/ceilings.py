# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a payment decision on a line gives each recipient: the ceiling of its requisition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from overens.rules import annex
from overens.rules.agreement import Agreement, Recipient
from overens.rules.findings import refuse
from overens.rules.values import NOT_STATED


@dataclass(frozen=True)
class Ceiling:
    """``kronor`` is decided for the organisation; ``parts`` is its declared split by pot, a krona apart at times."""

    organisation: str
    kronor: int
    parts: Mapping[str, int]


def ceilings(agreement: Agreement, line_id: str) -> tuple[Ceiling, ...]:
    """As the agreement prints it, and as its key and rounding give where it prints nothing.

    A line with a channel gives the channel all of it.

    Raises Refused (``amount-not-stated``, ``allocation-key-not-stated``, ``above-line``) where the file cannot carry a
    decision.
    """
    line = agreement.line(line_id)
    if line.amount == NOT_STATED:
        refuse("amount-not-stated", line=line.title)
    pots = [pot.id for pot in agreement.pots_of(line)]
    if line.channel:
        channel = next(r for r in agreement.group(line.recipients).recipients if r.code == line.channel)
        return (Ceiling(channel.organisation, line.amount, {id: _stated(agreement, id) for id in pots}),)
    for pot in agreement.pots_of(line):
        if pot.key == NOT_STATED:
            refuse("allocation-key-not-stated", f"pot[{pot.id}].key", pot=pot.id)
    recipients: dict[str, Recipient] = {r.code: r for r in agreement.group(line.recipients).recipients}
    rows = annex.decided(agreement, line_id).rows
    found = tuple(Ceiling(recipients[row.code].organisation, row.sum, row.kronor) for row in rows if row.sum)
    total = sum(ceiling.kronor for ceiling in found)
    if total > line.amount:
        refuse("above-line", line=line.title, total=total, amount=line.amount, above=total - line.amount)
    return found


def _stated(agreement: Agreement, pot_id: str) -> int:
    amount = agreement.pot(pot_id).amount
    return amount if isinstance(amount, int) else 0
