# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What whoever plans a roster gives, and says while it plans."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from overens.planning.roster.instance import Whole


@dataclass(frozen=True)
class Answer:
    """``roster[P, D]``: the best that was found and that may be worked; None where none was. ``objective``: what it
    costs by :func:`~overens.planning.roster.judged.judge`. No roster that may be worked costs less than
    ``lower_bound``. ``stopped_early``: before that was proven to be the best. ``seconds``: how long it took.
    """

    roster: Whole | None
    objective: int | None
    lower_bound: int
    stopped_early: bool
    seconds: float


@dataclass(frozen=True)
class Progress:
    """``seconds`` of those that there are have passed; the best so far, and the bound so far."""

    seconds: float
    of: float
    objective: int | None
    lower_bound: int


# What it raises ends the search and is raised.
Observer: TypeAlias = Callable[[Progress], object]
# Asked now and then whether to end with the best so far.
Stop: TypeAlias = Callable[[], bool]
