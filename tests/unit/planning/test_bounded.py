# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What bounds a projection is said with it: posts without takers, draws beyond what can be, leaving that is certain."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overens.planning.supply import bounded, cohort, micro, starting
from overens.planning.supply import outcome as out
from overens.planning.supply.assumed import parameters
from overens.planning.supply.building import build
from overens.planning.supply.drawing import SHARES, beyond, drawn, possible
from overens.planning.supply.engines import project
from overens.planning.supply.files import pack, unpack, write
from overens.planning.supply.problem import Problem
from overens.planning.supply.projection import ByRun, none, summed_up
from overens.planning.supply.reference import base, data
from overens.planning.supply.scenario import Measure, Parameter, Scenario
from overens.rules.findings import Finding, wording
from tests.unit.planning.problems import busy, happening, still, training


def said(problem: Problem, runs: ByRun | None = None) -> tuple[Finding, ...]:
    expected = cohort.expected(problem)
    own = list(range(len(problem.regions)))
    found = bounded.by_what_happened(problem, expected, runs or none(problem, expected), {}, own)
    for each in found:
        assert each.level == "note"
        for language in ("sv", "en"):
            assert "{" not in wording(each, language)
            assert wording(each, language) != each.code
    return found


def test_posts_that_nobody_can_take_are_said_with_why() -> None:
    few = training(still(persons=2.0), posts=5)
    (found,) = said(few)
    assert found.code == "supply-posts-unfilled"
    assert (found.values["paid"], found.values["why"]) == (10, "supply-bound-applicants")
    many = training(still(persons=500.0), posts=5)
    assert said(many) == ()
    (found,) = said(replace(many, programmes=(replace(many.programmes[0], per_supervisor=0.01, supervising=0.1),)))
    assert found.values["why"] == "supply-bound-supervisors"


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 50), st.floats(0, 30))
def test_what_is_not_filled_is_what_was_paid_for_and_not_begun(persons: int, posts: float) -> None:
    problem = training(still(persons=float(persons)), posts=posts)
    expected = cohort.expected(problem)
    short = (expected.posts[..., out.FUNDED] - expected.posts[..., out.STARTED]).sum() / problem.periods
    found = [each for each in said(problem) if each.code == "supply-posts-unfilled"]
    assert bool(found) == (short >= bounded.SMALLEST)
    assert all(each.values["short"] == max(round(float(short)), 1) for each in found)


def test_students_whom_nobody_can_supervise_are_said() -> None:
    assert "supply-students-away" in {each.code for each in said(busy())}
    assert "supply-students-away" not in {each.code for each in said(busy(bounded=False))}


def test_leaving_that_would_be_more_than_certain_is_counted_in_both_engines() -> None:
    problem = happening(training(still(persons=50.0), posts=0), leaving=0.6)
    short = replace(problem, need=np.full_like(problem.need, 1e9), workload=1.0)
    outcome = micro.simulate(short, 1, 1)
    assert outcome.certain.all()
    assert not outcome.stocks[1, ..., out.WORKING].any()
    (found,) = said(short, summed_up(short, outcome))
    assert (found.code, found.values["count"], found.values["runs"]) == ("supply-leaving-certain", 1, 1)
    assert said(problem) == ()


UNITS = st.sampled_from([*SHARES, "months", "factor", "hours a year"])
SHAPES = st.sampled_from(["normal", "triangular", "uniform"])


@given(UNITS, SHAPES, st.lists(st.integers(1, 999), min_size=3, max_size=3, unique=True), st.integers(1, 10**6))
def test_no_draw_is_beyond_what_its_unit_can_be_and_those_that_were_are_counted(
    unit: str, shape: Any, thousandths: list[int], seed: int
) -> None:
    low, value, high = (Decimal(each) / 1000 for each in sorted(thousandths))
    each = Parameter(id="x", title="x", value=value, low=low, high=high, shape=shape, unit=unit)
    least, most = possible(each)
    values = [drawn([each], seed, run)["x"] for run in range(40)]
    assert all(least <= value <= most for value in values)
    at_an_end = sum(value in (least, most) for value in values)
    assert beyond([each], seed, 40) == ({"x": at_an_end} if at_an_end else {})


