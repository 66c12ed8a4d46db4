# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Words, values, parts and nearly right keys are found in a document."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from overens.rules.edition import finding
from tests.unit.edition import sample

DOCUMENT = sample.document()
KEYS = [each.key for each in DOCUMENT.values]
TOTAL = "number/training-posts,year=2017"


def test_words_are_found_in_any_case_and_within_longer_words() -> None:
    (hit,) = [each for each in finding.hits(DOCUMENT, "VÅRDNÄRA infört") if each.section.id == "satsningar"]
    assert hit.id == "vns-1"
    assert "vårdnära service" in hit.text
    assert finding.hits(DOCUMENT, "   ") == []
    assert finding.hits(DOCUMENT, "finnsinte") == []


def test_a_table_is_found_by_a_cell_and_a_region_by_what_it_does() -> None:
    assert "tabell-utbildningstjanster" in {each.id for each in finding.hits(DOCUMENT, "Universitetssjukhus")}
    assert "region-03" in {each.id for each in finding.hits(DOCUMENT, "Kompetensväxling")}


@given(st.text(max_size=40))
def test_any_words_may_be_looked_for(words: str) -> None:
    for hit in finding.hits(DOCUMENT, words):
        assert len(hit.text) <= 2 * finding.AROUND + 4 + 200


def test_values_are_narrowed_by_what_they_are() -> None:
    of_skane = finding.matching(DOCUMENT, "", {"region": "12"})
    assert [each.key for each in of_skane] == [
        "number/training-posts,region=12,year=2016",
        "number/training-posts,region=12,year=2017",
        "count/vns,says=does,year=2017",
    ]
    assert [each.number for each in finding.matching(DOCUMENT, "vårdnära", {"year": "2017"})] == [3]
    assert [each.regions for each in finding.matching(DOCUMENT, "", {"status": "not-reported"})] == [("01",)]
    assert len(finding.matching(DOCUMENT, "", {"source": "printed"})) == 10
    assert finding.matching(DOCUMENT, "", {}) == list(DOCUMENT.values)


def test_the_parts_of_a_sum_are_the_same_question_in_one_place_more() -> None:
    parts = finding.parts(DOCUMENT, TOTAL)
    assert len(parts) == 4
    assert sum(each.number or 0 for each in parts) == 590
    assert finding.parts(DOCUMENT, parts[0].key) == []


def test_a_key_that_is_nearly_right_leads_to_the_same_question() -> None:
    assert finding.nearest(KEYS, "number/training-posts,year=2015")[0].startswith("number/training-posts,")
    assert finding.nearest(KEYS, "number/training-post,year=2017")
    assert finding.nearest(KEYS, "inget alls") == []


def test_a_value_is_said_where_it_stands() -> None:
    said = finding.uses(DOCUMENT)
    assert [block.id for _section, block in said["count/vns,says=does,year=2017"]] == ["vns-1", "utsagor"]
    assert "tabell-utbildningstjanster" in [block.id for _section, block in said[TOTAL]]
    assert set(said) <= set(KEYS)
