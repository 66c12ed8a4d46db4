# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which demands clash: exactly those that were planted, and none that is not needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from overens.planning.roster.building import case as case_of
from overens.planning.roster.clash import clashing
from overens.planning.roster.core import clash, needed
from overens.planning.roster.formulation import Ground
from overens.planning.roster.instance import OFF
from overens.planning.roster.rules import DAY, Case, Cover, Kind, Rule
from overens.rules.findings import wording
from tests.unit.roster.cases import SHIFTS, cases
from tests.unit.roster.wards import ward

D, K, N = range(3)
A, B = range(2)
EVERY = frozenset({D, K, N})


def planted(
    rules: Sequence[Rule] = (),
    cover: Sequence[Cover] = (),
    off: Sequence[tuple[int, int]] = (),
    given: Sequence[tuple[int, int, int]] = (),
    days: int = 14,
) -> Case:
    """Three persons, of whom B is supervised by A; demands that go together stand among the planted ones."""
    persons = 3
    clock = np.array(SHIFTS, dtype=np.int64)
    midnights = np.arange(days + 8, dtype=np.int64) * DAY
    leave, fixed = np.zeros((persons, days), dtype=np.bool_), np.full((persons, days), OFF, dtype=np.int64)
    for who, day in (*off, (2, 12)):
        leave[who, day] = True
    for who, day, shift in (*given, (2, 1, N)):
        fixed[who, day] = shift
    nought = np.zeros(persons, dtype=np.int64)
    harmless = (rule("most-running", (2,), 5), rule("weekly-rest", (2,), 36 * 60), rule("least-minutes", (2,), 3000))
    return Case(
        0, None, ("a", "b", "c"), ("D", "K", "N"), midnights[:days, None] + clock[:, 0],
        midnights[:days, None] + clock[:, 1], np.repeat(clock[None, :, 2], days, axis=0),
        np.arange(3, dtype=np.int64), midnights, np.zeros((3, 3), dtype=np.bool_),
        np.zeros((persons, 0), dtype=np.int64), np.ones((persons, 3), dtype=np.bool_), leave, fixed,
        np.repeat(midnights[None, :] + 540, persons, axis=0), nought + 1000, nought, nought,
        (frozenset(), frozenset({A}), frozenset()), (*rules, *harmless), (), (*cover, need(9, D, (A, B, 2))),
    )  # fmt: skip


def rule(kind: Kind, persons: tuple[int, ...], value: int, shifts: frozenset[int] = EVERY) -> Rule:
    return Rule(kind, persons, value, None, shifts, until=14)


def need(day: int, shift: int, persons: tuple[int, ...], least: int = 1) -> Cover:
    return Cover(day, shift, frozenset(persons), least, least, 0, 0, "nurse")


