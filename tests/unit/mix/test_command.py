# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""``overens plan mix``, as it is called, and the files that it writes."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from overens.cli import planned
from overens.cli.main import app
from overens.planning.mix import files
from overens.planning.mix.reading import find, read
from overens.planning.mix.verdict import verdict
from overens.rules.findings import Refused
from tests.unit.mix.mixes import SOUND


def called(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["plan", "mix", *arguments])
    return result.exit_code, result.stdout, result.stderr


def test_it_writes_the_files_and_says_the_most_important(tmp_path: Path) -> None:
    out = tmp_path / "out"
    code, said, _ = called("exempel", "--out", str(out), "--language", "en", "--seconds", "60")
    assert code == 0
    assert {each.name for each in out.iterdir()} == set(files.NAMES)
    values = json.loads((out / "plan.json").read_text("utf-8"))
    assert values["verdict"] == {"approved": True, "findings": []}
    assert "made up" in values["note"]["en"]
    assert "Synthetic data" in said
    assert "Medical secretary" in said
    plan, (mix, _) = files.read((out / "plan.json").read_text("utf-8")), read(find("exempel"))
    assert mix is not None
    assert verdict(mix, plan) == ()
    for table in files.TABLES:
        rows = list(csv.DictReader((out / f"{table}.csv").read_text("utf-8").splitlines()))
        assert {row["synthetic"] for row in rows} == {"yes"}


def test_what_is_wrong_in_the_file_is_said_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(SOUND.replace("minutes = 30", "minutes = 0"), "utf-8")
    code, _, said = called(str(file), "--out", str(tmp_path / "out"))
    assert code == 1
    assert f"{file}:30: task[draw].minutes: fel: Här står 0" in said
    assert not (tmp_path / "out").exists()


def test_a_folder_with_something_in_it_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("", "utf-8")
    code, _, said = called("exempel", "--out", str(tmp_path))
    assert code == 1
    assert "är inte tom" in said


def test_reported_hours_are_held_against_the_plan(tmp_path: Path) -> None:
    file, hours = tmp_path / "mine.toml", tmp_path / "hours.csv"
    file.write_text(SOUND.replace("cost = 400 # nurse", "cost = 500"), "utf-8")
    hours.write_text("task,competence,hours\ndraw,nurse,35\ndraw,assistant,48\ndie,doctor,2\n", "utf-8")
    code, said, _ = called(str(file), "--out", str(tmp_path / "out"), "--reported", str(hours))
    assert code == 0
    assert "Det är mer personal, ingen växling." in said
    followed = json.loads((tmp_path / "out" / "followed.json").read_text("utf-8"))
    assert [each["state"] for each in followed["followed"]["shifts"]] == ["added"]
    assert "påhittade" in followed["note"]["sv"]
    code, _, said = called(str(file), "--out", str(tmp_path / "other"), "--reported", str(tmp_path / "none.csv"))
    assert code == 1
    assert "none.csv" in said


def test_what_is_not_installed_is_said_and_not_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planned, "find_spec", lambda name: None)
    code, _, said = called("exempel", "--out", str(tmp_path / "out"))
    assert (code, "overens[planning]" in said) == (1, True)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"plan": {"format": 2}}'])
def test_what_is_no_plan_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        files.read(text)
    assert [each.code for each in refusal.value.findings] == ["mix-plan-unreadable"]
