# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Small cases by chance, with every kind of rule, what was worked before, leave, given shifts, wishes and cover."""

from __future__ import annotations

from typing import get_args

import numpy as np
from hypothesis import strategies as st

from overens.planning.roster.instance import OFF, Whole
from overens.planning.roster.rules import DAY, Case, Cover, Kind, Rule, Wish

# Day, evening, night: begins and ends by the clock, minutes of work.
SHIFTS = ((405, 930, 480), (795, 1290, 465), (1260, 1860, 600))
VALUES: dict[Kind, tuple[int, int]] = {
    "most-minutes": (0, 4000),
    "least-minutes": (0, 4000),
    "shift-minutes": (480, 600),
    "least-shift-minutes": (0, 1500),
    "average-minutes": (600, 3000),
    "daily-rest": (600, 900),
    "weekly-rest": (1800, 4000),
    "rest-between": (480, 2900),
}
# When somebody's own 24 hours begin, minutes of the clock.
BREAKS = st.sampled_from((0, 420, 540))
WEIGHTS = st.one_of(st.none(), st.integers(0, 9))


@st.composite
def rules(draw: st.DrawFn, persons: int, before: int, last: int, shifts: int) -> Rule:
    kind = draw(st.sampled_from(get_args(Kind)))
    some = st.frozensets(st.integers(0, shifts - 1), min_size=1)
    about = draw(st.one_of(st.just(frozenset[int]()), some)) if kind == "fair" else draw(some)
    who = tuple(sorted(draw(st.sets(st.integers(0, persons - 1), min_size=1))))
    value, days = draw(st.integers(*VALUES.get(kind, (0, 4)))), draw(st.sampled_from((0, 2, 3, 5, 9)))
    return Rule(kind, who, value, draw(WEIGHTS), about, days, draw(st.integers(max(before - 2, 0), last)), "tried")


@st.composite
def cases(draw: st.DrawFn, most_persons: int = 3, most_days: int = 15, most_rules: int = 4) -> Case:
    persons, days = draw(st.integers(1, most_persons)), draw(st.integers(2, most_days))
    before, shifts = draw(st.integers(0, 4)), draw(st.integers(1, 3))
    last = before + days
    midnights = (np.arange(last + 8, dtype=np.int64) - before) * DAY
    clock = np.array(SHIFTS[:shifts], dtype=np.int64)
    person, day, shift = st.integers(0, persons - 1), st.integers(before, last - 1), st.integers(0, shifts - 1)
    able, off = np.ones((persons, shifts), dtype=np.bool_), np.zeros((persons, last), dtype=np.bool_)
    fixed = np.full((persons, last), OFF, dtype=np.int64)
    for who, at in draw(st.lists(st.tuples(person, day), max_size=2)):
        off[who, at] = True
    for who, at, given in draw(st.lists(st.tuples(person, day, shift), max_size=1)):
        fixed[who, at] = given
    for who, which in draw(st.lists(st.tuples(person, shift), max_size=1)):
        able[who, which] = False
    forbidden = np.zeros((shifts, shifts), dtype=np.bool_)
    forbidden[-1, 0] = draw(st.booleans())
    some = st.frozensets(shift, min_size=1)
    people = st.frozensets(person, min_size=1)
    wishes = st.lists(st.builds(Wish, person, day, some, st.booleans(), st.integers(0, 9)), max_size=3)
    cover = st.builds(
        Cover, day, shift, people, st.integers(0, 1), st.integers(0, 2), st.integers(0, 9), st.integers(0, 3)
    )
    return Case(
        before, None, tuple("ABC"[:persons]), tuple("DKN"[:shifts]),
        midnights[:last, None] + clock[:, 0], midnights[:last, None] + clock[:, 1],
        np.repeat(clock[None, :, 2], last, axis=0), np.arange(shifts, dtype=np.int64), midnights, forbidden,
        draw(rosters(persons, before, shifts)), able, off, fixed,
        midnights + np.array(draw(st.lists(BREAKS, min_size=persons, max_size=persons)), dtype=np.int64)[:, None],
        np.array([1000, 750, 500][:persons], dtype=np.int64),
        np.array([3, 0, 5][:persons], dtype=np.int64), np.array([0, 2, 1][:persons], dtype=np.int64),
        tuple(frozenset({0} if who == 1 else ()) for who in range(persons)),
        tuple(draw(st.lists(rules(persons, before, last, shifts), max_size=most_rules))),
        tuple(draw(wishes)), tuple(draw(st.lists(cover, max_size=3))),
    )  # fmt: skip


@st.composite
def rosters(draw: st.DrawFn, persons: int, days: int, shifts: int) -> Whole:
    many = persons * days
    flat = draw(st.lists(st.integers(OFF, shifts - 1), min_size=many, max_size=many))
    return np.array(flat, dtype=np.int64).reshape(persons, days)
