# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from overens.cli.agreement import app


def run(*arguments: object):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def mended(small, tmp_path):
    path = tmp_path / "small.toml"
    path.write_text(small, encoding="utf-8")
    return path


@pytest.fixture
def broken(small, tmp_path):
    path = tmp_path / "broken.toml"
    path.write_text(small.replace("amount = 400_000", "amount = -1"), encoding="utf-8")
    return path


@pytest.mark.parametrize("id", ["2019", "2017-2018"])
def test_a_good_file_is_silence(id):
    result = run("check", id)
    assert (result.exit_code, result.output) == (0, "")


def test_a_finding_names_file_line_and_key(broken):
    result = run("check", broken, "--language", "en")
    assert result.exit_code == 1
    line = broken.read_text(encoding="utf-8").splitlines().index("amount = -1") + 1
    assert result.output.startswith(f"{broken}:{line}: pot[resten].amount: error: The amount “-1” is negative.")


def test_findings_as_json(broken):
    result = run("check", broken, "--format", "json")
    assert result.exit_code == 1
    assert [(row["code"], row["key"]) for row in json.loads(result.output)] == [
        ("amount-negative", "pot[resten].amount")
    ]


def test_what_differs_is_one_line_each(mended, small, tmp_path):
    other = tmp_path / "other.toml"
    other.write_text(small.replace("on = 2025-10-01", "on = 2025-11-01"), encoding="utf-8")
    result = run("diff", mended, other)
    assert (result.exit_code, result.output) == (0, "~ deadline[requisition].on: 2025-10-01 → 2025-11-01\n")
    assert json.loads(run("diff", mended, other, "--format", "json").output) == [
        {"path": "deadline[requisition].on", "kind": "changed", "before": "2025-10-01", "after": "2025-11-01"}
    ]
    assert run("diff", mended, mended).output == ""


def test_a_diff_with_what_cannot_be_read_says_why(broken, mended):
    result = run("diff", mended, broken)
    assert result.exit_code == 1
    assert "pot[resten].amount" in result.output


@pytest.mark.parametrize("arguments", [("check",), ("check", "2019", "--format", "xml"), ("diff", "2019")])
def test_wrong_usage_is_exit_2(arguments):
    assert run(*arguments).exit_code == 2


def test_the_command_loads_no_django():
    program = (
        "import sys; from typer.testing import CliRunner; from overens.cli.agreement import app; "
        "CliRunner().invoke(app, ['check', '2019']); print('django' in sys.modules, 'rich' in sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout == "False False\n"
