# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The later grants: what was printed comes out to the krona, and what is not known is said."""

from __future__ import annotations

import pytest

from overens.rules import annex, series
from overens.rules.allocation import allocate
from overens.rules.ceilings import ceilings
from overens.rules.findings import Refused
from overens.rules.reading import find, printed_ids, read, shipped

# Sum of the printed rows by agreement and line, as the releases state it; 2021 as decided.
PRINTED = {
    ("2021-cancervard", "andra"): 185_000_000,
    ("2023-cancervard", "andra"): 182_500_000,
    ("2023-tillganglighet", "prestation"): 1_874_253_165,
    ("2024-regionerna", "samlat"): 9_842_000_000,
    ("2024-kommunerna", "kommunerna"): 750_000_000,
    ("2024-sektorsbidrag", "sektorsbidrag"): 6_000_000_000,
    ("2019-kvinnors-halsa", "regioner"): 1_590_000_000,
    ("2020-kvinnors-halsa", "regioner"): 937_000_000,
    ("2022-kvinnors-halsa", "regioner"): 1_382_000_000,
    ("2023-kvinnors-halsa", "regioner"): 1_587_000_000,
    ("2024-kvinnors-halsa", "regioner"): 1_517_000_000,
}


@pytest.mark.parametrize("id", printed_ids())
def test_each_file_is_without_anything_to_mend(id: str) -> None:
    agreement, findings = read(find(id))
    assert agreement is not None, findings
    assert agreement.id == id


@pytest.mark.parametrize(("id", "line"), PRINTED)
def test_the_printed_rows_add_up_to_what_was_decided(id: str, line: str) -> None:
    table = annex.decided(shipped(id), line)
    assert table.sum == PRINTED[id, line]
    assert len(table.rows) == 21


@pytest.mark.parametrize("id", ["2022-kvinnors-halsa", "2023-kvinnors-halsa", "2024-kvinnors-halsa"])
def test_one_grant_comes_out_by_another_rounding_each_year(id: str) -> None:
    agreement = shipped(id)
    computed = {row.code: row.kronor["befolkning"] for row in allocate(agreement, ["befolkning"]).rows}
    assert computed == {row.code: row.amounts["befolkning"] for row in agreement.annex.rows}
    assert (
        agreement.allocation.rounding
        == {"2022": "largest-remainder", "2023": "rest-on-largest", "2024": "half-up"}[id[:4]]
    )


def test_cancer_care_2023_is_its_recovered_population_rounded_half_up() -> None:
    agreement = shipped("2023-cancervard")
    table = allocate(agreement, ["svf-2"])
    assert {row.code: row.sum for row in table.rows} == {row.code: row.sum for row in agreement.annex.rows}
    assert not annex.findings(agreement, series.shipped())


def test_cancer_care_2021_differs_from_its_own_population_by_a_krona_in_two_rows() -> None:
    found = annex.findings(shipped("2021-cancervard"), series.shipped(), ["svf-2"])
    assert [(finding.values["recipient"], finding.values["difference"]) for finding in found] == [
        ("14 Västra Götalandsregionen", -1),
        ("24 Region Västerbotten", -1),
    ]


def test_the_misprinted_amount_is_not_the_one_that_is_decided() -> None:
    agreement = shipped("2023-tillganglighet")
    (misprint,) = agreement.annex.misprints
    assert misprint.as_printed == "544 99 160"
    assert (
        next(row.sum for row in annex.decided(agreement, "prestation").rows if row.code == misprint.code) == 54_499_160
    )


def test_a_key_that_is_not_known_is_said_and_never_guessed() -> None:
    with pytest.raises(Refused, match="allocation-key-not-stated"):
        allocate(shipped("2026-operationer"))
    with pytest.raises(Refused, match="allocation-key-not-stated"):
        ceilings(shipped("2025-operationer"), "steg-1")


def test_the_equal_part_of_2025_gives_everybody_the_same_but_for_the_last_kronor() -> None:
    sums = {row.sum for row in allocate(shipped("2025-operationer"), ["block-1"]).rows}
    assert sums == {4_761_904, 4_761_905}
