# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keys, conditions and whole agreements: the printed amounts, and files of a third party."""

from __future__ import annotations

import csv
import tomllib
from fractions import Fraction
from pathlib import Path
from typing import Any, get_args

import pytest

from overens.rules.allocation import allocate
from overens.rules.findings import Refused
from overens.rules.pots import Rounding
from overens.rules.reading import shipped
from tests.unit.allocation.small_agreement import small

TESTS = Path(__file__).parents[2]
CASES = tomllib.loads((TESTS / "cases/allocation/keys.toml").read_text("utf-8"))["case"]
METHODS = get_args(Rounding)


def facts(name: str) -> list[dict[str, str]]:
    with (TESTS / "data" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_sentence(case: dict[str, Any]) -> None:
    pot = {name: case[name] for name in ("amount", "key", "fixed", "least", "most", "unit") if name in case}
    agreement = small(
        {"pot": pot}, case["weights"], case.get("rounding", "largest-remainder"), conditions=case.get("conditions", ())
    )
    if "refused" in case:
        with pytest.raises(Refused, match=case["refused"]):
            allocate(agreement)
        return
    table = allocate(agreement)
    assert {row.code: row.kronor["pot"] for row in table.rows} == case["kronor"]
    assert {row.code: row.sum for row in table.rows} == case["kronor"]
    assert table.rest["pot"] == case.get("rest", 0)
    assert table.withheld["pot"] == case.get("withheld", 0)
    assert table.totals["pot"] + table.rest["pot"] == table.amounts["pot"]


def test_all_printed_amounts_of_2019_come_out() -> None:
    table = allocate(shipped("2019"))
    printed = {
        row["lanskod"]: (int(row["table1_sek"]), int(row["table2_sek"]), int(row["sum_sek"]))
        for row in facts("allocation_2019.csv")
    }
    assert {row.code: (*row.kronor.values(), row.sum) for row in table.rows} == printed
    assert table.pots == ("insatser", "specialistutbildning")
    assert table.rest == {"insatser": 2, "specialistutbildning": -1}
    assert table.sum == 3_235_000_000


def test_all_printed_amounts_of_2017_2018_come_out() -> None:
    table = allocate(shipped("2017-2018"))
    printed = {
        row["lanskod"]: (int(row["stimulus_sek"]), int(row["nurse_specialist_training_sek"]))
        for row in facts("allocation_2017_2018.csv")
    }
    assert {row.code: tuple(row.kronor.values()) for row in table.rows} == printed
    assert all(row.sum == sum(row.kronor.values()) for row in table.rows)
    assert table.rest == {"stimulansmedel": 0, "specialistutbildning": 0}


@pytest.mark.parametrize("id", ["2019", "2017-2018"])
@pytest.mark.parametrize("method", sorted(set(METHODS) - {"half-up"}))
def test_exact_methods_share_out_the_shipped_agreements_to_the_krona(id: str, method: str) -> None:
    table = allocate(shipped(id), rounding=method)
    assert set(table.rest.values()) == {0}
    assert table.sum == sum(table.amounts.values())


def test_naming_the_agreements_own_rounding_changes_nothing() -> None:
    assert allocate(shipped("2019"), rounding="half-up") == allocate(shipped("2019"))


def test_every_pot_of_2019_can_be_asked_for() -> None:
    agreement = shipped("2019")
    assert allocate(agreement, ["kommuner"]).sum == 100_000_000
    assert [(row.code, row.sum) for row in allocate(agreement, ["skl"]).rows] == [("SKL", 25_000_000)]
    everything = allocate(agreement, [pot.id for pot in reversed(agreement.pots)])
    assert everything.pots == tuple(pot.id for pot in agreement.pots)
    assert everything.sum == 3_360_000_000
    assert [row.code for row in everything.rows] == sorted(row.code for row in everything.rows)


def test_a_pot_by_itself_is_rounded_as_in_its_line() -> None:
    """What is decided does not depend on which columns somebody asks to see."""
    weights = {"01": 1, "03": 1}
    agreement = small(
        {"a": {"amount": 1, "key": "weights"}, "b": {"amount": 1, "key": "weights"}}, weights, "controlled"
    )
    whole = allocate(agreement)
    assert [row.kronor for row in whole.rows] == [{"a": 1, "b": 0}, {"a": 0, "b": 1}]
    assert [row.kronor["b"] for row in allocate(agreement, ["b"]).rows] == [0, 1]


def test_pots_with_roundings_of_their_own() -> None:
    agreement = small(
        {"a": {"amount": 1, "key": "weights", "rounding": "half-up"}, "b": {"amount": 1, "key": "weights"}},
        {"01": 1, "03": 1},
        row_sum="rounded-by-itself",
    )
    table = allocate(agreement)
    assert table.roundings == {"a": "half-up", "b": "largest-remainder"}
    assert [(row.kronor, row.sum) for row in table.rows] == [({"a": 1, "b": 1}, 2), ({"a": 1, "b": 0}, 1)]


def test_a_sum_rounded_by_itself_is_that_of_the_exact_shares() -> None:
    pots = {"a": {"amount": 1, "key": "weights"}, "b": {"amount": 1, "key": "weights"}}
    by_itself = allocate(small(pots, {"01": 1, "03": 1}, "half-up", "rounded-by-itself"))
    parts = allocate(small(pots, {"01": 1, "03": 1}, "half-up", "sum-of-parts"))
    assert [row.sum for row in by_itself.rows] == [1, 1]
    assert [row.sum for row in parts.rows] == [2, 2]


def test_exact_shares_are_exact() -> None:
    (row, *_) = allocate(small({"pot": {"amount": 10, "key": "weights"}}, {"01": "0.1", "03": "0.2"})).rows
    assert row.exact == {"pot": Fraction(10, 3)}


@pytest.mark.parametrize("method", METHODS)
def test_a_third_partys_311_recipients(method: str) -> None:
    weights = {f"{number:04}": 100 + number * number for number in range(311)}
    pots = {"a": {"amount": 2_835_000_001, "key": "weights"}, "b": {"amount": 400_000_003, "key": "weights"}}
    table = allocate(small(pots, weights, method))
    assert len(table.rows) == 311
    if method != "half-up":
        assert table.rest == {"a": 0, "b": 0}


@pytest.mark.parametrize(
    ("pots", "rounding", "code"), [(["x"], None, "allocation-unknown-pot"), (None, "x", "allocation-unknown-rounding")]
)
def test_unknown_names_are_refused_with_the_choices(pots: list[str] | None, rounding: str | None, code: str) -> None:
    with pytest.raises(Refused, match=code) as refusal:
        allocate(shipped("2019"), pots, rounding)
    (finding,) = refusal.value.findings
    assert finding.values["choices"]


def test_every_rounding_of_the_model_is_one_that_rounds() -> None:
    with pytest.raises(Refused) as refusal:
        allocate(shipped("2019"), rounding="x")
    assert refusal.value.findings[0].values["choices"] == list(METHODS)
