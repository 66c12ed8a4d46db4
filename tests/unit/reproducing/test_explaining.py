# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is allocated by any key and rounding from a known series is recognised, and a planted misprint is found."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from overens.rules import keys, reading
from overens.rules.reproducing import candidates
from overens.rules.reproducing.analysing import analyse
from overens.rules.reproducing.candidates import Candidate
from overens.rules.reproducing.explaining import Explanation, explain
from overens.rules.reproducing.roundings import WAYS, rounded
from overens.rules.reproducing.slips import between, kind_of
from overens.rules.reproducing.table import Column, PrintedTable
from overens.rules.rounding import controlled, share_out
from overens.rules.statistics.shipped import shipped
from overens.rules.statistics.table import Cell, StatisticsTable

DATA = Path(__file__).parents[2] / "data"
SERIES = [each for each in candidates.of_tables(shipped().values()) if len(each.weights) == 21]
SERIES_2016 = next(each for each in SERIES if each.id == "recovered-2016")
REGIONS = sorted(SERIES[0].weights)
# Enough kronor that no two series give the same amounts by chance.
amounts = st.integers(10**5, 4 * 10**6).map(lambda thousands: thousands * 1000)
series = st.sampled_from(SERIES)
ways = st.sampled_from(WAYS)
units = st.sampled_from([1, 1000, 100_000])
few = settings(max_examples=25)


def table(*columns: Mapping[str, int], total: int | None = None) -> PrintedTable:
    named = {code: code for column in columns for code in column}
    return PrintedTable("region", named, tuple(Column(f"k{at}", 1, each, total) for at, each in enumerate(columns)))


def found(values: Mapping[str, int], total: int | None = None) -> tuple[Explanation, ...]:
    return explain(table(values, total=total), None, SERIES).columns[0].exact


@few
@given(amounts, series, ways, units)
def test_a_population_share_is_recognised_with_its_series_and_rounding(
    amount: int, by: Candidate, way: str, unit: int
) -> None:
    values = rounded(share_out(amount, by.weights), way, unit)
    assume(values is not None and values)
    assert values is not None
    exact = found(values, amount)
    assert any(each.candidate == by and way in each.roundings and each.terms.amount == amount for each in exact)
    assert {each.candidate.id for each in exact} == {by.id} or unit > 1


@few
@given(amounts, st.integers(1, 2000), series, ways)
def test_a_fixed_sum_to_each_is_recognised(amount: int, thousands: int, by: Candidate, way: str) -> None:
    fixed = thousands * 1000
    assume(21 * fixed < amount // 2)
    values = rounded(keys.shared(amount, by.weights, fixed), way)
    assert values is not None
    exact = found(values, amount)
    assert any(each.candidate == by and each.terms.fixed == fixed and way in each.roundings for each in exact)


@few
@given(st.integers(10**3, 4 * 10**3).map(lambda millions: millions * 10**6), series, ways)
def test_a_round_pot_that_is_not_printed_is_fitted(amount: int, by: Candidate, way: str) -> None:
    values = rounded(share_out(amount, by.weights), way)
    assert values is not None
    assert any(each.candidate == by and each.terms.amount == amount for each in found(values))


@few
@given(amounts, series, st.integers(2, 8), st.sampled_from(["least", "most"]))
def test_a_bound_that_several_meet_is_recognised(amount: int, by: Candidate, rank: int, side: str) -> None:
    exact = keys.shared(amount, by.weights)
    sizes = sorted(exact.exact(code) for code in REGIONS)
    bound = int(sizes[rank] if side == "least" else sizes[-rank])
    bounds = dict.fromkeys(REGIONS, bound)
    try:
        column = keys.shared(amount, by.weights, **{side: bounds})
    except ValueError:
        assume(False)
    values = rounded(column, "half-up")
    assert values is not None
    assert any(each.candidate == by and getattr(each.terms, side) == bound for each in found(values, amount))


@few
@given(amounts, series, st.sets(st.sampled_from(REGIONS), min_size=1, max_size=15))
def test_what_some_forfeit_and_the_others_share_is_recognised(amount: int, by: Candidate, without: set[str]) -> None:
    values = rounded(share_out(amount, {code: by.weights[code] for code in REGIONS if code not in without}), "half-up")
    assert values is not None
    exact = found({**dict.fromkeys(without, 0), **values}, amount)
    assert any(each.candidate == by and each.terms.only == set(REGIONS) - without for each in exact)


@few
@given(st.lists(amounts, min_size=2, max_size=3), series)
def test_columns_that_are_rounded_as_one_matrix_are_recognised(pots: list[int], by: Candidate) -> None:
    columns = controlled({str(at): share_out(pot, by.weights) for at, pot in enumerate(pots)})
    reading_ = explain(table(*columns.values()), None, [by])
    assert reading_.explained


@few
@given(amounts, series, st.sampled_from(REGIONS), st.integers(1, 3))
def test_a_planted_misprint_is_found(amount: int, by: Candidate, code: str, at: int) -> None:
    right = rounded(share_out(amount, by.weights), "half-up")
    assert right is not None
    digits = str(right[code])
    wrong = int(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :])
    assume(abs(wrong - right[code]) > 1 and kind_of(wrong, right[code]))
    column = explain(table({**right, code: wrong}, total=amount), None, SERIES).columns[0]
    assert not column.exact
    assert [(slip.code, slip.printed, slip.right) for slip in column.slips] == [(code, wrong, right[code])]


