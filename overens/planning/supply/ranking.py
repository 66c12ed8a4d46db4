# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is worth most first, and a use of a sum by that order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from overens.planning.supply.outcome import BOUNDS
from overens.planning.supply.problem import Floats
from overens.planning.supply.reference import Data
from overens.planning.supply.scenario import Measure, Scenario
from overens.planning.supply.worth import Candidate, Valued, measure, targets

MILLION = 1_000_000
# Kronor below which a unit is none: nothing came of it.
NOTHING = 1


@dataclass(frozen=True)
class Worth:
    """A candidate in one region: hours a year of the gap closed for a million kronor; low and high hold nine tenths of
    the draws. ``net``: of all occupations together, where a training post also takes a nurse from the nurses. ``cost``:
    kronor of a unit. ``bound``: what holds a programme back, one of BOUNDS, or "".
    """

    candidate: Candidate
    region: int
    hours: float
    low: float | None
    high: float | None
    net: float
    cost: int
    bound: str
    room: float


def ranked(
    found: Valued, data: Data, region: int, occupations: Sequence[int] | None = None, year: int | None = None
) -> list[Worth]:
    """What is worth most first, in one region by index. occupations: whose gap is to be closed, by index; None: of each
    candidate those that it is done for. year: the gap at its beginning only; None: all years added up.
    """
    closed, cost = found.closed[..., region].astype(float), found.cost[..., region].astype(float)
    closed = closed.sum(2) if year is None else closed[:, :, year - found.first_year]

    def a_million(at: int, of: Sequence[int] | slice) -> Floats:
        """[D]."""
        hours = closed[:, at][:, of].sum(-1) * MILLION
        return np.asarray(np.divide(hours, cost[:, at], out=np.zeros_like(hours), where=cost[:, at] >= NOTHING))

    rows = []
    for at, each in enumerate(found.candidates):
        hours = a_million(at, list(targets(each, data) if occupations is None else occupations))
        low, high = np.percentile(hours[1:], (5, 95)) if len(hours) > 1 else (None, None)
        bound = int(found.bound[at, region])
        rows.append(
            Worth(
                candidate=each,
                region=region,
                hours=float(hours[0]),
                low=None if low is None else float(low),
                high=None if high is None else float(high),
                net=float(a_million(at, slice(None))[0]),
                cost=int(np.rint(cost[0, at])),
                bound="" if bound < 0 else BOUNDS[bound],
                room=float(found.room[at, region]),
            )
        )
    return sorted(rows, key=lambda row: -row.hours)


@dataclass(frozen=True)
class Bid:
    """So many posts of a candidate in a region, for kronor."""

    candidate: Candidate
    region: str
    posts: int
    kronor: int


def greedy(
    found: Valued, data: Data, kronor: Mapping[str, int], occupations: Sequence[int] | None = None
) -> tuple[Bid, ...]:
    """A use of kronor by region: whole posts of what is worth most, as far as there is room, then of the next.

    A proposal to be tried, not the best there is: each is worth less the more of it there is.
    """
    bids = []
    for at, code in enumerate(found.regions):
        left, taken = kronor.get(code, 0), set[str]()
        for row in ranked(found, data, at, occupations):
            each = row.candidate
            if each.kind != "training-posts" or each.thing in taken or row.hours <= 0 or row.cost <= 0:
                continue
            posts = min(int(row.room), left // row.cost)
            if posts > 0:
                bids.append(Bid(each, code, posts, posts * row.cost))
                left -= posts * row.cost
                taken.add(each.thing)
    return tuple(bids)


def proposed(bids: Sequence[Bid], scenario: Scenario, data: Data, year: int, grant: str) -> tuple[Measure, ...]:
    """Bids as measures that a grant pays, by names that the scenario has not used."""
    used = {each.id for each in scenario.measures}
    made = []
    for bid in bids:
        base = measure(bid.candidate, scenario, data, year, Decimal(bid.posts))
        id = f"{bid.candidate.id}-{bid.region}-{year}"
        id = next(name for n in range(1, len(used) + 2) if (name := id if n == 1 else f"{id}-{n}") not in used)
        used.add(id)
        made.append(base.model_copy(update={"id": id, "regions": (bid.region,), "grant": grant}))
    return tuple(made)
