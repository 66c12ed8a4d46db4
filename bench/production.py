# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How fast patients go through queues, one by one: beside SimPy and Ciw on the same queue (three steps after each
other, each with as many servers, two priorities, nobody interrupted, exponential times; one core each, seconds of the
processor, in turns), with the mean waits of all three held against each other and against theory; the full model of a
region's year; how the time grows; and the first compilation.

    python -m bench.production
"""

from __future__ import annotations

import math
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from bench.ground import seconds, table
from overens.planning.chance import key
from overens.planning.production import building, queue, reading, simulation
from overens.planning.production.flow import Floats, Flow
from overens.planning.production.network import NEED, NEXT, STEP, Network

REGION = Path(__file__).parents[1] / "overens/reference/planning/production/exempel/problem.toml"
STEPS, PRIORITIES = 3, 2
# Of those who come, who go first; and how much of the time a server is busy.
FIRST, BUSY = 0.3, 0.85
SERVERS = (1, 3, 10)
# Patients in a run of theirs and of ours, of which the first part is not counted; and how many runs of each.
THEIRS, OURS, WARM, TIMES = 20_000, 2_000_000, 0.1, 10
RUNS = 100
# So many times the patients of the shipped region are some 50 000.
YEAR = 2.6
# Student's t for 99 % and nine degrees of freedom (TIMES − 1).
T_99 = 3.25

# Seconds of the processor, patients, and the mean wait of each priority at each step, of one run.
Result = tuple[float, int, Floats]


def main() -> None:
    queue.run(line(1, 100), stream(0), 1)  # compiles
    beside_others()
    by_theory()
    compiling()
    grows()
    whole_year()


def stream(run: int) -> np.uint64:
    return np.uint64(key(np.uint64(key(np.uint64(0), 1)), run))


def processor(work: Callable[[], object]) -> float:
    """Seconds of the processor, which others who use the machine do not add to."""
    started = time.process_time()
    work()
    return time.process_time() - started


def line(servers: int, patients: int, steps: int = STEPS) -> Network:
    """Steps after each other; the unit of time is the mean service. Ten weeks of which the first warms up."""
    weeks, rate = round(1 / WARM), servers * BUSY
    rates, supply = np.zeros((weeks, steps * PRIORITIES)), np.zeros((weeks, steps))
    rates[:, :PRIORITIES] = rate * FIRST, rate * (1 - FIRST)
    supply[0] = servers
    last = steps - 1
    return Network(
        period=patients / rate / weeks,
        per_week=1,
        working=1,
        rate=rates,
        start=np.zeros((steps * PRIORITIES, 1), np.int64),
        limit=np.full(steps * PRIORITIES, np.inf),
        steps=np.array([(n, n, n + 1, 1, n, min(n + 1, last), 0.0) for n in range(steps)], STEP),
        needs=np.array([(n, 1.0, 1.0) for n in range(steps)], NEED),
        nexts=np.array([(n + 1, 1.0, 0.0) for n in range(last)], NEXT),
        supply=supply,
        lasts=np.ones(steps, bool),
        planned=np.zeros(rates.shape),
        bought=np.zeros(rates.shape),
    )


def by_us(servers: int, run: int, patients: int = OURS, steps: int = STEPS) -> Result:
    network = line(servers, patients, steps)
    started = time.process_time()
    counts, _, _ = queue.run(network, stream(run), 1)
    taken = time.process_time() - started
    flows = counts.flows
    return taken, int(flows["referred"].sum()), waits(flows["time"][1:].sum(0), flows["begun"][1:].sum(0))


def by_simpy(servers: int, run: int) -> Result:
    import simpy

    rate, chance = servers * BUSY, random.Random(run)
    until = THEIRS / rate
    waited, begun, come = np.zeros(STEPS * PRIORITIES), np.zeros(STEPS * PRIORITIES), [0]
    world = simpy.Environment()
    staff = [simpy.PriorityResource(world, servers) for _ in range(STEPS)]

    def patient(priority: int):  # type: ignore[no-untyped-def]
        for step, resource in enumerate(staff):
            since = world.now
            with resource.request(priority=priority) as turn:
                yield turn
                if world.now > WARM * until:
                    waited[step * PRIORITIES + priority] += world.now - since
                    begun[step * PRIORITIES + priority] += 1
                yield world.timeout(chance.expovariate(1.0))

    def source(priority: int, rate: float):  # type: ignore[no-untyped-def]
        while True:
            yield world.timeout(chance.expovariate(rate))
            come[0] += 1
            world.process(patient(priority))

    world.process(source(0, rate * FIRST))
    world.process(source(1, rate * (1 - FIRST)))
    return processor(lambda: world.run(until=until)), come[0], waits(waited, begun)


def by_ciw(servers: int, run: int) -> Result:
    import ciw

    rate = servers * BUSY
    until = THEIRS / rate
    onward = [[1.0 if to == step + 1 else 0.0 for to in range(STEPS)] for step in range(STEPS)]
    shares = {"first": FIRST, "second": 1 - FIRST}
    network = ciw.create_network(
        arrival_distributions={
            name: [ciw.dists.Exponential(rate * share), *[None] * (STEPS - 1)] for name, share in shares.items()
        },
        service_distributions={name: [ciw.dists.Exponential(1.0)] * STEPS for name in shares},
        number_of_servers=[servers] * STEPS,
        routing=dict.fromkeys(shares, onward),
        priority_classes={name: number for number, name in enumerate(shares)},
    )
    ciw.seed(run)
    world = ciw.Simulation(network)
    taken = processor(lambda: world.simulate_until_max_time(until))
    waited, begun, come = np.zeros(STEPS * PRIORITIES), np.zeros(STEPS * PRIORITIES), 0
    for record in world.get_all_records():
        come += record.node == 1
        if record.service_start_date > WARM * until:
            at = (record.node - 1) * PRIORITIES + [*shares].index(record.customer_class)
            waited[at] += record.waiting_time
            begun[at] += 1
    return taken, come, waits(waited, begun)


def waits(waited: Floats, begun: Floats) -> Floats:
    return np.asarray(waited / begun).reshape(-1, PRIORITIES)


def theory(servers: int) -> Floats:
    """Mean waits at the first step, by priority (Erlang C and Cobham)."""
    load = servers * BUSY
    waiting = load**servers / math.factorial(servers) / (1 - BUSY)
    probability = waiting / (sum(load**n / math.factorial(n) for n in range(servers)) + waiting)
    remaining = probability / servers
    return np.array([remaining / (1 - BUSY * FIRST), remaining / ((1 - BUSY * FIRST) * (1 - BUSY))])


def beside_others() -> None:
    ways = {"överens": by_us, "SimPy": by_simpy, "Ciw": by_ciw}
    speed, means = [], []
    for servers in SERVERS:
        results: dict[str, list[Result]] = {name: [] for name in ways}
        for run in range(TIMES):
            for name, way in ways.items():
                results[name].append(way(servers, run))
        best = {name: max(patients / taken for taken, patients, _ in of) for name, of in results.items()}
        speed += [[servers, name, f"{best[name]:,.0f}", f"{best['överens'] / best[name]:.0f}"] for name in ways]
        within = {name: interval([each for *_, each in of]) for name, of in results.items()}
        for step in range(STEPS):
            for priority in range(PRIORITIES):
                row = [within[name][:, step, priority] for name in ways]
                apart = max(low for low, _ in row) > min(high for _, high in row)
                means.append(
                    [
                        servers,
                        step + 1,
                        priority + 1,
                        *(f"{low:.3f}–{high:.3f}" for low, high in row),
                        "no" if apart else "yes",
                    ]
                )
    table(
        "Three steps, two priorities: patients a second of one core (the quickest of "
        f"{TIMES} runs of {OURS:,} patients by us, {THEIRS:,} by the others, in turns)",
        ["servers at each step", "by", "patients/s", "times as fast"],
        speed,
    )
    table(
        f"Mean waits, in mean services: 99 % intervals of {TIMES} runs each",
        ["servers", "step", "priority", *ways, "overlap"],
        means,
    )


def interval(of_runs: Sequence[Floats]) -> Floats:
    """[2, …]: between what the mean lies, by how the runs differ."""
    stacked = np.array(of_runs)
    middle, half = stacked.mean(0), T_99 * stacked.std(0, ddof=1) / math.sqrt(len(stacked))
    return np.array([middle - half, middle + half])


def by_theory() -> None:
    rows = []
    for servers in SERVERS:
        found = np.mean([by_us(servers, run, 5 * OURS, steps=1)[2] for run in range(TIMES)], axis=0)
        for priority, (ours, right) in enumerate(zip(found.ravel(), theory(servers), strict=True)):
            rows.append([servers, priority + 1, f"{ours:.4f}", f"{right:.4f}", f"{100 * (ours / right - 1):+.2f}"])
    table(
        f"Mean waits against theory, {TIMES} runs of {5 * OURS:,} patients",
        ["servers", "priority", "simulated", "theory", "apart, %"],
        rows,
    )


def compiling() -> None:
    """The first run of all, in a process of its own with nothing kept from before."""
    code = "from bench import production; production.queue.run(production.line(1, 100), production.stream(0), 1)"
    rows = []
    with tempfile.TemporaryDirectory() as kept:
        for name in ("nothing kept", "kept"):
            again = partial(
                subprocess.run, [sys.executable, "-c", code], check=True, env=os.environ | {"NUMBA_CACHE_DIR": kept}
            )
            rows.append([name, f"{seconds(again):.1f}"])
    table("A process that makes one short run, its start and compilation included", ["compiled code", "s"], rows)


def region() -> Flow:
    given, findings = reading.read(REGION)
    if given is None:
        raise SystemExit(findings)
    return building.flow(given)


def scaled(flow: Flow, times: float) -> Flow:
    """So many times the patients, and all that they need."""
    return replace(
        flow,
        referred=flow.referred * times,
        waiting=np.rint(flow.waiting * times).astype(np.int64),
        **{name: getattr(flow, name) * times for name in ("hours", "room_hours", "bed_days_there", "bought")},
    )


def one_year(flow: Flow) -> tuple[float, int, int]:
    """Seconds of a run, patients and beginnings."""
    waits = simulation.simulate(flow, 1, 0)
    taken = min(processor(partial(simulation.simulate, flow, 1, 0)) for _ in range(TIMES))
    return taken, int(flow.waiting.sum() + waits.referred.sum()), int(waits.begun.sum())


def grows() -> None:
    rows = []
    for patients in (20_000, 200_000, OURS, 5 * OURS):
        taken, come, _ = min((by_us(3, run, patients) for run in range(3)), key=lambda each: each[0])
        rows.append([f"{come:,}", f"{taken:.3f}", f"{come / taken:,.0f}"])
    table("The bare queue, by patients", ["patients", "s", "patients/s"], rows)
    rows = []
    for steps in (1, 3, 6, 12):
        taken, come, _ = min((by_us(3, run, OURS // steps, steps) for run in range(3)), key=lambda each: each[0])
        rows.append([steps, f"{come / taken:,.0f}", f"{come * steps / taken:,.0f}"])
    table("And by steps", ["steps", "patients/s", "beginnings/s"], rows)


def whole_year() -> None:
    flow, rows = region(), []
    for times in (0.5, 1, YEAR, 10):
        taken, patients, begun = one_year(scaled(flow, times))
        rows.append([f"{patients:,}", f"{begun:,}", f"{1000 * taken:.1f}", f"{patients / taken:,.0f}"])
    table(
        f"The full model: a year of {len({each.service for each in flow.steps})} services and {len(flow.steps)} steps, "
        f"{len(flow.competences)} competences, rooms and beds; one run, what is counted included",
        ["patients", "beginnings", "ms", "patients/s"],
        rows,
    )
    rows = []
    large = scaled(flow, YEAR)
    for workers in range(1, (os.cpu_count() or 1) + 1):
        for runs in (10, RUNS):
            taken = seconds(partial(simulation.simulate_many, large, 1, runs, workers=workers))
            rows.append([workers, runs, f"{taken:.2f}", f"{1000 * taken / runs:.1f}"])
    patients = int(large.waiting.sum() + large.referred.sum())
    table(f"Runs of a year of some {patients:,} patients", ["threads", "runs", "s", "ms a run"], rows)


if __name__ == "__main__":
    main()
