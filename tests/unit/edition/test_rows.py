# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A document as lines: nothing is lost, every value has its place, and no name of a file leads out of its folder."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from overens.rules.edition import rows
from overens.rules.edition.document import Cell, HeadCell, Row, Table
from tests.unit.edition import sample

DOCUMENT = sample.document()


def test_a_value_has_a_line_with_what_it_is() -> None:
    header, *lines = rows.values(DOCUMENT)
    assert list(header) == list(rows.VALUE)
    assert len(lines) == len(DOCUMENT.values)
    skane = dict(zip(header, next(each for each in lines if "region=12,year=2017" in str(each[0])), strict=True))
    assert (skane["subject"], skane["region"], skane["year"], skane["number"]) == ("training-posts", "12", "2017", 138)
    assert skane["address"] == f"{DOCUMENT.address}varde/number/training-posts,region=12,year=2017/"


def test_what_was_not_reported_has_no_number_and_says_why() -> None:
    header, *lines = rows.values(DOCUMENT)
    stockholm = dict(zip(header, lines[0], strict=True))
    assert (stockholm["number"], stockholm["status"]) == (None, "not-reported")


def test_headings_over_several_columns_stand_before_those_below_them() -> None:
    assert list(rows.as_shown(sample.table())[0]) == ["Landsting", "2016 | Totalt", "2017 | Totalt"]
    two = Table(
        id="t",
        caption="",
        head=(
            (HeadCell(text="Region", rows=2), HeadCell(text="2016", columns=2), HeadCell(text="2017", columns=2)),
            (HeadCell(text="vt"), HeadCell(text="ht"), HeadCell(text="vt"), HeadCell(text="ht")),
        ),
        rows=(),
        figures=(False, True, True, True, True),
    )
    assert list(rows.as_shown(two)[0]) == ["Region", "2016 | vt", "2016 | ht", "2017 | vt", "2017 | ht"]


def test_a_table_is_as_wide_in_every_line_and_tidy_by_value() -> None:
    shown = rows.as_shown(sample.table())
    assert {len(line) for line in shown} == {3}
    assert list(shown[2]) == ["Region Stockholm", "– (a)", "375"]
    known = {each.key: each for each in DOCUMENT.values}
    header, *lines = rows.tidy(sample.table(), known)
    first = dict(zip(header, lines[0], strict=True))
    assert (first["row"], first["group"]) == ("Region Stockholm", "Universitetssjukhus")
    assert first["notes"] == "Region Stockholm lämnade inga uppgifter för 2016."
    total = dict(zip(header, lines[-1], strict=True))
    assert (total["row"], total["group"], total["number"]) == ("Totalt", "", 590)


def test_a_cell_over_several_columns_keeps_those_after_it_in_their_place() -> None:
    table = Table(
        id="t", caption="", head=((HeadCell(text="a"), HeadCell(text="b"), HeadCell(text="c")),),
        rows=(Row(cells=(Cell(text="x", columns=2), Cell(text="1", key=DOCUMENT.values[1].key))),),
        figures=(False, False, True),
    )  # fmt: skip
    known = {each.key: each for each in DOCUMENT.values}
    header, line = rows.tidy(table, known)
    assert dict(zip(header, line, strict=True))["column"] == "c"


@given(st.text(max_size=120))
def test_no_id_makes_a_name_that_leads_elsewhere(id: str) -> None:
    name = rows.file_name(id)
    assert name
    assert len(name) <= 80
    assert not set(name) & set("/\\.:\0 ")


def test_tables_of_the_same_id_have_files_of_their_own() -> None:
    names = [name for name, _table in rows.tables(DOCUMENT)]
    assert len(names) == len(set(names)) == 14
