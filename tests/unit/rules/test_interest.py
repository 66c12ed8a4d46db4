# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Interest: exact, the same however the days are divided, nothing for no days, never by a rate that is not known."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overens.rules import interest
from overens.rules.findings import Refused
from overens.rules.interest import DAY, stretches, total

FIRST, LAST = dt.date(2015, 1, 1), dt.date(2026, 6, 30)
days = st.dates(FIRST, LAST)
kronor = st.integers(1, 10**12)


def of(sum_: int, first: dt.date, last: dt.date) -> Fraction:
    return total(stretches("default", sum_, first, last))


@given(kronor, st.tuples(days, days, days).map(sorted))
def test_parts_of_the_time_add_up_to_the_whole(sum_: int, at: list[dt.date]) -> None:
    first, middle, last = at
    assert of(sum_, first, middle) + of(sum_, middle + DAY, last) == of(sum_, first, last)


@given(kronor, kronor, st.tuples(days, days).map(sorted))
def test_parts_of_the_sum_add_up_to_the_whole(one: int, other: int, at: list[dt.date]) -> None:
    first, last = at
    assert of(one, first, last) + of(other, first, last) == of(one + other, first, last)


@given(kronor, days)
def test_no_days_bear_nothing(sum_: int, day: dt.date) -> None:
    assert list(stretches("default", sum_, day, day - DAY)) == []
    assert of(sum_, day, day - DAY) == 0


@given(kronor, st.tuples(days, days, days).map(sorted))
def test_more_days_never_bear_less(sum_: int, at: list[dt.date]) -> None:
    first, earlier, later = at
    assert of(sum_, first, earlier) <= of(sum_, first, later)


@given(kronor, st.integers(2015, 2025))
def test_a_calendar_year_bears_exactly_its_rates(sum_: int, year: int) -> None:
    """Half-years are not equally long, so a year's interest is their rates weighed by their days."""
    rows = list(stretches("default", sum_, dt.date(year, 1, 1), dt.date(year, 12, 31)))
    length = sum(row.days for row in rows)
    assert length in (365, 366)
    assert total(rows) == sum(sum_ * row.percent / 100 * Fraction(row.days, length) for row in rows)


def test_a_sum_worked_by_hand() -> None:
    """1 000 000 kronor from 1 April through 31 July 2019: 91 days at 7.5 per cent, then 31 at 8, of 365."""
    rows = list(stretches("default", 1_000_000, dt.date(2019, 4, 1), dt.date(2019, 7, 31)))
    assert [(row.days, row.percent) for row in rows] == [(91, Fraction(15, 2)), (31, Fraction(8))]
    assert total(rows) == Fraction(1_000_000 * (91 * 75 + 31 * 80), 1000 * 365)
    assert interest.demanded(rows) == 25_493


def test_a_leap_year_has_366_days() -> None:
    (row,) = stretches("default", 366_00, dt.date(2020, 5, 1), dt.date(2020, 5, 1))
    assert row.interest == 8


def test_a_deferral_follows_the_lending_rate() -> None:
    (row,) = stretches("deferral", 100, dt.date(2020, 3, 1), dt.date(2020, 3, 31))
    assert row.percent == Fraction("2.16")


@pytest.mark.parametrize(("rule", "day"), [("default", LAST + DAY), ("default", FIRST - DAY), ("deferral", LAST)])
def test_a_rate_that_is_not_known_is_not_guessed(rule: interest.Rule, day: dt.date) -> None:
    with pytest.raises(Refused, match="rate-unknown"):
        list(stretches(rule, 100, day - DAY, day + DAY))


@pytest.mark.parametrize("series", [series for series, _ in interest.RULES.values()])
def test_a_shipped_series_has_no_gap_and_says_where_it_is_from(series: str) -> None:
    rates = interest.rates(series)
    assert all(before.last_day + DAY == after.first_day for before, after in pairwise(rates))
    assert all(rate.source and rate.verified in ("yes", "second-hand") for rate in rates)
    assert all(-1 <= rate.percent <= 10 for rate in rates)
