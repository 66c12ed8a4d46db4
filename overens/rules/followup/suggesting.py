# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""When passages may be suggested for a theme, and when it may be said how good the suggestions are.

The thresholds are our own choice (assumed): below three coded passages there is nothing to learn from, and below ten a
measured precision would say more about chance than about the suggestions.
"""

from __future__ import annotations

from typing import NamedTuple

# The fewest coded passages, and passages that were read and not coded, to learn from, and to measure with.
FEWEST_TO_LEARN = 3
FEWEST_TO_MEASURE = 10
MOST_SHOWN = 30
# What the model finds less like the coded than this is not worth a reader's time; 0.5 is where it would say yes.
LEAST_LIKE = 0.1
# A shorter paragraph is a heading or a figure.
FEWEST_LETTERS = 40


class Examples(NamedTuple):
    """How many passages of each kind there are to learn from."""

    coded: int
    not_coded: int


def may_learn(examples: Examples) -> bool:
    return min(examples) >= FEWEST_TO_LEARN


def may_measure(examples: Examples) -> bool:
    return min(examples) >= FEWEST_TO_MEASURE


def average_precision(ranked: list[bool]) -> float:
    """The mean, over what is right, of the share that is right down to it, best suggestion first. 0 where none is."""
    right, total = 0, 0.0
    for number, is_right in enumerate(ranked, start=1):
        if is_right:
            right += 1
            total += right / number
    return total / right if right else 0.0


def precision_at(ranked: list[bool], k: int) -> float:
    """The share that is right of the k best."""
    best = ranked[:k]
    return sum(best) / len(best) if best else 0.0
