# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Persons in programmes: who may begin one, who begins, and who completes it; compiled, as
:mod:`overens.planning.supply.persons` is.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from overens.planning.chance import chance, compiled, key, whole
from overens.planning.supply import outcome as out
from overens.planning.supply.persons import (
    APPLIES,
    DROPS,
    FOREIGN,
    FULL_HERE,
    SETTLES,
    STARTS,
    STAYS,
    TRAINING,
    Lists,
    People,
    enlist,
    picked,
)
from overens.planning.supply.problem import YOUNGEST, Floats


@compiled
def applicants(people: People, source: int, youngest: int, oldest: int, lists: Lists, number: Floats) -> None:
    """How many in each region may begin a programme that follows on an occupation."""
    number[:] = 0
    i = lists.occupation[source]
    while i >= 0:
        if people.state[i] < FOREIGN and youngest <= people.age[i] + YOUNGEST <= oldest:
            number[people.region[i]] += 1
        i = people.next[i]


@compiled
def begin(
    people: People, period_key: Any, each: int, source: int, youngest: int, oldest: int, periods: int,
    limit: Floats, number: Floats, lists: Lists, posts: Floats,
) -> None:  # fmt: skip
    """Of those who may, the ones with the lowest chances begin, as many in each region as the limit allows.

    The fraction of a limit is a person or none by chance, which is the same in every scenario.
    """
    regions = limit.size
    allowed, ends = np.zeros(regions, np.int64), np.zeros(regions + 1, np.int64)
    of_programme = key(key(period_key, STARTS), each)
    for r in range(regions):
        allowed[r] = whole(limit[r], key(of_programme, r), 1)
        ends[r + 1] = ends[r] + (int(number[r]) if allowed[r] > 0 else 0)
    who, drawn = np.empty(ends[regions], np.int64), np.empty(ends[regions])
    # Looking at the low chances alone is quicker, and nearly always enough; else at more of them.
    filled, spread, few = ends[:-1].copy(), 4.0, True
    highest = np.zeros(regions)
    while few:
        for r in range(regions):
            filled[r] = ends[r]
            if allowed[r] > 0:
                highest[r] = (allowed[r] + spread * (2 + np.sqrt(allowed[r]))) / number[r]
        i = lists.occupation[source]
        while i >= 0:
            r = people.region[i]
            if allowed[r] > 0 and people.state[i] < FOREIGN and youngest <= people.age[i] + YOUNGEST <= oldest:
                applying = chance(key(period_key, people.id[i]), APPLIES + each)
                if applying < highest[r]:
                    who[filled[r]], drawn[filled[r]] = i, applying
                    filled[r] += 1
            i = people.next[i]
        few = bool((filled - ends[:-1] < allowed).any())
        spread *= 4
    for r in range(regions):
        first, end = ends[r], filled[r]
        while end - first > allowed[r]:
            end -= 1
            last = first + drawn[first : end + 1].argmax()
            who[last], drawn[last] = who[end], drawn[end]
        for i in who[first:end]:
            people.state[i] = TRAINING
            people.programme[i] = each
            people.left[i] = periods - 1
            lists.at_work[source, r] -= 1
            lists.here[source, r] -= 1
            lists.training[each, r] += 1
            posts[r, out.STARTED] += 1


@compiled
def complete(
    people: People, period_key: Any, each: int, target: int, dropping: float, staying: float, towards: Floats,
    lists: Lists, flows: Floats, posts: Floats,
) -> None:  # fmt: skip
    """Those in a programme end early, complete it, or go on. Who does not go on is in the list of an occupation."""
    i = lists.programme[each]
    alone = towards.shape[0] == 1
    while i >= 0:
        following = people.next[i]
        r = people.region[i]
        stream = key(period_key, people.id[i])
        dropped = chance(stream, DROPS) < dropping
        if not dropped and people.left[i] > 0:
            people.left[i] -= 1
        else:
            lists.training[each, r] -= 1
            if dropped:
                posts[r, out.DROPPED] += 1
            else:
                posts[r, out.COMPLETED] += 1
                flows[people.occupation[i], r, out.LEFT_TO_SPECIALISE] += 1
                if not alone and chance(stream, STAYS) >= staying:
                    r = picked(towards[r], chance(stream, SETTLES))
                    people.region[i] = r
                people.occupation[i] = target
                flows[target, r, out.SPECIALISED] += 1
            people.state[i] = FULL_HERE
            lists.at_work[people.occupation[i], r] += 1
            enlist(people, i, lists)
        i = following
