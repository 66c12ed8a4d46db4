# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A table as somebody pasted it, and single amounts: the sentences of tests/cases/reproducing."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overens.rules.amounts import group_digits
from overens.rules.findings import wording
from overens.rules.reproducing import figures, names, slips
from overens.rules.reproducing.table import read
from overens.rules.statistics import units

CASES = Path(__file__).parents[2] / "cases/reproducing"
TABLES = tomllib.loads((CASES / "tables.toml").read_text("utf-8"))["case"]
SLIPS = tomllib.loads((CASES / "slips.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", TABLES, ids=lambda case: case["name"])
def test_tables(case: dict[str, Any]) -> None:
    table, findings = read(case["text"], names.levels())
    assert [finding.code for finding in findings] == case.get("findings", [])
    for finding in findings:
        assert wording(finding, "sv") != wording(finding, "en")
    if "kronor" not in case:
        assert table is None
        return
    assert table is not None
    column = table.columns[0]
    assert column.values == case["kronor"]
    assert column.total == case.get("total")
    assert column.unit == case.get("unit", column.unit)


@pytest.mark.parametrize("case", SLIPS, ids=lambda case: case["name"])
def test_slips(case: dict[str, Any]) -> None:
    assert slips.kind_of(case["printed"], case["right"]) == case.get("kind")


def test_columns_of_weights_and_shares_are_no_amounts() -> None:
    table, _ = read(
        "region;folkmängd;andel;kronor\nStockholm;2344124;23 %;100\nUppsala;376354;4 %;50\n", names.levels()
    )
    assert table is not None
    assert [column.heading for column in table.columns] == ["kronor"]
    assert table.weights == {"folkmängd": {"01": 2_344_124, "03": 376_354}}


def test_a_title_in_millions_says_nothing_of_figures_in_kronor() -> None:
    table, _ = read("750 miljoner kronor fördelas\nStockholm;110000000\nUppsala;29000000\n", names.levels())
    assert table is not None
    assert table.columns[0].sum == 139_000_000


def test_every_region_and_municipality_is_known_by_its_name_and_code() -> None:
    for level, digits in (("region", 2), ("municipality", 4)):
        known = names.levels()[level]
        for code, name in units.names().items():
            if len(code) == digits and code != "00":
                genitive = name if name.endswith("s") else f"{name}s"
                kind = "län" if level == "region" else "kommun"
                assert {known.code(each) for each in (code, name, f"{code} {name}", f"{genitive} {kind}")} == {code}


@given(st.integers(0, 10**12), st.sampled_from(["\u00a0", " ", "\u202f", ".", ",", "'"]))
def test_an_amount_is_read_however_its_thousands_are_parted(kronor: int, space: str) -> None:
    figure = figures.parse(group_digits(kronor).replace("\u00a0", space))
    assert figure is not None
    assert (figure.value, figure.misgrouped) == (kronor, False)


@given(st.integers(1_000_000, 10**9).filter(lambda number: number % 10), st.data())
def test_a_digit_lost_doubled_or_exchanged_is_recognised(right: int, data: st.DataObject) -> None:
    digits = str(right)
    at = data.draw(st.integers(1, len(digits) - 2))
    lost, doubled = digits[:at] + digits[at + 1 :], digits[:at] + digits[at] * 2 + digits[at + 1 :]
    exchanged = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    assert slips.kind_of(int(lost), right) in ("digit-lost", "unit")
    assert slips.kind_of(int(doubled), right) in ("digit-added", "unit")
    assert slips.kind_of(int(exchanged), right) in (
        "digits-exchanged",
        None if exchanged == digits else "digits-exchanged",
    )


@given(st.text(max_size=300))
@settings(max_examples=30)
def test_no_text_breaks_the_reading(text: str) -> None:
    table, findings = read(text, names.levels())
    assert table is not None or findings
