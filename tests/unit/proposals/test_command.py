# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""``overens simulate``, as typed."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from overens.cli.main import app
from overens.rules.reading import LARGEST_FILE
from tests.unit.proposals.small import text


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["simulate", *arguments])


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    contents = {
        "first.toml": text(basis='table = "mine"'),
        "second.toml": text(basis='table = "mine"', pot='key = "population-share"\nmost = 40'),
        "mine.csv": "code,value\n01,50\n03,30\n04,20\n",
        "aged.csv": "code;time;sex;age;value\n01;2019;k;75+;1\n03;2019;k;75+;1\n04;2019;k;75+;2\n",
        "unknown.toml": text(
            basis='values = [{code = "01", value = 5}, {code = "O3", value = 3}, {code = "04", value = 2}]'
        ),
        "empty.toml": "",
        "huge.toml": "#" * (LARGEST_FILE + 1),
        "old.toml": text(basis='table = "aged"\nages = "75+"\nsex = "k"'),
    }
    for name, content in contents.items():
        (tmp_path / name).write_text(content, "utf-8")
    return {name: str(tmp_path / name) for name in contents}


def test_csv_is_the_comparison_and_nothing_else(files: dict[str, str]) -> None:
    result = run(files["first.toml"], files["second.toml"], "--table", files["mine.csv"], "--format", "csv")
    assert result.exit_code == 0, result.stderr
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [row["litet-1.sum"] for row in rows] == ["50", "30", "20"]
    assert [row["litet-2.difference"] for row in rows] == ["-10", "6", "4"]
    assert rows[0]["litet-1.per_inhabitant"] == "1.00"
    assert "01 (högst)" in result.stderr


def test_json_says_why(files: dict[str, str]) -> None:
    result = run(files["first.toml"], files["second.toml"], "--table", files["mine.csv"], "--format", "json")
    found = json.loads(result.stdout)
    assert found["rows"][0]["reasons"] == {"litet-1": {}, "litet-2": {"bounds": "-10"}}
    assert found["proposals"][1]["pots"][0]["bounded"] == {"01": "most"}
    assert found["proposals"][1]["pots"][0]["exact"]["03"] == "36"


def test_a_table_with_ages_and_sexes(files: dict[str, str]) -> None:
    result = run(files["old.toml"], "--table", files["aged.csv"], "--format", "csv")
    assert [row["litet.sum"] for row in csv.DictReader(io.StringIO(result.stdout))] == ["25", "25", "50"]


def test_agreements_are_laid_beside_each_other_without_any_file() -> None:
    result = run("2019", "2017-2018", "--language", "en")
    assert result.exit_code == 0
    assert "3 235 000 000" in result.stdout
    assert "is left after rounding" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["first.toml"], "first.toml:14: basis[t].table: fel: Tabellen mine finns inte"),
        (["first.toml", "2019", "--table", "mine.csv"], "inte samma mottagare"),
        (["mine.csv"], "mine.csv"),
        (["nowhere.toml"], "nowhere.toml"),
        (["unknown.toml"], "unknown.toml:14: basis[t].values[O3]: fel: Gruppen ”mottagare” har ingen mottagare ”O3”"),
        (["unknown.toml"], "03"),
        (["empty.toml"], "Filen är tom"),
        (["huge.toml"], "huge.toml: fel: Filen är större än"),
        (["first.toml", "--table", "first.toml"], "first.toml"),
        (["first.toml", "--table", "nowhere.csv"], "nowhere.csv"),
    ],
)
def test_what_cannot_be_simulated_is_said(files: dict[str, str], arguments: list[str], said: str) -> None:
    result = run(*(files.get(each, each) for each in arguments))
    assert result.exit_code == 1
    assert said in result.stderr
    assert "överenskommelse" not in result.stderr or "nowhere" in said
    assert not result.stdout
