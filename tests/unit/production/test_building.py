# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""From a problem's file and tables to arrays: limits in weeks, working days, changes, cycles, bands."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overens.planning.production.building import flow, working_days
from overens.planning.production.checks import endless
from overens.planning.production.limits import in_weeks
from overens.planning.production.problem import Next, Service, Step, monday, week_text
from overens.planning.production.reading import Given, find, read
from overens.planning.production.tables import TOLD, evenly
from tests.unit.production.small import SOUND, files


def small() -> Given:
    found, findings = read(SOUND, files())
    assert found is not None, findings
    return found


def test_the_shipped_example_is_sound() -> None:
    found, findings = read(find("exempel"))
    assert findings == ()
    assert found is not None
    assert found.problem.synthetic
    model = flow(found)
    assert model.referred.shape == (52, len(model.steps), 2)
    assert model.waiting.sum() == sum(found.waiting.values())
    assert (model.hours >= 0).all()
    assert (model.onward.sum(1) <= 1).all()


def test_a_small_problem_becomes_arrays() -> None:
    model = flow(small())
    assert [(each.service, each.step) for each in model.steps] == [("oga", "besok"), ("oga", "operation")]
    assert (model.by, model.weeks, model.monday(1)) == (2, 4, date(2026, 12, 28))
    assert model.referred[0].tolist() == [pytest.approx([9.6 * 0.25, 9.6 * 0.75]), [0, 0]]
    # 30 days for the visit; of 60 from the referral, its weeks and one in between are taken away.
    assert model.limit.tolist() == [[3, 3], [4, 4]]
    assert model.waiting[1, 1, 9:14].tolist() == [0, 2, 1, 2, 1]
    assert (model.onward[0, 1], model.after[0, 1], model.onward[1, 1], model.after[1, 1]) == (0.8, 1, 0.3, 4)
    # Christmas: three days are worked; the week of New Year half of what its four days have; then Twelfth Night.
    assert model.hours[:, 0].tolist() == pytest.approx([40 * 3 / 5, 40 * 0.5 * 3 / 5, 40 * 4 / 5, 40])
    assert model.overtime[:, 0].tolist() == pytest.approx((model.hours[:, 0] * 0.1).tolist())
    assert model.bed_days_there[:, 0].tolist() == [14, 14, 14, 14]


def test_growth_comes_on_top_of_what_is_forecast() -> None:
    more = SOUND.replace("[[service.step]]", "growth = 0.1\n\n[[service.step]]", 1)
    found, findings = read(more, files())
    assert found is not None, findings
    grown, plain = flow(found).referred.sum((1, 2)), flow(small()).referred.sum((1, 2))
    assert (grown / plain).tolist() == pytest.approx([1.1 ** (week * 7 / 365.25) for week in range(4)])


def test_referrals_may_be_forecast_elsewhere() -> None:
    class Told:
        mean = np.array([1.0, 2.0, 3.0, 4.0])

    assert flow(small(), {"oga": Told()}).referred.sum((1, 2)).tolist() == [1, 2, 3, 4]  # type: ignore[dict-item]


@given(st.integers(0, 3650))
def test_nobody_is_late_on_any_working_day_of_a_limit_in_whole_weeks(days: int) -> None:
    weeks = in_weeks(days)
    assert weeks * 7 + 4 <= days or weeks == 0
    assert (weeks + 1) * 7 + 4 > days


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_a_week_is_written_as_it_is_read(day: date) -> None:
    read_back = monday(week_text(day))
    assert read_back is not None
    assert read_back.weekday() == 0
    assert 0 <= (day - read_back).days < 7
    assert 2 <= working_days(read_back) <= 5


@pytest.mark.parametrize("text", ["2025-W53", "2026-W00", "2026-W54", "2026W10", "2026-w10", "20260-W1", ""])
def test_what_is_no_week(text: str) -> None:
    assert monday(text) is None


@given(st.integers(0, 10_000), st.integers(1, 60))
def test_a_band_is_spread_evenly(patients: int, parts: int) -> None:
    spread = evenly(patients, parts)
    assert sum(spread) == patients
    assert max(spread) - min(spread) <= 1


@settings(max_examples=40)
@given(st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3), min_size=3, max_size=3))
def test_care_ends_just_where_the_number_of_visits_is_finite(rows: list[list[int]]) -> None:
    """Against linear algebra: from the steps that care never leaves there is no finite number of visits."""
    shares = [[Decimal(each) / max(sum(row), 3) for each in row] for row in rows]
    steps = tuple(
        Step(id=f"s{at}", kind="visit", next=tuple(Next(step=f"s{to}", share=each) for to, each in enumerate(row)))
        for at, row in enumerate(shares)
    )
    service = Service(id="x", step=steps)
    matrix = np.array(shares, float)
    finite = np.abs(np.linalg.eigvals(matrix)).max() < 1 - 1e-6
    assert finite == (endless(service) == ())


def test_the_outcome_is_read_by_step_priority_and_competence() -> None:
    found = small()
    assert found.outcome is not None
    assert found.outcome.begun.shape == (2, 2, 2)
    assert found.outcome.worked is not None
    assert found.outcome.worked.tolist() == [[24.5], [20.0]]
    without, _ = read(SOUND.replace('worked = "worked.csv"\n', ""), files())
    assert without is not None
    assert without.outcome is not None
    assert without.outcome.worked is None


def test_a_table_that_is_not_there_is_named() -> None:
    found, findings = read(SOUND, {"waiting.csv": files()["waiting.csv"]})
    assert found is None
    errors = [each for each in findings if each.level == "error"]
    assert [(each.code, each.where.key if each.where else "") for each in errors] == [
        ("production-table-missing", "tables.referrals"),
        ("production-table-missing", "tables.outcome"),
    ]


def test_many_errors_are_counted() -> None:
    rows = "\n".join(f"2026-W{week},nobody,1" for week in range(10, 50))
    _, findings = read(SOUND, files(referrals=f"week,service,referred\n{rows}\n"))
    assert findings[TOLD].code == "production-and-more"
    assert findings[TOLD].values == {"count": 40 - TOLD}


def test_history_keeps_its_gaps() -> None:
    found, _ = read(SOUND, files(referrals="week,service,referred\n2026-W49,oga,4\n2026-W51,oga,8\n"))
    assert found is not None
    series = found.referrals["oga"]
    assert series.first == date(2026, 11, 30)
    assert [None if math.isnan(each) else each for each in series.counts] == [4, None, 8]
    assert flow(replace(found)).referred[0].sum() == pytest.approx(6)
