# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The days off of 2019–2027, held against days that are computed here by another way than the library's."""

from __future__ import annotations

import datetime as dt
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overens.rules.agreement import Deadline
from overens.rules.deadlines import (
    MOVING,
    DayOff,
    add_working_days,
    day_off,
    falls,
    is_banking_day,
    is_working_day,
    next_working_day,
    previous_working_day,
)
from overens.rules.reading import shipped

DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2060, 12, 1))
YEARS = range(2019, 2028)
EASTER = {2019: (4, 21), 2020: (4, 12), 2021: (4, 4), 2022: (4, 17), 2023: (4, 9), 2024: (3, 31), 2025: (4, 20),
          2026: (4, 5), 2027: (3, 28)}  # fmt: skip


def easter(year: int) -> dt.date:
    """Easter Sunday by the rule of the Gregorian calendar: the Sunday after the first full moon of spring."""
    golden, century = year % 19, year // 100
    moon = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon -= (moon // 28) * (1 - (29 // (moon + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    day = 28 + moon - weekday
    return dt.date(year, 3, 1) + dt.timedelta(days=day - 1)


def the_first(weekday: int, month: int, day: int, year: int) -> dt.date:
    """The first such weekday from a day on (Monday is 0)."""
    start = dt.date(year, month, day)
    return start + dt.timedelta(days=(weekday - start.weekday()) % 7)


def holidays_of(year: int) -> set[dt.date]:
    sunday = easter(year)
    moving = {sunday + dt.timedelta(days=days) for days in (-2, 0, 1, 39, 49)}  # Good Friday … Whit Sunday
    fixed = {dt.date(year, *day) for day in ((1, 1), (1, 6), (5, 1), (6, 6), (12, 25), (12, 26))}
    return moving | fixed | {the_first(5, 6, 20, year), the_first(5, 10, 31, year)}


def eves_of(year: int) -> set[dt.date]:
    return {the_first(4, 6, 19, year), dt.date(year, 12, 24), dt.date(year, 12, 31)}


def expected(day: dt.date) -> DayOff | None:
    if day in holidays_of(day.year):
        return DayOff.PUBLIC_HOLIDAY
    if day in eves_of(day.year):
        return DayOff.EVE
    return {5: DayOff.SATURDAY, 6: DayOff.SUNDAY}.get(day.weekday())


def test_the_computed_easters_are_those_of_the_almanac() -> None:
    assert {year: (easter(year).month, easter(year).day) for year in YEARS} == EASTER


@pytest.mark.parametrize("year", YEARS)
def test_every_day_of_a_year_is_what_the_almanac_says(year: int) -> None:
    days = [dt.date(year, 1, 1) + dt.timedelta(days=n) for n in range(366)]
    wrong = {day: (day_off(day), expected(day)) for day in days if day.year == year and day_off(day) != expected(day)}
    assert wrong == {}


@given(DAYS)
def test_banks_keep_the_working_days(day: dt.date) -> None:
    assert is_banking_day(day) is is_working_day(day) is (day_off(day) is None)


@given(DAYS)
def test_the_previous_working_day_is_the_last_one_up_to_the_day(day: dt.date) -> None:
    before = previous_working_day(day)
    assert is_working_day(before)
    assert not any(is_working_day(before + dt.timedelta(n)) for n in range(1, (day - before).days + 1))


@given(DAYS, st.integers(-30, 30))
def test_working_days_are_counted_one_by_one(day: dt.date, count: int) -> None:
    found = add_working_days(day, count)
    low, high = sorted((day, found))
    between = [low + dt.timedelta(n) for n in range((high - low).days + 1)]
    assert sum(is_working_day(each) for each in between if each != day) == abs(count)
    assert is_working_day(found) or count == 0


@given(DAYS, st.integers(0, 20), st.integers(0, 20))
def test_adding_in_two_steps_is_adding_in_one(day: dt.date, first: int, second: int) -> None:
    assert add_working_days(add_working_days(day, first), second) == add_working_days(day, first + second)


# How a day falls by each named rule for which days off count: (day, by the act, by Sundays and holidays only)
@pytest.mark.parametrize(
    ("on", "by_act", "by_holidays"),
    [
        ("2019-11-30", "2019-12-02", "2019-11-30"),  # a Saturday
        ("2019-12-01", "2019-12-02", "2019-12-02"),  # a Sunday
        ("2019-12-24", "2019-12-27", "2019-12-24"),  # an eve
        ("2020-04-10", "2020-04-14", "2020-04-11"),  # Good Friday, before Easter
        ("2019-12-31", "2020-01-02", "2019-12-31"),
        ("2020-03-31", "2020-03-31", "2020-03-31"),
    ],
)
def test_the_named_rules_move_a_day(on: str, by_act: str, by_holidays: str) -> None:
    stated = shipped("2019").deadline("requisition").model_copy(update={"on": dt.date.fromisoformat(on)})
    for rule, day in (("act-1930-173", by_act), ("holidays", by_holidays)):
        moved = stated.model_copy(update={"non_working_day": "next-working-day", "moved_by": rule})
        assert falls(moved) == dt.date.fromisoformat(day)
        assert falls(moved.model_copy(update={"non_working_day": "stands"})) == stated.on


@given(DAYS, st.sampled_from(sorted(MOVING)))
def test_a_moved_deadline_never_falls_on_a_day_that_moves_it_nor_before_its_own(day: dt.date, rule: str) -> None:
    stated = shipped("2019").deadline("requisition")
    moved = stated.model_copy(update={"on": day, "non_working_day": "next-working-day", "moved_by": rule})
    found = falls(moved)
    assert found is not None
    assert found >= day
    assert day_off(found) not in MOVING[rule]
    assert next_working_day(day) >= found


def test_a_file_can_name_every_rule_and_no_other() -> None:
    assert set(get_args(Deadline.model_fields["moved_by"].annotation)) == set(MOVING)