def scenario(**said: Any) -> Scenario:
    return base().model_copy(update={"regions": ("09",), "years": 3, **said})


WIDE = Parameter(
    id="introduction-share", title="Introduktion", value=Decimal("0.9"), low=Decimal("0.5"), high=Decimal(1),
    shape="normal",
)  # fmt: skip


def test_draws_beyond_are_said_in_what_is_kept_and_written(tmp_path: Path) -> None:
    projection = project(scenario(parameters=(WIDE,)), data(), runs=8, seed=3)
    beyond = {each.values["name"]: each for each in projection.facts.findings if each.code == "supply-draws-beyond"}
    assert beyond["introduction-share"].values["runs"] == 8
    assert unpack(pack(projection)).facts == projection.facts
    write(projection, tmp_path)
    written = json.loads((tmp_path / "projection.json").read_text())["findings"]
    assert [each["code"] for each in written] == [each.code for each in projection.facts.findings]
    assert all(each["wording"] and each["wording_en"] for each in written)


def test_a_parameter_that_a_scenario_adds_is_drawn_by_the_unit_of_its_figure() -> None:
    own = WIDE.model_copy(update={"id": "part-time.all", "value": Decimal("0.98"), "low": Decimal("0.9")})
    problem = build(scenario(parameters=(own,)), data(), {"part-time.all": 1.0})
    assert np.isfinite(problem.stock).all()
    held = parameters(scenario(parameters=(own,)), data())
    assert beyond(held, 1, 200)["part-time.all"]


def test_more_posts_before_the_start_than_could_be_taken_are_said() -> None:
    posts = Parameter(id="posts", title="Tjänster", value=Decimal(40))
    found = build(scenario(parameters=(posts,)), data()).findings
    assert "supply-start-trainees" in {each.code for each in found}
    assert "supply-start-trainees" not in {each.code for each in build(scenario(), data()).findings}


def test_what_lasts_no_whole_years_is_said_when_the_step_is_a_year() -> None:
    codes = {each.code for each in build(scenario(), data()).findings}
    assert codes >= {"supply-rounded-to-steps", "supply-shorter-than-a-step"}
    assert "supply-rounded-to-steps" not in {each.code for each in build(scenario(step="half-year"), data()).findings}


def test_a_region_without_an_occupation_is_said_where_the_scenario_has_the_region() -> None:
    counts = data().counts.copy()
    counts[data().named(("dentist",)), data().regions.index("09")] = 0
    without = replace(data(), counts=counts)
    assert "supply-nobody-here" in {each.code for each in build(scenario(), without).findings}
    assert "supply-nobody-here" not in {each.code for each in build(scenario(regions=("03",)), without).findings}


@pytest.mark.parametrize("regions", [("09",), ("03", "12")])
def test_as_many_are_in_training_at_the_start_as_posts_were_paid_for(regions: tuple[str, ...]) -> None:
    problem = build(scenario(regions=regions), data())
    counts = np.einsum("orsap->orsa", problem.stock[..., :-1])
    for source in {each.source for each in problem.programmes}:
        among = [at for at, each in enumerate(problem.programmes) if each.source == source]
        there = problem.trainees[among].sum((0, 4))
        counts[source] += there
        wanted = starting.wanted(problem.programmes, counts, problem.posts[0])[among].sum((0, 2, 3, 4))
        assert np.abs(there.sum((1, 2)) - wanted).max() <= max(1, 0.02 * wanted.max())
        assert (there <= counts[source]).all()


def test_a_measure_with_more_posts_than_supervisors_says_so() -> None:
    more = Measure(
        id="a", title="a", kind="training-posts", programme="intensive", amount=Decimal(40), first=2019, last=2021
    )
    found = project(scenario(measures=(more,)), data(), runs=0).facts.findings
    (posts,) = [each for each in found if wording(each, "en").startswith("Specialist training, intensive care:")]
    assert (posts.code, posts.values["why"]) == ("supply-posts-unfilled", "supply-bound-supervisors")
