# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long a paper is kept, by whose decision, and when it is due for disposal.

Each organisation is its own archive authority and decides for itself; a paper is disposed of only when everybody who
keeps it has decided so. Without a decision a paper is kept for ever. (Archives Act 1990:782, sections 3 and 10: to be
confirmed.)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

EVERY_KIND = ""


@dataclass(frozen=True)
class Rule:
    """An organisation's decision for a kind of paper (or for every kind that it has no own decision for).

    ``years``: whole years from the day the case was closed; None keeps for ever. ``valid_from``: the first day that the
    decision is followed; a later decision takes its place.
    """

    kind: str
    years: int | None
    reference: str
    valid_from: dt.date


Why = Literal["due", "open", "no-rule", "for-ever", "not-yet"]


@dataclass(frozen=True)
class Verdict:
    """``why`` a paper is due or kept; ``on``: the day it is (or was) due, where one is known."""

    why: Why
    on: dt.date | None = None

    @property
    def is_due(self) -> bool:
        return self.why == "due"


def standing(rules: Iterable[Rule], kind: str, day: dt.date) -> Rule | None:
    """The decision that an organisation follows for a kind on a day.

    Its latest for exactly that kind, else its latest for every kind. Of two from the same day the one given last holds.
    """
    ordered = sorted((rule for rule in rules if rule.valid_from <= day), key=lambda rule: rule.valid_from)
    for wanted in (kind, EVERY_KIND):
        if of_kind := [rule for rule in ordered if rule.kind == wanted]:
            return of_kind[-1]
    return None


def last_kept_day(closed_on: dt.date, years: int) -> dt.date:
    """The same day so many years later; 29 February becomes 28 where the year has none."""
    try:
        return closed_on.replace(year=closed_on.year + years)
    except ValueError:
        return closed_on.replace(year=closed_on.year + years, day=28)


def verdict(closed_on: dt.date | None, keepers: Sequence[Rule | None], today: dt.date) -> Verdict:
    """Whether a paper may go. keepers: for each organisation that keeps it the rule that it follows, or None.

    A paper is due the day after the last day of the longest rule.
    """
    if closed_on is None:
        return Verdict("open")
    rules = [rule for rule in keepers if rule is not None]
    years = [rule.years for rule in rules if rule.years is not None]
    if len(years) < len(rules):
        return Verdict("for-ever")
    if not rules or len(rules) < len(keepers):
        return Verdict("no-rule")
    on = last_kept_day(closed_on, max(years)) + dt.timedelta(days=1)
    return Verdict("due" if on <= today else "not-yet", on)
