# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A region is asked to check what is about it, and nothing else."""

from __future__ import annotations

from overens.rules.edition.document import Cell, HeadCell, Row, Table
from overens.rules.edition.own_pieces import own_pieces
from overens.rules.edition.reading import cells_headed, columns_headed
from tests.unit.edition import sample


def test_a_region_gets_its_rows_statements_and_overview() -> None:
    found = own_pieces(sample.document(), "03", ["Region Uppsala"])
    assert [(each.passage, each.block) for each in found] == [
        ("satsningar", "tabell-utbildningstjanster"),
        ("satsningar", "utsagor"),
        ("bilaga-regioner", "region-03"),
        ("bilaga-regioner", "region-03"),
        ("bilaga-regioner", "region-03"),
        ("bilaga-regioner", "region-03"),
    ]
    row, statement, facts, column, *_ = [each.text for each in found]
    assert row.endswith("Region Uppsala\n2016 Totalt: 36\n2017 Totalt: 68")
    assert statement.startswith("Tre landsting har vårdnära service.")
    assert facts == "Region Uppsala\nUtbildningstjänster 2017: 68"
    assert column == "Region Uppsala. It-stöd\n1177 Vårdguidens e-tjänster\nHud-app"


def test_a_region_gets_nothing_of_anothers() -> None:
    for each in own_pieces(sample.document(), "23", ["Region Jämtland Härjedalen", "Region Jämtland"]):
        assert "Uppsala" not in each.text or "Jämtland" in each.text
    assert own_pieces(sample.document(), "10", ["Region Blekinge"]) == []


def test_a_name_inside_another_is_not_it() -> None:
    assert own_pieces(sample.document(), "99", ["Region Upp"]) == []


def test_a_row_has_its_own_notes_with_it() -> None:
    row, *_ = own_pieces(sample.document(), "01", ["Region Stockholm"])
    assert row.text.splitlines()[1:] == [
        "2016 Totalt: –",
        "2017 Totalt: 375",
        "Region Stockholm lämnade inga uppgifter för 2016.",
    ]
    for each in own_pieces(sample.document(), "03", ["Region Uppsala"]):
        assert "lämnade inga uppgifter" not in each.text


def test_columns_are_called_by_the_headings_over_them() -> None:
    assert columns_headed(sample.table()) == (("Landsting",), ("2016", "Totalt"), ("2017", "Totalt"))


def test_a_cell_over_many_columns_is_called_by_what_stands_over_them_all() -> None:
    """A sum for a year is not the sum for its first term, nor for women."""
    table = Table(
        id="studielon",
        caption="Studielön",
        head=(
            (HeadCell(text="Region", rows=3), HeadCell(text="2019", columns=4)),
            (HeadCell(text="Vårtermin", columns=2), HeadCell(text="Hösttermin", columns=2)),
            (HeadCell(text="Kvinnor"), HeadCell(text="Män"), HeadCell(text="Kvinnor"), HeadCell(text="Män")),
        ),
        rows=(
            Row(cells=(Cell(text="Region Dalarna"), Cell(text="13", columns=2), Cell(text="22"), Cell(text="1"))),
            Row(cells=(Cell(text="Totalt"), Cell(text="258", columns=4)), kind="total"),
        ),
        figures=(False, True, True, True, True),
    )
    assert [[headings for headings, _ in cells_headed(table, row)] for row in table.rows] == [
        [("Region",), ("2019", "Vårtermin"), ("2019", "Hösttermin", "Kvinnor"), ("2019", "Hösttermin", "Män")],
        [("Region",), ("2019",)],
    ]
