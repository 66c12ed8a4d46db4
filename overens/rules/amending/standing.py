# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How far everything has come that an amendment may change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

# Whole kronor by organisation code.
Amounts = Mapping[str, int]


@dataclass(frozen=True)
class LineStanding:
    """``approved``: whole kronor that the government has approved. ``decided``: what its payment decision gives each;
    None while there is none. ``left``: what each may still ask for.
    """

    approved: int
    decided: Amounts | None = None
    left: Amounts = field(default_factory=dict)

    def taken(self, code: str) -> int:
        """What an organisation has asked for, been paid, or lost by the day: whole kronor that are not lowered."""
        return (self.decided or {}).get(code, 0) - self.left.get(code, 0)


@dataclass(frozen=True)
class RoundStanding:
    """Codes of the respondents that write and that have handed in, and by question those that have answered it."""

    state: Literal["preparing", "open", "closed"]
    writing: tuple[str, ...] = ()
    handed_in: tuple[str, ...] = ()
    answered: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Standing:
    """``lines`` by the id of the line, ``waiting`` by the deadline that organisations have before them, ``writing`` and
    ``signed`` by form, ``rounds`` by round. ``moved``: deadlines whose day was moved by decision, to which day at the
    latest.
    """

    today: dt.date
    lines: Mapping[str, LineStanding] = field(default_factory=dict)
    waiting: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    moved: Mapping[str, dt.date] = field(default_factory=dict)
    writing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    signed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rounds: Mapping[str, RoundStanding] = field(default_factory=dict)
