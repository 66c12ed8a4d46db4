# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the limits ask for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overens.planning.production.building import flow
from overens.planning.production.demanded import demanded
from overens.planning.production.reading import find, read
from tests.unit.production import flows


@pytest.mark.parametrize("name", ["mall", "exempel"])
def test_what_ships_asks_for_hours_of_the_size_that_there_are(name: str) -> None:
    problem, _findings = read(find(name))
    assert problem is not None
    made = flow(problem)
    load = demanded(made).hours.sum() / made.hours.sum()
    assert 0.4 < load < 1.2


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 8), st.integers(1, 4), st.integers(1, 2))
def test_all_who_are_referred_are_begun_and_nobody_else_but_from_the_list(
    seed: int, weeks: int, steps: int, priorities: int
) -> None:
    draw = np.random.default_rng(seed)
    made = flows.flow(
        weeks,
        steps,
        priorities,
        referred=draw.poisson(4, (weeks, steps, priorities)).astype(float),
        waiting=draw.poisson(3, (steps, priorities, 5)),
        limit=draw.choice([2.0, 5.0, np.inf], (steps, priorities)),
        minutes=draw.uniform(5, 60, (steps, 1)),
        onward=draw.uniform(0, 0.9 / steps, (steps, steps)),
        after=draw.integers(0, 4, (steps, steps)),
    )
    made = replace(made, by=int(draw.integers(0, weeks + 1)))
    asked = demanded(made)
    assert (asked.begun >= -1e-9).all()
    came = np.linalg.solve(np.eye(len(made.steps)) - made.onward.T, made.referred.sum((0, 2)))
    listed = np.linalg.solve(np.eye(len(made.steps)) - made.onward.T, made.waiting.sum((1, 2)).astype(float))
    assert (asked.begun.sum(0) <= came + listed + 1e-6).all()
    assert (asked.begun.sum(0) >= made.referred.sum((0, 2)) - 1e-6).all()
    assert np.allclose(asked.hours, asked.begun @ made.minutes / 60)
