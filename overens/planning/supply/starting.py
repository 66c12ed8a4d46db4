# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who there are at the start, in whole persons: at work and away, in specialisation, on the way to a licence."""

from __future__ import annotations

import numpy as np

from overens.planning.supply.assumed import Assumed
from overens.planning.supply.problem import (
    EMPLOYED,
    FULL,
    MEN,
    OUTSIDE,
    PARENTAL,
    PART,
    PLACES,
    SEXES,
    SICK,
    SITUATIONS,
    STAGES,
    WOMEN,
    Arrivals,
    Floats,
    Programme,
)
from overens.planning.supply.rates import away, employers, ending, part_time
from overens.planning.supply.reference import Data, ages, whole

# Of those who could be in specialisation at the start, no more than these are.
MOST_IN_TRAINING = 0.95


def stock(
    assumed: Assumed,
    data: Data,
    gather: Floats,
    steps: int,
    counts: Floats,
    trainees: Floats,
    programmes: tuple[Programme, ...],
) -> Floats:
    """[O, R, S, A, PLACES], whole: the employed less those in specialisation, spread as the rates would keep them."""
    left = counts.copy()
    for each, programme in enumerate(programmes):
        left[programme.source] -= trainees[each].sum(-1)
    child, ill = away(assumed, data, steps, np.ones((len(data.occupations), 1)))
    part = part_time(assumed, data)
    weights = np.zeros((*part.shape, len(SITUATIONS)))
    weights[..., FULL], weights[..., PART] = 1 - part, part
    weights[..., PARENTAL] = child / ending(assumed.one("parental-months"), steps)
    weights[..., SICK] = ill[:, 0] / ending(assumed.one("sick-months"), steps)
    weights /= weights.sum(-1, keepdims=True)
    places = np.einsum("orc,osau->orsacu", employers(data, gather), weights)
    places = places.reshape(*places.shape[:-2], EMPLOYED)
    everybody = np.zeros((*counts.shape, PLACES))
    everybody[..., :EMPLOYED] = whole(left[..., None] * places, axes=3)
    outside = np.einsum("or,orsa,rq->oqsa", assumed.everywhere("outside"), data.counts, gather)
    everybody[..., OUTSIDE] = whole(outside, axes=2)
    return everybody


def trainees(programmes: tuple[Programme, ...], counts: Floats, posts: Floats) -> Floats:
    """[P, R, S, A, L], whole: those who began in the periods before, less those who dropped out, of the ages that may;
    no more in all than nearly all who could be (:func:`wanted` says how many else).
    """
    begun = wanted(programmes, counts, posts)
    for source in {programme.source for programme in programmes}:
        among = [each for each, programme in enumerate(programmes) if programme.source == source]
        all_of_them, there = begun[among].sum((0, 4)), counts[source] * MOST_IN_TRAINING
        share = np.divide(there, all_of_them, out=np.ones_like(there), where=all_of_them > 0)
        # Rounded with all programmes of an age beside each other: then no age has more of them than there are.
        by_age = np.moveaxis(begun[among] * np.minimum(share, 1)[..., None], 0, -2)
        begun[among] = np.moveaxis(whole(by_age, axes=4), -2, 0)
    return begun


def wanted(programmes: tuple[Programme, ...], counts: Floats, posts: Floats) -> Floats:
    """[P, R, S, A, L]: those who are in specialisation if every post before the start was taken up."""
    begun = np.zeros((len(programmes), *counts.shape[1:], max(each.periods for each in programmes)))
    for each, programme in enumerate(programmes):
        pool = np.zeros(counts.shape[1:])
        span = ages(programme.youngest, programme.oldest)
        pool[..., span] = counts[programme.source, ..., span]
        here = pool / np.maximum(pool.sum((1, 2), keepdims=True), 1e-12)
        for left in range(programme.periods):
            still = posts[each] * (1 - programme.dropping) ** (programme.periods - 1 - left)
            begun[each, ..., left] = here * still[:, None, None]
    return begun


def foreign(data: Data, arrivals: Arrivals) -> Floats:
    """[O, R, S, A, 4], whole: as many in each stage as the first period's arrivals would keep there."""
    women_men = np.zeros(len(SEXES))
    women_men[WOMEN], women_men[MEN] = arrivals.abroad_women, 1 - arrivals.abroad_women
    reaching, staying = 1.0, np.zeros(len(STAGES))
    for stage, (passing, giving_up) in enumerate(zip(arrivals.passing, arrivals.giving_up, strict=True)):
        going_on = (1 - giving_up) * passing
        staying[stage] = reaching / (giving_up + going_on)
        reaching *= going_on / (giving_up + going_on)
    each = arrivals.abroad[0][:, :, None, None] * women_men[:, None] * data.abroad_ages
    return whole(each[..., None] * staying, axes=3)
