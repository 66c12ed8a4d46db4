# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The same seed gives the same bytes, whoever computes; what is kept is what was made."""

from __future__ import annotations

import sys
from dataclasses import fields, replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from overens.planning.supply import engines, files, reference
from overens.planning.supply.problem import Problem
from overens.planning.supply.projection import ByRun, Projection, band, chosen
from overens.rules.findings import Refused
from tests.unit.planning.problems import busy

RUNS, SEED = 6, 5


def problem_of(posts: float, run: int | None) -> Problem:
    """A problem that differs from run to run, as those with drawn parameters do."""
    problem = busy()
    return replace(problem, posts=problem.posts + posts * ((run or 0) % 3))


make = partial(problem_of, 2.0)


@pytest.fixture(scope="module")
def alone() -> ByRun:
    return engines.by_run(make, RUNS, SEED)


def same(one: ByRun, other: ByRun) -> bool:
    return all(np.array_equal(getattr(one, each.name), getattr(other, each.name)) for each in fields(ByRun))


def test_several_processes_come_to_the_same(alone: ByRun) -> None:
    assert same(alone, engines.by_run(make, RUNS, SEED, workers=2))


def test_ray_comes_to_the_same(alone: ByRun) -> None:
    assert same(alone, engines.by_run(make, RUNS, SEED, engine="ray", workers=2))


def test_fewer_runs_are_the_first_of_more(alone: ByRun) -> None:
    fewer = engines.by_run(make, 2, SEED)
    assert np.array_equal(fewer.hours, alone.hours[:2])


@pytest.mark.parametrize("workers", [1, 2])
def test_progress_is_told_and_can_end_the_work(workers: int) -> None:
    told: list[tuple[int, int]] = []

    def progress(done: int, of: int) -> None:
        told.append((done, of))
        if len(told) == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        engines.by_run(make, RUNS, SEED, workers=workers, progress=progress)
    assert told[0] == (1, RUNS)
    assert len(told) == 2


def test_without_ray_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(Refused, match="supply-no-ray"):
        engines.by_run(make, 2, SEED, engine="ray")


@pytest.fixture(scope="module")
def projection() -> Projection:
    scenario = reference.base().model_copy(update={"regions": ("03",), "years": 2})
    return engines.project(scenario, reference.data(), runs=3, seed=1)


def test_what_is_kept_is_what_was_made(projection: Projection) -> None:
    kept = files.unpack(files.pack(projection))
    assert kept.facts == projection.facts
    assert same(kept.by_run, projection.by_run)
    assert np.allclose(kept.expected.stocks, projection.expected.stocks, rtol=1e-6)
    assert files.pack(kept) == files.pack(projection)
    assert projection.facts.synthetic


def test_no_runs_give_the_expectation_alone(projection: Projection, tmp_path: Path) -> None:
    scenario = reference.base().model_copy(update={"regions": ("03",), "years": 2})
    surely = engines.project(scenario, reference.data(), runs=0)
    assert np.array_equal(surely.expected.hours, projection.expected.hours)
    assert surely.by_run.hours.shape == (0, *projection.by_run.hours.shape[1:])
    with pytest.raises(ValueError, match="no runs"):
        band(surely.by_run.hours)
    files.write(surely, tmp_path)
    assert "missing_interval" not in (tmp_path / "projection.json").read_text()


def test_intervals_are_of_sums_not_sums_of_intervals() -> None:
    by_run = np.array([[[0.0, 10.0]], [[10.0, 0.0]]])
    assert band(chosen(by_run)).low == band(chosen(by_run)).high == 10
    assert chosen(by_run, [0], [1]).tolist() == [10, 0]


def test_the_files_are_tidy_and_the_same_bytes_again(projection: Projection, tmp_path: Path) -> None:
    import polars as pl

    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        files.write(projection, tmp_path / folder)
    for name in files.NAMES:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    tables = {table: pl.read_parquet(tmp_path / "a" / f"{table}.parquet") for table in files.TABLES}
    assert pl.read_parquet_metadata(tmp_path / "a" / "persons.parquet")["synthetic"] == "true"
    facts, runs = projection.facts, projection.by_run
    assert len(tables["persons"]) == 3 * len(facts.occupations) * len(facts.regions)
    row = tables["persons"].row(len(facts.regions) + 1, named=True)
    assert (row["year"], row["occupation"], row["region"]) == (facts.year, facts.occupations[1].code, facts.regions[1])
    assert row["hours"] == pytest.approx(projection.expected.hours[0, 1, 1])
    assert tables["flows"]["retired"].sum() == pytest.approx(projection.expected.retiring.sum())
    assert tables["pyramid"]["persons"].sum() == pytest.approx(projection.at_turns(projection.expected.pyramid).sum())
    assert tables["runs"]["retired"].sum() == pytest.approx(float(runs.retired.sum()), rel=1e-6)
    assert tables["runs"].filter(pl.col("year") == facts.year + 2)["retired"].null_count() == len(
        tables["runs"].filter(pl.col("year") == facts.year)
    )
    assert tables["posts"]["started_middle"].null_count() == len(tables["posts"]) // 2 * (facts.steps - 1)
