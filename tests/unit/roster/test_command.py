# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""``overens plan roster``, as it is called, and the files that it writes."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from overens.cli.main import app
from overens.planning.roster import benchmark, building, files, optimum, reading
from overens.planning.roster.answer import Answer, Observer, Stop
from overens.planning.roster.instance import Whole
from overens.planning.roster.judged import judge
from overens.planning.roster.rules import Case, of_instance
from tests.unit.roster.wards import CASES, SOUND

# Enough for all the staff there is, so that there is a roster.
WARD = SOUND.replace("value = 8 # contract", "value = 80")


def called(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["plan", "roster", *arguments])
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    file = tmp_path / "mine.toml"
    file.write_text(WARD, "utf-8")
    return file


def test_a_ward_is_planned_into_files(mine: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    code, said, complained = called(str(mine), "--out", str(out), "--seconds", "0.6", "--seed", "3", "--language", "en")
    assert code == 0, complained
    assert {each.name for each in out.iterdir()} == {
        "plan.json", "roster.csv", *(f"{table}.csv" for table in files.TABLES),
    }  # fmt: skip
    values = json.loads((out / "plan.json").read_text("utf-8"))
    ward, _ = reading.read(mine)
    assert ward is not None
    case = building.case(ward)
    judged = judge(case, files.read((out / "roster.csv").read_text("utf-8"), case))
    assert values["feasible"] is judged.feasible is True
    assert values["objective"] == judged.objective >= values["lower_bound"]
    assert (values["problem"], values["seed"]) == ("sound", 3)
    assert "wishes are met" in said
    assert "Synthetic data" in said


def test_the_benchmarks_format_is_told_by_its_content_and_a_plan_is_gone_on_from(tmp_path: Path) -> None:
    file, first, then = CASES / "small.txt", tmp_path / "first", tmp_path / "then"
    assert called(str(file), "--out", str(first), "--seconds", "0.6")[0] == 0
    assert {each.name for each in first.iterdir()} == {"plan.json", "roster.csv"}
    for start in ("plan.json", "roster.csv"):
        out = then / start
        assert called(str(file), "--out", str(out), "--seconds", "0.4", "--start", str(first / start))[0] == 0
        instance, _ = benchmark.read(file)
        assert instance is not None
        case = of_instance(instance)
        costs = [judge(case, files.read((at / "plan.json").read_text("utf-8"), case)).objective for at in (first, out)]
        assert costs[1] <= costs[0]


def test_what_is_wrong_is_said_with_its_line_and_nothing_is_made(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(SOUND.replace("weeks = 2", "weeks = 0"), "utf-8")
    code, _, said = called(str(file), "--out", str(tmp_path / "out"))
    assert code == 1
    assert f"{file}:9: weeks: fel:" in said
    cut = tmp_path / "cut.txt"
    cut.write_text((CASES / "small.txt").read_text("utf-8")[:700], "utf-8")
    code, _, said = called(str(cut), "--out", str(tmp_path / "out"))
    assert code == 1
    assert "avbruten" in said
    assert not (tmp_path / "out").exists()


def test_a_roster_to_go_on_from_that_is_of_another_problem_is_said(mine: Path, tmp_path: Path) -> None:
    start = tmp_path / "start.csv"
    start.write_text("D,D\n", "utf-8")
    code, _, said = called(str(mine), "--out", str(tmp_path / "out"), "--start", str(start))
    assert code == 1
    assert "Schemat har 1 rader men ska ha 4" in said
    assert called(str(mine), "--out", str(tmp_path / "out"), "--start", str(tmp_path / "none"))[0] == 1
    assert not (tmp_path / "out").exists()


def test_a_folder_with_something_in_it_is_left_as_it_is(mine: Path) -> None:
    code, _, said = called(str(mine), "--out", str(mine.parent))
    assert code == 1
    assert "är inte tom" in said
    assert [each.name for each in mine.parent.iterdir()] == ["mine.toml"]


def test_rules_that_clash_are_said_where_they_stand_and_nothing_is_written(mine: Path, tmp_path: Path) -> None:
    # Whoever has worked is off for two weeks, and some work was given already.
    more = '\n[[rule]]\nid = "off"\nkind = "least-off"\nvalue = 14\n'
    mine.write_text(WARD + more, "utf-8")
    line = (WARD + more).splitlines().index('id = "off"')
    out = tmp_path / "out"
    code, said, complained = called(str(mine), "--out", str(out), "--seconds", "1")
    assert code == 1
    assert "går inte ihop" in complained
    assert f"{mine}:{line}: rule[off]: fel:" in complained
    assert not said
    assert not [*out.iterdir()]


def test_control_c_ends_with_the_best_so_far(mine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first press asks the search to stop; what it has found is written."""
    solve, asked = optimum.solve, list[bool]()

    def pressed(
        case: Case, seconds: float, seed: int, progress: Observer, stop: Stop, start: Whole | None
    ) -> Answer:  # fmt: skip
        asked.append(stop())
        os.kill(os.getpid(), signal.SIGINT)
        asked.append(stop())
        return solve(case, seconds, seed, progress, None, start)

    monkeypatch.setattr(optimum, "solve", pressed)
    before = signal.getsignal(signal.SIGINT)
    code, _, said = called(str(mine), "--out", str(tmp_path / "out"), "--seconds", "0.6")
    assert code == 0, said
    assert asked == [False, True]
    assert (tmp_path / "out" / "plan.json").exists()
    assert signal.getsignal(signal.SIGINT) is before


def test_the_schema_of_the_plan_is_printed() -> None:
    code, said, _ = called("--schema")
    assert code == 0
    assert json.loads(said) == json.loads(files.schema())
