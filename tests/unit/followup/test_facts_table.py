# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tables of facts: every total is its parts and what is undistributed, and what is missing is said and never 0."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overens.rules.followup import disclosure
from overens.rules.followup.facts_table import LOST, UNASSIGNED, Fact, Question, standing, tabulate

REGIONS = ("10", "12", "23")
VALUES = {
    "region": REGIONS,
    "year": ("2018", "2019"),
    "term": ("vt", "ht"),
    "sex": ("women", "men"),
    "speciality": ("barn", "psykiatri", "medicin"),
}


def fact(
    region: str = "10", year: str = "2019", answered: str = "number", number: int | None = None, **more: str
) -> Fact:
    return Fact({"region": region, "year": year, **more}, answered, number)


def ask(facts: list[Fact], rows: str, columns: str = "", **only: tuple[str, ...]):  # type: ignore[no-untyped-def]
    question = Question(tuple(rows.split()), tuple(columns.split()), only)
    return tabulate(facts, question, VALUES, REGIONS)


FACTS = st.lists(
    st.builds(
        lambda region, year, term, sex, speciality, answered: Fact(
            {"region": region, "year": year, "term": term, "sex": sex, "speciality": speciality},
            "lost" if region == LOST else answered[0],
            answered[1] if region in REGIONS or answered[1] is not None else 1,
            source=1,
        ),
        st.sampled_from((*REGIONS, UNASSIGNED, LOST)),
        st.sampled_from(VALUES["year"]),
        st.sampled_from(("", "vt", "ht")),
        st.sampled_from(("", "women", "men")),
        st.sampled_from(("", *VALUES["speciality"])),
        st.one_of(
            st.tuples(st.just("number"), st.integers(0, 40)),
            st.sampled_from((("cannot-report", None), ("not-offered", None))),
        ),
    ),
    max_size=40,
)
DIMENSIONS = st.lists(st.sampled_from(list(VALUES)), unique=True, min_size=1, max_size=4)


@given(FACTS, DIMENSIONS, st.integers(1, 3), st.booleans())
def test_every_total_is_its_parts_and_the_undistributed(
    facts: list[Fact], dimensions: list[str], rows: int, hide: bool
) -> None:
    question = Question(tuple(dimensions[:rows]), tuple(dimensions[rows:]))
    shown = disclosure.public(facts, question.used) if hide else facts
    table = tabulate(shown, question, VALUES, REGIONS)
    every = sum(each.number or 0 for each in facts)
    assert (table.total.number or 0) == every
    assert sum(cell.number or 0 for cell in table.cells.values()) == every
    for row in table.row_keys:
        parts = sum(table.cells[row, column].number or 0 for column in table.column_keys)
        assert (table.row_totals[row].number or 0) == parts
    for column in table.column_keys:
        parts = sum(table.cells[row, column].number or 0 for row in table.row_keys)
        assert (table.column_totals[column].number or 0) == parts


@given(FACTS, DIMENSIONS)
def test_every_region_and_year_is_in_one_count_of_each_cell(facts: list[Fact], dimensions: list[str]) -> None:
    table = tabulate(facts, Question(tuple(dimensions)), VALUES, REGIONS)
    total = table.total
    assert total.asked + total.not_offered == len(REGIONS) * len(VALUES["year"])
    assert all(cell.asked + cell.not_offered <= total.asked + total.not_offered for cell in table.cells.values())


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ([fact(number=0)], "number"),
        ([], "not-reported"),
        ([fact(answered="cannot-report")], "cannot-report"),
        ([fact(answered="not-offered")], "not-offered"),
        ([fact(number=7)], "number"),
        ([Fact({"region": UNASSIGNED, "year": "2019"}, "number", 3, candidates=frozenset({"10"}))], "maybe"),
        ([Fact({"region": LOST, "year": "2019"}, "lost", 3)], "maybe"),
    ],
)
def test_a_cell_without_a_number_says_why(facts: list[Fact], status: str) -> None:
    assert ask(facts, "region", "year").cells[("10",), ("2019",)].status == status


def test_a_total_without_its_split_counts_in_the_total_and_stands_undistributed() -> None:
    table = ask(
        [fact(number=12), fact("12", number=5, sex="women"), fact("12", number=2, sex="men")],
        "region",
        "sex",
        year=("2019",),
    )
    assert table.column_keys == (("women",), ("men",), ("",))
    assert table.cells[("10",), ("women",)].status == "not-split"
    assert table.cells[("10",), ("",)].number == 12
    assert (table.row_totals[("10",)].number, table.row_totals[("10",)].partial) == (12, False)
    women = table.column_totals[("women",)]
    assert (women.number, women.partial, women.not_split, women.not_reported) == (5, True, 1, 1)