@few
@given(amounts, series, st.lists(st.sampled_from(REGIONS), min_size=2, max_size=2, unique=True))
def test_two_rows_that_were_exchanged_are_found(amount: int, by: Candidate, pair: list[str]) -> None:
    right = rounded(share_out(amount, by.weights), "half-up")
    assert right is not None
    one, other = sorted(pair)
    wrong = {**right, one: right[other], other: right[one]}
    assume(abs(right[one] - right[other]) > 1)
    slips = explain(table(wrong, total=amount), None, SERIES).columns[0].slips
    assert [(slip.code, slip.other, slip.kind) for slip in slips] == [(one, other, "rows-exchanged")]


def test_a_sum_that_fails_points_at_the_rows_that_would_mend_it() -> None:
    printed = {"01": 617_098_208, "03": 5_449_160, "09": 9_416_241}
    column = explain(table(printed, total=617_098_208 + 54_499_160 + 9_416_241), None, []).columns[0]
    assert [(slip.code, slip.right, slip.kind) for slip in column.slips] == [("03", 54_499_160, "digit-lost")]


def test_a_row_that_is_a_krona_off_is_rounded_otherwise_and_not_misprinted() -> None:
    assert between({"01": 30_916_100}, {"01": 30_916_101}, 1) == ()


def test_equal_parts_need_no_figures() -> None:
    assert [each.key for each in found(dict.fromkeys(REGIONS, 300_000))] == ["equal"]


def test_the_annex_of_2019_is_given_by_its_own_population_each_amount_rounded_half_up() -> None:
    analysis = analyse((DATA / "allocation_2019.csv").read_text("utf-8"), None, candidates.shipped())
    assert analysis.explained
    assert [each.best.terms.amount for each in analysis.reading.columns if each.best] == [
        2_835_000_000,
        400_000_000,
        3_235_000_000,
    ]
    for column in analysis.reading.columns:
        assert {"table:population_as_printed", "2019:regioner"} <= {each.candidate.id for each in column.exact}
        assert all("half-up" in each.roundings for each in column.exact)
    assert [set(each.roundings) for each in (analysis.reading.columns[0].exact[0],)] == [{"half-up", "half-even"}]
    # SCB's figures for 31 December 2018 are known for eight counties, and give all eight.
    partly = next(each for each in analysis.reading.columns[0].exact if each.candidate.id == "scb-2018-12-31")
    assert (partly.equal, partly.whole) == (8, False)
    assert analysis.reading.sums == (("sum_sek", {"13": 1, "14": -1, "19": 1, "21": -1, "24": -1}),)


def test_the_amounts_of_2017_and_2018_put_the_rest_on_the_largest() -> None:
    analysis = analyse((DATA / "allocation_2017_2018.csv").read_text("utf-8"), None, candidates.shipped())
    assert analysis.explained
    for column, amount in zip(analysis.reading.columns, (655_000_000, 300_000_000), strict=True):
        best = column.best
        assert best is not None
        assert (best.candidate.id, best.terms.amount, best.roundings) == (
            "recovered-2016",
            amount,
            ("rest-on-largest",),
        )


