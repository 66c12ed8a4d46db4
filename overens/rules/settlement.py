# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a financial report comes to: used, unused, own share. Whole kronor."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """``unused`` is owed back; ``own_share`` is what the recipient paid itself; at least one of them is 0."""

    used: int
    unused: int
    own_share: int


def outcome(received: int, costs: int) -> Outcome:
    """Unused funds are the grant less the whole costs in the agreement's field (2019 agreement, Bilaga 2, part 3).

    The agreement does not say what holds when costs exceed the grant; our choice: nothing is owed either way,
    and the difference is shown as the recipient's own share.
    """
    if received < 0 or costs < 0:
        raise ValueError("sums of money are not negative")
    used = min(received, costs)
    return Outcome(used=used, unused=received - used, own_share=costs - used)


@dataclass(frozen=True)
class Correction:
    """What an accepted report changes, given what stands: kronor to move between the places of the case."""

    held_to_used: int = 0
    used_to_repay: int = 0
    repay_to_used: int = 0
    refund: int = 0  # already returned by the recipient, due to be paid out again


def settle(held: int, used: int, to_repay: int, returned: int, report: Outcome, given_up: int = 0) -> Correction:
    """Movements that make the places of a case agree with a report, the first one or a corrected one.

    held, used, to_repay, returned, given_up: where the received sum is before. What was written off or remitted stays
    so: the recipient still has it, so only what it repaid can be paid out again. Raises ValueError when they do not
    add up to the sum that the report is about.
    """
    if held + used + to_repay + returned + given_up != report.used + report.unused:
        raise ValueError("the report is not about the sum that was paid")
    missing = report.unused - to_repay - returned - given_up
    if missing >= 0:
        return Correction(held_to_used=held, used_to_repay=missing)
    from_debt = min(to_repay, -missing)
    return Correction(held_to_used=held, repay_to_used=from_debt, refund=min(returned, -missing - from_debt))
