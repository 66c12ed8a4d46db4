# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A ward's rules on rosters made by hand: rest by the clock that passes, nights, weekends, newcomers, shares."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overens.planning.roster.building import case, due
from overens.planning.roster.checks_people import nearest
from overens.planning.roster.instance import OFF, Whole
from overens.planning.roster.judged import Judged, judge
from overens.planning.roster.problem import Roster
from overens.planning.roster.reading import read
from overens.rules.findings import wording
from tests.unit.roster.wards import SOUND as SOUND_TEXT
from tests.unit.roster.wards import ward

LETTERS = {".": OFF, "D": 0, "K": 1, "N": 2}
# Anna's leave is the first Friday to Sunday; Bo has D on the second Wednesday.
SOUND = ("D.D....DD.D...", "..D....D.D.D..", ".K.K...K.KK...", "D.D....DD.D...")


def rule(kind: str, value: float = 0, more: str = "") -> str:
    return f'\n[[rule]]\nid = "tried"\nkind = "{kind}"\nvalue = {value}\n{more}\n'


def roster(*lines: str) -> Whole:
    return np.array([[LETTERS[letter] for letter in line] for line in lines], dtype=np.int64)


def judged(of: Roster, **lines: str) -> Judged:
    """The sound roster with some persons' lines in place of theirs."""
    rows = dict(zip(("anna", "bo", "cia", "disa"), SOUND, strict=True)) | lines
    return judge(case(of), roster(*rows.values()))


def told(found: Judged) -> list[tuple[str, str, str]]:
    """What a roster breaks beside the contract and the cover, which short lines do."""
    others = ("roster-least-minutes", "roster-most-minutes", "roster-least")
    return [
        (each.code, str(each.values["person"]), str(each.values["day"]))
        for each in found.broken
        if each.code not in others
    ]


TRIED = [
    ("leave", "", {"anna": "D.D.D..DD.D..."}, [("roster-off", "anna", "2027-03-05")]),
    ("given", "", {"bo": "D.D....D......"}, [("roster-fixed", "bo", "2027-03-10")]),
    ("competence", "", {"cia": "N............."}, [("roster-able", "cia", "2027-03-01")]),
    # From evening at 21.30 to day at 07.00 are nine and a half hours.
    ("rest", "", {"cia": "KD............"}, [("roster-daily-rest", "cia", "2027-03-01")]),
    ("night and day", rule("rest-between", 11), {"anna": "ND............"},
     [("roster-rest-between", "anna", "2027-03-02")]),
    ("the night before", rule("rest-between", 11), {"bo": "D........D...."},
     [("roster-rest-between", "bo", "2027-03-01")]),
    # Day after day from Monday to Sunday leaves no 36 hours.
    ("week", "", {"cia": "DDDDDDD......."}, [("roster-weekly-rest", "cia", "2027-03-01")]),
    ("six days", "", {"cia": "DDDDDD........"}, []),
    ("forward", rule("forward"), {"cia": "KD............"}, [("roster-forward", "cia", "2027-03-02")]),
    ("quick", rule("rest-between", 11), {"cia": "KD............"}, [("roster-rest-between", "cia", "2027-03-02")]),
    ("weekend", rule("whole-weekends"), {"cia": ".....D........"}, [("roster-split-weekends", "cia", "2027-03-06")]),
    ("weekends", rule("most-weekends", 1), {"cia": ".....D......DD"}, [("roster-most-weekends", "cia", "2027-03-14")]),
    ("in any week", rule("most-shifts", 2, 'weeks = 1\nkinds = ["evening"]'), {"cia": "....K.KK......"},
     [("roster-most-shifts", "cia", "2027-03-08")]),
    ("alone", rule("supervised"), {"disa": "DD............"}, [("roster-supervised", "disa", "2027-03-02")]),
    ("not secure", rule("secure", 2, 'kinds = ["day"]\nby = 2027-03-08'), {"disa": "D............."},
     [("roster-least-shifts", "disa", "2027-03-07")]),
    ("average", rule("week-hours", 38), {"cia": "DDDDD..DDDDD.."}, [("roster-average-minutes", "cia", "2027-03-01")]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "more", "lines", "breaks"), TRIED, ids=[each[0] for each in TRIED])
