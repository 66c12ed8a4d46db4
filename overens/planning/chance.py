# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Chances that hang on who meets them and when, and on nothing that came before.

Every person has in every period of a run a key, which is a number of its own, and under it a stream of SplitMix64
numbers in which every event has its place. So the same person meets the same chance of the same event in every scenario
(common random numbers), whoever else there is, in whatever order and on whatever worker they are looked at.

SplitMix64 is by Steele, Lea and Flood ("Fast splittable pseudorandom number generators", 2014). Its steps and its first
five numbers for the seed 1234567 were read at Rosetta Code ("Pseudo-random numbers/Splitmix64"), not in the article.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
from numba import njit

F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F, **options: Any) -> F:
    """Compiled once and kept beside the code, or in the user's cache; where neither can be written, compiled anew. It
    lets go of the interpreter, so that threads run beside each other.
    """
    try:
        return cast(F, njit(cache=True, nogil=True, **options)(function))
    except RuntimeError:
        return cast(F, njit(nogil=True, **options)(function))


def lean(function: F) -> F:
    """As ``compiled``, for what makes no arrays beside those it is given: nobody counts who holds them, which would
    take a fifth of the time where much is done with little.
    """
    return compiled(function, _nrt=False)


GAMMA = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_30, _27, _31, _11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
_UNIT = 2.0**-53


@compiled
def mixed(bits: np.uint64) -> np.uint64:
    """SplitMix64's last step: a bijection in which every bit hangs on every bit."""
    bits = (bits ^ (bits >> _30)) * _FIRST
    bits = (bits ^ (bits >> _27)) * _SECOND
    return bits ^ (bits >> _31)


@compiled
def key(above: np.uint64, number: int) -> np.uint64:
    """The key of one of the things under a key: of a run under its seed, of a period under its run …"""
    return mixed((above ^ np.uint64(number)) + GAMMA)


@compiled
def bits(stream: np.uint64, event: int) -> np.uint64:
    """The number of an event (1, 2 …) in a stream, as 64 bits."""
    return mixed(stream + np.uint64(event) * GAMMA)


@compiled
def chance(stream: np.uint64, event: int) -> float:
    """The number of an event in a stream, in [0, 1)."""
    return unit(bits(stream, event))


@compiled
def unit(bits: np.uint64) -> float:
    """64 bits as a number in [0, 1)."""
    return float(bits >> _11) * _UNIT


@compiled
def whole(number: float, stream: np.uint64, event: int) -> int:
    """A whole number of persons, one of the two nearest: by chance, so that the mean is the number itself."""
    return int(np.floor(number + chance(stream, event)))
