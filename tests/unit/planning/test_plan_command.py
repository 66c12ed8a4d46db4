# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""``overens plan supply``, as it is called."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from overens.cli.main import app
from overens.planning.supply import files

SCENARIO = """
format = 1
kind = "supply"
id = "prov"
title = "Prov"
first_year = 2019
years = 2
regions = ["03"]
runs = 3
"""


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    file = tmp_path / "prov.toml"
    file.write_text(SCENARIO, encoding="utf-8")
    return file


def test_it_writes_the_files_and_says_the_most_important(scenario: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "out"
    result = CliRunner().invoke(
        app, ["plan", "supply", str(scenario), "--out", str(out), "--workers", "1", "--language", "en"]
    )
    assert result.exit_code == 0, result.output
    assert {each.name for each in out.iterdir()} == {*files.NAMES, "run.json"}
    values = json.loads((out / "projection.json").read_text())
    assert (values["scenario"], values["runs"], values["seed"], values["synthetic"]) == ("prov", 3, 1, True)
    assert {"supply-rounded-to-steps", "supply-posts-unfilled"} <= {each["code"] for each in values["findings"]}
    assert "posts a year that are paid for are not filled" in result.stderr
    first = values["key_results"][0]
    assert first["occupation"] is None
    assert first["missing"] == pytest.approx(first["need"] - first["hours"])
    assert "All occupations" in result.stdout
    assert "Synthetic data" in result.stdout


def test_a_folder_with_something_in_it_is_left_as_it_is(scenario: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["plan", "supply", str(scenario), "--out", str(tmp_path)])
    assert result.exit_code == 1
    assert "är inte tom" in result.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["prov.toml"]


def test_what_is_wrong_in_the_file_is_said_with_its_line(scenario: Path, tmp_path: Path) -> None:
    scenario.write_text(SCENARIO.replace("years = 2", "years = 0"), encoding="utf-8")
    result = CliRunner().invoke(app, ["plan", "supply", str(scenario), "--out", str(tmp_path / "out")])
    assert result.exit_code == 1
    assert f"{scenario}:7: years" in result.stderr
    assert not (tmp_path / "out").exists()
