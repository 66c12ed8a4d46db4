# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""``overens burden``, as typed on a machine that has no database."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from overens.cli.main import app


@pytest.fixture(autouse=True)
def _empty_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("OVERENS_DATA", str(tmp_path / "nothing"))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["burden", *arguments])


def test_without_a_database_all_minutes_are_assumed_and_that_is_said(tmp_path: Path) -> None:
    result = run("2019", "--format", "json")
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    assert found["agreement"] == "2019"
    assert found["fields"] == sum(item["fields"] for item in found["items"])
    assert {item["measured_by"] for item in found["items"]} == {0}
    assert "antagna" in result.stderr
    assert not (tmp_path / "nothing").exists()


def test_the_answer_is_in_either_language() -> None:
    swedish, english = run("2019").stdout, run("2019", "--language", "en").stdout
    assert "underskrifter" in swedish
    assert "antaget" in swedish
    assert "signatures" in english
    assert "assumed" in english
    assert len(swedish.splitlines()) == len(english.splitlines())


def test_what_is_to_be_mended_is_said_with_its_file_and_line(tmp_path: Path) -> None:
    file = tmp_path / "draft.toml"
    file.write_text('format = 1\nid = "x"\nnonsense = 3\n', "utf-8")
    result = run(str(file), "--language", "en")
    assert result.exit_code == 1
    assert "draft.toml:3: nonsense" in result.stderr
    assert run("nowhere.toml").exit_code == 1