def test_a_term_that_cannot_be_reported_makes_the_year_partial() -> None:
    table = ask([fact(number=3, term="vt"), fact(answered="cannot-report", term="ht")], "region", "year")
    cell = table.cells[("10",), ("2019",)]
    assert (cell.number, cell.partial, cell.incomplete) == (3, True, 1)


def test_what_a_filter_leaves_out_because_it_is_not_split_is_counted() -> None:
    table = ask([fact(number=12), fact("12", number=5, sex="women")], "region", sex=("women",))
    assert (table.total.number, table.left_out) == (5, 1)
    assert table.cells[("10",), ()].status == "not-split"


def test_of_what_is_known_whole_nothing_is_none() -> None:
    table = tabulate(
        [fact(number=1, term="vt")], Question(("region",), ("term",)), VALUES, REGIONS, {("10", "2019"), ("12", "2019")}
    )
    assert table.cells[("10",), ("ht",)].number == 0
    assert table.cells[("12",), ("vt",)].number == 0
    assert table.cells[("23",), ("vt",)].number is None


def test_a_year_that_two_reports_tell_of_counts_once() -> None:
    older = Fact({"region": "10", "year": "2019"}, "number", 7, newer=2019)
    newer = Fact({"region": "10", "year": "2019"}, "number", 8, newer=2020)
    other = Fact({"region": "12", "year": "2019"}, "number", 1, newer=2019)
    assert standing([older, newer, other]) == [newer, other]


SPLITS = st.dictionaries(
    st.sampled_from(("", "a", "b", "c", "d")), st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1
)


@given(SPLITS)
def test_what_is_held_back_cannot_be_had_by_subtraction(split: dict[str, tuple[int, int]]) -> None:
    """Every way to fill in what is held back, with all sums known: each figure could be at least two numbers."""
    held = disclosure.held_back(split)
    small = {each for each, sexes in split.items() if each and any(0 < number < 5 for number in sexes)}
    if held is None:
        return  # no split by sex is public
    assert small <= held
    if not held:
        return
    totals = {each: sum(split[each]) for each in sorted(held)}
    women = sum(split[each][0] for each in held)
    possible = (
        [ways for ways in product(*(range(total + 1) for total in totals.values())) if sum(ways) == women]
        if len(totals) <= 3
        else None
    )
    if possible is not None:
        for number, total in enumerate(totals.values()):
            assert total == 0 or len({ways[number] for ways in possible}) >= 2


@given(SPLITS)
def test_nothing_is_held_back_without_a_small_figure(split: dict[str, tuple[int, int]]) -> None:
    if not any(0 < number < 5 for each, sexes in split.items() if each for number in sexes):
        assert disclosure.held_back(split) == frozenset()


def reported(number: int, sex: str, speciality: str) -> Fact:
    return Fact({"region": "10", "year": "2019", "term": "vt", "sex": sex, "speciality": speciality}, "number", number)


def test_a_small_figure_is_held_back_in_the_split_but_not_in_the_sums() -> None:
    facts = [
        reported(12, "women", "barn"), reported(2, "men", "barn"), reported(9, "women", "medicin"),
        reported(8, "men", "medicin"), reported(30, "women", "psykiatri"), reported(10, "men", "psykiatri"),
    ]  # fmt: skip
    question = Question(("speciality",), ("sex",))
    table = tabulate(disclosure.public(facts, question.used), question, VALUES, REGIONS)
    assert table.cells[("barn",), ("men",)].status == "protected"
    assert table.cells[("barn",), ("",)].number == 14
    assert table.cells[("medicin",), ("women",)].status == "protected"  # or it could be had from the sum by sex
    assert table.cells[("psykiatri",), ("women",)].number == 30
    by_sex = Question(("sex",))
    assert tabulate(disclosure.public(facts, by_sex.used), by_sex, VALUES, REGIONS).cells[("men",), ()].number == 20


def test_what_was_printed_before_is_not_held_back() -> None:
    facts = [Fact({"region": "10", "year": "2016", "sex": "men", "speciality": ""}, "number", 2, "derived")]
    assert disclosure.public(facts, ("sex", "speciality")) == facts
