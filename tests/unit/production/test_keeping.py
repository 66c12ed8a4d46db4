# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is said of limits that a plan keeps and chance does not."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from overens.planning.production import optimum
from overens.planning.production.flow import Flow, Plan
from overens.planning.production.keeping import findings
from overens.planning.production.simulation import simulate_many
from overens.rules.findings import Finding, wording
from tests.unit.production.made import flow


@cache
def problem(weeks: int = 30) -> tuple[Flow, Plan]:
    of = flow(weeks, by=6, limit=np.array([[2.0], [4.0]]))
    return of, optimum.solve(of, 10)


def told(**there: Any) -> list[Finding]:
    """Of the plan, where there is so much of what it counts on."""
    of, plan = problem()
    less = replace(of, **{name: getattr(of, name) * share for name, share in there.items()})
    return list(findings(less, plan, simulate_many(less, 1, 20, plan)))


@pytest.mark.parametrize(
    ("short", "left", "what", "of"),
    [
        ("hours", 0.4, "lakare", "production-of-hours"),
        ("bed_days_there", 0.12, "vard", "production-of-beds"),
    ],
)
def test_where_there_is_less_than_the_plan_counts_on_few_are_within_and_the_scarcest_is_said(
    short: str, left: float, what: str, of: str
) -> None:
    found = told(**{short: left})
    assert {each.code for each in found} == {"production-plan-kept-by-few"}
    operation = next(each for each in found if each.values["step"] == "ortopedi.operation")
    assert operation.level == "warning"
    assert (operation.values["what"], operation.values["of"]) == (what, of)
    assert 0 <= int(str(operation.values["percent"])) < 90 <= int(str(operation.values["used"])) <= 100
    assert operation.values["limit"] == 4
    assert "inom 4 hela veckor från vecka 2026-W42" in wording(operation)
    assert "within 4 whole weeks from week 2026-W42" in wording(operation, "en")


def test_nothing_is_said_where_there_is_enough() -> None:
    assert told(hours=3.0, bed_days_there=3.0) == []


def test_nothing_is_said_of_a_limit_that_the_plan_does_not_keep_or_after_its_weeks() -> None:
    of, plan = problem()
    short = replace(of, hours=of.hours * 0.4)
    runs = simulate_many(short, 1, 20, plan)
    assert list(findings(short, replace(plan, late=plan.late + 1), runs)) == []
    assert list(findings(replace(short, by=short.weeks), plan, runs)) == []