def test_each_rule(name: str, more: str, lines: dict[str, str], breaks: list[tuple[str, str, str]]) -> None:
    found = judged(ward(more), **lines)
    tried = {each.code for each in found.broken if each.values["rule"] == "tried"}
    mine = [each for each in told(found) if each[1] in lines and (each[0] in tried or not more)]
    assert [each for each in mine if each[0] != "roster-fixed" or name == "given"] == breaks
    for each in (*found.broken, *found.given_up):
        assert wording(each, "sv") != each.code != wording(each, "en")
        assert "{" not in wording(each)


def test_the_sound_roster_keeps_every_rule_but_the_contract_and_the_cover() -> None:
    found = judged(ward())
    assert [each for each in told(found) if each[0] != "roster-fixed"] == []


def test_contracts_and_least_cover_are_judged() -> None:
    codes = {each.code for each in judged(ward()).broken}
    assert {"roster-least-minutes", "roster-least"} <= codes


def moved_to(first: str) -> Roster:
    """The ward with all its days so much later."""
    moved = date.fromisoformat(first) - date(2027, 3, 1)
    text = {"first = 2027-03-01 # first": f"first = {first}"}
    for day in ("2027-03-05", "2027-03-07", "2027-02-28", "2027-03-10", "2027-03-12"):
        text[day] = (date.fromisoformat(day) + moved).isoformat()
    text["2027-06-01"] = "2027-12-31"
    return ward(**text)


@pytest.mark.parametrize(("first", "hours"), [("2027-03-22", 9), ("2027-10-25", 11)])
def test_a_night_is_as_long_as_it_passes(first: str, hours: int) -> None:
    """The clock is set forward on 28 March 2027 and back on 31 October: the Sunday morning that ends the first week."""
    of = case(moved_to(first))
    night, saturday = of.shifts.index("N"), of.before + 5
    assert of.minutes[saturday, night] == hours * 60
    assert of.minutes[saturday - 1, night] == 600
    assert of.midnights[of.before + 7] - of.midnights[of.before + 6] == (24 - (10 - hours)) * 60


def test_a_period_over_new_year() -> None:
    text = {"first = 2027-03-01 # first": "first = 2026-12-28"}
    moved = timedelta(days=(date(2026, 12, 28) - date(2027, 3, 1)).days)
    for day in ("2027-03-05", "2027-03-07", "2027-02-28", "2027-03-10", "2027-03-12"):
        text[day] = (date.fromisoformat(day) + moved).isoformat()
    of = case(ward(**text))
    assert of.off[0].tolist() == [False] * 5 + [True] * 3 + [False] * 7
    assert judge(of, roster(*SOUND)).broken


def test_a_fair_share_is_by_share_of_full_time_and_with_what_was_carried() -> None:
    of = ward(rule("fair-nights", 0, "weight = 5"))
    nights = {"anna": "..............", "bo": "NNN...........", "cia": "..............", "disa": ".............."}
    found = judged(of, **nights)
    # One night each of full time is a share of ceil(3 · 1 / 3.8) = 1.
    assert found.costs["fair"] == 5 * 2


def test_what_hours_cost_is_by_the_begun_hour() -> None:
    of = ward(rule("rest-between", 11, "weight = 7"))
    # Nine and a half hours are one and a half too few: two begun ones.
    assert judged(of, cia="KD............").costs["rest-between"] == 14


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.text("..DK", min_size=14, max_size=14), min_size=4, max_size=4), st.integers(0, 3), st.integers(0, 13)
)
def test_a_day_off_more_breaks_no_rest_and_a_day_on_less_mends_none_of_the_cover(
    lines: list[str], who: int, day: int
) -> None:
    of = case(ward())
    before = roster(*lines)
    after = before.copy()
    after[who, day] = OFF
    rest, cover = ("roster-daily-rest", "roster-weekly-rest"), ("roster-least",)

    def places(found: Judged, codes: tuple[str, ...]) -> set[tuple[str, str, str]]:
        return {
            (each.code, str(each.values["person"]), str(each.values["day"]))
            for each in found.broken
            if each.code in codes
        }

    first, then = judge(of, before), judge(of, after)
    assert places(then, rest) <= places(first, rest)
    assert places(first, cover) <= places(then, cover)


