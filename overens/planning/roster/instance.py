# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""An instance of the shift-scheduling benchmark of Curtois and Qu, as arrays.

Axes: ``P`` person, ``D`` day from 0 (a Monday), ``S`` shift. Weights are whole numbers, time is whole minutes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Whole: TypeAlias = NDArray[np.int64]
Truth: TypeAlias = NDArray[np.bool_]
Real: TypeAlias = NDArray[np.float64]

# In a roster [P, D] of shifts: does not work that day.
OFF = -1


@dataclass(frozen=True)
class Instance:
    """``minutes[S]``; ``forbidden[S, S]``: the second may not follow the first the next day. Of each person: ``most[P,
    S]`` shifts of a kind; ``least_minutes[P]`` and ``most_minutes[P]`` in all; ``most_running[P]`` and
    ``least_running[P]`` days worked in a row; ``least_off[P]`` days off in a row; ``most_weekends[P]`` with work on
    Saturday or Sunday; ``off[P, D]``: days that they do not work.

    What a roster costs: ``wanted[P, D, S]`` where the shift is not worked, ``unwanted[P, D, S]`` where it is, and for
    each person below or above ``cover[D, S]``: ``under[D, S]``, ``over[D, S]``.
    """

    days: int
    shifts: tuple[str, ...]
    minutes: Whole
    forbidden: Truth
    persons: tuple[str, ...]
    most: Whole
    least_minutes: Whole
    most_minutes: Whole
    most_running: Whole
    least_running: Whole
    least_off: Whole
    most_weekends: Whole
    off: Truth
    wanted: Whole
    unwanted: Whole
    cover: Whole
    under: Whole
    over: Whole
