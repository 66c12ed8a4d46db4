# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every sentence of tests/cases/planning/bad.toml, and what a scenario takes from its base."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from overens.planning.supply.assumed import parameters
from overens.planning.supply.reading import read
from overens.planning.supply.reference import SHIPPED, Data, base, data
from overens.rules.findings import wording

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "planning" / "bad.toml").read_text("utf-8"))["case"]


def text(more: str = "", **head: object) -> str:
    lines = {"format": 1, "kind": '"supply"', "id": '"mine"', "title": '"Mitt"', "first_year": 2019, "years": 20}
    for name, value in head.items():
        lines[name] = f"[{value}]" if name == "regions" else value
    return "\n".join(f"{name} = {value}" for name, value in lines.items()) + f"\n{more}"


@pytest.mark.parametrize("case", CASES, ids=[case["rule"] for case in CASES])
def test_sentence(case: dict[str, Any]) -> None:
    scenario, findings = read(text(case["more"], **case.get("head", {})))
    assert [finding.code for finding in findings] == case["finds"]
    assert (scenario is None) == bool(findings)
    for finding in findings[:1]:
        assert finding.where is not None
        assert finding.where.line
        assert finding.where.key == case["at"]
        assert wording(finding, "sv") != finding.code != wording(finding, "en")


def test_the_reference_scenario_reads_as_it_ships() -> None:
    scenario, findings = read(SHIPPED / "reference.toml")
    assert (scenario, findings) == (base(), ())


PARAMETER = '[[parameter]]\nid = "leaving.nurses"\noccupations = "nurses"\nvalue = 0.05\n'


def test_an_assumption_takes_the_place_of_the_shipped_one_with_its_name() -> None:
    scenario, _ = read(text(PARAMETER))
    assert scenario is not None
    held = parameters(scenario, data())
    assert [each.id for each in held] == [each.id for each in data().parameters]
    assert next(each for each in held if each.id == "leaving.nurses").value == Decimal("0.05")


def test_a_scenario_is_its_base_but_for_what_it_says(tmp_path: Path) -> None:
    (tmp_path / "first.toml").write_text(text(PARAMETER, id='"first"', regions='"24"', seed=7), "utf-8")
    (tmp_path / "second.toml").write_text(text(id='"second"', base='"first"', seed=8), "utf-8")
    second, findings = read(tmp_path / "second.toml")
    assert findings == ()
    assert second is not None
    assert (second.id, second.base, second.regions, second.seed) == ("second", "first", ("24",), 8)
    assert [each.id for each in second.parameters] == ["leaving.nurses"]


def test_scenarios_that_build_on_each_other_are_refused(tmp_path: Path) -> None:
    (tmp_path / "first.toml").write_text(text(id='"first"', base='"second"'), "utf-8")
    (tmp_path / "second.toml").write_text(text(id='"second"', base='"first"'), "utf-8")
    scenario, findings = read(tmp_path / "second.toml")
    assert scenario is None
    assert [(each.code, each.where.file if each.where else "") for each in findings] == [
        ("supply-base-broken", str(tmp_path / "second.toml"))
    ]
    first = base().model_copy(update={"id": "first", "base": "third"})
    third = base().model_copy(update={"id": "third", "base": "mine"})
    _, findings = read(text(base='"first"'), {"first": first, "third": third})
    assert [each.code for each in findings] == ["supply-base-cyclic"]


def lacking(occupation: str, region: str | None = None) -> Data:
    """The shipped data without anybody of an occupation, everywhere or in a region."""
    counts = data().counts.copy()
    counts[data().named((occupation,)), data().regions.index(region) if region else slice(None)] = 0
    return replace(data(), counts=counts)


POSTS = (
    '[[measure]]\nid = "a"\nkind = "training-posts"\nprogramme = "intensive"\namount = 5\nfirst = 2020\nlast = 2022\n'
)


def test_posts_in_a_region_without_the_speciality_are_refused() -> None:
    without = lacking("nurse-intensive", "09")
    _, findings = read(text(POSTS + 'regions = ["09", "03"]'), data=without)
    assert [(each.code, each.where and each.where.key) for each in findings] == [
        ("supply-no-supervisors", "measure[a].regions")
    ]
    assert findings[0].values["regions"] == ["09"]
    assert [each.code for each in read(text(POSTS), data=without)[1]] == ["supply-no-supervisors"]
    assert read(text(POSTS + 'regions = "03"'), data=without)[1] == ()
    for language in ("sv", "en"):
        assert "09" in wording(findings[0], language)


def test_who_is_to_come_into_an_occupation_of_none_is_refused() -> None:
    without = lacking("dentist")
    measure = POSTS.replace("training-posts", "foreign-trained").replace("programme", "occupations")
    measure = measure.replace("intensive", "dentist")
    parameter = '[[parameter]]\nid = "abroad.dentist"\noccupations = "dentist"\nvalue = 5\n'
    _, findings = read(text(measure + parameter), data=without)
    assert [(each.code, each.where and each.where.key) for each in findings] == [
        ("supply-nobody-of", "measure[a].occupations"),
        ("supply-nobody-of", "parameter[abroad.dentist].value"),
    ]


def test_parts_of_persons_are_refused_with_whom_they_are_of() -> None:
    parts = replace(data(), counts=data().counts * 0.8)
    _, findings = read(text(), data=parts)
    assert {each.code for each in findings} == {"supply-persons-not-whole"}