@pytest.mark.parametrize("agreement", ["2023-cancervard"])
def test_a_later_grant_is_given_by_the_population_that_was_recovered_from_it(agreement: str) -> None:
    annex = reading.shipped(agreement).annex
    assert annex is not None
    text = "\n".join(f"{row.code};{row.amounts['svf-2']}" for row in annex.rows)
    best = analyse(text, None, candidates.shipped()).reading.columns[0].best
    assert best is not None
    assert best.exact
    assert best.candidate.id == "recovered-2023"


def test_a_table_with_rows_that_could_not_be_read_is_not_explained() -> None:
    printed = (DATA / "allocation_2017_2018.csv").read_text("utf-8")
    for unread in (
        printed.replace("23664708", "23 66?4 708"),
        printed.replace("23664708", "-23664708"),
        printed.replace("03,Region Uppsala", "99,Upsalia"),
    ):
        analysis = analyse(unread, None, [SERIES_2016])
        assert analysis.reading.explained
        assert not analysis.explained
        assert analysis.amounts == 42 > analysis.reading.right
    assert not analyse(f"{printed}09,Gotland,1,1\n", None, [SERIES_2016]).explained


def test_a_total_that_cannot_be_read_leaves_no_amount_unexplained() -> None:
    total = (DATA / "allocation_2017_2018.csv").read_text("utf-8") + ",Summa,655 ?,300000000\n"
    assert analyse(total, None, [SERIES_2016]).explained


@few
@given(amounts, series, st.sampled_from(REGIONS), st.sampled_from(["half-up", "down", "largest-remainder"]))
def test_a_row_that_is_missing_hides_neither_the_stated_pot_nor_the_rounding(
    amount: int, by: Candidate, without: str, way: str
) -> None:
    values = rounded(share_out(amount, by.weights), way)
    assert values is not None
    exact = found({code: value for code, value in values.items() if code != without}, amount)
    assert {each.terms.amount for each in exact} == {amount}
    assert any(each.candidate == by and way in each.roundings for each in exact)


@few
@given(st.integers(10**3, 4 * 10**3).map(lambda millions: millions * 10**6), series, st.integers(1, 8))
def test_a_misprinted_total_is_said_to_be_one_and_the_weights_are_those_of_the_pot(
    amount: int, by: Candidate, at: int
) -> None:
    values = rounded(share_out(amount, by.weights), "half-up")
    assert values is not None
    digits = str(amount + 10**at)
    text = "".join(f"{code};{value}\n" for code, value in values.items())
    analysis = analyse(f"{text}Summa;{digits}\n", None, SERIES)
    assert analysis.reading.columns[0].total_slip is not None
    assert analysis.reading.columns[0].total_slip.right == amount
    assert analysis.weights == analyse(f"{text}Summa;{amount}\n", None, SERIES).weights


@few
@given(amounts, series, st.sampled_from(REGIONS), st.booleans())
def test_a_row_in_thousands_among_kronor_is_named(amount: int, by: Candidate, code: str, stated: bool) -> None:
    right = rounded(share_out(amount, by.weights), "half-up")
    assert right is not None
    assume(right[code] >= 10**7)
    wrong = {**right, code: round(right[code] / 1000)}
    slips = explain(table(wrong, total=amount if stated else None), None, SERIES).columns[0].slips
    assert [(slip.code, slip.right, slip.kind) for slip in slips] == [(code, right[code], "unit")]


def test_ages_that_add_up_to_a_usual_group_are_tried() -> None:
    values = {
        Cell(unit, time, "", age): number
        for unit, number in (("01", 10), ("03", 20))
        for time in ("2022", "2023")
        for age in ("", "0-64", "65-74", "75-84", "85+")
    }
    table_ = StatisticsTable("x", "Folkmängd", "Population", "persons", "region", "test", values)
    tried = {(each.time, each.ages) for each in candidates.of_tables([table_])}
    assert tried == {(time, ages) for time in ("2022", "2023") for ages in ("", "65+", "75+", "85+")}
    assert {each.said("sv") for each in candidates.of_tables([table_])} >= {"folkmängd 2022", "folkmängd 2023, 65+"}