R0, R1, C0, C1 = Ground("rule", 0, A), Ground("rule", 1, A), Ground("cover", 0), Ground("cover", 1)
PLANTED = {
    "leave and cover": (planted(cover=[need(3, D, (A,))], off=[(A, 3)]), {C0, Ground("off", 3, A)}),
    "too few": (planted(cover=[need(3, D, (A, B), 2)], off=[(B, 3)]), {C0, Ground("off", 3, B)}),
    "night then day": (
        planted([rule("rest-between", (A, B), 660)], [need(2, N, (A,)), need(3, D, (A,))]), {R0, C0, C1}
    ),
    "evening then day": (
        planted([rule("daily-rest", (A, B), 660)], [need(2, K, (A,)), need(3, D, (A,))]), {R0, C0, C1}
    ),
    "given on leave": (planted(off=[(A, 4)], given=[(A, 4, D)]), {Ground("off", 4, A), Ground("fixed", 4, A)}),
    "three in a row": (
        planted([rule("most-running", (A, B), 2)], given=[(A, day, D) for day in (1, 2, 3)]),
        {R0, *(Ground("fixed", day, A) for day in (1, 2, 3))},
    ),
    "hours": (planted([rule("least-minutes", (A,), 3000), rule("most-minutes", (A,), 2000)]), {R0, R1}),
    "hours and leave": (
        planted([rule("least-minutes", (A,), 1500)], off=[(A, day) for day in range(12)]), {R0, Ground("off", 0, A)}
    ),
    "half a weekend": (
        planted([rule("split-weekends", (A, B), 0)], off=[(A, 6)], given=[(A, 5, D)]),
        {R0, Ground("off", 6, A), Ground("fixed", 5, A)},
    ),
    "no weekend": (planted([rule("most-weekends", (A, B), 0)], [need(5, D, (A,))]), {R0, C0}),
    "one night": (
        planted([rule("most-shifts", (A, B), 1, frozenset({N}))], [need(1, N, (A, B)), need(5, N, (A,))], [(B, 1)]),
        {R0, C0, C1, Ground("off", 1, B)},
    ),
    "alone": (
        planted([rule("supervised", (B,), 0)], off=[(A, 3)], given=[(B, 3, D)]),
        {Ground("rule", 0, B), Ground("off", 3, A), Ground("fixed", 3, B)},
    ),
    "a whole week": (
        planted([rule("weekly-rest", (A, B), 36 * 60)], given=[(A, day, D) for day in range(7)]),
        {R0, *(Ground("fixed", day, A) for day in range(1, 7))},
    ),
    "one day off": (
        planted([rule("least-off", (A, B), 2)], given=[(A, 3, D), (A, 5, D)], off=[(A, 4)]),
        {R0, *(Ground("fixed", day, A) for day in (3, 5)), Ground("off", 4, A)},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PLANTED)
def test_what_was_planted_is_told_and_nothing_else(name: str) -> None:
    case, expected = PLANTED[name]
    found = clash(case, 20)
    assert {each for demand in found.demands for each in demand.grounds} == expected
    assert found.whole
    assert all(demand.mended.alone for demand in found.demands)
    for each in clashing(case, 20):
        for language in ("sv", "en"):
            assert wording(each, language) != each.code
            assert "{" not in wording(each, language)


@settings(max_examples=40, deadline=None)
@given(cases(most_rules=6))
def test_without_any_one_of_them_the_others_go_together(case: Case) -> None:
    hard = replace(case, rules=tuple(replace(each, weight=None) for each in case.rules))
    found = clash(hard, 20)
    assert found.known
    grounds = [each for demand in found.demands for each in demand.grounds]
    if grounds:
        assert needed(hard, grounds, 10)
        for left_out in grounds:
            assert needed(hard, [each for each in grounds if each != left_out], 10) == []


def test_a_wards_demands_are_told_by_their_titles_and_lines() -> None:
    more = '\n[[cover]]\nshift = "N"\ncompetence = "nurse"\non = [2027-03-09]\nleast = 1\nwanted = 1\n'
    more += '\n[[rule]]\nid = "between"\ntitle = "Elva timmar mellan pass"\nkind = "rest-between"\nvalue = 11\n'
    given_too = 'share = 1 # anna\nduty = [{ day = 2027-03-09, shift = "D" }]'
    of = ward(more, **{"share = 1 # anna": given_too})
    found = clashing(case_of(of), 20, of)
    told = [(each.code, each.where.key) for each in found[1:] if each.where and each.level == "error"]
    assert told == [
        ("roster-clash-titled", "rule[between]"),
        ("roster-clash-cover", "cover[#3].least"),
        ("roster-clash-fixed", "person[anna].duty"),
        ("roster-clash-fixed", "person[bo].duty"),
    ]
    assert wording(found[0]).startswith("De här 4 kraven går inte ihop")
    assert "Elva timmar mellan pass. Gäller bo." in [wording(each) for each in found]


def test_a_case_whose_demands_go_together_has_nothing_to_tell() -> None:
    assert clashing(planted(), 20) == ()


def test_a_clash_late_in_a_long_period_is_told_by_its_own_days() -> None:
    leave = [(A, day) for day in range(20, 30)]
    rules = [Rule("most-shifts", (A, B), 2, None, EVERY, days=7), rule("rest-between", (A, B), 660)]
    case = planted(rules, [need(26, N, (A, B)), need(27, D, (A, B))], leave, days=42)
    found = clash(case, 20)
    expected = {Ground("rule", 1, B), C0, C1, Ground("off", 20, A)}
    assert {each for demand in found.demands for each in demand.grounds} == expected
    assert found.whole
