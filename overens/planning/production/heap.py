# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A binary heap of what is to happen, in an array: the first is the next. Needs the extra ``planning``."""

from __future__ import annotations

import numpy as np

from overens.planning.chance import lean
from overens.planning.production.network import Records

# ``thing`` is the caller's. Places are unsigned, so that nobody asks whether they count from the end.
EVENT = np.dtype([("time", "f8"), ("thing", "u4")], align=True)


@lean
def put(events: Records, n: int, instead: bool, time: float, thing: int) -> int:
    """A thing that happens at a time, into a heap of n; ``instead`` of the first one. How many there are then."""
    if instead:
        down(events, n, time, thing)
        return n
    at = np.uint32(n)
    while at > 0:
        above = np.uint32((at - 1) >> 1)
        if events[above].time <= time:
            break
        events[at].time, events[at].thing = events[above].time, events[above].thing
        at = above
    events[at].time, events[at].thing = time, thing
    return n + 1


@lean
def down(events: Records, n: int, time: float, thing: int) -> None:
    """A thing to its place in a heap of n whose first place is vacant."""
    at, below = np.uint32(0), np.uint32(1)
    while below < n:
        if below + 1 < n:
            below = np.uint32(below + (events[np.uint32(below + 1)].time < events[below].time))
        if events[below].time >= time:
            break
        events[at].time, events[at].thing = events[below].time, events[below].thing
        at, below = below, np.uint32(2 * below + 1)
    events[at].time, events[at].thing = time, thing
