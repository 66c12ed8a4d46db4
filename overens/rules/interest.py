# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Interest on what is owed to the state: exact, day by day, by rates that are dated data.

Default interest is the reference rate in force at each time with eight percentage points added (räntelagen, 1975:635, 6
and 9 §§; that it is taken out on state claims: förordningen 1993:1138, 7 §). Under a deferral it is the state's lending
rate of the budget year with two points added (the same ordinance, 6 §, as read in its wording of 2006:182).

Assumed: simple interest on whole days; a day is 1/365 of the yearly rate, 1/366 in a leap year, so that a whole
calendar year gives exactly the rate; the sum demanded is rounded down to whole kronor once, at the end.
"""

from __future__ import annotations

import calendar
import csv
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Literal

from overens.rules.findings import refuse

SHIPPED = Path(__file__).parents[1] / "reference" / "rates"
Rule = Literal["default", "deferral"]
# The series that a rule follows, and the percentage points that it adds.
RULES: dict[Rule, tuple[str, int]] = {"default": ("reference-rate", 8), "deferral": ("lending-rate", 2)}
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Rate:
    """A yearly rate in per cent for the days that it is known to hold, both included. ``verified``: "yes" when it was
    read with the authority that fixed it, "second-hand" when with somebody who says so.
    """

    first_day: dt.date
    last_day: dt.date
    percent: Fraction
    verified: str
    source: str


@dataclass(frozen=True)
class Stretch:
    """Days in a row (both included) with one sum owed, one rate and one length of the year. ``percent`` is a year's,
    additions included; ``interest`` is exact kronor.
    """

    rule: Rule
    first_day: dt.date
    last_day: dt.date
    kronor: int
    percent: Fraction

    @property
    def days(self) -> int:
        return (self.last_day - self.first_day).days + 1

    @property
    def interest(self) -> Fraction:
        year = 366 if calendar.isleap(self.first_day.year) else 365
        return self.kronor * self.percent / 100 * self.days / year


@cache
def rates(series: str) -> tuple[Rate, ...]:
    """A shipped series, in order of time."""
    with (SHIPPED / f"{series}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Rate(
                dt.date.fromisoformat(row["first_day"]),
                dt.date.fromisoformat(row["last_day"]),
                Fraction(row["percent"]),
                row["verified"],
                row["source"],
            )
            for row in csv.DictReader(file)
        )


def stretches(rule: Rule, kronor: int, first_day: dt.date, last_day: dt.date) -> Iterator[Stretch]:
    """The interest on a sum from a day to a day, both included; none when the last is before the first.

    Raises Refused (``rate-unknown``) for a day whose rate is not among the shipped: it is never guessed.
    """
    series, addition = RULES[rule]
    while first_day <= last_day:
        rate = next((each for each in rates(series) if each.first_day <= first_day <= each.last_day), None)
        if rate is None:
            refuse("rate-unknown", series=series, day=first_day.isoformat())
        until = min(last_day, rate.last_day, dt.date(first_day.year, 12, 31))
        yield Stretch(rule, first_day, until, kronor, rate.percent + addition)
        first_day = until + DAY


def total(rows: Iterable[Stretch]) -> Fraction:
    """The interest of several stretches together, exact."""
    return sum((row.interest for row in rows), Fraction())


def demanded(rows: Iterable[Stretch]) -> int:
    """The same as it is demanded: whole kronor, rounded down."""
    return int(total(rows))