@settings(max_examples=60, deadline=None)
@given(st.sets(st.integers(1, 60), min_size=1, max_size=3), st.integers(0, 200))
def test_the_nearest_sum_of_whole_shifts_is_that_of_trying_them_all(lengths: set[int], wanted: int) -> None:
    sums, fresh = {0}, {0}
    while fresh := {one + more for one in fresh for more in lengths if one <= wanted} - sums:
        sums |= fresh
    assert abs(nearest(lengths, wanted) - wanted) == min(abs(each - wanted) for each in sums)


@pytest.mark.parametrize(("first", "hours"), [("2027-03-22", 23), ("2027-10-25", 25)])
def test_ones_own_day_begins_by_the_clock_also_when_it_is_changed(first: str, hours: int) -> None:
    """From nine on Saturday to nine on Sunday; all other days are whole."""
    of = case(moved_to(first))
    lengths = np.diff(of.opens, axis=1)
    assert (lengths[:, of.before + 5] == hours * 60).all()
    assert (np.delete(lengths, of.before + 5, axis=1) == 24 * 60).all()
    begin, end = of.own_days(0, of.before + 5, 1)
    assert end - begin == 24 * 60


@pytest.mark.parametrize("first", ["2027-03-22", "2027-10-25"])
@pytest.mark.parametrize(
    ("line", "broken"), [(".....K........", False), (".....KD.......", True), ("......K.......", False)]
)
def test_an_evening_when_the_clock_is_changed_has_its_rest_unless_a_morning_follows(
    first: str, line: str, broken: bool
) -> None:
    of = case(moved_to(first))
    lines = roster("..............", "..............", line, "..............")
    codes = [each.code for each in judge(of, lines).broken if each.values["person"] == "cia"]
    assert ("roster-daily-rest" in codes) is broken


def test_who_may_work_no_night_has_no_share_in_them() -> None:
    of = case(ward(rule("fair-nights", 0, "weight = 5")))
    fair = next(each for each in of.rules if each.kind == "fair")
    assert [of.persons[each] for each in fair.persons] == ["anna", "bo", "disa"]
    of = case(ward(rule("fair-weekends", 0, "weight = 5")))
    assert len(next(each for each in of.rules if each.kind == "fair").persons) == 4


def test_a_goal_for_a_day_of_an_earlier_period_asks_nothing() -> None:
    more = rule("secure", 2, 'kinds = ["day"]\nby = 2027-02-26')
    assert not [each for each in case(ward(more)).rules if each.kind == "least-shifts"]


@pytest.mark.parametrize(
    ("leave", "left"),
    [
        ("first = 2027-03-01, last = 2027-03-10, hours = 36", 36),
        ("first = 2027-02-24, last = 2027-03-05, hours = 36", 54),
        ("first = 2027-03-10, last = 2027-03-19, hours = 36", 54),
        ("first = 2027-02-01, last = 2027-02-10, hours = 36", 72),
        ("first = 2027-03-10, last = 2027-03-20, hours = 0", 72),
    ],
)
def test_of_leave_that_reaches_out_of_the_period_its_days_part_counts(leave: str, left: int) -> None:
    of = ward(**{"first = 2027-03-05, last = 2027-03-07": leave})
    assert due(of, of.persons[0]) == left * 60


def test_a_leave_in_the_wrong_order_is_said_and_ends_nothing() -> None:
    text = SOUND_TEXT.replace("first = 2027-03-05, last = 2027-03-07", "first = 2027-03-05, last = 2027-03-04")
    found, findings = read(text)
    assert found is None
    assert "roster-leave-order" in [each.code for each in findings]


def test_each_weekend_too_many_costs() -> None:
    """By how many there are in the weeks that end with it: every weekend is no cheap way out."""
    of = ward(rule("most-weekends", 1, "weight = 30\nweeks = 2"), **{"weeks = 2": "weeks = 3"})
    for weekends, cost in ((("DD", "..", "DD"), 0), (("DD", ".D", ".."), 30), (("DD", "D.", "DD"), 60)):
        assert judged_weekends(of, *weekends) == cost


def judged_weekends(of: Roster, *weekends: str) -> int:
    lines = ["." * 21] * 2 + ["".join(f".....{each}" for each in weekends), "." * 21]
    return judge(case(of), roster(*lines)).costs.get("most-weekends", 0)
