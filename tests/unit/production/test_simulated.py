# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a simulation does, by sentences of tests/cases/production/simulated.toml, by hand, and whatever the flow."""

from __future__ import annotations

import tomllib
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overens.planning.production import queue, simulation
from overens.planning.production.flow import Flow
from overens.planning.production.simulation import simulate, simulate_many
from overens.planning.production.waits import Waits, band, share, weeks_waited
from tests.unit.production.flows import bare, flow, plan, stream

CASES = tomllib.loads((Path(__file__).parents[2] / "cases/production/simulated.toml").read_text("utf-8"))["case"]


def told(case: dict[str, Any]) -> Flow:
    steps, weeks = case["step"], len(case["hours"])
    priorities = max(len(step["waiting"]) for step in steps)
    waiting = np.zeros((len(steps), priorities, 8), int)
    onward, after = np.zeros((len(steps), len(steps))), np.zeros((len(steps), len(steps)), int)
    for n, step in enumerate(steps):
        for k, by_weeks in enumerate(step["waiting"]):
            waiting[n, k, : len(by_weeks)] = by_weeks
        if "next" in step:
            onward[n, step["next"]], after[n, step["next"]] = 1, step["after"]
    return flow(
        weeks, len(steps), priorities,
        waiting=waiting,
        onward=onward,
        after=after,
        minutes=np.array([[float(step["minutes"])] for step in steps]),
        bed_days=np.array([[float(step.get("days", 0))] for step in steps]),
        limit=np.array([[float(step.get("limit", np.inf))] * priorities for step in steps]),
        hours=np.array([[float(each)] for each in case["hours"]]),
        bed_days_there=np.array([[7.0 * each] for each in case.get("beds", [0] * weeks)]),
    )  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["rule"])
def test_sentence(case: dict[str, Any]) -> None:
    waits = simulate(told(case), 1, 0)
    assert waits.begun.sum(2).tolist() == case["begins"]
    if "first" in case:
        assert waits.begun[0].sum(0).tolist() == [case["first"], case["second"]]


def test_one_patient_by_hand() -> None:
    """On the list for three weeks; an hour on the first Monday, ready two weeks later; two hours, for which there is
    only an hour and a half on a day, on the Tuesday; a day's limit is long past.
    """
    one = flow(
        4, 2,
        waiting=np.array([[[0, 0, 0, 1]], [[0, 0, 0, 0]]]),
        minutes=np.array([[60.0], [120.0]]),
        hours=np.full((4, 1), 7.5),
        onward=np.array([[0.0, 1], [0, 0]]),
        after=np.array([[0, 2], [0, 0]]),
        limit=np.array([[2.0], [0.0]]),
    )  # fmt: skip
    _, under_way, trace = queue.run(simulation.network(one), stream(1), 9, begins=9)
    assert trace.tolist() == [[0, 0, -21, 1, 0], [15, 1, 14, 1, 0]]
    assert under_way == 0
    waits = simulate(one, 1, 0)
    assert waits.used[:, 0].tolist() == [1, 0, 2, 0]
    assert waits.done.tolist() == [0, 0, 1, 0]
    assert waits.within.sum(2).tolist() == [[0, 0], [0, 0], [0, 1], [0, 0]]
    assert waits.days[:, :, 0].tolist() == [[21, 0], [0, 0], [0, 1], [0, 0]]
    assert waits.late.sum(2).tolist() == [[1, 0], [0, 0], [0, 0], [0, 0], [0, 0]]


busy_flows = st.builds(
    lambda seed, weeks, steps, priorities, load: made(np.random.default_rng(seed), weeks, steps, priorities, load),
    st.integers(0, 10_000),
    st.integers(1, 6),
    st.integers(1, 4),
    st.integers(1, 3),
    st.floats(0.2, 3),
)


def made(chance: np.random.Generator, weeks: int, steps: int, priorities: int, load: float) -> Flow:
    w, n, k = weeks, steps, priorities
    onward = np.triu(chance.uniform(0, 1, (n, n)), 1)
    onward /= np.maximum(onward.sum(1, keepdims=True), 1)
    some = chance.random((n, 1)) < 0.5
    return flow(
        w, n, k,
        referred=chance.uniform(0, 12, (w, n, k)),
        waiting=chance.integers(0, 4, (n, k, 5)),
        limit=chance.choice([0.0, 2.0, 12.0, np.inf], (n, k)),
        minutes=chance.uniform(0, 90, (n, 1)),
        room_minutes=chance.uniform(0, 40, (n, 1)) * some,
        bed_days=chance.uniform(0, 4, (n, 1)) * ~some,
        onward=onward,
        after=chance.integers(0, 3, (n, n)),
        leaving=chance.choice([0, 0.1, 1.0], n),
        hours=chance.uniform(0, 20, (w, 1)) * load,
        room_hours=chance.uniform(0, 20, (w, 1)),
        bed_days_there=chance.uniform(0, 60, (w, 1)),
    )  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(busy_flows)
