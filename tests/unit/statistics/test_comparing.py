# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sums of parts, names and codes, and a table held against the one before."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overens.rules.statistics.asked import Asked
from overens.rules.statistics.checks import check
from overens.rules.statistics.comparing import compare
from overens.rules.statistics.parts import complete
from overens.rules.statistics.shipped import shipped
from overens.rules.statistics.table import Cell, StatisticsTable, Value, span
from overens.rules.statistics.units import codes, names, owners

COUNTIES = sorted(codes("region"))


def population(time: str = "2018", **changed: int) -> StatisticsTable:
    values: dict[Cell, Value] = {Cell(code, time): 1000 + at for at, code in enumerate(COUNTIES)}
    values |= {Cell(code.removeprefix("c"), time): number for code, number in changed.items()}
    return StatisticsTable("t", "T", "T", "persons", "region", "ours", values)


def test_every_unit_is_known_by_its_names() -> None:
    assert (len(codes("region")), len(codes("municipality"))) == (21, 290)
    for code, name in names().items():
        assert owners(code, name) == {code}
    assert owners("01", "01 Stockholms län") == {"01"}
    assert owners("0180", "Stockholm") == {"0180"}
    assert owners("14", "Västra Götalands län") == {"14"}
    assert owners("04", "Landstinget Sörmland") == {"04"}
    assert owners("0139", "Upplands Väsby") == {"0114"}
    assert owners("01", "Malmöhus län") == frozenset()


@pytest.mark.parametrize(
    ("ages", "covers"),
    [
        (("0", "1", "2+"), ("0", "1", "2+")),
        (("2+", "0-1"), ("0-1", "2+")),
        (("0", "1", "0-1", "2+"), ("0", "1", "2+")),
        (("0", "2+"), None),
        (("65+",), None),
        (("0-64",), None),
        ((), None),
    ],
)
def test_ages_that_cover_every_year_once(ages: tuple[str, ...], covers: tuple[str, ...] | None) -> None:
    assert complete(ages) == covers


@given(st.sets(st.integers(1, 100), min_size=1, max_size=12))
def test_any_division_of_the_years_is_complete_until_a_part_is_gone(cuts: set[int]) -> None:
    edges = [0, *sorted(cuts)]
    ages = [f"{first}-{after - 1}" for first, after in pairwise(edges)] + [f"{edges[-1]}+"]
    assert complete(ages) == tuple(ages)
    for gone in ages:
        assert complete([each for each in ages if each != gone]) is None
    assert [span(age)[0] for age in ages] == edges


def test_the_largest_change_stands_first_and_what_went_before_all() -> None:
    before, now = population("2017", c12=2000), population("2018", c12=1000, c01=1100)
    found = compare(before, now)
    assert (found.time_before, found.time_now) == ("2017", "2018")
    assert [row.unit for row in found.rows][:2] == ["12", "01"]
    assert (found.rows[0].difference, found.rows[0].percent) == (-1000, -50)
    without = replace(now, values={cell: value for cell, value in now.values.items() if cell.unit != "25"})
    assert compare(before, without).rows[0].unit == "25"


def test_a_table_against_itself_has_no_change_and_against_a_revision_one() -> None:
    one = population()
    same = compare(one, one)
    assert (same.common, same.revised) == (21, 0)
    assert all(row.difference == 0 for row in same.rows)
    assert (compare(one, population(c25=5)).revised) == 1


def test_swapped_values_of_two_municipalities_are_seen_by_their_names_or_by_the_change() -> None:
    """Upplands Väsby and Upplands-Bro were once each other's in a table."""
    table = population()
    swapped = replace(table, names={"0114": "Upplands-Bro", "0139": "Upplands Väsby"})
    assert [each.code for each in check(swapped, Asked())] == ["statistics-names-swapped"]


def test_what_ships_holds_but_for_what_was_not_looked_up() -> None:
    found = {code: [each.code for each in check(table, Asked())] for code, table in shipped().items()}
    assert found["recovered-2016"] == []
    assert found["scb-2018-12-31"] == ["statistics-region-missing", "statistics-sums-counties"]
