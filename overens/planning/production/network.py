# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is queued for, and what is counted: the arrays that go into and come out of
:mod:`overens.planning.production.queue`. Time is in units of the caller's.
"""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from overens.planning.production.flow import Floats, Whole
from overens.planning.production.waits import Counted

# Arrays of records.
Records: TypeAlias = NDArray[Any]

# What one patient needs of a resource, and for how long it is held (0: it is used up).
NEED = np.dtype([("resource", "u4"), ("amount", "f8"), ("hold", "f8")])
# Another step that patients go on to, not before they have begun ``after`` ago; ``share``: with those before it.
NEXT = np.dtype([("step", "u4"), ("share", "f8"), ("after", "f8")])
# A step's needs, by number: first … last, those from held given back, in rising order of hold; ``drawn``: the hold is
# that times an exponential chance of the patient's. The steps next to it: onward … end. leaving: the rate of giving up.
_WHOLE = ("first", "held", "last", "drawn", "onward", "end")
STEP = np.dtype([*((name, "u4") for name in _WHOLE), ("leaving", "f8")])
# What is counted of a queue in a week; ``time``: the sum of what the begun had waited.
_COUNTED = ("referred", "joined", "begun", "bought", "left", "within")
FLOWS = np.dtype([*((name, "i4") for name in _COUNTED), ("time", "f8")])


class Network(NamedTuple):
    """Queue q = step · priorities + priority. ``period``: its length; a week has ``per_week`` of them, and after the
    first ``working`` of those what is left of what is used up is lost.

    rate[W, Q]: who come from outside, a unit of time. start[Q, L]: on the list, having waited so many weeks. limit[Q].
    steps[N]: STEP, with their needs: NEED and nexts: NEXT. supply[P, R]: what each period adds; lasts[R].
    planned[W, Q]: how many the plan counts on that begin; bought[W, Q]: that begin without needing anything.
    """

    period: float
    per_week: int
    working: int
    rate: Floats
    start: Whole
    limit: Floats
    steps: Records
    needs: Records
    nexts: Records
    supply: Floats
    lasts: NDArray[np.bool_]
    planned: Floats
    bought: Floats


class Counts(NamedTuple):
    """flows[W, Q]: FLOWS. waited[W, Q, L]: the begun by whole weeks waited. At the beginning of each week and at the
    end waiting[W + 1, Q, L] and, beyond their limit, late[W + 1, Q]. done[W]. used[W, R]: units used up, or units times
    the time they were held.
    """

    flows: Records
    waited: Counted
    waiting: Counted
    late: Counted
    done: Counted
    used: Floats


def empty(network: Network, bins: int) -> Counts:
    """Counts at naught. ``bins``: L of what is told by whole weeks waited."""
    weeks, queues = network.rate.shape
    return Counts(
        flows=np.zeros((weeks, queues), FLOWS),
        waited=np.zeros((weeks, queues, bins), np.int32),
        waiting=np.zeros((weeks + 1, queues, bins), np.int32),
        late=np.zeros((weeks + 1, queues), np.int32),
        done=np.zeros(weeks, np.int32),
        used=np.zeros((weeks, len(network.lasts))),
    )
