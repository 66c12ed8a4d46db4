# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Somebody is away: proposals break nothing, leave who is away alone, are told in words, and come in order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overens.planning.roster.building import case as case_of
from overens.planning.roster.instance import OFF, Whole
from overens.planning.roster.judged import judge
from overens.planning.roster.plain import solve
from overens.planning.roster.repair import Change, explained, repairs
from overens.planning.roster.rules import Case, Rule
from overens.rules.findings import wording
from tests.unit.roster.cases import cases
from tests.unit.roster.test_clash import EVERY, D, K, N, need, planted
from tests.unit.roster.wards import ward

A, B, C = range(3)


def lines(*text: str) -> Whole:
    letters = {".": OFF, "D": D, "K": K, "N": N}
    return np.array([[letters[each] for each in line] for line in text], dtype=np.int64)


#             Monday...
PUBLISHED = ("DD............", "..............", ".N............")


def test_who_is_off_is_called_in_and_it_is_said_why_it_weighs_so_much() -> None:
    case, roster = planted(cover=[need(0, D, (A, B)), need(1, D, (A, B))]), lines(*PUBLISHED)
    best, last = repairs(case, roster, [(A, 0), (A, 1)], 5)
    assert best.changes == (
        Change(B, 0, OFF, D, 160, ("called-in", "short-notice")),
        Change(B, 1, OFF, D, 160, ("called-in", "short-notice")),
    )
    assert (best.short, best.minutes) == ((), {B: (0, 960)})
    assert not last.changes
    assert [each.code for each in last.short] == ["roster-least", "roster-least"]
    assert best.points < last.points
    told = [wording(each) for each in explained(case, best)]
    assert told[0].startswith("Dagar som ändras för andra: 2")
    assert "b är ledig 0 och går in på D (160 poäng: ledig dag, kort varsel)." in told
    assert wording(explained(case, last)[0]).startswith("Ingen tar passen")


def test_a_night_and_a_free_weekend_weigh_more() -> None:
    case = planted(cover=[need(5, N, (A, B, C))])
    roster = lines(".....N........", ".......D......", ".N...D........")
    found = repairs(case, roster, [(A, 5)], 5)
    assert [[(each.person, each.points) for each in one.changes] for one in found] == [[(C, 190)], [(B, 290)], []]
    assert found[1].changes[0].why == ("called-in", "short-notice", "free-weekend", "night")


def test_nothing_is_broken_to_fill_a_shift() -> None:
    rest = Rule("rest-between", (A, B, C), 660, None, EVERY)
    case = planted([rest], cover=[need(2, D, (A, B))])
    roster = lines("..D...........", ".N............", ".N............")
    best, nobody = repairs(case, roster, [(A, 2)], 5)
    # B can take the day only without the night before it, which nobody must work.
    assert [(each.person, each.day, each.becomes) for each in best.changes] == [(B, 1, OFF), (B, 2, D)]
    assert "roster-rest-between" not in {each.code for each in judge(case, best.roster).broken}
    assert not nobody.changes


@settings(max_examples=25, deadline=None)
@given(cases(), st.data())
def test_any_repair_breaks_nothing_anew_and_leaves_who_is_away(case: Case, data: st.DataObject) -> None:
    roster = solve(case, 5, workers=1).roster
    if roster is None:
        return
    who, day = data.draw(st.integers(0, len(case.persons) - 1)), data.draw(st.integers(0, case.days - 1))
    left = roster.copy()
    left[who, day] = OFF
    allowed = {(each.code, each.values["person"]) for each in judge(case, left).broken}
    found = repairs(case, roster, [(who, day)], 5)
    assert [each for each in found if not each.changes]
    assert [each.points for each in found] == sorted(each.points for each in found)
    for each in found:
        assert (each.roster[who] == left[who]).all()
        assert {(one.code, one.values["person"]) for one in judge(case, each.roster).broken} <= allowed
        assert len(each.changes) == (each.roster != left).sum()
        for one in explained(case, each):
            assert "{" not in wording(one)
            assert wording(one, "en") != one.code


@pytest.mark.parametrize("days", [(2,), (2, 3)])
def test_a_wards_repair_is_told_by_titles(days: tuple[int, ...]) -> None:
    of = ward()
    case = case_of(of)
    roster = solve(case, 5).roster
    assert roster is not None
    found = repairs(case, roster, [(0, day) for day in days], 5)
    assert found
    assert all(wording(each) for one in found for each in explained(case, one, of))


def test_what_has_been_worked_stays() -> None:
    """B could go in if they had been let off yesterday's evening, where there are more than are wanted."""
    more = Rule("rest-between", (B,), 11 * 60, None, frozenset({K}))
    case = planted(cover=[need(4, K, (B, C)), need(5, D, (A, B))], rules=[more])
    roster = lines(".....D........", "....K.........", "....K.........")
    free = repairs(case, roster, [(A, 5)], 5)
    assert any((B, 4) in {(each.person, each.day) for each in one.changes} for one in free)
    assert not any(one.changes for one in repairs(case, roster, [(A, 5)], 5, earliest=5))
