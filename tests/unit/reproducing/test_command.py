# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""``overens reproduce``, as typed."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from overens.cli.main import app

PRINTED = Path(__file__).parents[2] / "data/allocation_2017_2018.csv"
WEIGHTS = "lanskod,folkmängd\n01,10\n03,20\n09,30\n"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["reproduce", *arguments])


def test_text_says_the_answer_first_and_then_every_row() -> None:
    result = run(str(PRINTED), "--language", "en", "--weights", "recovered-2016")
    assert result.exit_code == 0
    assert "rounded with the rest on the largest" in result.stdout.splitlines()[0]
    assert "148 780 771" in result.stdout


def test_json_has_the_terms_and_csv_the_rows_and_nothing_else() -> None:
    answer = json.loads(run(str(PRINTED), "--format", "json").stdout)
    assert answer["explained"]
    assert answer["columns"][0]["explanations"][0]["amount"] == 655_000_000
    assert answer["weights"]["total"] == 9_967_637
    result = run(str(PRINTED), "--format", "csv", "--language", "en")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert len(rows) == 21
    assert rows[1]["stimulus_sek: difference"] == "0"
    assert "rest on the largest" in result.stderr


def test_weights_of_a_file_are_tried_and_what_they_do_not_give_exits_with_3(tmp_path: Path) -> None:
    table, weights = tmp_path / "t.csv", tmp_path / "w.csv"
    weights.write_text(WEIGHTS, "utf-8")
    table.write_text("Stockholm;100\nUppsala;200\nGotland;300\n", "utf-8")
    assert run(str(table), "--weights", str(weights)).exit_code == 0
    table.write_text("Stockholm;100\nUppsala;200\nGotland;777\n", "utf-8")
    result = run(str(table), "--weights", str(weights), "--total", "600")
    assert result.exit_code == 3


def test_a_table_with_a_row_that_could_not_be_read_exits_with_3(tmp_path: Path) -> None:
    table, weights = tmp_path / "t.csv", tmp_path / "w.csv"
    weights.write_text(WEIGHTS, "utf-8")
    table.write_text("Stockholm;100\nUppsala;200\nAtlantis;300\n", "utf-8")
    assert run(str(table), "--weights", str(weights)).exit_code == 3


@pytest.mark.parametrize("codec", ["utf-8-sig", "cp1252", "utf-16"])
def test_a_file_is_read_however_a_spreadsheet_saved_it(tmp_path: Path, codec: str) -> None:
    table, weights = tmp_path / "t.csv", tmp_path / "w.csv"
    weights.write_text("region;folkmängd\nÖrebro;10\nSkåne;20\nSörmland;30\n", codec)
    table.write_text("Örebro;100\r\nSkåne;200\r\nSörmland;300\r\n", codec)
    result = run(str(table), "--weights", str(weights))
    assert result.exit_code == 0
    assert "Örebro" in result.stdout


def test_what_cannot_be_read_exits_with_1(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    assert run(str(table)).exit_code == 1
    table.write_text("nothing", "utf-8")
    assert run(str(table)).exit_code == 1
    table.write_text("Stockholm;100\nUppsala;200\n", "utf-8")
    result = run(str(table), "--weights", "scb-1749", "--language", "en")
    assert result.exit_code == 1
    assert "scb-1749" in result.stderr
