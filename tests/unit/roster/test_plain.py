# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The plain model says of any roster what the checker says of it, and its best is the best of all."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overens.planning.constraints import solved
from overens.planning.roster.answer import Progress
from overens.planning.roster.instance import OFF
from overens.planning.roster.judged import judge
from overens.planning.roster.plain import formulate, solve
from overens.planning.roster.rules import Case, of_instance
from tests.unit.roster.cases import cases, rosters
from tests.unit.roster.test_judged import small


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_roster_costs_what_the_checker_says(data: st.DataObject) -> None:
    case = data.draw(cases())
    roster = data.draw(rosters(len(case.persons), case.days, len(case.shifts)))
    found = judge(case, roster)
    form = formulate(case)
    for who, line in enumerate(roster.tolist()):
        for day, shift in enumerate(line, start=case.before):
            form.model.add(sum(form.on[who][day]) == (shift != OFF))
            if shift != OFF:
                form.model.add(form.on[who][day][shift] == 1)
    by_model = solved(form.model, form.wanted, seconds=10)
    assert (by_model.status == "best") == found.feasible, found.broken
    if found.feasible:
        assert (form.roster(by_model.values) == roster).all()
        assert by_model.objective == by_model.bound == found.objective, found.costs


@settings(max_examples=25, deadline=None)
@given(cases(most_persons=2, most_days=4, most_rules=3))
def test_the_best_is_the_best_of_all(case: Case) -> None:
    shape = (len(case.persons), case.days)
    every = itertools.product(range(OFF, len(case.shifts)), repeat=shape[0] * shape[1])
    judged = (judge(case, np.array(each, dtype=np.int64).reshape(shape)) for each in itertools.islice(every, 2000))
    costs = [each.objective for each in judged if each.feasible]
    answer = solve(case, 10, workers=1)
    assert not answer.stopped_early
    if (len(case.shifts) + 1) ** (shape[0] * shape[1]) <= 2000:
        assert answer.objective == min(costs, default=None)
    elif costs:
        assert answer.objective is not None
        assert answer.objective <= min(costs)
    if answer.roster is not None:
        found = judge(case, answer.roster)
        assert found.feasible
        assert found.objective == answer.objective == answer.lower_bound


def test_what_is_begun_with_is_not_lost() -> None:
    case = of_instance(small())
    best = solve(case, 10)
    assert best.roster is not None
    assert best.objective == best.lower_bound == judge(case, best.roster).objective
    again = solve(case, 10, start=best.roster, stop=lambda: True)
    assert again.objective == best.objective


def test_it_says_how_far_it_has_come_and_ends_when_asked() -> None:
    told: list[Progress] = []
    answer = solve(of_instance(small()), 10, progress=told.append)
    assert told
    assert answer.objective is not None
    assert all(each.objective is None or each.lower_bound <= answer.objective <= each.objective for each in told)

    def too_far(_: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        solve(of_instance(small()), 10, progress=too_far)