def test_nobody_is_lost(of: Flow) -> None:
    """To the last patient: in each queue and week, and in all."""
    waits = simulate(of, 1, 0)
    waiting = waits.waiting.sum(-1)
    assert (waiting[0] == of.waiting.sum(-1)).all()
    assert (waiting[1:] == waiting[:-1] + waits.joined - waits.begun - waits.left).all()
    ended = waits.left.sum() + waits.done.sum() + waiting[-1].sum() + waits.under_way
    assert of.waiting.sum() + waits.referred.sum() == ended
    assert (waits.waited.sum(-1) == waits.begun).all()
    assert (waits.within <= waits.begun).all()
    assert (waits.late <= waiting).all()
    for used, there in ((waits.used, waits.there), (waits.room_used, waits.room_there)):
        assert (used <= there + 1e-6).all()


@settings(max_examples=40, deadline=None)
@given(busy_flows)
def test_who_begins(of: Flow) -> None:
    """In each queue those who have waited longest, and nobody without a bed that is free, or an hour that is left."""
    net = simulation.network(of)
    _, _, trace = queue.run(net, stream(1), 9, begins=10_000)
    for q in range(net.rate.shape[1]):
        mine = trace[trace[:, 1] == q]
        assert (np.diff(mine[:, 2]) >= 0).all()
        assert (mine[:, 2] <= mine[:, 0]).all()
    held = np.array([(row[0], row[0] + row[3] * of.bed_days[int(row[1]) // len(of.priorities), 0]) for row in trace])
    beds = np.repeat(net.supply[::7, 2].cumsum(), 7)
    for time, until in held.reshape(-1, 2):
        if until > time:
            there = beds[min(int(time), len(beds) - 1)]
            assert ((held[:, 0] <= time) & (held[:, 1] > time) & (held[:, 1] > held[:, 0])).sum() <= there


def test_a_server_serves_one_at_a_time() -> None:
    _, _, trace = queue.run(bare([2.4, 0.5], [3], weeks=1), stream(1), 1, begins=10_000)
    began, ended = trace[:, 0], trace[:, 0] + trace[:, 3]
    assert max(((began <= time) & (ended > time)).sum() for time in began) == 3


def same(one: Waits, other: Waits) -> bool:
    return all(np.array_equal(getattr(one, each.name), getattr(other, each.name)) for each in fields(Waits))


def test_chances_are_the_patients_own() -> None:
    """The same run twice is the same; another run and another seed are others; with fewer hours the same are referred,
    and each is held as long as before.
    """
    of = made(np.random.default_rng(3), 6, 3, 2, 1.0)
    less = replace(of, hours=of.hours / 3)
    assert same(simulate(of, 1, 0), simulate(of, 1, 0))
    assert not same(simulate(of, 1, 0), simulate(of, 1, 1))
    assert not same(simulate(of, 1, 0), simulate(of, 2, 0))
    assert (simulate(of, 1, 0).referred == simulate(less, 1, 0).referred).all()
    more = replace(of, referred=of.referred + 1)
    assert (simulate(more, 1, 0).referred.cumsum(0) >= simulate(of, 1, 0).referred.cumsum(0)).all()


def test_the_same_on_any_number_of_threads() -> None:
    of = made(np.random.default_rng(3), 6, 3, 2, 1.0)
    seen: list[tuple[int, int]] = []
    one = simulate_many(of, 1, 7, progress=lambda *counts: seen.append(counts))
    assert seen == [(n, 7) for n in range(1, 8)]
    three = simulate_many(of, 1, 7, workers=3)
    for name in ("begun", "on_list", "used", "waiting", "waited", "late"):
        assert np.array_equal(getattr(one, name), getattr(three, name))
    assert (one.begun[5] == simulate(of, 1, 5).begun).all()
    assert one.waiting.sum(-1) == pytest.approx(one.on_list.mean(0))


def test_an_end_that_is_asked_for_comes_soon() -> None:
    class Enough(Exception):
        pass

    def stop(done: int, of: int) -> None:
        raise Enough

    with pytest.raises(Enough):
        simulate_many(flow(), 1, 10_000, workers=2, progress=stop)


def test_as_many_come_as_are_referred() -> None:
    of = flow(20, 1, 2, referred=np.full((20, 1, 2), 30.0), minutes=np.array([[10.0]]))
    by_run = simulate_many(of, 1, 60).referred[:, :, 0]
    assert by_run.mean() == pytest.approx(30, rel=0.02)
    assert by_run.var() == pytest.approx(30, rel=0.1)


def test_a_forecast_that_is_unsure() -> None:
    """As many come in the mean, and the runs differ by what is unsure and by what is counted."""
    of = flow(10, 2, referred=np.tile([[[100.0], [0.0]]], (10, 1, 1)))
    unsure = np.full((10, 2), 0.3)

    def come() -> Any:
        return simulate_many(of, 1, 400, unsure=unsure).referred[:, :, 0, 0].sum(1)

    # Each week by itself.
    assert come().mean() == pytest.approx(1000, rel=0.02)
    assert come().std() == pytest.approx((10 * 30**2 + 1000) ** 0.5, rel=0.1)
    # All but the first, by one level.
    unsure[0] = 0
    assert come().mean() == pytest.approx(1000, rel=0.03)
    assert come().std() == pytest.approx((270**2 + 1000) ** 0.5, rel=0.1)
    assert same(simulate(of, 1, 0, unsure=unsure * 0), simulate(of, 1, 0))


def test_the_share_who_leave_in_a_week() -> None:
    of = flow(1, waiting=np.array([[[4000]]]), minutes=np.array([[10.0]]), leaving=np.array([0.2]))
    assert simulate(of, 1, 0).left[0, 0, 0] == pytest.approx(800, abs=75)


def test_beds_are_held_as_long_as_they_say_in_the_mean() -> None:
    of = flow(
        60, referred=np.full((60, 1, 1), 20.0), bed_days=np.array([[2.5]]), bed_days_there=np.full((60, 1), 7.0 * 40)
    )
    waits = simulate(of, 1, 0)
    assert waits.bed_days_used.sum() == pytest.approx(2.5 * waits.begun.sum(), rel=0.1)


def test_what_is_left_on_friday_night_is_lost() -> None:
    of = flow(3, referred=np.full((3, 1, 1), 60.0), minutes=np.array([[10.0]]), hours=np.full((3, 1), 40.0))
    _, _, trace = queue.run(simulation.network(of), stream(1), 9, begins=1_000)
    assert len(trace) > 100
    assert (trace[:, 0] % 7 < 5).all()


@pytest.mark.parametrize("days", [0.5, 2.2, 6.0])
def test_so_many_as_a_plan_counts_on_beds_for_can_begin(days: float) -> None:
    """With a tenth to spare, hours that are enough for no more and a week in which to begin."""
    of = flow(40, bed_days=np.array([[days]]), bed_days_there=np.full((40, 1), 7.0 * 30), limit=np.array([[1.0]]))
    weekly = 0.9 * 7 * 30 / of.planned_bed_days[0, 0]
    of = replace(
        of, referred=np.full((40, 1, 1), weekly), minutes=np.array([[60.0]]), hours=np.full((40, 1), weekly / 0.9)
    )
    runs = simulate_many(of, 1, 20)
    assert runs.within.sum() / runs.begun.sum() > 0.95
    assert runs.late[:, -1].mean() < 0.05 * weekly


def test_what_a_plan_brings() -> None:
    """Its overtime and hired hours beside the ordinary, its sessions, and those it buys, who need nothing."""
    of = flow(2, waiting=np.array([[[40]]]), minutes=np.array([[60.0]]), room_minutes=np.array([[60.0]]))
    of = replace(of, hours=np.full((2, 1), 5.0), room_hours=np.full((2, 1), 4.5), session=np.array([4.0]))
    assert simulate(of, 1, 0).begun.ravel().tolist() == [4, 4]
    made_of = plan(
        of, overtime=np.full((2, 1), 2.0), hired=np.full((2, 1), 3.0), opened=np.array([[[3.0]], [[0.0]]]),
        bought=np.full((2, 1, 1), 1.5), begun=np.full((2, 1, 1), 11.5),
    )  # fmt: skip
    waits = simulate(of, 1, 0, made_of)
    assert waits.bought.ravel().tolist() == [1, 2]
    assert waits.begun.ravel().tolist() == [11, 2]
    assert waits.used.ravel().tolist() == [10, 0]


def test_what_the_plan_counts_on_goes_first() -> None:
    """Of the same priority: even before those who have waited more of their limit."""
    of = flow(
        1, 2, waiting=np.array([[[0, 0, 5]], [[5, 0, 0]]]), minutes=np.array([[60.0], [60.0]]),
        hours=np.array([[5.0]]), limit=np.array([[4.0], [4.0]]),
    )  # fmt: skip
    assert simulate(of, 1, 0).begun[0, :, 0].tolist() == [5, 0]
    assert simulate(of, 1, 0, plan(of, begun=np.array([[[2.0], [3.0]]]))).begun[0, :, 0].tolist() == [2, 3]


def test_bands_and_shares() -> None:
    low_to_high = band(np.arange(101.0)[:, None])
    assert (low_to_high.low, low_to_high.middle, low_to_high.high) == (5, 50, 95)
    with pytest.raises(ValueError, match="no runs"):
        band(np.zeros((0, 3)))
    assert np.isnan(share(np.array([0]), np.array([0]))).all()
    assert np.isnan(band(np.full((3, 1), np.nan)).middle).all()
    assert weeks_waited(np.array([[1, 1, 1, 1], [0, 0, 0, 2], [0, 0, 0, 0]]), 0.5) == pytest.approx(
        np.array([1, 3, np.nan]), nan_ok=True
    )
