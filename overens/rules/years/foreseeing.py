# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How foreseeable money was: the notice that recipients had, what came and went, and what follows what.

Source: 2019 agreement, section 1.3, for that recipients are to be given time to plan. How it is measured is ours.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from overens.rules.agreement import Agreement
from overens.rules.values import NOT_STATED


@dataclass(frozen=True)
class Notice:
    """Days from the decision to when the period begins, and to the last day for the requisition.

    Below 0 when the decision came after it; None where a day is not known.
    """

    decided_on: dt.date | None
    starts: dt.date
    requisition_by: dt.date | None

    @property
    def to_start(self) -> int | None:
        return (self.starts - self.decided_on).days if self.decided_on else None

    @property
    def to_requisition(self) -> int | None:
        return (self.requisition_by - self.decided_on).days if self.decided_on and self.requisition_by else None


def stated_decision(agreement: Agreement, line: str) -> dt.date | None:
    """The day of the line's payment decision as the file has it, else of the government's approval."""
    for paper in (agreement.line(line).decision.paper, agreement.registration.approval):
        if isinstance(paper.date, dt.date):
            return paper.date
    return None


@dataclass(frozen=True)
class Presence:
    """The years that something was there. ``without``: years between the first and the last without it."""

    years: tuple[int, ...]
    without: tuple[int, ...]
    came: bool
    went: bool


def presence(years: Iterable[int], known: Collection[int]) -> Presence:
    """``came``: not there in the first of all known years; ``went``: not there in the last of them.

    Raises ValueError when there are no years.
    """
    found = sorted(set(years))
    if not found:
        raise ValueError("something that was never there has no years")
    without = tuple(each for each in range(found[0], found[-1]) if each not in found)
    return Presence(tuple(found), without, came=found[0] > min(known), went=found[-1] < max(known))


def years_of(agreement: Agreement) -> range:
    return range(agreement.period.first_day.year, agreement.period.last_day.year + 1)


def before(agreement: Agreement, others: Iterable[Agreement]) -> Agreement | None:
    """The agreement that this one went on from: one whose round it follows, else the latest that began earlier and has
    a pot of the same name. None where nothing says so.
    """
    earlier = [each for each in others if each.period.first_day < agreement.period.first_day]
    followed = {r.follows.split("/")[0] for r in agreement.rounds if r.follows != NOT_STATED}
    pots = {pot.id for pot in agreement.pots}
    kin = [each for each in earlier if each.id in followed] or [
        each for each in earlier if pots & {pot.id for pot in each.pots}
    ]
    return max(kin, key=lambda each: (each.period.first_day, each.id), default=None)


def purposes(agreements: Mapping[str, Agreement]) -> dict[tuple[str, str], str]:
    """Every pot's purpose, by agreement and pot: that of the pot of the same name in the agreement that it went on
    from, else its own, written ``agreement/pot``. agreements: in order of when they began.
    """
    found: dict[tuple[str, str], str] = {}
    for id, agreement in agreements.items():
        earlier = before(agreement, agreements.values())
        for pot in agreement.pots:
            own = f"{id}/{pot.id}"
            found[id, pot.id] = found.get((earlier.id, pot.id), own) if earlier else own
    return found
