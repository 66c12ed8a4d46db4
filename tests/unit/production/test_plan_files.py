# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A plan as files, and the command that makes them."""

from __future__ import annotations

import csv
import json
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from overens.cli.main import app
from overens.planning.production import building, files, optimum, reading
from overens.planning.production.verdict import verdict
from overens.rules.findings import Refused, wording

PROBLEM = """
format = 1
kind = "production"
id = "prov"
title = "Prov"
title_en = "Trial"
synthetic = true
first_week = "2026-W10"
weeks = 8
by = "2026-W13"
runs = 2

[[limit]]
id = "besok"
title = "Besök"
days = 28

[[competence]]
id = "lakare"
title = "Läkare"
title_en = "Doctor"
hours = 40
cost = 700

[[room]]
id = "sal"
title = "Sal"
hours = 40
session = 4

[[service]]
id = "ogon"
title = "Ögon"
title_en = "Eye"

[[service.step]]
id = "besok"
title = "Besök"
title_en = "Visit"
kind = "visit"
limit = "besok"
minutes = { lakare = 60 }
rooms = { sal = 60 }
"""
WEEKS = [*(f"2025-W{week:02}" for week in range(1, 53)), *(f"2026-W{week:02}" for week in range(1, 10))]
REFERRALS = "week,service,referred\n" + "".join(f"{week},ogon,20\n" for week in WEEKS)
WAITING = "service,step,weeks,patients\n" + "".join(f"ogon,besok,{weeks},10\n" for weeks in range(6))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "prov"
    made.mkdir()
    (made / "problem.toml").write_text(PROBLEM, encoding="utf-8")
    (made / "referrals.csv").write_text(REFERRALS, encoding="utf-8")
    (made / "waiting.csv").write_text(WAITING, encoding="utf-8")
    return made


def test_the_command_writes_a_plan_with_its_verdict_and_what_chance_makes_of_it(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = CliRunner().invoke(app, ["plan", "production", str(folder), "--out", str(out), "--language", "en"])
    assert result.exit_code == 0, result.output
    assert {each.name for each in out.iterdir()} == {*files.NAMES, files.WAITS}
    kept = json.loads((out / "plan.json").read_text())
    assert (kept["problem"], kept["synthetic"], kept["verdict"]["approved"]) == ("prov", True, True)
    assert kept["sums"]["proven"]
    for table in (*files.TABLES, "waits"):
        rows = csv.DictReader((out / f"{table}.csv").read_text(encoding="utf-8").splitlines())
        assert {each["synthetic"] for each in rows} <= {"yes"}, table
    assert "Synthetic" in result.stdout
    assert "Doctor" in result.stdout


def test_a_limit_that_cannot_be_kept_is_said_with_what_is_lacking(folder: Path, tmp_path: Path) -> None:
    (folder / "problem.toml").write_text(PROBLEM.replace("hours = 40\ncost", "hours = 10\ncost"), encoding="utf-8")
    result = CliRunner().invoke(
        app, ["plan", "production", str(folder), "--out", str(tmp_path / "out"), "--runs", "0", "--language", "en"]
    )
    assert result.exit_code == 0, result.output
    assert "the limit is not kept" in result.stderr
    assert "hours of Doctor are lacking" in result.stderr


def test_what_is_wrong_is_said_and_nothing_is_written(folder: Path, tmp_path: Path) -> None:
    (folder / "problem.toml").write_text(PROBLEM.replace("weeks = 8", "weeks = 0"), encoding="utf-8")
    result = CliRunner().invoke(app, ["plan", "production", str(folder), "--out", str(tmp_path / "out")])
    assert result.exit_code == 1
    assert f"{folder / 'problem.toml'}:9: weeks" in result.stderr
    assert not (tmp_path / "out").exists()


def test_the_schema_is_printed_and_the_files_keep_to_it() -> None:
    result = CliRunner().invoke(app, ["plan", "production", "--schema"])
    assert result.exit_code == 0
    assert json.loads(result.stdout)["title"] == "PlanFile"


def test_a_plan_is_read_back_as_it_was(folder: Path) -> None:
    given, _ = reading.read(folder / "problem.toml")
    assert given
    flow = building.flow(given)
    plan = optimum.solve(flow)
    text = files.as_file(given.problem, flow, plan, ()).model_dump_json()
    again = files.read(text, flow)
    for each in fields(plan):
        np.testing.assert_allclose(getattr(again, each.name), getattr(plan, each.name), atol=1e-5)
    assert verdict(flow, again) == verdict(flow, plan)
    with pytest.raises(Refused, match="production-plan-unreadable"):
        files.read(text[:-5], flow)
    other, _ = reading.read(PROBLEM.replace("lakare", "kirurg"), {"referrals.csv": REFERRALS, "waiting.csv": WAITING})
    assert other
    with pytest.raises(Refused, match="production-plan-of-another") as refused:
        files.read(text, building.flow(other))
    assert "Gör om planen" in wording(refused.value.findings[0])
