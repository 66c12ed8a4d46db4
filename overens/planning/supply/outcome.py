# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What comes out of one run of the model, or of its expectation: the same arrays from both engines."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from overens.planning.supply.problem import AGES, Floats, Problem

# Persons at a moment. ``working`` are at work, ``absent`` away with a child or ill, ``training`` in a specialisation,
# ``hired`` those of the agency among working and absent, ``outside`` who have left and may return, ``foreign`` on their
# way to a licence.
STOCKS = ("working", "absent", "training", "hired", "outside", "foreign")
WORKING, ABSENT, TRAINING, HIRED, OUTSIDE, FOREIGN = range(len(STOCKS))
# Persons in a period. Examined come to work from an education here, arrived from one abroad (licensed once they have
# passed its stages). Those who specialise leave one occupation and come into another when they have completed.
FLOWS = (
    "examined",
    "arrived",
    "licensed",
    "specialised",
    "left_to_specialise",
    "retired",
    "died",
    "left",
    "returned",
    "moved_in",
    "moved_out",
    "gave_up",
    "aged_out",
)
(
    EXAMINED,
    ARRIVED,
    LICENSED,
    SPECIALISED,
    LEFT_TO_SPECIALISE,
    RETIRED,
    DIED,
    LEFT,
    RETURNED,
    MOVED_IN,
    MOVED_OUT,
    GAVE_UP,
    AGED_OUT,
) = range(len(FLOWS))
# What changes how many belong to an occupation in a region, working or not, and with which sign.
INTO = (EXAMINED, ARRIVED, SPECIALISED, MOVED_IN)
OUT_OF = (LEFT_TO_SPECIALISE, RETIRED, DIED, MOVED_OUT, GAVE_UP, AGED_OUT)
# Posts of a programme in a period: paid for, taken up, completed, ended early; and what bound those taken up, as an
# index into BOUNDS.
POSTS = ("funded", "started", "completed", "dropped", "bound")
FUNDED, STARTED, COMPLETED, DROPPED, BOUND = range(len(POSTS))
BOUNDS = ("posts", "seats", "supervisors", "applicants")


@dataclass(frozen=True)
class Outcome:
    """stocks[T + 1, O, R, 6], hours[T + 1, O, R] (a year, of those whom the region, the municipalities, the private
    providers and the agency have at work), flows[T, O, R, 13], posts[T, P, R, 5], students[T + 1, E, R], turned_away
    [T, E, R] (who could not begin an education for want of supervisors), retiring[T, O, R, A] (by age),
    pyramid[T + 1, O, R, S, A] (employed and in training) and certain[T, O, R]: 1 where somebody's probability of
    leaving would have been above 1, and was 1.
    """

    stocks: Floats
    hours: Floats
    flows: Floats
    posts: Floats
    students: Floats
    turned_away: Floats
    retiring: Floats
    pyramid: Floats
    certain: Floats


def empty(problem: Problem) -> Outcome:
    """The arrays of an outcome, all nought, to be filled in."""
    t, p, e = problem.periods, len(problem.programmes), len(problem.educations)
    o, r = len(problem.occupations), len(problem.regions)
    return Outcome(
        stocks=np.zeros((t + 1, o, r, len(STOCKS))),
        hours=np.zeros((t + 1, o, r)),
        flows=np.zeros((t, o, r, len(FLOWS))),
        posts=np.zeros((t, p, r, len(POSTS))),
        students=np.zeros((t + 1, e, r)),
        turned_away=np.zeros((t, e, r)),
        retiring=np.zeros((t, o, r, AGES)),
        pyramid=np.zeros((t + 1, o, r, 2, AGES)),
        certain=np.zeros((t, o, r)),
    )
