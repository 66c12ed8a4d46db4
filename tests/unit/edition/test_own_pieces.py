# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A region is asked to check what is about it, and nothing else."""

from __future__ import annotations

from overens.rules.edition.own_pieces import own_pieces
from overens.rules.edition.reading import column_titles
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
    assert row.endswith("Region Uppsala: 2016 Totalt 36; 2017 Totalt 68")
    assert statement.startswith("Tre landsting har vårdnära service.")
    assert facts == "Region Uppsala. Utbildningstjänster 2017: 68"
    assert column == "Region Uppsala. It-stöd: 1177 Vårdguidens e-tjänster; Hud-app"


def test_a_region_gets_nothing_of_anothers() -> None:
    for each in own_pieces(sample.document(), "23", ["Region Jämtland Härjedalen", "Region Jämtland"]):
        assert "Uppsala" not in each.text or "Jämtland" in each.text
    assert own_pieces(sample.document(), "10", ["Region Blekinge"]) == []


def test_a_name_inside_another_is_not_it() -> None:
    assert own_pieces(sample.document(), "99", ["Region Upp"]) == []


def test_columns_are_called_by_the_headings_over_them() -> None:
    assert column_titles(sample.table()) == ["Landsting", "2016 Totalt", "2017 Totalt"]
