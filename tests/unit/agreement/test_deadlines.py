# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overens.rules.deadlines import STOCKHOLM, falls, is_by, is_working_day, next_working_day
from overens.rules.reading import shipped

REQUISITION = shipped("2019").deadline("requisition")
MOVED = REQUISITION.model_copy(update={"non_working_day": "next-working-day"})
SILENT = REQUISITION.model_copy(update={"on": "not stated"})


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2019-12-01", False),  # Sunday
        ("2019-11-30", False),  # Saturday
        ("2019-12-02", True),
        ("2019-12-24", False),  # the eves
        ("2019-12-31", False),
        ("2020-06-19", False),
        ("2020-12-23", True),
        ("2020-01-06", False),  # Epiphany
        ("2020-04-10", False),  # Good Friday
        ("2020-04-09", True),
        ("2020-05-21", False),  # Ascension
        ("2019-06-06", False),  # National Day
        ("2020-03-31", True),
    ],
)
def test_working_days(day, works):
    assert is_working_day(dt.date.fromisoformat(day)) is works


@given(st.dates(dt.date(2000, 1, 1), dt.date(2060, 12, 1)))
def test_the_next_working_day_is_the_first_one_from_the_day_on(day):
    following = next_working_day(day)
    assert is_working_day(following)
    assert not any(is_working_day(day + dt.timedelta(n)) for n in range((following - day).days))


def test_the_sunday_of_2019_stands_by_its_own_rule():
    assert falls(REQUISITION) == dt.date(2019, 12, 1)
    assert falls(MOVED) == dt.date(2019, 12, 2)
    assert falls(SILENT) is None


@pytest.mark.parametrize(
    ("moment", "in_time"),
    [
        (dt.datetime(2019, 12, 1, 23, 59, 59, 999_999, STOCKHOLM), True),
        (dt.datetime(2019, 12, 2, 0, 0, tzinfo=STOCKHOLM), False),
        # The same two moments by the clock of Greenwich
        (dt.datetime(2019, 12, 1, 22, 59, 59, tzinfo=dt.UTC), True),
        (dt.datetime(2019, 12, 1, 23, 0, tzinfo=dt.UTC), False),
    ],
)
def test_in_time_is_before_the_day_ends_in_sweden(moment, in_time):
    assert is_by(moment, falls(REQUISITION)) is in_time
    assert is_by(moment, falls(MOVED))
    assert is_by(moment, falls(SILENT))


def test_summer_time_is_heeded():
    report = shipped("2019").deadline("financial-report")
    assert is_by(dt.datetime(2020, 3, 31, 21, 59, tzinfo=dt.UTC), falls(report))
    assert not is_by(dt.datetime(2020, 3, 31, 22, 0, tzinfo=dt.UTC), falls(report))


def test_a_naive_moment_is_no_moment():
    with pytest.raises(ValueError, match="aware"):
        is_by(dt.datetime(2019, 12, 1), falls(REQUISITION))
