# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Money over the years as plain values: what is not known is not nought, and years are made comparable exactly."""

from __future__ import annotations

import tomllib
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overens.rules.process import PLACES, Place
from overens.rules.reading import printed_ids, shipped, shipped_ids
from overens.rules.years import prices
from overens.rules.years.foreseeing import Notice, before, presence, purposes
from overens.rules.years.money import (
    FIELDS,
    Money,
    MoneyRow,
    added,
    by_purpose,
    by_year,
    less_gathered,
    of_places,
    together,
)

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "years" / "foreseeing.toml").read_text(encoding="utf-8"))
KRONOR = st.integers(0, 10**12)
ALL = {id: shipped(id) for id in (*shipped_ids(), *printed_ids())}


def row(decided: int | None, year: int = 2019, **parts: int) -> MoneyRow:
    return MoneyRow("23", "a", "l", year, year, "printed", Money(decided=decided), parts)


@pytest.mark.parametrize("case", CASES["notice"], ids=lambda case: case["sentence"])
def test_notice(case: dict[str, Any]) -> None:
    notice = Notice(case.get("decided"), case["starts"], case.get("requisition"))
    assert notice.to_start == case.get("to_start")
    assert notice.to_requisition == case.get("to_requisition")


@pytest.mark.parametrize("case", CASES["presence"], ids=lambda case: case["sentence"])
def test_what_came_and_went(case: dict[str, Any]) -> None:
    found = presence(case["years"], case["known"])
    assert (found.came, found.went, list(found.without)) == (case["came"], case["went"], case["without"])


def test_what_was_never_there_has_no_years() -> None:
    with pytest.raises(ValueError, match="never there"):
        presence([], [2019])


@given(KRONOR, KRONOR, st.booleans())
def test_a_sum_of_several_agreements_is_not_added_to_what_it_holds(held: int, rest: int, same_year: bool) -> None:
    one = MoneyRow("23", "one", "l", 2024, 2024, "printed", Money(decided=held), {"p": held})
    of_all = row(held + rest, 2024 if same_year else 2023, all=held + rest)
    found = less_gathered([one, of_all], {"a": ("one", "not-here")})
    assert found[0] == one
    whole = held + rest if same_year else 2 * held + rest
    assert sum(each.money.decided or 0 for each in found) == whole
    assert sum(sum(each.parts.values()) for each in found) == whole


@given(st.dictionaries(st.sampled_from(PLACES), KRONOR))
def test_every_krona_of_the_places_is_in_one_of_the_figures(places: dict[Place, int]) -> None:
    money = of_places(places)
    owed = sum(places.get(p, 0) for p in (Place.TO_REPAY, Place.RETURNED, Place.WRITTEN_OFF, Place.REMITTED))
    assert money.decided == sum(places.values())
    assert money.paid == places.get(Place.HELD, 0) + places.get(Place.USED, 0) + owed
    assert money.unused == owed
    assert money.requisitioned is not None
    assert money.paid <= money.requisitioned <= money.decided


@given(st.lists(st.none() | KRONOR))
def test_a_sum_says_how_much_of_it_is_known(figures: list[int | None]) -> None:
    found = added(figures)
    known = [each for each in figures if each is not None]
    assert found.value == (sum(known) if known else None)
    assert found.partial == (0 < len(known) < len(figures))


@given(st.lists(st.builds(row, st.none() | KRONOR, st.integers(2015, 2020))))
def test_the_years_together_are_the_rows_together(rows: list[MoneyRow]) -> None:
    years = by_year(rows, "decided").values()
    assert sum(each.value or 0 for each in years) == (together(rows)["decided"].value or 0)
    assert sum(each.of for each in years) == len(rows)
    assert set(together(rows)) == set(FIELDS)


def test_a_year_that_cannot_be_converted_is_not_known() -> None:
    index = prices.shipped()
    scaled = by_year([row(100, 2019), row(100, 2030)], "decided", lambda r, kr: _in_2019(r, kr))
    assert scaled[2019].value == 100
    assert scaled[2030].value is None
    assert prices.years(index) == tuple(range(2010, 2024))


def _in_2019(row: MoneyRow, kronor: int) -> Fraction | None:
    factor = prices.factor(prices.shipped(), row.year, 2019)
    return None if factor is None else kronor * factor


@given(st.integers(2010, 2023), st.integers(2010, 2023), st.integers(2010, 2023))
def test_prices_by_way_of_another_year_are_the_same(a: int, b: int, c: int) -> None:
    index = prices.shipped()
    one, two, straight = (prices.factor(index, x, y) for x, y in ((a, b), (b, c), (a, c)))
    assert one is not None
    assert two is not None
    assert one * two == straight


def test_a_purpose_goes_on_in_the_agreement_that_follows() -> None:
    found = purposes(dict(sorted(ALL.items(), key=lambda item: (item[1].period.first_day, item[0]))))
    assert found["2019", "specialistutbildning"] == found["2017-2018", "specialistutbildning"]
    assert found["2019", "insatser"] == "2019/insatser"
    assert (earlier := before(ALL["2024-kvinnors-halsa"], ALL.values())) is not None
    assert earlier.id == "2023-kvinnors-halsa"


def test_money_of_one_purpose_under_two_pots_is_added() -> None:
    rows = [row(30, a=10, b=20)]
    found = by_purpose(rows, {("a", "a"): "same", ("a", "b"): "same"})
    assert {purpose: {year: each.value for year, each in by.items()} for purpose, by in found.items()} == {
        "same": {2019: Fraction(30)}
    }
