# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Questions to the facts: printed and reported ones together, each cell with what it is and where it comes from."""

from __future__ import annotations

import pytest

from overens.followup import exploring, fact_subjects
from overens.followup.exploring import Answer
from overens.rules.findings import Refused
from tests.integration.followup.handed_in import hand_in

pytestmark = pytest.mark.usefixtures("world")


def ask(subject: str, rows: str, columns: str = "", sees_all: bool = False, **only: list[str]) -> Answer:
    found = fact_subjects.subject(subject)
    return exploring.answer(exploring.ask(found, rows.split(), columns.split(), only), sees_all=sees_all)


def test_the_counts_come_first_with_their_meaning() -> None:
    known = fact_subjects.subjects()
    assert list(known)[:2] == ["training-posts", "study-pay"]
    assert known["training-posts"].dimensions == ("year", "region", "term", "sex", "speciality")
    assert known["measures"].at_year_end
    assert known["units-care-near-service"].at_year_end


def test_training_posts_by_region_and_year() -> None:
    table = ask("training-posts", "region", "year").table
    assert (table.column_totals[("2016",)].number, table.column_totals[("2017",)].number) == (510, 1_208)
    assert table.total.number == 1_718
    stockholm = table.cells[("01",), ("2017",)]
    assert (stockholm.number, stockholm.certainty, len(stockholm.sources)) == (375, "certain", 1)
    assert table.cells[("01",), ("2016",)].status == "not-reported"
    assert table.cells[("09",), ("2017",)].status == "not-offered"
    year = table.column_totals[("2017",)]
    assert (year.reported, year.asked, year.not_offered) == (18, 18, 3)


def test_study_pay_keeps_what_is_tied_to_no_region_in_sight() -> None:
    answer = ask("study-pay", "region", "year")
    table = answer.table
    assert table.row_keys[-2:] == (("unassigned",), ("lost",))
    assert [table.cells[("lost",), (year,)].number for year in ("2016", "2017")] == [487, 44]
    assert [table.column_totals[(year,)].number for year in ("2016", "2017")] == [1_000, 712]
    assert answer.printed == {"2016": 1_000, "2017": 712}
    assert table.cells[("01",), ("2016",)].status == "maybe"
    assert table.cells[("25",), ("2016",)].status == "cannot-report"
    assert table.cells[("14",), ("2017",)].status == "not-offered"
    skane = table.cells[("12",), ("2017",)]
    assert (skane.number, skane.certainty) == (439, "probable")


def test_totals_without_a_split_stand_undistributed() -> None:
    table = ask("training-posts", "year", "sex").table
    assert table.column_keys == (("women",), ("men",), ("",))
    for year in ("2016", "2017"):
        assert table.row_totals[(year,)].number == sum(
            table.cells[(year,), key].number or 0 for key in table.column_keys
        )
    assert table.cells[("2017",), ("women",)].partial


def test_measures_by_area_of_the_reference_follow_up() -> None:
    table = ask("measures", "area").table
    assert [(key[0], cell.number) for key, cell in table.row_totals.items()] == [
        ("2017-2018/a", 187), ("2017-2018/b", 92), ("2017-2018/c", 147), ("", 138),
    ]  # fmt: skip
    assert table.total.number == 564


def test_handed_in_facts_stand_beside_the_printed_ones() -> None:
    hand_in("23", {"training-posts": [(2019, "vt", "women", "", 4), (2019, "vt", "men", "", 0), (2018, "", "", "", 9)]})
    answer = ask("training-posts", "year", region=["23"])
    numbers = {key[0]: cell.number for key, cell in answer.table.row_totals.items()}
    assert numbers == {"2016": 3, "2017": 10, "2018": 9, "2019": 4}
    assert [each.from_year for each in answer.breaks] == [2019]
    assert ask("training-posts", "region", year=["2019"]).table.cells[("10",), ()].status == "not-reported"


def test_a_correction_takes_the_place_of_what_it_corrects_and_two_reports_of_a_year_count_once() -> None:
    first = hand_in("23", {"training-posts": [(2019, "", "", "", 9)]})
    hand_in("23", {"training-posts": [(2019, "", "", "", 11)]}, corrects=first)
    hand_in("23", {"training-posts": [(2019, "", "", "", 12)]}, year=2020)
    assert ask("training-posts", "year", year=["2019"]).table.total.number == 12


def test_small_counts_are_held_back_from_the_public_and_not_from_the_analyst() -> None:
    rows = [
        (2019, "vt", "women", "barn", 12), (2019, "vt", "men", "barn", 2),
        (2019, "vt", "women", "medicin", 9), (2019, "vt", "men", "medicin", 8),
    ]  # fmt: skip
    hand_in("23", {"training-posts": rows})
    of = {"rows": "speciality", "columns": "sex", "year": ["2019"]}
    assert ask("training-posts", **of).table.cells[("barn",), ("men",)].status == "protected"  # type: ignore[arg-type]
    assert ask("training-posts", sees_all=True, **of).table.cells[("barn",), ("men",)].number == 2  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("subject", "by", "only", "code"),
    [
        ("traning-posts", "year", {}, "no-such-facts-but"),
        ("nothing like it", "year", {}, "no-such-facts"),
        ("training-posts", "month", {}, "facts-unknown-dimension"),
        ("training-posts", "year", {"year": ["1999"]}, "facts-unknown-value"),
        ("measures", "sex", {}, "facts-unknown-dimension"),
    ],
)
def test_what_is_not_there_is_refused_with_what_is(
    subject: str, by: str, only: dict[str, list[str]], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        ask(subject, by, **only)
    assert [finding.code for finding in refused.value.findings] == [code]
