# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Lists by bands of weeks: what they say of who came and left, and that true flows are within it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from overens.planning.production import waiting

EDGES = (0, 26, 52, 78)
HEAD = "archive_date,age_group,speciality,weeks_0_26,weeks_26_52,weeks_52_78,weeks_78_plus,total,patient_type\n"


def test_the_lists_that_ship_are_read_and_summed() -> None:
    lists = waiting.ireland()
    assert len(lists) == 158
    whole = waiting.together(lists)
    assert len(whole.dates) == 31
    assert whole.totals[-1] == 714_496
    of_kinds = waiting.by_speciality(lists)
    assert sum(int(each.totals[-1]) for each in of_kinds if each.dates[-1] == whole.dates[-1]) == whole.totals[-1]
    assert len(whole.months().counts) == 31


def test_a_printed_total_that_is_far_from_its_bands_is_said() -> None:
    row = "2024-01-25,Adult,Urology,10,5,1,0,{},Out Patient\n"
    assert waiting.read(HEAD + row.format(17), "list.csv")[1] == ()
    lists, findings = waiting.read(HEAD + row.format(30), "list.csv")
    assert [each.code for each in findings] == ["production-list-totals"]
    assert lists[0].totals.tolist() == [16]


def test_what_is_wrong_with_a_list() -> None:
    rows = "2024-13-25,Adult,Urology,1,0,0,0,1,Out Patient\n2024-01-25,Adult,Urology,1,0,0,0,1,Out Patient\n"
    rows += "2024-01-30,Adult,Urology,1,-2,0,0,1,Out Patient\n2024-01-31,Adult,Urology,1,0,0,0,1,Out Patient\n"
    lists, findings = waiting.read(HEAD + rows, "list.csv")
    assert lists == ()
    assert [(each.code, each.where.line if each.where else 0) for each in findings] == [
        ("production-no-day", 2),
        ("production-negative", 4),
        ("production-doubled", 5),
    ]


@st.composite
def true_flows(draw: st.DrawFn) -> tuple[list[list[int]], list[int], list[int]]:
    """Week by week patients come and leave; the waits of those on the list, each week, and how many came and left."""
    lists, came, left = [draw(st.lists(st.integers(0, 90), max_size=12))], [0], [0]
    for _week in range(52):
        stays = [wait + 1 for wait in lists[-1] if draw(st.integers(0, 9)) > 0]
        new = draw(st.integers(0, 3))
        left.append(len(lists[-1]) - len(stays))
        came.append(new)
        lists.append(stays + [0] * new)
    return lists, came, left


@settings(max_examples=15, deadline=None)
@given(true_flows())
def test_true_flows_are_within_what_the_stocks_say(flows: tuple[list[list[int]], list[int], list[int]]) -> None:
    lists, came, left = flows
    weeks = [0, 4, 9, 13, 26, 30, 52]
    counts = np.array([np.histogram(lists[week], [*EDGES, 10_000])[0] for week in weeks], np.int64)
    first = date(2024, 1, 4)
    banded = waiting.Banded("x", "y", "z", tuple(first + timedelta(weeks=each) for each in weeks), EDGES, counts)
    for told, (start, end) in zip(waiting.bounds(banded), pairwise(weeks), strict=True):
        true_came, true_left = sum(came[start + 1 : end + 1]), sum(left[start + 1 : end + 1])
        assert told.net == true_came - true_left
        assert 0 <= told.came <= true_came
        assert 0 <= told.left <= true_left
    for each in waiting.aged(banded):
        assert 0 <= each.left <= each.there
    # 0–26, 4–30 and 26–52: three pairs a half-year apart, of three bands each.
    assert len(list(waiting.aged(banded))) == 9


def test_the_last_months_are_held_back_from_their_forecast() -> None:
    lists = waiting.by_speciality(waiting.ireland())
    held = waiting.held_back(next(each for each in lists if (each.speciality, each.kind) == ("Urology", "Out Patient")))
    assert held is not None
    assert held.forecast.first == date(2025, 2, 1)
    assert len(held.true) == len(held.forecast.mean) == len(held.naive) == len(held.seasonal) == 6
    assert (held.mase(held.true) == 0).all()


def test_a_list_becomes_rows_of_a_problem() -> None:
    banded = waiting.Banded("x", "y", "z", (date(2024, 1, 4),), EDGES, np.array([[5, 0, 2, 1]]))
    assert waiting.as_rows(banded, "oga", "besok") == [
        ("oga", "besok", "0-25", 5),
        ("oga", "besok", "52-77", 2),
        ("oga", "besok", "78+", 1),
    ]
