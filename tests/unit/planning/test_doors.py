# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Bad input through every door that needs no database: tests/cases/planning/doors.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from overens.cli.main import app
from overens.planning.supply.checks_data import check_data
from overens.planning.supply.reading import read
from overens.planning.supply.reference import Data, data
from overens.rules.findings import Finding, wording
from tests.unit.planning.test_scenario_sentences import text

LINES = tomllib.loads((Path(__file__).parents[2] / "cases" / "planning" / "doors.toml").read_text("utf-8"))["line"]


def _counts(change: Callable[[Any], None]) -> Data:
    counts = data().counts.copy()
    change(counts)
    return replace(data(), counts=counts)


def _emptied(counts: Any) -> None:
    target = next(each.target for each in data().programmes if each.code == "intensive")
    counts[target, data().regions.index("03")] = 0


def _no_age(counts: Any) -> None:
    counts[data().named(["nurse"])[0], :, :, 30] = 0


def _fewer(by: float) -> Callable[[Any], None]:
    def change(counts: Any) -> None:
        counts[0, 0, 0, 30] -= by

    return change


MADE: dict[str, Callable[[], Data]] = {
    "nobody-of-a-speciality": lambda: _counts(_emptied),
    "an-age-without-anybody": lambda: _counts(_no_age),
    "negative-persons": lambda: _counts(_fewer(1e6)),
    "parts-of-persons": lambda: _counts(_fewer(0.5)),
    "shares-that-do-not-sum": lambda: replace(data(), sectors=data().sectors * 0.9),
}


def of(lines: list[dict[str, Any]]) -> Any:
    return pytest.mark.parametrize("line", lines, ids=lambda line: line["says"])


@of([line for line in LINES if "data" in line])
def test_in_code(line: dict[str, Any]) -> None:
    made = MADE[line["data"]]()
    findings: tuple[Finding, ...] = check_data(made)
    if "more" in line:
        scenario, findings = read(text(line["more"]), data=made)
        assert scenario is None
    found = {each.code: each for each in findings}[line["finds"]]
    assert found.level == ("warning" if line.get("warning") else "error")
    assert "{" not in wording(found, "sv") != found.code


@of([line for line in LINES if "more" in line and "data" not in line])
def test_in_a_file_and_on_the_command_line(line: dict[str, Any], tmp_path: Path) -> None:
    (file := tmp_path / "mine.toml").write_text(text(line["more"]), "utf-8")
    scenario, findings = read(file)
    assert scenario is None
    assert [(each.code, each.where.line if each.where else None) for each in findings] == [
        (line["finds"], line["line"])
    ]
    result = CliRunner().invoke(app, ["plan", "supply", str(file), "--out", str(tmp_path / "out")])
    assert result.exit_code == 1
    assert f"{file}:{line['line']}" in result.output
    assert not (tmp_path / "out").exists()


@of([line for line in LINES if "table" in line])
def test_in_a_table_on_the_command_line(line: dict[str, Any], tmp_path: Path) -> None:
    (file := tmp_path / "tabell.csv").write_text(line["table"], "utf-8")
    said = ["--region", "03", "--year", "2025", *(["--need"] if line.get("need") else ["--sector", "region"])]
    result = CliRunner().invoke(app, ["plan", "data", str(file), *said])
    assert result.exit_code == (0 if line.get("warning") else 1), result.output
    assert line["words"] in result.stderr
    if "line" in line:
        assert re.search(rf"\b{line['line']}\b", result.stderr)
    assert ("förut" in result.stdout) is bool(line.get("warning"))


def test_a_table_of_need_is_held_against_what_ships_which_is_said_to_be_made_up(tmp_path: Path) -> None:
    (file := tmp_path / "tabell.csv").write_text("Vård;Ålder;Användning\nprimary;0-100;4\n", "utf-8")
    result = CliRunner().invoke(app, ["plan", "data", str(file), "--need", "--language", "en"])
    assert result.exit_code == 0
    assert "Primärvård\t" in result.stdout
    assert np.isclose(float(result.stdout.split("\t")[-1]), 4)
    assert "Synthetic data" in result.stderr
