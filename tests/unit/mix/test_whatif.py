# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What-ifs are answered as solving each anew answers them, and prices are differences between two such answers."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overens.planning.mix import walking
from overens.planning.mix.optimum import solve
from overens.planning.mix.prices import prices
from overens.planning.mix.problem import Mix
from overens.planning.mix.reading import find, read
from overens.planning.mix.ways import ways
from overens.planning.mix.whatif import Decision, WhatIf, answers, changed, cold, start
from tests.unit.mix.mixes import SOUND, made, mix_of, with_


def whatif(mix: Mix, luck: random.Random) -> WhatIf:
    names, tasks = [each.id for each in mix.competences], [each.id for each in mix.tasks]

    def decision() -> Decision:
        who, other = luck.sample(names, 2)
        supervision = luck.choice([0.0, 0.1])
        return Decision(luck.choice(tasks), who, luck.choice([0.8, 1.0, 1.4]), supervision,
                        other if supervision else "", luck.choice([0.0, 0.5, 1.0]))  # fmt: skip

    decisions = {(each.task, each.competence): each for each in (decision() for _ in range(luck.randint(0, 3)))}
    return WhatIf(
        hours={name: luck.uniform(-80, 80) for name in luck.sample(names, luck.randint(0, 3))},
        posts={name: luck.uniform(-20, 40) for name in luck.sample(names, luck.randint(0, 2))},
        minutes={name: luck.choice([0.0, 0.7, 1.5]) for name in luck.sample(tasks, luck.randint(0, 3))},
        decisions=tuple(decisions.values()),
    )


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_an_answer_is_that_of_a_cold_solve(seed: int) -> None:
    mix = made(seed, 8, 5)
    luck = random.Random(seed)
    whatifs = [WhatIf(), *(whatif(mix, luck) for _ in range(12))]
    given_ = ways(mix)
    found = answers(start(given_), whatifs)
    right = [cold(changed(given_, each)) for each in whatifs]
    assert found == pytest.approx(right, rel=1e-6, abs=1e-3)


def test_what_the_walk_does_not_find_is_solved_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    given_ = ways(made(3))
    monkeypatch.setattr(walking, "answers", lambda base, changes, until: np.full(len(until), np.nan))
    more = WhatIf(hours={"c0": 5.0})
    assert answers(start(given_), [more]) == pytest.approx([cold(changed(given_, more))])


def test_no_what_if_has_no_answer() -> None:
    assert len(answers(start(ways(made(3))), [])) == 0


def test_what_a_permission_is_worth_is_what_the_plan_without_it_costs_more() -> None:
    mix, _ = read(find("exempel"))
    assert mix is not None
    worth, least = prices(mix), solve(mix).kronor
    for row in (4, 13, 16):
        without = with_(mix, may=tuple(each for at, each in enumerate(mix.may, start=1) if at != row))
        assert worth.permissions[row - 1].kronor == pytest.approx(solve(without).kronor - least, abs=0.02)


def test_the_prices_of_the_sound_problem_by_hand() -> None:
    """The nurse at 500: the permission saves 40 · (500 − 410); if a doctor might draw blood it would cost 800."""
    worth = prices(mix_of(SOUND.replace("cost = 400 # nurse", "cost = 500")))
    assert [each.kronor for each in worth.permissions] == pytest.approx([2 * 700, 10 * 1000, 40 * 90])
    assert worth.decisions == ()
    assert [each.kronor for each in worth.hours] == [0, 0, 0]
    assert [(each.reservation, each.kronor) for each in worth.reservations] == [("death", 2 * (800 - 300))]


def test_a_shortage_and_the_training_that_mends_it_are_priced() -> None:
    text = SOUND.replace("hours = 60 # doctor", "hours = 1") + (
        '\n[[training]]\nid = "more"\nof = "nurse"\nto = "doctor"\nhours = 1\ncost = 350\n'
    )
    worth = prices(mix_of(text))
    assert [(each.task, each.hours, each.kronor) for each in worth.shortages] == [("die", 1, 1500)]
    assert worth.hours[0].kronor == pytest.approx(700)
    assert (worth.trainings[0].saved, worth.trainings[0].per_krona) == (pytest.approx(700), pytest.approx(2))


def test_posts_pay_what_the_plan_without_them_would_cost() -> None:
    text = SOUND.replace("cost = 300", "cost = 300\nmore = 20\nmore_cost = 250").replace(
        "hours = 100\ncost = 300", "hours = 1\ncost = 300"
    )
    worth = prices(mix_of(text))
    (post,) = worth.posts
    assert (post.id, post.hours, post.cost) == ("assistant", 20, 5000)
    assert post.per_krona == pytest.approx(post.saved / post.cost, abs=1e-3)
    assert post.saved > post.cost
