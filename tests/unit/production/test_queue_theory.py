# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where queueing theory has a formula, the simulation has its number. Weeks are counted from when nobody remembers the
empty beginning; seeds are fixed, so that nothing here is left to luck.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from overens.planning.production.network import Counts, Network
from overens.planning.production.queue import run
from tests.unit.production.flows import bare, stream

WARM = 5
# A run has so many patients or about as many, so that chance is within this.
LONG = 2_000_000
NEAR = 0.02


def counted(network: Network, seed: int = 1) -> Counts:
    return run(network, stream(seed), 1)[0]


def mean_waits(counts: Counts) -> list[float]:
    flows = counts.flows[WARM:]
    return list(flows["time"].sum(0) / flows["begun"].sum(0))


def erlang_c(load: float, servers: int) -> float:
    """The probability of having to wait, M/M/c."""
    waiting = load**servers / math.factorial(servers) * servers / (servers - load)
    return waiting / (sum(load**n / math.factorial(n) for n in range(servers)) + waiting)


@pytest.mark.parametrize(("rate", "servers"), [(0.7, 1), (2.4, 3), (8.0, 10)])
def test_several_servers_one_queue(rate: float, servers: int) -> None:
    """M/M/c by Erlang C: the mean wait, and how much of the time a server is busy."""
    counts = counted(bare([rate], [servers], week=LONG / 100 / rate))
    assert mean_waits(counts) == pytest.approx([erlang_c(rate, servers) / (servers - rate)], rel=NEAR)
    length = LONG / 100 / rate
    assert counts.used[WARM:].mean() / length / servers == pytest.approx(rate / servers, rel=NEAR)


def test_steps_after_each_other() -> None:
    """What leaves M/M/c is Poisson again (Burke), so that each step is like the first."""
    expected = erlang_c(2.4, 3) / 0.6
    assert mean_waits(counted(bare([2.4], [3, 3, 3], week=10_000))) == pytest.approx([expected] * 3, rel=NEAR)


def test_two_priorities() -> None:
    """M/M/1, the first goes before, nobody is interrupted (Cobham)."""
    first, both = 0.3, 0.8
    waits = mean_waits(counted(bare([first, both - first], [1], week=6_000)))
    assert waits == pytest.approx([both / (1 - first), both / ((1 - first) * (1 - both))], rel=NEAR)


def test_two_priorities_and_several_servers() -> None:
    """M/M/c with the same mean for both (Cobham)."""
    first, both, servers = 1.0, 2.4, 3
    remaining = erlang_c(both, servers) / servers
    waits = mean_waits(counted(bare([first, both - first], [servers], week=10_000)))
    share, all_of_it = first / servers, both / servers
    assert waits == pytest.approx([remaining / (1 - share), remaining / ((1 - share) * (1 - all_of_it))], rel=NEAR)


def test_the_same_time_for_all() -> None:
    """M/D/1 (Pollaczek–Khinchine): half the wait of M/M/1."""
    assert mean_waits(counted(bare([0.8], [1], drawn=False, week=6_000))) == pytest.approx([2.0], rel=NEAR)


def test_two_kinds_of_patients_at_one_server() -> None:
    """M/G/1 (Pollaczek–Khinchine): short and long ones in two queues of the same rank, first come first served."""
    network = bare([0.4], [1, 1], drawn=False, week=8_000)
    network.rate[:, 1] = 0.2
    network.steps["onward"] = network.steps["end"] = 0
    network.needs["resource"], network.needs["hold"] = 0, [0.5, 2.0]
    load, second_moment = 0.4 * 0.5 + 0.2 * 2.0, 0.4 * 0.25 + 0.2 * 4.0
    expected = second_moment / (2 * (1 - load))
    assert mean_waits(counted(network)) == pytest.approx([expected, expected], rel=NEAR)


def test_the_line_is_as_long_as_those_who_come_wait() -> None:
    """Little's law: who stands there at moments that nobody chose, against how long the begun had waited."""
    network = bare([0.75], [1], weeks=100_000, week=5.0)
    counts = counted(network)
    flows = counts.flows
    line, rate = counts.waiting[:, 0].sum(1).mean(), flows["joined"].sum() / 500_000
    assert line == pytest.approx(rate * flows["time"].sum() / flows["begun"].sum(), rel=NEAR)


def test_who_gives_up() -> None:
    """M/M/1 where each who waits gives up at a rate (Erlang A with one server): the share who do, from its states."""
    rate, leaving = 0.9, 0.25
    counts = counted(bare([rate], [1], leaving=leaving, week=4_000))
    weights = np.cumprod([1.0, *(rate / (1 + leaving * n) for n in range(60))])
    waiting = (weights * np.maximum(np.arange(61) - 1, 0)).sum() / weights.sum()
    flows = counts.flows[WARM:]
    assert flows["left"].sum() / flows["joined"].sum() == pytest.approx(leaving * waiting / rate, rel=NEAR)
