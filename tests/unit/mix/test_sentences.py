# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every sentence of tests/cases/mix/bad.toml; the shipped example and the schemas as they ship."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from overens.planning.mix import files, reading
from overens.planning.mix.checks import check, notes
from overens.planning.mix.plan import Plan
from overens.planning.mix.problem import Mix
from overens.rules.findings import wording
from tests.unit.mix.mixes import CASES, SOUND, mix_of, with_

BAD = tomllib.loads((CASES / "bad.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", BAD, ids=[case["rule"] for case in BAD])
def test_sentence(case: dict[str, Any]) -> None:
    text = SOUND
    for old, new in case.get("replace", {}).items():
        assert old in text
        text = text.replace(old, new)
    mix, findings = reading.read(text + case.get("more", ""))
    assert [finding.code for finding in findings] == case["finds"]
    assert (mix is None) == bool(findings)
    for finding in findings[:1]:
        assert finding.where is not None
        assert finding.where.line
        assert finding.where.key == case["at"]
    for finding in findings:
        assert wording(finding, "sv") != finding.code != wording(finding, "en")


@pytest.mark.parametrize(("name", "left_out"), [("competence", "competences"), ("task", "tasks"), ("may", "may")])
def test_a_problem_without_something_to_work_on_is_said(name: str, left_out: str) -> None:
    found = check(with_(mix_of(SOUND), **{left_out: ()}))
    assert ("mix-none", name) in [(each.code, each.where and each.where.key) for each in found]
    assert f"[[{name}]]" in wording(found[0])


def test_what_is_odd_today_is_said_and_stops_nothing() -> None:
    assert notes(mix_of(SOUND)) == ()
    text = SOUND.replace("nurse = 0.7, assistant = 0.3", "nurse = 0.8, doctor = 0.2").replace(
        "hours = 100\ncost = 400", "hours = 30\ncost = 400"
    )
    found = notes(mix_of(text))
    assert [each.code for each in found] == ["mix-today-may-not", "mix-today-over"]
    assert (found[1].values["hours"], found[1].values["there"]) == (40, 30)
    for each in found:
        assert wording(each, "sv") != each.code != wording(each, "en")


@pytest.mark.parametrize("name", reading.shipped_ids())
def test_what_ships_is_sound_and_says_that_it_is_synthetic(name: str) -> None:
    mix, findings = reading.read(reading.find(name))
    assert findings == ()
    assert mix is not None
    assert mix.synthetic
    assert "påhittade" in mix.note


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    mix, findings = reading.read(tmp_path / "none.toml")
    assert mix is None
    assert len(findings) == 1


@pytest.mark.parametrize(("name", "of"), [("problem", Mix), ("plan", Plan)])
def test_the_schemas_that_ship_are_those_of_the_models(name: str, of: type[Mix] | type[Plan]) -> None:
    assert (reading.SHIPPED / f"{name}.schema.json").read_text("utf-8") == files.schema(of)
