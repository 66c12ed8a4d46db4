# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Persons one by one, in arrays, and what happens to them in a period: the compiled part of
:mod:`overens.planning.supply.micro`, one function for each step of docs/supply.md that looks at persons.
"""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from overens.planning.chance import chance, compiled, key, unit, whole
from overens.planning.supply import outcome as out
from overens.planning.supply.problem import (
    AGES,
    EMPLOYED,
    FULL,
    INTRODUCTION,
    OUTSIDE,
    PART,
    PLACES,
    REGION,
    SECTORS,
    SITUATIONS,
    STAGES,
    Floats,
    Rates,
    Whole,
)

Bits: TypeAlias = NDArray[np.uint64]
# Without a sign: the compiled code need not look for an index below nought.
Small: TypeAlias = NDArray[np.uint8]
Short: TypeAlias = NDArray[np.uint16]
Counted: TypeAlias = NDArray[np.int32]

U, C, LICENSED = len(SITUATIONS), len(SECTORS), len(STAGES) - 1
FULL_HERE, PART_HERE = REGION * U + FULL, REGION * U + PART
# States beside the places of the stock: the stages of who was trained abroad, in a specialisation, no longer there.
FOREIGN = PLACES
TRAINING = FOREIGN + len(STAGES)
GONE = TRAINING + 1
# The place of each event in a person's stream of a period. That of applying to the first programme is the last.
DROPS, STAYS, SETTLES, GIVES_UP, PASSES, SEX, AGE, SECTOR, INTRODUCED, APPLIES = range(1, 11)
# What persons are made of, in the keys of who they are.
AT_START, IN_TRAINING, ON_THE_WAY, FROM_EDUCATION, FROM_ABROAD, STARTS = range(6)


class People(NamedTuple):
    """Arrays with room for more than there are. ``state``: a place of the stock, a stage of those trained abroad
    (FOREIGN + stage), TRAINING (in ``programme``, with ``left`` + 1 periods left) or GONE. ``next``: who comes after
    them in the list that they are in.
    """

    id: Bits
    occupation: Short
    programme: Short
    region: Small
    sex: Small
    age: Small
    state: Small
    left: Small
    next: Whole


class Lists(NamedTuple):
    """The first in each list of persons, -1 where it is empty: full-time and part-time in the region by ``occupation``,
    those in each ``programme``, those on their ``way`` from abroad. And how many there are, [O, R]: ``here`` in the
    occupation's list, ``at_work`` whoever employs them; [P, R] in ``training``.
    """

    occupation: Whole
    programme: Whole
    way: Whole
    here: Floats
    at_work: Floats
    training: Floats


class Chances(NamedTuple):
    """:class:`Rates` as the compiled code takes them."""

    dying: Floats
    retiring: Floats
    leaving: Floats
    new_leaving: Floats
    returning: Floats
    moving: Floats
    towards: Floats
    employer: Floats
    situation: Floats


def chances(rates: Rates) -> Chances:
    return Chances(*(np.ascontiguousarray(getattr(rates, name), dtype=float) for name in Chances._fields))


@compiled
def row(rates: Floats, region: int) -> int:
    """Where the rates of a region stand: in its own row, or in that of all."""
    return region if rates.shape[1] > 1 else 0


@compiled
def picked(row: Floats, number: float) -> int:
    """Where a chance falls among probabilities that sum to 1; the last one that is not nought takes what is lost in
    rounding.
    """
    last = 0
    for each in range(row.size):
        if row[each] > 0:
            last = each
            if number < row[each]:
                return each
            number -= row[each]
    return last


@compiled
def changed(row: Floats, now: int, number: float, width: float) -> tuple[int, float, float]:
    """As picked, of a number within [0, width), which is cut to what is left of both. What is now comes first: who
    changes is then the same few where probabilities differ a little.
    """
    part = row[now] * width
    if number < part:
        return now, number, part
    number -= part
    last = now
    for each in range(row.size):
        if each != now and row[each] > 0:
            last, part = each, row[each] * width
            if number < part:
                return each, number, part
            number -= part
    return last, 0.0, part


@compiled
def add(
    people: People, n: int, id: Any, occupation: int, region: int, sex: int, age: int, state: int,
    programme: int = 0, left: int = 0,
) -> int:  # fmt: skip
    people.id[n] = id
    people.occupation[n] = occupation
    people.region[n] = region
    people.sex[n] = sex
    people.age[n] = age
    people.state[n] = state
    people.programme[n] = programme
    people.left[n] = left
    return n + 1


@compiled
def gather(people: People, stock: Floats, trainees: Floats, foreign: Floats, sources: Whole, seed_key: Any) -> int:
    """Everybody at the start, from counts; returns how many. A fraction is a person or none by chance."""
    n = 0
    for kind, counts in ((AT_START, stock), (IN_TRAINING, trainees), (ON_THE_WAY, foreign)):
        of_kind = key(np.uint64(kind), 0)
        rows, regions, sexes, ages, lasts = counts.shape
        cell = 0
        for row in range(rows):
            for region in range(regions):
                for sex in range(sexes):
                    for age in range(ages):
                        for last in range(lasts):
                            number = counts[row, region, sex, age, last]
                            cell += 1
                            if number > 0:
                                of_cell = key(of_kind, cell)
                                for index in range(whole(number, of_cell ^ seed_key, 1)):
                                    id = key(of_cell, index)
                                    if kind == AT_START:
                                        n = add(people, n, id, row, region, sex, age, last)
                                    elif kind == ON_THE_WAY:
                                        n = add(people, n, id, row, region, sex, age, FOREIGN + last)
                                    else:
                                        n = add(people, n, id, sources[row], region, sex, age, TRAINING, row, last)
    return n


@compiled
def live(
    people: People, n: int, period_key: Any, chances: Chances, leaving_here: Floats, lists: Lists,
    flows: Floats, retiring: Floats,
) -> None:  # fmt: skip
    """Die, retire, leave or return, move, change employer, change situation; then everybody is put in their list.

    All of it hangs on one number of each person, which is spread evenly within [0, width): what happens takes the lower
    end of it, what does not leaves the upper end to what comes next.
    """
    lists.occupation[:] = -1
    lists.programme[:] = -1
    lists.way[:] = -1
    lists.here[:] = 0
    lists.at_work[:] = 0
    lists.training[:] = 0
    alone = leaving_here.shape[1] == 1
    for i in range(n):
        state = people.state[i]
        if TRAINING > state >= FOREIGN:
            people.next[i] = lists.way[0]
            lists.way[0] = i
            continue
        o, r, s, a = people.occupation[i], people.region[i], people.sex[i], people.age[i]
        number, width = unit(key(period_key, people.id[i])), 1.0
        hazard = chances.dying[s, a]
        if number < hazard:
            people.state[i] = GONE
            flows[o, r, out.DIED] += 1
            continue
        number, width = number - hazard, width - hazard
        hazard = width * chances.retiring[o, row(chances.retiring, r), s, a]
        if number < hazard:
            people.state[i] = GONE
            flows[o, r, out.RETIRED] += 1
            retiring[o, r, a] += 1
            continue
        number, width = number - hazard, width - hazard
        if state == TRAINING:
            p = people.programme[i]
            people.next[i] = lists.programme[p]
            lists.programme[p] = i
            lists.training[p, r] += 1
            continue
        if state == OUTSIDE:
            hazard = width * chances.returning[o, s, a]
            if number >= hazard:
                continue
            width = hazard
            flows[o, r, out.RETURNED] += 1
            state = FULL_HERE
        elif state % U <= PART:
            hazard = chances.leaving[o, s, a] * leaving_here[o, r]
            if state % U == INTRODUCTION:
                hazard *= chances.new_leaving[o, row(chances.new_leaving, r)]
            hazard *= width
            if number < hazard:
                people.state[i] = OUTSIDE
                flows[o, r, out.LEFT] += 1
                continue
            number, width = number - hazard, width - hazard
        if not alone:
            hazard = width * chances.moving[o, a]
            if number < hazard:
                flows[o, r, out.MOVED_OUT] += 1
                r, number, width = changed(chances.towards[r], r, number, hazard)
                flows[o, r, out.MOVED_IN] += 1
                people.region[i] = r
            else:
                number, width = number - hazard, width - hazard
        sector, situation = state // U, state % U
        if situation <= PART:
            by_sector = chances.employer[o, row(chances.employer, r)]
            sector, number, width = changed(by_sector[sector], sector, number, width)
        by_situation = chances.situation[o, row(chances.situation, r), s, a]
        situation, number, width = changed(by_situation[situation], situation, number, width)
        people.state[i] = sector * U + situation
        if situation <= PART:
            lists.at_work[o, r] += 1
        if sector == REGION and situation in (FULL, PART):
            enlist(people, i, lists)


@compiled
def enlist(people: People, i: int, lists: Lists) -> None:
    """Into the list of who works for the region in their occupation, and may apply to what follows on it."""
    o = people.occupation[i]
    people.next[i] = lists.occupation[o]
    lists.occupation[o] = i
    lists.here[o, people.region[i]] += 1


@compiled
def come(
    people: People, n: int, period_key: Any, giving_up: Floats, passing: Floats, abroad: Floats, women: float,
    ages: Floats, introduced: Floats, lists: Lists, flows: Floats,
) -> int:  # fmt: skip
    """Those trained abroad give up or pass their stage, the last of which is the licence; then new ones arrive."""
    i = lists.way[0]
    while i >= 0:
        o, r, stage = people.occupation[i], people.region[i], people.state[i] - FOREIGN
        stream = key(period_key, people.id[i])
        if chance(stream, GIVES_UP) < giving_up[stage]:
            people.state[i] = GONE
            flows[o, r, out.GAVE_UP] += 1
        elif chance(stream, PASSES) < passing[stage]:
            if stage == LICENSED:
                people.state[i] = REGION * U + first_situation(stream, introduced[o, r])
                lists.at_work[o, r] += 1
                flows[o, r, out.LICENSED] += 1
            else:
                people.state[i] += 1
        i = people.next[i]
    occupations, regions = abroad.shape
    for o in range(occupations):
        for r in range(regions):
            of_group = key(key(key(period_key, FROM_ABROAD), o), r)
            arriving = whole(abroad[o, r], of_group, 1)
            flows[o, r, out.ARRIVED] += arriving
            for index in range(arriving):
                id = key(of_group, index)
                sex = 0 if chance(id, SEX) < women else 1
                n = add(people, n, id, o, r, sex, picked(ages, chance(id, AGE)), FOREIGN)
    return n


@compiled
def first_situation(stream: Any, introduced: float) -> int:
    return INTRODUCTION if chance(stream, INTRODUCED) < introduced else FULL


@compiled
def graduate(
    people: People, n: int, period_key: Any, each: int, target: int, placed: Floats, women: float, ages: Floats,
    sectors: Floats, introduced: Floats, lists: Lists, flows: Floats,
) -> int:  # fmt: skip
    """Those who are examined begin to work where they are placed."""
    of_education = key(key(period_key, FROM_EDUCATION), each)
    for r in range(placed.size):
        of_group = key(of_education, r)
        new = whole(placed[r], of_group, 1)
        flows[target, r, out.EXAMINED] += new
        lists.at_work[target, r] += new
        for index in range(new):
            id = key(of_group, index)
            sex = 0 if chance(id, SEX) < women else 1
            state = picked(sectors, chance(id, SECTOR)) * U + first_situation(id, introduced[r])
            n = add(people, n, id, target, r, sex, picked(ages, chance(id, AGE)), state)
    return n


@compiled
def close(
    people: People, n: int, older: bool, counts: Floats, training: Floats, flows: Floats, pyramid: Counted
) -> int:
    """Those who are gone leave their room to the others, who grow a year older or not, and are counted: by state
    [O, R, S, GONE], and those in a programme [P, R, S].
    """
    kept = 0
    for i in range(n):
        state = people.state[i]
        if state == GONE:
            continue
        o, r, s, a = people.occupation[i], people.region[i], people.sex[i], people.age[i]
        if older:
            a += 1
            if a == AGES:
                flows[o, r, out.AGED_OUT] += 1
                continue
        counts[o, r, s, state] += 1
        if state < EMPLOYED or state == TRAINING:
            pyramid[o, r, s, a] += 1
        if state == TRAINING:
            training[people.programme[i], r, s] += 1
        add(people, kept, people.id[i], o, r, s, a, state, people.programme[i], people.left[i])
        kept += 1
    return kept
