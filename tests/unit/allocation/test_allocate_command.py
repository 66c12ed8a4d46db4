# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""``overens allocate``, as typed."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from overens.cli.main import app
from tests.unit.allocation.small_agreement import small_text


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["allocate", *arguments])


def test_csv_is_the_table_and_nothing_else() -> None:
    result = run("2019", "--format", "csv")
    assert result.exit_code == 0
    lines = result.stdout.split("\n")
    assert lines[0] == "lanskod,region,weight,insatser,specialistutbildning,sum"
    assert lines[1] == "01,Stockholm,2344124,649606194,91655195,741261389"
    assert lines[21:] == ["25,Norrbotten,250497,69418001,9794427,79212428", ""]
    assert "13 Halland" in result.stderr


def test_pots_and_rounding_are_chosen() -> None:
    result = run("2019", "--pot", "kommuner", "--pot", "skl", "--rounding", "controlled", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert list(rows[0]) == ["lanskod", "region", "weight", "kommuner", "skl", "sum"]
    assert sum(int(row["kommuner"]) for row in rows) == 100_000_000
    assert rows[-1] == {
        "lanskod": "SKL",
        "region": "Sveriges Kommuner och Landsting",
        "weight": "1",
        "kommuner": "0",
        "skl": "25000000",
        "sum": "25000000",
    }


def test_json_has_the_exact_shares_and_the_findings() -> None:
    answer = json.loads(run("2019", "--format", "json", "--language", "en").stdout)
    assert [pot["rest"] for pot in answer["pots"]] == [2, -1]
    stockholm = answer["rows"][0]
    assert stockholm["exact"]["insatser"] == "189874044000000/292291"
    assert (stockholm["code"], stockholm["weight"], stockholm["sum"]) == ("01", 2_344_124, 741_261_389)
    assert [finding["code"] for finding in answer["findings"]] == [
        "allocation-rows-differ",
        "allocation-rows-differ",
        "allocation-parts-differ",
        "population-date-differs",
    ]


def test_the_table_groups_thousands_and_shows_what_is_printed_and_what_differs() -> None:
    text = run("2019").stdout
    assert "649 606 194" in text
    lines = {line.strip().split("  ")[0]: line.split("  ")[-1].strip() for line in text.splitlines()}
    assert lines["raderna tillsammans"] == lines["tryckt summa"] == lines["att fördela"] == "3 235 000 000"
    (difference,) = [line for line in text.splitlines() if line.strip().startswith("skillnad ")]
    assert difference.split() == ["skillnad", "-2", "1", "0"]
    assert "2018-11-01" in text


def test_a_third_partys_file_with_weights_of_its_own(tmp_path: Path) -> None:
    pots = {"a": {"amount": 1_000_000, "key": "weights"}, "b": {"amount": 7, "key": "weights"}}
    file = tmp_path / "theirs.toml"
    file.write_text(small_text(pots, {"0114": "1.5", "0115": 2, "0117": 3}, "controlled"), encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(run(str(file), "--format", "csv").stdout)))
    assert [row["weight"] for row in rows] == ["1.5", "2", "3"]
    assert [sum(int(row[column]) for row in rows) for column in ("a", "b", "sum")] == [1_000_000, 7, 1_000_007]


def test_withheld_money_has_a_line_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "conditional.toml"
    conditions = [{"unmet": "withhold", "not_met": ["03"]}]
    pots = {"a": {"amount": 100, "key": "weights"}}
    file.write_text(small_text(pots, {"01": 1, "03": 1}, conditions=conditions), encoding="utf-8")
    lines = run(str(file), "--language", "en").stdout.splitlines()
    assert [line.split()[-1] for line in lines[-4:]] == ["50", "50", "100", "0"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["2019", "--pot", "x"], "insatser, specialistutbildning, kommuner, skl"),
        (["2019", "--rounding", "x"], "half-up, rest-on-largest, largest-remainder, controlled"),
        (["2020"], "2017-2018, 2019"),
        (["2017-2018", "--pot", "skl"], "skl"),
    ],
)
def test_what_cannot_be_done_is_said_with_the_choices(arguments: list[str], says: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 1
    assert says in result.stderr
    assert result.stdout == ""


def test_wrong_usage_is_2() -> None:
    assert run("2019", "--format", "xml").exit_code == 2


def test_no_django_is_loaded() -> None:
    program = "import sys; from overens.cli.allocate import allocate; print('django' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "False"
